"""Warnings about the data in a few words, for the first screen; the appendix has the whole."""

from resume_gap.report.text import vocabulary
from resume_gap.report.text.clauses import clipped
from resume_gap.results.common import Check


def passed(command: str) -> str:
    """That no check of the data warns, without a full stop; a trial has checks of its own."""
    if command in ("evaluate", "compare"):
        return "The logged events passed their checks"
    return "All checks of the data passed"


def in_short(check: Check, most: int) -> str:
    """The whole sentence of a warning where it is short, else what it comes to.

    Args:
        check: A warning with its sentence.
        most: Words beside figures.
    """
    whole = vocabulary.whole(check.message)
    cut = clipped(whole, most)
    return vocabulary.whole(check.short) if check.short and cut != whole else cut
