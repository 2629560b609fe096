"""Who was assigned, and when."""

from typing import Final

from resume_gap.constants import BOTH_ARMS_MOST
from resume_gap.report.text.numbers import percent
from resume_gap.report.text.plain_check import (
    GROUP,
    GROUPS,
    LOOK,
    MISLEADS,
    RECOVER,
    REPEAT,
    Figures,
    Plain,
    as_,
    sizes,
)
from resume_gap.report.text.trialchecks.entry import TrialCheck, TrialOutcome
from resume_gap.results.trust import TrustCheck


def _both_arms(f: Figures) -> str:
    n = f["users"]
    who = f"{n:,} users are" if n > 1 else "one user is"
    found = f"{who} assigned to more than one variant ({f['share']:.1%}) and left out"
    if f["share"] <= BOTH_ARMS_MOST.value:
        return found
    return (
        f"{found}: do ids change after the assignment (at a login, say)? Assign by one that stays"
    )


def _from_one_arm(check: TrustCheck, f: Figures) -> str:
    return (
        f"{f['users']:,} users are assigned to more than one variant ({f['share']:.1%}) and left"
        f" out, and they are no random part: {f['control']:,} were in control first,"
        f" {f['treatment']:,} in treatment (p = {check.p:.1g}), as when users switch the marker"
        " off; give each user's first assignment alone, so that all count in the arm they were"
        " assigned to"
    )


def _alike(f: Figures) -> str:
    n = f["alike"]
    return f"; {n:,} of them differ from an id of the log by case or blanks only" if n else ""


def _unusable(f: Figures) -> str:
    return (
        f"{f['rows']:,} of {f['of']:,} assignments ({f['share']:.1%}) have no readable time, no"
        f" variant or no user and were left out ({f['control']:,} of control, {f['treatment']:,} of"
        " treatment)"
    )


def _staged(check: TrustCheck, f: Figures) -> str:
    return (
        "the share assigned to treatment changes over time, from"
        f" {f['least_share']:.0%} to {f['greatest_share']:.0%} (p = {check.p:.1g})"
    )


def _fewer(f: Figures) -> str:
    """Of a check of people without an event: the group that has more of them."""
    arm = "treatment" if f["treatment"] > f["control"] else "control"
    return LOOK["logging"].format(group=GROUP[arm])


CHECKS: Final = {
    "allocation_over_time": TrialCheck(
        title="The split over time",
        outcomes={
            "one_block": TrialOutcome("users were assigned at about the same time"),
            "steady": TrialOutcome(
                lambda c, f: (
                    f"the split of the arms stays the same over time ({f['blocks']:,} blocks of"
                    f" days, p = {c.p:.2g})"
                ),
            ),
            "changes": TrialOutcome(
                lambda c, f: (
                    f"{_staged(c, f)}, so early and late users differ between the arms; they can be"
                    " compared within days of assignment only"
                ),
                plain=Plain(
                    GROUPS,
                    lambda f: (
                        "The share of people who get the marker went from"
                        f" {percent(f['least_share'])} to {percent(f['greatest_share'])} during the"
                        " trial, so the groups differ in when their people joined."
                    ),
                    "the share of people who get the marker changed during the trial",
                    as_("compare people within their days of assignment only"),
                ),
                option="--stratify-by-day compares users within days of assignment only",
            ),
            "by_day": TrialOutcome(
                lambda c, f: f"{_staged(c, f)}; users are compared within days of assignment only"
            ),
        },
    ),
    "both_arms": TrialCheck(
        title="Users in both arms",
        outcomes={
            "none": TrialOutcome("no user is assigned to more than one variant"),
            "some": TrialOutcome(
                lambda _, f: _both_arms(f),
                plain=Plain(
                    GROUPS,
                    lambda f: (
                        f"{f['users']:,} people ({percent(f['share'])}) were put into both groups,"
                        " as when ids change at a login."
                    ),
                    "some people are in both groups",
                    as_("assign by an id that stays the same"),
                    REPEAT,
                ),
            ),
            "from_one_arm": TrialOutcome(
                _from_one_arm,
                plain=Plain(
                    GROUPS,
                    lambda f: (
                        f"{f['users']:,} people were put into both groups and are left out, but not"
                        f" by chance: {f['control']:,} were without the marker first,"
                        f" {f['treatment']:,} with it, as when people switch it off."
                        f" {MISLEADS[0].upper()}{MISLEADS[1:]}."
                    ),
                    "people who changed groups come from one of them",
                    as_("export each person's first assignment only"),
                ),
            ),
        },
    ),
    "unusable_assignments": TrialCheck(
        title="Assignments that cannot be read",
        outcomes={
            "none": TrialOutcome("every assignment could be read"),
            "some": TrialOutcome(
                lambda _, f: _unusable(f),
                plain=Plain(
                    GROUPS,
                    lambda f: (
                        f"{f['rows']:,} of {f['of']:,} assignments cannot be read; {MISLEADS}."
                    ),
                    "some assignments cannot be read",
                    as_("mend the file of assignments"),
                ),
            ),
        },
    ),
    "unknown_users": TrialCheck(
        title="Assigned users without events",
        outcomes={
            "none": TrialOutcome("every assigned user has events in the log"),
            "some": TrialOutcome(
                lambda _, f: (
                    f"{f['users']:,} of {f['assigned']:,} assigned users have no event in the"
                    f" log{_alike(f)}; they count as assigned"
                ),
            ),
            "most": TrialOutcome(
                lambda _, f: (
                    f"{f['users']:,} of {f['assigned']:,} assigned users ({f['share']:.0%}) have no"
                    f" event in the log{_alike(f)}: are these the same ids, and is the log whole?"
                ),
                plain=Plain(
                    GROUPS,
                    lambda f: (
                        f"{percent(f['share'])} of the people who were assigned have no event in"
                        " this log."
                    ),
                    "many assigned people have no event in the log",
                    as_(
                        "check that assignments and log have the same ids, and that the log is"
                        " whole"
                    ),
                ),
            ),
            "uneven": TrialOutcome(
                lambda _, f: (
                    "assigned users without an event in the log are unevenly split:"
                    f" {f['control']:,} in control, {f['treatment']:,} in treatment"
                ),
                plain=Plain(
                    GROUPS,
                    lambda f: (
                        f"Some people who were assigned have no event in this log: {sizes(f)}. That"
                        f" is too uneven for chance; {MISLEADS}."
                    ),
                    "some assigned people have no event in the log",
                    _fewer,
                    RECOVER,
                ),
            ),
        },
    ),
}
