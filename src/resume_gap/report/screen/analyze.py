"""What only the screen of `analyze` has."""

from typing import Final

from resume_gap.report.screen.layout import COMMAND_SHORTENS, Line
from resume_gap.report.text import again, extra_time, reasons
from resume_gap.results.analyze import Analysis
from resume_gap.results.common import Word

_FOLDER: Final = "reports/plan"
"""Beside this report, which a plan in the same folder would replace."""
_NAME: Final = "plan the test"
_SAME: Final = f"`resume-gap plan`, the same log and options, `-o {_FOLDER}`"
_PLANNED: Final[frozenset[Word]] = frozenset({"build", "test"})


def lines(analysis: Analysis) -> tuple[Line, ...]:
    """Why there is no extra time, where there is none; and the next command."""
    found = analysis.marker.recommendation
    return (
        Line("extra time", _no_extra_time(analysis)),
        *(_plan(analysis) if found and found.word in _PLANNED else ()),
    )


def _plan(analysis: Analysis) -> tuple[Line, ...]:
    """The command that plans the test with the same log; in words where no line can be pasted."""
    line = again.command(analysis.generated_from, "plan", out=_FOLDER)
    if line:
        return (Line(_NAME, line, ((COMMAND_SHORTENS, _SAME),), pasted=True),)
    words = (
        f"`resume-gap plan` with the same log and options, and with `-o {_FOLDER}`, says how many"
        " users and weeks"
    )
    return (Line(_NAME, words),)


def _no_extra_time(analysis: Analysis) -> str:
    """Why re-orientation is not compared with uninterrupted work; empty where it is."""
    found = analysis.excess
    known = extra_time.figures(found, analysis) is not None
    if known or analysis.reorientation.mean.estimate is None:
        return ""
    return f"not known: {reasons.short(found.reason, analysis)}"
