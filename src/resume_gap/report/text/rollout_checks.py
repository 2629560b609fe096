"""What a check of a roll-out found, unit by unit: codes to sentences."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from resume_gap.report.text import vocabulary
from resume_gap.report.text.numbers import assumed, many, p_value
from resume_gap.results.trust import TrustCheck

Figures = Mapping[str, Any]
NAMES: Final = {
    "control_rollout": "Returns that never get a marker",
    "weeks_before": "Weeks right before the launch",
    "second_opinion": "A second method",
    "units_compared": "Units with weeks enough before",
}
"""What is checked, by the names of the checks."""


class PlainReason(NamedTuple):
    """A failed check in plain words.

    Attributes:
        finding: For the headline, without a full stop.
        why: A sentence or two.
        next_step: A clause.
    """

    finding: str
    why: Callable[[Figures], str]
    next_step: str


def _units(check: TrustCheck, f: Figures) -> str:
    seconds = f["seconds"]
    way = "shorter" if seconds < 0 else "longer"
    return (
        "returns at which the marker is never shown were"
        f" {assumed(abs(seconds))} {way} than expected once a unit was launched"
        f" ({p_value(check.p or 0.0)}, among {f['orders']:,} other orders)"
    )


_ALREADY: Final = " already"


def _off(f: Figures, *, already: str = "") -> str:
    seconds = f["seconds"]
    way = "faster" if seconds < 0 else "slower"
    return (
        f"in the {many(f['weeks'], 'week')} before their launch, units were{already}"
        f" {assumed(abs(seconds))} {way} than expected"
    )


def _weeks(check: TrustCheck, f: Figures, *, already: str = "") -> str:
    off = _off(f, already=already)
    return f"{off} ({p_value(check.p or 0.0)}, among {f['orders']:,} other orders)"


FOUND: Final[Mapping[tuple[str, str], Callable[[TrustCheck, Figures], str]]] = {
    ("control_rollout", "no_control"): lambda *_: (
        "no return is known at which the marker is never shown, so nothing tells the roll-out from"
        " other changes of the same units"
    ),
    ("control_rollout", "too_short"): lambda *_: (
        "too little is known of returns that never get a marker to see whether they changed, too"
    ),
    ("control_rollout", "steady"): lambda c, f: f"{_units(c, f)}, as by chance",
    ("control_rollout", "may_jump"): lambda c, f: (
        f"{_units(c, f)}: something else may have come with the marker"
    ),
    ("control_rollout", "jumps"): lambda c, f: (
        f"{_units(c, f)}: something else came with the marker, which it cannot have done"
    ),
    ("weeks_before", "too_few"): lambda *_: (
        "too little is known of the weeks right before the launches to see whether units were as"
        " usual then"
    ),
    ("weeks_before", "usual"): lambda c, f: f"{_weeks(c, f)}, as by chance",
    ("weeks_before", "same_side"): lambda c, f: (
        f"{_weeks(c, f, already=_ALREADY)}: they had begun to change before the marker came"
    ),
    ("weeks_before", "other_side"): lambda c, f: (
        f"{_weeks(c, f, already=_ALREADY)}: part of the change may be a return to what is usual"
    ),
    ("second_opinion", "agrees"): lambda *_: (
        "another method, which compares units with those not launched yet, agrees within the"
        " intervals"
    ),
    ("second_opinion", "parted"): lambda *_: (
        "another method, which compares units with those not launched yet, differs by more than"
        " the intervals allow: units did not move alike before their launch"
    ),
    ("second_opinion", "not_installed"): lambda *_: (
        "another method was not asked, as its library is not installed"
    ),
    ("second_opinion", "no_comparison"): lambda *_: (
        "another method finds too few units and weeks to compare"
    ),
    ("units_compared", "most"): lambda _, f: (
        f"{f['units']:,} of {many(f['of'], 'unit')} have weeks enough before their launch"
    ),
    ("units_compared", "few"): lambda _, f: (
        f"only {f['units']:,} of {many(f['of'], 'unit')} have weeks enough before their launch:"
        " the others may differ; compare larger units"
    ),
}
"""What was found, a clause, by the names of the checks and their codes."""
PLAIN: Final[Mapping[str, PlainReason]] = {
    "control_rollout": PlainReason(
        "More than the marker came with the roll-out",
        lambda _: (
            "Returns at which the marker is never shown changed, too, once a unit was launched."
        ),
        "find out what else the units got with the marker",
    ),
    "weeks_before": PlainReason(
        "Units were not as usual right before their launch",
        lambda f: vocabulary.whole(
            f"{_off(f, already=_ALREADY)}, so part of the change may be a return to what is usual"
        ),
        "look at the later weeks of these units, and launch the next ones in random order",
    ),
    "second_opinion": PlainReason(
        "Two methods disagree about this roll-out",
        lambda _: (
            "They differ by more than their intervals allow, as when growing units are launched"
            " first."
        ),
        "find out by what the order of the launches was chosen",
    ),
}
"""Failed checks in plain words."""
