"""Where a sample ratio mismatch comes from, and where to look: codes to clauses."""

from collections.abc import Mapping
from typing import Any, Final

from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import many, p_value, percent
from resume_gap.results.trust import Stage, StageLoss, UnevenPlace

_AFTER: Final[dict[Stage, str]] = {
    "logging": "have a readable assignment and an event in the log",
    "trigger": "came back from an interruption",
    "analysis": "have such a return that could be followed up",
}
_LOOK: Final[dict[Stage, str]] = {
    "assignment": (
        "the assignments themselves are uneven: look at how users are assigned, and whether the"
        " file has all assignments"
    ),
    "logging": "look at logging, at ids and at filters (bots, say) of the arm that loses more",
    "trigger": "look at which events and returns of that arm are logged",
    "analysis": "look at when the log of each arm ends",
}
_LEVEL: Final = {
    "none": "users without events before their assignment",
    "low": "the least active third before the assignment",
    "middle": "the middle third by activity before the assignment",
    "high": "the most active third before the assignment",
}


def where(figures: Mapping[str, Any]) -> str:
    """Where users get lost and whose they are, as further sentences; empty if not looked for."""
    if "stages" not in figures:
        return ""
    counted = str(figures.get("counted", "users"))
    uneven = figures["uneven_stages"]
    lost = [_stage(stage, counted) for stage in figures["stages"] if stage.stage in uneven] or [
        "no stage loses one arm's users for certain"
    ]
    return f". Where: {'; '.join(lost)}{_places(figures)}"


def _stage(found: StageLoss, counted: str) -> str:
    if found.stage == "assignment":
        return _LOOK["assignment"]
    control, treatment = (
        percent(left / max(of, 1))
        for left, of in (
            (found.control, found.of_control),
            (found.treatment, found.of_treatment),
        )
    )
    return (
        f"{control} of control's {counted} and {treatment} of treatment's {_AFTER[found.stage]}"
        f" ({p_value(found.p or 0.0)}): {_LOOK[found.stage]}"
    )


def _places(figures: Mapping[str, Any]) -> str:
    if "columns" not in figures:
        return ""
    looked_at, places = figures["columns"], figures["places"]
    if not looked_at:
        return ". Whose they are, columns such as platform or version would show"
    if not places:
        return (
            f". Of {many(looked_at, 'column')} compared, day of assignment and activity before it"
            " included, none stands out: it is spread evenly"
        )
    return f". It is greatest for {'; and for '.join(map(_place, places))}"


def _place(found: UnevenPlace) -> str:
    rest = "" if found.rest_p is None else f", {p_value(found.rest_p)}"
    return (
        f"{_name(found)} ({found.control:,} in control to {found.treatment:,} in treatment; the"
        f" others {found.rest_control:,} to {found.rest_treatment:,}{rest})"
    )


def _name(found: UnevenPlace) -> str:
    if found.kind == "activity":
        return _LEVEL.get(str(found.value), "one level of activity")
    if found.kind == "day":
        return (
            "users assigned on other days"
            if found.value is None
            else (f"users assigned on {label(found.value)}")
        )
    column = label(found.column)
    if found.value is None:
        return f"values of {column} that few users of an arm have"
    return f"{column} = {label(found.value)}"
