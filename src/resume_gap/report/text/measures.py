"""What the measures of a trial are called, and why a figure is missing."""

from typing import Final, NamedTuple

from resume_gap.constants import FOLLOW_UP, FOLLOW_UP_SOON
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import exact

_WEEK, _DAY = exact(FOLLOW_UP.value), exact(FOLLOW_UP_SOON.value)


class _Measure(NamedTuple):
    """What a measure of a trial is called.

    Attributes:
        name: What is measured.
        kept: For a guardrail what it asks for, a clause.
    """

    name: str
    kept: str = ""


_MEASURE: Final = {
    "first_return": _Measure("re-orientation time, first return"),
    "first_return_adjusted": _Measure("re-orientation time, first return, adjusted"),
    "first_finished": _Measure("back at work within the cap, first return"),
    "first_hit": _Measure("work begins on the marked element, first return"),
    "first_touch": _Measure("time to the marked element, first return"),
    "all_returns": _Measure("re-orientation time, all interruptions"),
    "never_triggered": _Measure("productive minutes of users never interrupted"),
    "productive_minutes": _Measure(
        "productive minutes per assigned user",
        kept="productive minutes per assigned user do not fall",
    ),
    "return_rate_7d": _Measure(
        f"came back within {_WEEK}", kept=f"no fewer come back within {_WEEK}"
    ),
    "return_rate_1d": _Measure(
        f"came back within {_DAY}", kept=f"no fewer come back within {_DAY}"
    ),
    "productive_share": _Measure(
        "back at work within the cap", kept="no fewer get back to work within the cap"
    ),
    "interruptions_per_user": _Measure(
        "interruptions per user", kept="interruptions per user do not rise"
    ),
}
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


def kept(name: str, *, falls: str) -> str:
    """What a guardrail asks of the measure, a clause."""
    known = _MEASURE.get(name)
    return (known and known.kept) or f"{measure(name)} does not {falls}"


def why(reason: str | None) -> str:
    """Why a figure is missing, a clause."""
    if reason is None:
        return "there is too little data"
    return _WHY.get(reason) or label(reason.replace("_", " "))


def short(reason: str | None) -> str:
    """The same for a table."""
    return _SHORT.get(reason or "") or why(reason)
