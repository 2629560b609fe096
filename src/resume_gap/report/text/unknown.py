"""Why runs of a history do not know a figure, in the words of their own pages."""

from typing import Final

from resume_gap.report.text import comparison, measurability, measures, reasons, rollout
from resume_gap.report.text.numbers import count, many
from resume_gap.results.history import Trend, UnknownFigure
from resume_gap.trends.reports import DISAGREEING

_OF_MARKER: Final = ("hit", "search")
_SHORT_HISTORY: Final = "the log begins too shortly before the launch"
"""Pages say how much there has to be, which is one thing for a date and another for a roll-out."""

_DISAGREE: Final = "its comparisons disagree, so its report gives a range and no figure"


def sentences(trend: Trend) -> tuple[str, ...]:
    """A sentence for each reason, in words that page and terminal share.

    `Not known in 2 of 3 runs: work soon after a gap differs from later work anyway.`
    """
    runs = len(trend.points) + sum(len(one.folders) for one in trend.unknown)
    return tuple(_sentence(one, trend.name, runs) for one in trend.unknown)


def _sentence(one: UnknownFigure, name: str, runs: int) -> str:
    some = "" if runs == 1 else f" in {count(len(one.folders))} of {many(runs, 'run')}"
    return f"Not known{some}: {why(name, one.reason)}."


def why(name: str, reason: str | None) -> str:
    """Why a figure is not known, a clause.

    Args:
        name: Of the trend.
        reason: As in `summary.json`.
    """
    if reason == DISAGREEING:
        return _DISAGREE
    if reason is not None and not measurability.is_known(reason):
        if name == "trial_effect":
            return measures.why(reason)
        if name == "launch_effect":
            return _of_launch(reason)
    return reasons.in_general(reason, of_marker=name in _OF_MARKER)


def _of_launch(reason: str) -> str:
    if reason == "short_history":
        return _SHORT_HISTORY
    text = rollout.why(reason) or comparison.why(reason)
    return f"{text[:1].lower()}{text[1:]}".removesuffix(".")
