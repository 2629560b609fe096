"""Whether arms are as large as intended."""

from collections.abc import Callable
from typing import Final

from resume_gap.report.text import mismatch
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import p_value
from resume_gap.report.text.plain_check import (
    GROUP,
    GROUPS,
    LOOK,
    MISLEADS,
    RECOVER,
    Figures,
    Plain,
    as_,
    sizes,
)
from resume_gap.report.text.trialchecks.entry import TrialCheck, TrialOutcome
from resume_gap.results.trust import TrustCheck

_BY: Final = "--by COLUMN compares more of them"


def _assigned(f: Figures) -> str:
    sham = f", {f['sham']:,} to the sham" if "sham" in f else ""
    return (
        f"{f['control']:,} {_counted(f)} assigned to control, {f['treatment']:,} to treatment{sham}"
    )


def _counted(f: Figures) -> str:
    return str(f.get("counted", "users"))


def _triggered(f: Figures) -> str:
    return (
        f"{f['control']:,} {_counted(f)} of control came back from an interruption,"
        f" {f['treatment']:,} of treatment"
    )


def _intended(f: Figures) -> str:
    sham = f" to {f['intended_sham']:g}" if "intended_sham" in f else ""
    return f"{f['intended_control']:g} to {f['intended_treatment']:g}{sham}"


def _mismatch(seen: str, check: TrustCheck, f: Figures) -> str:
    chance = p_value(check.p or 0.0)
    return f"{seen}; with an intended {_intended(f)} this is a sample ratio mismatch ({chance})"


def _as_intended(seen: str, check: TrustCheck, f: Figures) -> str:
    return f"{seen}, as an intended {_intended(f)} may give (p = {check.p:.2g})"


def _uneven(counted_are: str) -> Callable[[Figures], str]:
    """Sizes of both groups, of those that are counted, beside those that were intended."""

    def worded(f: Figures) -> str:
        counted = "people" if f.get("counted", "users") == "users" else f["counted"]
        counted = f"{counted_are} {counted}"
        one, two = f["intended_control"], f["intended_treatment"]
        meant = "equal groups were" if one == two else f"a split of {one:g} to {two:g} was"
        return (
            f"{counted[0].upper()}{counted[1:]}: {f['control']:,} without the marker,"
            f" {f['treatment']:,} with it; {meant} intended."
            f" {MISLEADS[0].upper()}{MISLEADS[1:]}."
        )

    return worded


def _where_uneven(f: Figures) -> str:
    """The stage at which one group loses more, and the value of a column that stands out."""
    first_uneven = next((one for one in f.get("stages", ()) if one.is_uneven), None)
    step = "find out where people of one group get lost"
    if first_uneven is not None:
        arm = first_uneven.smaller(f["intended_control"], f["intended_treatment"])
        step = LOOK[first_uneven.stage].format(group=GROUP[arm])
    first = next(iter(f.get("places", ())), None)
    if first is None or first.kind != "column" or first.value is None:
        return step
    return f"{step}, first where {label(first.column)} is {label(first.value)}"


def _columns(f: Figures) -> str:
    """More columns to look at, where none was found that users get lost in."""
    return _BY if "columns" in f and not f["places"] else ""


CHECKS: Final = {
    "assigned_ratio": TrialCheck(
        title="Users assigned to each arm",
        outcomes={
            "one_arm_only": TrialOutcome(
                lambda _, f: f"{_assigned(f)}: there is nobody to compare with",
                plain=Plain(
                    GROUPS,
                    lambda f: f"Only one group was assigned: {sizes(f)}.",
                    "only one group was assigned",
                    as_("get the assignments of both groups"),
                ),
            ),
            "sample_ratio_mismatch": TrialOutcome(
                lambda c, f: f"{_mismatch(_assigned(f), c, f)}{mismatch.where(f)}",
                plain=Plain(
                    GROUPS,
                    _uneven("assigned"),
                    "the sizes of the groups are not as intended",
                    _where_uneven,
                    RECOVER,
                ),
                option=_columns,
            ),
            "as_intended": TrialOutcome(lambda c, f: _as_intended(_assigned(f), c, f)),
        },
    ),
    "triggered_ratio": TrialCheck(
        title="Users with an interruption in each arm",
        outcomes={
            "nobody": TrialOutcome("nobody came back from an interruption after the assignment"),
            "not_compared": TrialOutcome(lambda _, f: _triggered(f)),
            "sample_ratio_mismatch": TrialOutcome(
                lambda c, f: f"{_mismatch(_triggered(f), c, f)}{mismatch.where(f)}",
                plain=Plain(
                    GROUPS,
                    _uneven("interrupted"),
                    "of people with an interruption, the sizes of the groups are not as intended",
                    _where_uneven,
                    RECOVER,
                ),
                option=_columns,
            ),
            "as_intended": TrialOutcome(lambda c, f: _as_intended(_triggered(f), c, f)),
        },
    ),
}
