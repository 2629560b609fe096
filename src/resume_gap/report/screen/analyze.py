"""What only the screen of `analyze` has."""

from collections.abc import Mapping
from typing import Final

from resume_gap.report.screen.layout import Line
from resume_gap.report.text import extra_time, reasons
from resume_gap.results.analyze import Analysis
from resume_gap.results.common import Word

_NEXT: Final[Mapping[Word, str]] = {
    "build": "`resume-gap plan` says how many users and weeks the A/B test takes",
    "test": "`resume-gap plan` says how many users and weeks it takes",
}


def lines(analysis: Analysis) -> tuple[Line, ...]:
    """Why there is no extra time, where there is none; and the next command."""
    found = analysis.marker.recommendation
    return (
        Line("extra time", _no_extra_time(analysis)),
        Line("command", _NEXT.get(found.word, "") if found else ""),
    )


def _no_extra_time(analysis: Analysis) -> str:
    """Why re-orientation is not compared with uninterrupted work; empty where it is."""
    found = analysis.excess
    known = extra_time.figures(found, analysis) is not None
    if known or analysis.reorientation.mean.estimate is None:
        return ""
    return f"not known: {reasons.short(found.reason, analysis)}"
