"""The time before the assignment, and the assignment itself."""

from typing import Final

from resume_gap.constants import HISTORY_DAYS
from resume_gap.report.text.plain_check import (
    GROUPS,
    REPEAT,
    Figures,
    Plain,
    as_,
)
from resume_gap.report.text.trialchecks.entry import TrialCheck, TrialOutcome

_IN_TIME = "assignments do not fall into a re-orientation, where a first return would be lost"
_NEW: Final = "--new-users says that nothing came before"
OTHER_CAUSES: Final = "did the same users get another feature, or were some in one arm on purpose?"
"""What may have made arms differ before, a question."""


def sooner_before(f: Figures) -> str:
    """`work started 4 s earlier in treatment before anybody was assigned, too`, a clause."""
    seconds = f["treatment"] - f["control"]
    side = "later" if seconds > 0 else "earlier"
    return f"work started {abs(seconds):.2g} s {side} in treatment before anybody was assigned, too"


def _moved(f: Figures) -> str:
    n = f["moved"]
    return f"; {n:,} assignments just after a return count as made by it" if n else ""


def _late(f: Figures) -> str:
    return (
        f"{f['users']:,} users ({f['control']:,} in control, {f['treatment']:,} in treatment) were"
        " assigned while they were in re-orientation: their first return with the marker is"
        " not counted; log the assignment at the return itself"
    )


CHECKS: Final = {
    "log_begins_late": TrialCheck(
        title="The log before the trial",
        outcomes={
            "own_clocks": TrialOutcome("every stream of the log has its own clock"),
            "new_users": TrialOutcome("users are new: nothing came before"),
            "no_history": TrialOutcome(
                lambda _, f: (
                    f"{f['without']:,} of {f['users']:,} users have no event before their"
                    " assignment: the first return is the first one in the log; give the days"
                    " before the launch, too, unless nothing came before"
                ),
                option=_NEW,
            ),
            "in_time": TrialOutcome("the log begins well before the assignments"),
            "short_history": TrialOutcome(
                lambda _, f: (
                    f"the log begins less than {HISTORY_DAYS.value:g} days before {f['close']:,} of"
                    f" {f['users']:,} users were assigned: who was away for longer came back unseen"
                ),
            ),
            "at_assignment": TrialOutcome(
                lambda _, f: (
                    f"the log begins when {f['blind']:,} of {f['users']:,} users were assigned, or"
                    " later: whoever was away then came back unseen, so the first return is the"
                    " first one in the log; give the days before the launch, too, unless nothing"
                    " came before"
                ),
                option=_NEW,
            ),
        },
    ),
    "assigned_late": TrialCheck(
        title="Assigned during re-orientation",
        outcomes={
            "none": TrialOutcome(lambda _, f: f"{_IN_TIME}{_moved(f)}"),
            "few": TrialOutcome(lambda _, f: f"{_IN_TIME} ({f['users']:,} users do){_moved(f)}"),
            "late": TrialOutcome(
                lambda _, f: f"{_late(f)}{_moved(f)}",
                plain=Plain(
                    GROUPS,
                    lambda f: (
                        f"{f['users']:,} people were assigned while they were getting back to work,"
                        " so their first return with the marker is not in the comparison."
                    ),
                    "people were assigned while they were getting back to work",
                    as_("log each assignment at the return itself"),
                    REPEAT,
                ),
            ),
        },
    ),
    "arms_before": TrialCheck(
        title="The arms before the trial",
        outcomes={
            "too_few": TrialOutcome(
                "too few users have returns before their assignment to compare the arms there"
            ),
            "alike": TrialOutcome(
                lambda c, f: (
                    f"before the assignment, work started after {f['treatment']:.3g} s in treatment"
                    f" and {f['control']:.3g} s in control (means of {f['users']:,} users; chance"
                    f" makes arms so different, p = {c.p:.2g})"
                ),
            ),
            "unclear": TrialOutcome(
                lambda c, f: (
                    f"{sooner_before(f)} ({f['treatment']:.3g} s and {f['control']:.3g} s, means of"
                    f" {f['users']:,} users, p = {c.p:.1g}), so a part of the difference at first"
                    f" returns may not be the marker's: {OTHER_CAUSES}"
                ),
            ),
            "differ": TrialOutcome(
                lambda c, f: (
                    "the arms differed before anybody was assigned: work started after"
                    f" {f['treatment']:.3g} s in treatment and {f['control']:.3g} s in control"
                    f" (means of {f['users']:,} users, their distributions compared, too; p ="
                    f" {c.p:.1g}), so users were not put into the arms by chance alone: were some"
                    " of them (groups, employees, test accounts) put into one arm?"
                ),
                plain=Plain(
                    GROUPS,
                    as_(
                        "The groups differed in how fast people are back at work before anybody"
                        " was assigned, more than chance makes them."
                    ),
                    "the groups differed before anybody was assigned",
                    as_("find out who was put into one of the groups otherwise than by chance"),
                ),
                option=(
                    "--exclude-users FILE leaves users out, --unit COLUMN compares groups that"
                    " were assigned"
                ),
            ),
        },
    ),
}
