"""Sentences of a history: what changed, what makes runs differ, what became of predictions."""

from itertools import chain
from typing import Final

from resume_gap.report.text import evaluation, recommendation
from resume_gap.report.text.names import label, series
from resume_gap.report.text.numbers import (
    DASH,
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
    TrendUnit,
)
from resume_gap.results.predicted import AT_MOST, AT_MOST_WITH_GIVE_UPS

_FINE: Final = 0.2
"""Seconds: the step of figures whose stamps nobody looks at any more."""
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
_SIGNED: Final = ("trial_effect", "launch_effect")
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
    "same_log": "were made from the same files as the run before: they are no new measurement",
    "logs_overlap": "begin before the log of the run before ends: some events count twice",
    "threshold_differs": "have another inactivity threshold than the run before, which moves every"
    " figure; give --gap to all runs",
    "settings_differ": "read the log in another way than the run before",
    "version_differs": "were made by another version of resume-gap than the run before",
    "prediction_unreadable": "have a prediction.json that was changed or cannot be read; it is not"
    " in the ledger",
    "prediction_elsewhere": "were compared with a prediction that none of these reports made; name"
    " the folder of its report, too",
}


def value(one: Estimate, unit: TrendUnit, *, signed: bool = False) -> str:
    """`66 s [60 s, 73 s]`, `40 % [36 %, 44 %]`, or a dash."""
    if one.estimate is None:
        return DASH
    if unit == "share":
        figure, ends = percent(one.estimate), share_interval(one)
    elif signed:
        figure, ends = signed_figure(one, _FINE) or DASH, signed_interval(one, _FINE)
    else:
        figure, ends = seconds_figure(one, _FINE) or DASH, seconds_interval(one, _FINE)
    return f"{figure} {ends}" if ends else figure


def trend_value(one: Estimate, trend: Trend) -> str:
    """A figure of a trend."""
    return value(one, trend.unit, signed=trend.name in _SIGNED)


def change(one: Estimate, trend: Trend) -> str:
    """A difference with its sign."""
    if one.estimate is None:
        return DASH
    if trend.unit == "share":
        ends = points_interval(one.ci_lower, one.ci_upper)
        return f"{points(one.estimate)} {ends}" if ends else points(one.estimate)
    return value(one, trend.unit, signed=True)


def is_settled(one: Estimate) -> bool:
    """Whether a change has an interval that does not include 0."""
    if one.ci_lower is None or one.ci_upper is None:
        return False
    return one.ci_lower > 0 or one.ci_upper < 0


def finding(trend: Trend) -> str:
    """What a trend shows, as a heading."""
    name = NAMES[trend.name]
    name = name[0].upper() + name[1:]
    last = trend_value(trend.points[-1].value, trend)
    if trend.overall.estimate is None:
        return f"{name}: {last}"
    if trend.overall.ci_lower is None:
        return f"{name} went from {trend_value(trend.points[0].value, trend)} to {last}"
    if not is_settled(trend.overall):
        return f"{name} did not change beyond its uncertainty: {last} now"
    verb = "rose" if trend.overall.estimate > 0 else "fell"
    return f"{name} {verb} by {_unsigned(trend)} to {last}"


def _unsigned(trend: Trend) -> str:
    """The size of a change."""
    return change(trend.overall, trend).partition(" [")[0].lstrip("+\N{MINUS SIGN}-")


def headline(history: History) -> str:
    """The first trend in one sentence, else how many runs there are."""
    runs = many(len(history.runs), "run")
    return (
        f"{finding(history.trends[0])}" if history.trends else f"{runs}, and no figure to compare"
    )


def caution(one: HistoryCaution) -> str:
    """A caution as a sentence."""
    folders = series([label(folder) for folder in one.folders])
    names = f" ({series(one.names)})" if one.names else ""
    return f"{folders} {_CAUTIONS[one.check]}{names}."


def word(one: str | None) -> str:
    """A recommendation or a verdict as the pages have it."""
    return DASH if one is None else _WORDS.get(one, one)


def predicted_name(row: LedgerRow) -> str:
    """What was predicted."""
    kind, _, scenario = row.name.partition(":")
    return f"saving, scenario {scenario}" if scenario else _PREDICTED.get(kind, kind)


def predicted_unit(row: LedgerRow) -> TrendUnit:
    """The unit of what was predicted."""
    return "share" if row.name == "hit" else "seconds"


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
