"""`python -m resume_gap` is the command itself."""

from resume_gap.cli import run

if __name__ == "__main__":
    run()
