"""Events of one arm, and returns at which no marker is due."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from resume_gap.report.text.numbers import percent
from resume_gap.report.text.plain_check import GROUPS, LOG, REPEAT, Figures, Plain, as_
from resume_gap.report.text.trialchecks.entry import TrialCheck, TrialOutcome
from resume_gap.report.text.vocabulary import LEVEL

if TYPE_CHECKING:
    from resume_gap.results.trust import OneArmEvent

_NAMED: Final = 3
SAME_MOMENTS: Final = "whether both groups' clients log the same events at the same moments"
"""What to check, a clause."""
_SAME_CLOCK: Final = f"check {SAME_MOMENTS}"


def fewer(f: Figures) -> str:
    """`7.1 % fewer interruptions per user (95 % CI 3.0 to 11 %)`, a clause."""
    ends = ""
    if "ci_lower" in f:
        ends = f" ({LEVEL} CI {percent(-f['ci_upper'])} to {percent(-f['ci_lower'])})"
    return f"{percent(-f['relative'])} fewer interruptions per user{ends}"


def _as_many(f: Figures) -> str:
    return f"{f['treatment']:.3g} per user of treatment, {f['control']:.3g} per user of control"


def _one_arm(f: Figures) -> str:
    events: tuple[OneArmEvent, ...] = f["events"]
    listed = ", ".join(f"{one.event} ({one.users:,} users, {one.arm})" for one in events[:_NAMED])
    rest = len(events[_NAMED:]) + f["unnamed"]
    more = f" and {rest:,} more" if rest else ""
    if not events:
        listed, more = f"{rest:,} that too few users have to be named", ""
    return f"events that occur in one arm only: {listed}{more}"


def _one_arm_events(f: Figures) -> str:
    return f"{_one_arm(f)}; say which of them the marker itself writes, and leave out the others"


def later(f: Mapping[str, Any]) -> str:
    """`work starts 7.5 s later in treatment also at returns after finished work`, a clause."""
    seconds = f["estimate"]
    side = "later" if seconds > 0 else "earlier"
    return (
        f"work starts {abs(seconds):.2g} s {side} in treatment also at returns after finished work,"
        " where there is nothing to resume"
    )


def _one_of_them(f: Figures) -> str:
    if not f["events"]:
        return "--show-ids shows their names"
    return (
        f"--marker shown={f['events'][0].event} names one that the marker writes, --ignore leaves"
        " others out"
    )


CHECKS: Final = {
    "one_arm_events": TrialCheck(
        title="Events by arm",
        outcomes={
            "none": TrialOutcome("no event that counts occurs in one arm only"),
            "some": TrialOutcome(
                lambda _, f: _one_arm_events(f),
                plain=Plain(
                    LOG,
                    as_(
                        "Some events are logged for one of the groups only, so its work is counted"
                        " otherwise."
                    ),
                    "some events are logged for one group only",
                    as_("say which of these events the marker writes, and leave out the others"),
                ),
                option=_one_of_them,
            ),
            "rare": TrialOutcome(lambda _, f: f"{_one_arm(f)}: too few users to matter"),
        },
    ),
    "other_returns": TrialCheck(
        title="Returns after finished work",
        outcomes={
            "too_few": TrialOutcome(
                "too few users came back after finished work to compare these returns"
            ),
            "marker_shown": TrialOutcome(
                lambda _, f: (
                    f"{f['markers']:,} markers were shown at no return from an interruption, so the"
                    f" {f['returns']:,} returns of treatment after finished work may differ by them"
                ),
            ),
            "alike": TrialOutcome(
                lambda c, f: (
                    f"at returns after finished work, work starts after {f['treatment']:.3g} s in"
                    f" treatment and {f['control']:.3g} s in control (p = {c.p:.2g})"
                ),
            ),
            "differ": TrialOutcome(
                lambda c, f: (
                    f"{later(f)} (p = {c.p:.1g}), so something else than the marker makes the arms"
                    f" differ: {_SAME_CLOCK}; where the marker is shown at these returns, too, they"
                    " are to be counted"
                ),
                plain=Plain(
                    LOG,
                    lambda f: (
                        "Also where there is nothing to resume, work starts"
                        f" {abs(f['estimate']):.2g} s {'later' if f['estimate'] > 0 else 'earlier'}"
                        " in the group with the marker: something else than the marker makes the"
                        " groups differ."
                    ),
                    "the groups differ where there is nothing to resume",
                    as_(f"check {SAME_MOMENTS}"),
                ),
                option="--all-returns counts every return",
            ),
            "unclear": TrialOutcome(
                lambda c, f: (
                    f"{later(f)} (p = {c.p:.1g}), so a part of the difference at first returns may"
                    f" not be the marker's: {_SAME_CLOCK}"
                ),
            ),
        },
    ),
    "never_triggered": TrialCheck(
        title="Users without an interruption",
        outcomes={
            "too_few": TrialOutcome("too few users were never interrupted to compare them"),
            "differ": TrialOutcome(
                lambda c, _: (
                    "users who never came back from an interruption differ between the arms"
                    f" (p = {c.p:.1g}), although the marker was never due for them"
                ),
                plain=Plain(
                    GROUPS,
                    as_(
                        "People who were never interrupted differ between the groups, although the"
                        " marker was never due for them: the groups differed before."
                    ),
                    "the groups differ where the marker was never due",
                    as_("find out what else differs between the groups"),
                    REPEAT,
                ),
            ),
            "alike": TrialOutcome(
                lambda c, _: (
                    "users who never came back from an interruption do not differ between the arms"
                    f" (p = {c.p:.2g})"
                ),
            ),
        },
    ),
    "fewer_interruptions": TrialCheck(
        title="Interruptions per user",
        outcomes={
            "too_few": TrialOutcome("too little is known of either arm"),
            "as_many": TrialOutcome(lambda _, f: _as_many(f)),
            "fewer": TrialOutcome(
                lambda _, f: (
                    f"treatment has {fewer(f)}; a marker that helps makes them more, so that visits"
                    " may be missing from its log, or its users stay away (where the slow ones do,"
                    " the rest looks faster) or are interrupted differently (then other"
                    " interruptions are compared)"
                ),
            ),
        },
    ),
}
