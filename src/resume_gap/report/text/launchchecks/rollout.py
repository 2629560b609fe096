"""Units that were launched one after another."""

from typing import Final

from resume_gap.report.text import vocabulary
from resume_gap.report.text.launchchecks.entry import LaunchCheck, LaunchOutcome, PlainReason
from resume_gap.report.text.numbers import assumed, many, p_value
from resume_gap.report.text.plain_check import Figures
from resume_gap.results.trust import TrustCheck

_ALREADY: Final = " already"
_INSTALL: Final = "pip install 'resume-gap[causal]'"
"""What makes a second estimate of a roll-out possible."""


def _units(check: TrustCheck, f: Figures) -> str:
    seconds = f["seconds"]
    way = "shorter" if seconds < 0 else "longer"
    return (
        "returns at which the marker is never shown were"
        f" {assumed(abs(seconds))} {way} than expected once a unit was launched"
        f" ({p_value(check.p or 0.0)}, among {f['orders']:,} other orders)"
    )


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


CHECKS: Final = {
    "control_rollout": LaunchCheck(
        title="Returns that never get a marker",
        outcomes={
            "no_control": LaunchOutcome(
                "no return is known at which the marker is never shown, so nothing tells the"
                " roll-out from other changes of the same units"
            ),
            "too_short": LaunchOutcome(
                "too little is known of returns that never get a marker to see whether they"
                " changed, too"
            ),
            "steady": LaunchOutcome(lambda c, f: f"{_units(c, f)}, as by chance"),
            "may_jump": LaunchOutcome(
                lambda c, f: f"{_units(c, f)}: something else may have come with the marker"
            ),
            "jumps": LaunchOutcome(
                lambda c, f: (
                    f"{_units(c, f)}: something else came with the marker, which it cannot have"
                    " done"
                ),
                plain=PlainReason(
                    "More than the marker came with the roll-out",
                    lambda _: (
                        "Returns at which the marker is never shown changed, too, once a unit was"
                        " launched."
                    ),
                    "find out what else the units got with the marker",
                ),
            ),
        },
    ),
    "weeks_before": LaunchCheck(
        title="Weeks right before the launch",
        outcomes={
            "too_few": LaunchOutcome(
                "too little is known of the weeks right before the launches to see whether"
                " units were as usual then"
            ),
            "usual": LaunchOutcome(lambda c, f: f"{_weeks(c, f)}, as by chance"),
            "same_side": LaunchOutcome(
                lambda c, f: (
                    f"{_weeks(c, f, already=_ALREADY)}: they had begun to change before the marker"
                    " came"
                )
            ),
            "other_side": LaunchOutcome(
                lambda c, f: (
                    f"{_weeks(c, f, already=_ALREADY)}: part of the change may be a return to what"
                    " is usual"
                ),
                plain=PlainReason(
                    "Units were not as usual right before their launch",
                    lambda f: vocabulary.whole(
                        f"{_off(f, already=_ALREADY)}, so part of the change may be a return to"
                        " what is usual"
                    ),
                    "look at the later weeks of these units, and launch the next ones in random"
                    " order",
                ),
            ),
        },
    ),
    "second_opinion": LaunchCheck(
        title="A second method",
        outcomes={
            "agrees": LaunchOutcome(
                "another method, which compares units with those not launched yet, agrees"
                " within the intervals"
            ),
            "parted": LaunchOutcome(
                (
                    "another method, which compares units with those not launched yet, differs by"
                    " more than the intervals allow: units did not move alike before their launch"
                ),
                plain=PlainReason(
                    "Two methods disagree about this roll-out",
                    lambda _: (
                        "They differ by more than their intervals allow, as when growing units are"
                        " launched first."
                    ),
                    "find out by what the order of the launches was chosen",
                ),
            ),
            "not_installed": LaunchOutcome(
                "another method was not asked, as its library is not installed",
                option=f"{_INSTALL} installs it",
            ),
            "no_comparison": LaunchOutcome(
                "another method finds too few units and weeks to compare"
            ),
        },
    ),
    "units_compared": LaunchCheck(
        title="Units with weeks enough before",
        outcomes={
            "most": LaunchOutcome(
                lambda _, f: (
                    f"{f['units']:,} of {many(f['of'], 'unit')} have weeks enough before their"
                    " launch"
                )
            ),
            "few": LaunchOutcome(
                lambda _, f: (
                    f"only {f['units']:,} of {many(f['of'], 'unit')} have weeks enough before their"
                    " launch: the others may differ; compare larger units"
                ),
                option="--rollout-by COL names the column of teams or companies",
            ),
        },
    ),
}
