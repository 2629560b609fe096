"""Sentences of a history: what changed, what makes runs differ, what became of predictions."""

from datetime import date
from itertools import chain
from typing import Final

from resume_gap.report.text import evaluation, recommendation
from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.names import label, series
from resume_gap.report.text.numbers import (
    DASH,
    MINUS,
    count,
    many,
    percent,
    points,
    points_interval,
    seconds_figure,
    seconds_interval,
    share_interval,
    signed_figure,
    signed_interval,
)
from resume_gap.results.common import Estimate
from resume_gap.results.history import (
    Agreement,
    CautionCode,
    History,
    HistoryCaution,
    LedgerEntry,
    LedgerRow,
    LedgerStatus,
    Trend,
    TrendPoint,
)
from resume_gap.results.predicted import AT_MOST, AT_MOST_WITH_GIVE_UPS

NAMES: Final = {
    "reorientation_mean": "re-orientation time",
    "productive_share": "share back at work within the cap",
    "extra_time": "extra time vs. uninterrupted work",
    "hit": "hit rate of the best target rule",
    "search": "search that a marker could shorten",
    "trial_effect": "effect of the marker in a trial",
    "launch_effect": "effect of the marker at a launch",
}
"""What each trend is called."""
_LENGTHS: Final = ("reorientation_mean", "search", "reorientation_mean_seconds")
"""Figures in seconds that cannot be below 0, nor can their intervals; others are differences."""
_CAPPED: Final = ("reorientation_mean", "extra_time", "search")
"""Those that no cap of re-orientation time is below."""
_WORDS: Final = dict[str, str](chain(recommendation.WORD.items(), evaluation.WORD.items()))
_PREDICTED: Final = {
    "reorientation_mean_seconds": "re-orientation time",
    "hit": "hit rate",
    AT_MOST: "saved at a first return, at most",
    AT_MOST_WITH_GIVE_UPS: "saved with give-ups, at most",
}
AGREEMENT: Final[dict[Agreement | None, str]] = {
    "agrees": "agrees",
    "above": "measured is higher",
    "below": "measured is lower",
    None: DASH,
}
STATUS: Final[dict[LedgerStatus, str]] = {
    "open": "no launch was compared with it yet",
    "withheld": "compared with a launch without a result",
    "measured": "measured",
}
_CAUTIONS: Final[dict[CautionCode, str]] = {
    "same_log": "{were} made from the same files as the run before: {they_are} no new measurement",
    "logs_overlap": "{begin} before the log of the run before ends: some events count twice",
    "threshold_differs": "{have} another inactivity threshold than the run before, which moves"
    " every figure; give --gap to all runs",
    "settings_differ": "{read} the log in another way than the run before",
    "version_differs": "{were} made by another version of resume-gap than the run before",
    "prediction_unreadable": "{have} a prediction.json that was changed or cannot be read; it is"
    " not in the ledger",
    "prediction_elsewhere": "{were} compared with a prediction that none of these reports made;"
    " name the folder of its report, too",
}
_FORMS: Final = {
    "were": ("was", "were"),
    "they_are": ("it is", "they are"),
    "begin": ("begins", "begin"),
    "have": ("has", "have"),
    "read": ("reads", "read"),
}
"""Of one run, and of several."""


def trend_value(point: TrendPoint, trend: Trend) -> str:
    """A figure of a trend: `66 s [60 s, 73 s]`, `40 % [36 %, 44 %]`."""
    if trend.unit == "share":
        return _share(point.value)
    most = point.run.cap_seconds if trend.name in _CAPPED else None
    return _seconds(point.value, trend.name, point.run.finest_seconds, most=most)


def change(one: Estimate, trend: Trend) -> str:
    """A difference with its sign."""
    if one.estimate is None:
        return DASH
    if trend.unit == "share":
        ends = points_interval(one.ci_lower, one.ci_upper)
        return f"{points(one.estimate)} {ends}" if ends else points(one.estimate)
    return _difference(one, trend.finest_seconds)


def is_length(name: str) -> bool:
    """Whether a figure in seconds cannot be below 0, nor can its interval."""
    return name in _LENGTHS


def _share(one: Estimate) -> str:
    if one.estimate is None:
        return DASH
    return _joined(percent(one.estimate), share_interval(one))


def _seconds(one: Estimate, name: str, step: float, *, most: float | None = None) -> str:
    if not is_length(name):
        return _difference(one, step, most=most)
    return _joined(seconds_figure(one, step, most=most), seconds_interval(one, step, most=most))


def _difference(one: Estimate, step: float, *, most: float | None = None) -> str:
    return _joined(signed_figure(one, step, most=most), signed_interval(one, step, most=most))


def _joined(figure: str | None, ends: str | None) -> str:
    """A figure with its interval where it has one; a dash for none."""
    return " ".join(filter(None, (figure, ends))) or DASH


def is_settled(one: Estimate) -> bool:
    """Whether a change has an interval that does not include 0."""
    if one.ci_lower is None or one.ci_upper is None:
        return False
    return one.ci_lower > 0 or one.ci_upper < 0


def finding(trend: Trend) -> str:
    """What a trend shows, as a heading."""
    name = titled(trend)
    if not trend.points:
        return f"{name} is not known"
    last = trend_value(trend.points[-1], trend)
    if trend.overall.estimate is None:
        return f"{name}: {last}"
    if trend.points[0].run.threshold_seconds != trend.points[-1].run.threshold_seconds:
        return f"{name}: {last} now; the first run had another inactivity threshold"
    first = f"since {_since(trend.points[0])}"
    if trend.overall.ci_lower is None:
        return f"{name} went from {trend_value(trend.points[0], trend)} to {last}, {first}"
    if not is_settled(trend.overall):
        return f"{name} did not change beyond its uncertainty {first}: {last} now"
    verb = "rose" if trend.overall.estimate > 0 else "fell"
    return f"{name} {verb} by {_unsigned(trend)} {first}, to {last}"


def _since(point: TrendPoint) -> str:
    """The last day of a run's log, at which the chart has it."""
    return "the first run" if point.last_at is None else _day(point.last_at)


def _day(instant: str) -> str:
    """`5 Mar 2025`."""
    found = date.fromisoformat(instant[:10])
    return f"{found.day} {found:%b %Y}"


def titled(trend: Trend) -> str:
    """The name of a trend with a capital."""
    name = NAMES[trend.name]
    return name[0].upper() + name[1:]


def _unsigned(trend: Trend) -> str:
    """The size of a change."""
    return change(trend.overall, trend).partition(" [")[0].removeprefix(MINUS)


def headline(history: History) -> str:
    """The first trend that a run knows in one sentence, else how many runs there are."""
    known = next((one for one in history.trends if one.points), None)
    if known is None:
        return f"{many(len(history.runs), 'run')}, and no figure to compare"
    return finding(known)


def caution(one: HistoryCaution) -> str:
    """A caution as a sentence."""
    rest = [f"{count(one.more)} more"] if one.more else []
    folders = series([*map(label, one.folders), *rest])
    forms = {name: agreeing(one.runs, *both) for name, both in _FORMS.items()}
    names = f" ({series(one.names)})" if one.names else ""
    return f"{folders} {_CAUTIONS[one.check].format(**forms)}{names}."


def word(one: str | None) -> str:
    """A recommendation or a verdict as the pages have it."""
    return DASH if one is None else _WORDS.get(one, one)


def predicted_name(row: LedgerRow) -> str:
    """What was predicted."""
    kind, _, scenario = row.name.partition(":")
    return f"saving, scenario {scenario}" if scenario else _PREDICTED.get(kind, kind)


def predicted_values(row: LedgerRow, entry: LedgerEntry) -> tuple[str, str]:
    """What was predicted and what was measured."""
    both = (row.predicted, row.measured)
    step = entry.finest_seconds
    predicted, measured = (
        _share(one) if row.name == "hit" else _seconds(one, row.name, step) for one in both
    )
    return predicted, measured


def ledger_finding(history: History) -> str:
    """How predictions fared, as a heading."""
    if history.predictions_judged:
        return (
            f"{count(history.predictions_agreeing)} of {count(history.predictions_judged)}"
            " predicted figures agree with what was measured"
        )
    waiting = [one for one in history.ledger if one.status == "open"]
    if waiting:
        return f"{many(len(waiting), 'prediction')} without an outcome yet"
    return "No prediction was sealed"


def ledger_line(entry: LedgerEntry) -> str:
    """Where a prediction was made and what became of it."""
    made = label(entry.predicted_in) if entry.predicted_in else "another report"
    held = f" in {label(entry.measured_in)} ({word(entry.word)})" if entry.measured_in else ""
    return f"{made}, seal {entry.seal[:12]}: {STATUS[entry.status]}{held}."
