"""What the measures of a trial are called, and why a figure is missing."""

from typing import Final, NamedTuple

from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import exact
from resume_gap.trial.guarded import GUARDED, INTERRUPTIONS, GuardedMeasure


class _Measure(NamedTuple):
    """What a measure of a trial is called.

    Attributes:
        name: What is measured.
        harm: For a guardrail what a change for the worse is, after its size.
    """

    name: str
    harm: str = ""


def _worded(one: GuardedMeasure) -> _Measure:
    within = "" if one.within is None else exact(one.within.value)
    return _Measure(one.label.format(within=within), harm=one.harm.format(within=within))


_MEASURE: Final = {
    "first_return": _Measure("re-orientation time, first return"),
    "first_return_adjusted": _Measure("re-orientation time, first return, adjusted"),
    "first_finished": _Measure("back at work within the cap, first return"),
    "first_hit": _Measure("work begins on the marked element, first return"),
    "first_touch": _Measure("time to the marked element, first return"),
    "all_returns": _Measure("re-orientation time, all interruptions"),
    "never_triggered": _Measure("productive minutes of users never interrupted"),
} | {one.name: _worded(one) for one in (*GUARDED, INTERRUPTIONS)}
"""Every measure by its stable name."""
_WHY = {
    "withheld": "a check of the trial failed",
    "few_users": "too few users",
    "few_units": "too few of the units that were assigned",
    "by_unit": "other units than users were assigned",
    "allocation_changed": "the split of the arms changed over time",
    "no_rows": "nothing to measure it on",
    "atom": "many users have exactly this time, so that it has no interval",
    "no_history": "nothing is known of the users before the assignment",
    "no_variation": "the values do not vary",
    "no_elements": "the log names no elements to point at",
    "no_productive_events": "nothing in the log is known to be productive",
    "no_interruptions": "no interruption after the assignment could be followed up",
}
_SHORT = {
    "atom": "many alike",
    "no_rows": "nothing to measure",
    "no_history": "no history",
    "no_variation": "no variation",
}
ADJUSTED = "adjusted for what was known before the assignment"


def measure(name: str) -> str:
    """What is measured, in words."""
    return _MEASURE[name].name if name in _MEASURE else label(name.replace("_", " "))


def harm(name: str, *, less: bool) -> str:
    """`fewer productive minutes per user`: a change for the worse, to stand after its size."""
    known = _MEASURE.get(name)
    return (known and known.harm) or f"{'less' if less else 'more'} of {measure(name)}"


def why(reason: str | None) -> str:
    """Why a figure is missing, a clause."""
    if reason is None:
        return "there is too little data"
    return _WHY.get(reason) or label(reason.replace("_", " "))


def short(reason: str | None) -> str:
    """The same for a table."""
    return _SHORT.get(reason or "") or why(reason)
