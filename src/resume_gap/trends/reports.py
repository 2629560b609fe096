"""What is taken from the `summary.json` of one report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from resume_gap.results.common import NO_ESTIMATE, Estimate
from resume_gap.results.history import PastRun, TrendUnit
from resume_gap.results.run import Resolution

_MEANING: Final = (
    "productive",
    "complete",
    "away",
    "ignore",
    "agent",
    "all_returns",
    "near",
    "mapping",
    "source",
    "clock",
    "time_is",
)
"""Settings that say what the log means; figures of runs that differ in them differ by that."""


DISAGREEING: Final = "depends_on_matching"
"""Why extra time is no single figure: the comparisons of a report do not agree on it."""


class TrendFigure(NamedTuple):
    """A figure that runs are compared by.

    Attributes:
        unit: Of its values.
        place: Its keys in `summary.json`.
        estimate: Key of the estimate there; ends are `ci_lower` and `ci_upper` beside it.
        is_void: Whether a reason of its part takes the figure back, although numbers stand there.
            Elsewhere there is no number then, or the reason is that of a missing interval or p.
    """

    unit: TrendUnit
    place: tuple[str, str]
    estimate: str = "estimate"
    is_void: bool = False


FIGURES: Final[Mapping[str, TrendFigure]] = {
    "reorientation_mean": TrendFigure("seconds", ("reorientation", "mean")),
    "productive_share": TrendFigure("share", ("reorientation", "productive")),
    "extra_time": TrendFigure("seconds", ("excess", "from_event"), is_void=True),
    "hit": TrendFigure("share", ("marker", "best"), "hit"),
    "search": TrendFigure("seconds", ("opportunity", "search"), "upper"),
    "trial_effect": TrendFigure("seconds", ("evaluation", "primary")),
    "launch_effect": TrendFigure("seconds", ("comparison", "primary")),
}
"""By name, in the order of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """One report as far as its history asks.

    Attributes:
        run: What it is.
        figures: By name what it measured, where it did.
        unknown: By name why it does not know a figure that its command has; None: it says nothing.
        settings: Those that say what the log means.
        logs: SHA-256 of its files.
        seal: Of the prediction that it made or was compared with.
        predicted: Of a launch: its rows of predicted and measured.
    """

    run: PastRun
    figures: Mapping[str, Estimate]
    unknown: Mapping[str, str | None]
    settings: Mapping[str, Any]
    logs: frozenset[str]
    seal: str | None
    predicted: tuple[Mapping[str, Any], ...]


def read_report(folder: str, summary: Mapping[str, Any], seal: str | None) -> ReadReport:
    """A report.

    Args:
        folder: As given.
        summary: Its `summary.json`, of the shape that `commands/history.py` checks.
        seal: Of the prediction file beside it, where that is sound.
    """
    inputs = [one for one in summary["generated_from"]["inputs"] if one["first_at"]]
    first_at = min((one["first_at"] for one in inputs), key=moment, default=None)
    last_at = max((one["last_at"] for one in inputs), key=moment, default=None)
    launch = summary.get("evaluation") or summary.get("comparison") or {}
    run = PastRun(
        folder=folder,
        command=summary["command"],
        name=next(iter(summary["generated_from"]["subject"]), folder),
        # Reports of older versions say only what is in their files.
        first_at=summary["counts"].get("first_at", first_at),
        last_at=summary["counts"].get("last_at", last_at),
        users=summary["counts"]["users"],
        interruptions=summary["counts"]["interruptions"],
        threshold_seconds=summary["threshold"]["seconds"],
        finest_seconds=_finest(summary.get("resolution", {}).get("seconds", 0.0)),
        cap_seconds=summary["reorientation"].get("cap_seconds"),
        word=_word(summary),
        tool_version=summary["tool_version"],
    )
    found = {
        name: _found(summary, one) for name, one in FIGURES.items() if summary.get(one.place[0])
    }
    return ReadReport(
        run=run,
        figures={name: one for name, (one, _) in found.items() if one.estimate is not None},
        unknown={name: reason for name, (one, reason) in found.items() if one.estimate is None},
        settings={
            key: value
            for key, value in summary["generated_from"]["settings"].items()
            if key in _MEANING
        },
        logs=frozenset(one["sha256"] for one in inputs if one["sha256"]),
        seal=launch.get("prediction_file") if launch else seal,
        predicted=tuple(launch.get("predicted", ())),
    )


def moment(instant: str) -> datetime:
    """An instant of a report, to compare: its text may have parts of a second or none."""
    return datetime.fromisoformat(instant)


def _finest(seconds: float) -> float:
    """What may be printed where stamps are so far apart."""
    return Resolution(
        seconds=seconds, users_minute=0, users_second=0, users_indexed=0
    ).finest_seconds


def _found(summary: Mapping[str, Any], one: TrendFigure) -> tuple[Estimate, str | None]:
    """A figure, and the reason that its report gives for not knowing it."""
    whole = summary[one.place[0]]
    part = _named(whole, *one.place)
    reason = whole.get("reason") or part.get("reason")
    if one.is_void and whole.get("word") == DISAGREEING:
        reason = DISAGREEING
    is_void = one.is_void and reason is not None
    return NO_ESTIMATE if is_void else estimate_of(part, one.estimate), reason


def _named(whole: Mapping[str, Any], part: str, name: str) -> Mapping[str, Any]:
    """What a figure is taken from: of target rules the best one, of bounds the last one."""
    if (part, name) == ("marker", "best"):
        rules: Sequence[Mapping[str, Any]] = whole.get("policies") or ({},)
        best = (one for one in rules if one.get("name") == whole.get("best"))
        # Without a best one, all of them have the reason why.
        return next(best, {"reason": rules[0].get("reason")})
    if (part, name) == ("opportunity", "search"):
        return next(reversed(whole.get("bounds") or ()), {})
    return whole.get(name) or {}


def estimate_of(part: Mapping[str, Any], key: str = "estimate") -> Estimate:
    """A figure with its interval."""
    return Estimate(
        estimate=part.get(key), ci_lower=part.get("ci_lower"), ci_upper=part.get("ci_upper")
    )


def _word(summary: Mapping[str, Any]) -> str | None:
    """The recommendation or the verdict."""
    for part, name in (
        ("marker", "recommendation"),
        ("evaluation", "verdict"),
        ("comparison", "verdict"),
    ):
        found = (summary.get(part) or {}).get(name)
        if found:
            return str(found["word"])
    return None
