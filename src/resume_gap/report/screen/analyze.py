"""What only the screen of `analyze` has."""

from typing import Final

from resume_gap.report.screen.layout import Line
from resume_gap.report.text import extra_time, reasons
from resume_gap.results.analyze import Analysis
from resume_gap.results.common import Word

_PLAN: Final = "`resume-gap plan -o reports/plan` says how many users and weeks"
"""Beside this report, which a plan in the same folder would replace."""
_PLANNED: Final[frozenset[Word]] = frozenset({"build", "test"})


def lines(analysis: Analysis) -> tuple[Line, ...]:
    """Why there is no extra time, where there is none; and the next command."""
    found = analysis.marker.recommendation
    return (
        Line("extra time", _no_extra_time(analysis)),
        Line("command", _PLAN if found and found.word in _PLANNED else ""),
    )


def _no_extra_time(analysis: Analysis) -> str:
    """Why re-orientation is not compared with uninterrupted work; empty where it is."""
    found = analysis.excess
    known = extra_time.figures(found, analysis) is not None
    if known or analysis.reorientation.mean.estimate is None:
        return ""
    return f"not known: {reasons.short(found.reason, analysis)}"
