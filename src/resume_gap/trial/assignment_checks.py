"""Checks of who was assigned to which arm, and when."""

import polars as pl

from resume_gap.constants import (
    ASSIGNED_LATE,
    ASSIGNED_LATE_MOST,
    ASSIGNMENTS_LOST,
    BOTH_ARMS,
    BOTH_ARMS_MOST,
    HISTORY_DAYS,
    MAX_BAD_TIMES,
    RATIO_ERROR,
    UNKNOWN_USERS,
    UNKNOWN_USERS_SOME,
)
from resume_gap.results.trust import TrustCheck, TrustStatus
from resume_gap.stats.sample_ratio import over_time, sample_ratio, sample_ratio_of_all
from resume_gap.trial.evidence import Evidence, UsersByArm
from resume_gap.trial.mismatch import where
from resume_gap.units import DAY_US

_RATIO_STATUS: dict[str, TrustStatus] = {
    "one_arm_only": "failed",
    "sample_ratio_mismatch": "failed",
    "as_intended": "passed",
    "nobody": "not_checked",
    "not_compared": "not_checked",
}


def assigned_ratio(evidence: Evidence) -> TrustCheck:
    """Sample ratio of the assigned users; without users of both arms there is no trial."""
    if not all(evidence.trial.assigned):
        return _ratio(evidence, "assigned_ratio", "one_arm_only")
    return _ratio(evidence, "assigned_ratio", None)


def triggered_ratio(evidence: Evidence) -> TrustCheck:
    """Sample ratio of the users who came back from an interruption."""
    if not any(evidence.trial.triggered):
        return _ratio(evidence, "triggered_ratio", "nobody")
    if not all(evidence.trial.assigned):
        return _ratio(evidence, "triggered_ratio", "not_compared")
    return _ratio(evidence, "triggered_ratio", None)


def _ratio(evidence: Evidence, name: str, code: str | None) -> TrustCheck:
    """The check of one pair of counts; with a code the counts are not tested."""
    trial = evidence.trial
    users = trial.assigned_units if name == "assigned_ratio" else trial.triggered_units
    sham = _sham(evidence) if name == "assigned_ratio" else {}
    p = _assigned_p(evidence) if sham else sample_ratio(*users, evidence.allocation)
    found = code or ("sample_ratio_mismatch" if _mismatch(p) else "as_intended")
    shares = {
        "intended_control": evidence.allocation[0],
        "intended_treatment": evidence.allocation[1],
    }
    return TrustCheck(
        name=name,
        code=found,
        status=_RATIO_STATUS[found],
        p=None if found in ("nobody", "not_compared") else p,
        figures={
            "control": users[0],
            "treatment": users[1],
            "counted": "units" if trial.by_unit else "users",
            **shares,
            **sham,
            **(where(evidence) if _is_first(evidence, name, found) else {}),
        },
    )


def _mismatch(p: float | None) -> bool:
    return p is not None and p < RATIO_ERROR.value


def _is_first(evidence: Evidence, name: str, code: str) -> bool:
    """Whether this is the first check that finds a mismatch; it says where it comes from."""
    if code != "sample_ratio_mismatch" or name == "assigned_ratio":
        return code == "sample_ratio_mismatch"
    return not _mismatch(_assigned_p(evidence))


def _assigned_p(evidence: Evidence) -> float | None:
    """Of so uneven arms, a sham among them where users were assigned to one, too."""
    users = evidence.trial.assigned_units
    if not (sham := _sham(evidence)):
        return sample_ratio(*users, evidence.allocation)
    return sample_ratio_of_all(
        (*users, evidence.assigned.sham_users), (*evidence.allocation, sham["intended_sham"])
    )


def _sham(evidence: Evidence) -> dict[str, float]:
    """Users of a third arm and its intended share; by units it is compared in its own pairs."""
    share = evidence.sham_share
    if share is None or evidence.trial.by_unit:
        return {}
    return {"sham": evidence.assigned.sham_users, "intended_sham": share}


def allocation_over_time(evidence: Evidence) -> TrustCheck:
    """Whether the split changed while users were assigned: early and late users differ."""
    days, treated = evidence.trial.days
    p, table = over_time(days, treated)
    shares = table[:, 1] / table.sum(axis=1).clip(1)
    figures = {
        "blocks": len(table),
        "first_share": float(shares[0]),
        "last_share": float(shares[-1]),
        "least_share": float(shares.min()),
        "greatest_share": float(shares.max()),
    }
    code = "steady"
    status: TrustStatus = "passed"
    if p is None:
        code, status = "one_block", "not_checked"
    elif p < RATIO_ERROR.value:
        code, status = ("by_day", "warned") if evidence.by_day else ("changes", "failed")
    return TrustCheck(name="allocation_over_time", code=code, status=status, p=p, figures=figures)


def both_arms(evidence: Evidence) -> TrustCheck:
    """Users assigned to more than one variant; they are left out.

    Where they are many, ids change after the assignment, at a login say, and who is left is no
    random part of either arm. Nor is it where they come from one arm: those whom the marker does
    not help may have switched it off.
    """
    who, kept = evidence.assigned, evidence.trial.assigned
    both, first = who.both_arms, who.both_first
    share = both / (sum(kept) + both) if both else 0.0
    left_out = UsersByArm((first[0], kept[0]), (first[1], kept[1]))
    code = "some" if both else "none"
    status: TrustStatus = "warned" if share > BOTH_ARMS.value else "passed"
    if left_out.uneven:
        code, status = "from_one_arm", "failed"
    elif share > BOTH_ARMS_MOST.value:
        status = "failed"
    return TrustCheck(
        name="both_arms",
        code=code,
        status=status,
        p=left_out.p if both else None,
        figures={"users": both, "share": share, "control": first[0], "treatment": first[1]},
    )


def unknown_users(evidence: Evidence) -> TrustCheck:
    """Assigned users without an event in the log; they count as assigned."""
    users, alike = evidence.trial.users, evidence.assigned.alike
    absent = evidence.split(users, pl.col("user_no").is_null())
    code = "none"
    status: TrustStatus = "passed"
    if absent.share > UNKNOWN_USERS.value:
        code, status = "most", "failed"
    elif absent.uneven:
        code, status = "uneven", "failed"
    elif absent.users:
        code = "some"
        status = "warned" if absent.share > UNKNOWN_USERS_SOME.value or alike else "passed"
    return TrustCheck(
        name="unknown_users",
        code=code,
        status=status,
        p=absent.p,
        figures={
            "control": absent.control[0],
            "treatment": absent.treatment[0],
            "users": absent.users,
            "assigned": users.height,
            "share": absent.share,
            "alike": alike,
        },
    )


def unusable_assignments(evidence: Evidence) -> TrustCheck:
    """Whoever has no readable assignment is missing, and not at random."""
    who, read = evidence.assigned, evidence.trial.assigned
    rows = who.without_time
    share = rows / who.rows if who.rows else 0.0
    lost = UsersByArm((who.lost[0], read[0]), (who.lost[1], read[1]))
    status: TrustStatus = "passed"
    if rows and (lost.uneven or share > MAX_BAD_TIMES.value):
        status = "failed"
    elif share > ASSIGNMENTS_LOST.value:
        status = "warned"
    return TrustCheck(
        name="unusable_assignments",
        code="some" if rows else "none",
        status=status,
        p=lost.p if rows else None,
        figures={
            "rows": rows,
            "of": who.rows,
            "share": share,
            "control": who.lost[0],
            "treatment": who.lost[1],
        },
    )


def log_begins_late(evidence: Evidence) -> TrustCheck:
    """Who was away when the log began came back unseen, and that was a first return."""
    name, known = "log_begins_late", evidence.in_log
    if evidence.new_users:
        return TrustCheck(name=name, code="new_users", status="not_checked")
    if evidence.no_history:
        return TrustCheck(
            name=name,
            code="no_history",
            status="warned",
            figures={
                "users": known.height,
                "without": known.height - int(known["has_history"].sum()),
            },
        )
    if evidence.log_first_us is None or not known.height:
        return TrustCheck(name=name, code="own_clocks", status="not_checked")
    before = known["assigned_us"] - evidence.log_first_us
    blind = int((before <= evidence.threshold_us).sum())
    close = int((before <= HISTORY_DAYS.value * DAY_US).sum())
    code = "in_time"
    status: TrustStatus = "passed"
    if 2 * blind > known.height:
        code, status = "at_assignment", "warned"
    elif 2 * close > known.height:
        code, status = "short_history", "warned"
    return TrustCheck(
        name=name,
        code=code,
        status=status,
        figures={"blind": blind, "close": close, "users": known.height},
    )


def assigned_late(evidence: Evidence) -> TrustCheck:
    """Users assigned during a re-orientation, whose first return with the marker is lost."""
    late = evidence.split(evidence.in_log, pl.col("is_late"))
    code = "few" if late.users else "none"
    status: TrustStatus = "passed"
    if late.uneven or late.share > ASSIGNED_LATE_MOST.value:
        code, status = "late", "failed"
    elif late.share > ASSIGNED_LATE.value:
        code, status = "late", "warned"
    return TrustCheck(
        name="assigned_late",
        code=code,
        status=status,
        p=late.p,
        figures={
            "control": late.control[0],
            "treatment": late.treatment[0],
            "users": late.users,
            "moved": evidence.moved,
        },
    )
