"""What an analysis counts: interruptions, or with `--all-returns` every return."""

from resume_gap.results.run import Run


def every_return(run: Run) -> bool:
    """Whether every return counts, wherever work had stopped."""
    return bool(run.generated_from.settings.get("all_returns"))


def one(run: Run) -> str:
    """`interruption` or `return`."""
    return "return" if every_return(run) else "interruption"


def several(run: Run) -> str:
    """`interruptions` or `returns`."""
    return f"{one(run)}s"


def after(run: Run) -> str:
    """`after an interruption` or `after a gap`."""
    return "after a gap" if every_return(run) else "after an interruption"
