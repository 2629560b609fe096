"""`python -m resume_gap` is the command itself."""

from resume_gap.system import signals, startup


def main() -> None:
    """Run the command; signals count from here on, also while modules are loaded."""
    startup.begin()
    try:
        with signals.caught(last=True):
            from resume_gap.cli import run  # noqa: PLC0415

            run()
    finally:
        startup.end()


if __name__ == "__main__":
    main()
