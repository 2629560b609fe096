"""Whether a trial can be believed: every check before any effect, each in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from resume_gap.analysis.summaries import instant
from resume_gap.constants import (
    ASSIGNED_LATE,
    ASSIGNED_LATE_MOST,
    ASSIGNMENTS_LOST,
    BOTH_ARMS,
    HISTORY_DAYS,
    MARKER_ELSEWHERE,
    MARKER_ELSEWHERE_MOST,
    MARKER_MISSING,
    MAX_BAD_TIMES,
    RATIO_ERROR,
    UNKNOWN_USERS,
    UNKNOWN_USERS_SOME,
)
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.common import DAY_US
from resume_gap.results.evaluate import Effect, Trust, TrustCheck, TrustStatus
from resume_gap.stats.sample_ratio import independence, sample_ratio
from resume_gap.trial.assignments import Assigned
from resume_gap.trial.data import ArmEvents, Trial

_NAMED = 3
_RAREST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the checks look at.

    Attributes:
        trial: The users and their returns.
        assigned: Who is in it, and who was left out.
        events: Events by arm, markers among them.
        known: Events that never take part in the outcome (ignored, marker, assignment).
        shown: Event names that may be shown.
        allocation: Intended shares of control and treatment.
        log_first_us: Beginning of the log; None where streams have clocks of their own.
        threshold_us: The pause limit.
        never_triggered: Effect on those to whom nothing can have happened.
        moved: Assignments that were moved onto the return that made them.
    """

    trial: Trial
    assigned: Assigned
    events: ArmEvents
    known: frozenset[str]
    shown: EventNames
    allocation: tuple[float, float]
    log_first_us: int | None
    threshold_us: int
    never_triggered: Effect
    moved: int


def trust_of(evidence: Evidence) -> Trust:
    """Everything about the trial but its outcome."""
    trial, who = evidence.trial, evidence.assigned
    history = trial.users["interruptions_before"].sum()
    checks = [
        _ratio(evidence, "assigned_ratio", "assigned", trial.assigned),
        _ratio(evidence, "triggered_ratio", "triggered", trial.triggered),
        _both_arms(evidence),
        _unusable_assignments(evidence),
        _unknown_users(evidence),
        _log_begins_late(evidence),
        _assigned_late(evidence),
        _one_arm_events(evidence),
        *_marker(evidence),
        _never_triggered(evidence),
    ]
    return Trust(
        source=who.source,
        control_name=who.control,
        treatment_name=who.treatment,
        named_by=who.named_by,
        assigned_control=trial.assigned[0],
        assigned_treatment=trial.assigned[1],
        triggered_control=trial.triggered[0],
        triggered_treatment=trial.triggered[1],
        both_arms=who.both_arms,
        other_variants=who.other_variants,
        without_time=who.without_time,
        unknown_users=trial.users["user_no"].null_count(),
        unassigned_users=who.outside,
        before_assignment=int(history),
        first_assigned_at=instant(who.first_us),
        last_assigned_at=instant(who.last_us),
        checks=tuple(checks),
    )


def failed(checks: Sequence[TrustCheck]) -> list[TrustCheck]:
    """Those that forbid a verdict."""
    return [check for check in checks if check.status == "failed"]


def _ratio(evidence: Evidence, name: str, what: str, users: tuple[int, int]) -> TrustCheck:
    control, treatment = users
    counts = {"control": control, "treatment": treatment}
    seen = f"{control:,} users {what} to control, {treatment:,} to treatment"
    if name == "triggered_ratio":
        seen = f"{control:,} users of control came back from an interruption, {treatment:,} of"
        seen += " treatment"
    p = sample_ratio(control, treatment, evidence.allocation)
    if name == "assigned_ratio" and not (control and treatment):
        return TrustCheck(
            name=name,
            status="failed",
            p=p,
            counts=counts,
            message=f"{seen}: there is nobody to compare with",
        )
    if p is None or not all(evidence.trial.assigned):
        return TrustCheck(
            name=name,
            status="not_checked",
            counts=counts,
            message="nobody came back from an interruption after the assignment"
            if p is None
            else seen,
        )
    shares = " to ".join(f"{share:g}" for share in evidence.allocation)
    if p < RATIO_ERROR.value:
        return TrustCheck(
            name=name,
            status="failed",
            p=p,
            counts=counts,
            message=f"{seen}; with an intended {shares} so uneven arms happen in"
            f" {_rarely(p)} of trials: find out who is missing",
        )
    return TrustCheck(
        name=name,
        status="passed",
        p=p,
        counts=counts,
        message=f"{seen}, as an intended {shares} may give (p = {p:.2g})",
    )


def _rarely(p: float) -> str:
    """How often chance alone does this, in words."""
    return f"one in {1 / p:,.0f}" if p > _RAREST else f"less than one in {1 / _RAREST:,.0f}"


def _both_arms(evidence: Evidence) -> TrustCheck:
    both = evidence.assigned.both_arms
    everybody = sum(evidence.trial.assigned) + both
    many = everybody and both > BOTH_ARMS.value * everybody
    told = "no user is" if not both else f"{both:,} users are" if both > 1 else "one user is"
    return TrustCheck(
        name="both_arms",
        status="warned" if many else "passed",
        counts={"users": both},
        message=f"{told} assigned to more than one variant"
        + (f" ({both / everybody:.1%}) and left out" if both else ""),
    )


def _unknown_users(evidence: Evidence) -> TrustCheck:
    users = evidence.trial.users
    absent = users["user_no"].is_null()
    n = int(absent.sum())
    by_arm = [users.filter(pl.col("is_treated") == arm) for arm in (False, True)]
    control, treatment = ((arm["user_no"].null_count(), arm["user_no"].count()) for arm in by_arm)
    p = independence(control, treatment)
    share = n / users.height if users.height else 0.0
    counts = {"control": control[0], "treatment": treatment[0]}
    alike = evidence.assigned.alike
    hint = (
        f"; {alike:,} of them differ from an id of the log by case or blanks only" if alike else ""
    )
    if share > UNKNOWN_USERS.value:
        return TrustCheck(
            name="unknown_users",
            status="failed",
            p=p,
            counts=counts,
            message=f"{n:,} of {users.height:,} assigned users ({share:.0%}) have no event in the"
            f" log{hint}: are these the same ids, and is the log whole?",
        )
    if p is not None and p < RATIO_ERROR.value:
        return TrustCheck(
            name="unknown_users",
            status="failed",
            p=p,
            counts=counts,
            message=f"assigned users without an event in the log are unevenly split:"
            f" {control[0]:,} in control, {treatment[0]:,} in treatment",
        )
    message = (
        f"{n:,} of {users.height:,} assigned users have no event in the log{hint}; they count as"
        " assigned"
        if n
        else "every assigned user has events in the log"
    )
    many = share > UNKNOWN_USERS_SOME.value or alike
    return TrustCheck(
        name="unknown_users",
        status="warned" if many else "passed",
        p=p,
        counts=counts,
        message=message,
    )


def _unusable_assignments(evidence: Evidence) -> TrustCheck:
    """Whoever has no readable assignment is missing, and not at random."""
    who, name = evidence.assigned, "unusable_assignments"
    n, share = who.without_time, who.without_time / who.rows if who.rows else 0.0
    counts = {"rows": n, "control": who.lost[0], "treatment": who.lost[1]}
    if not n:
        return TrustCheck(
            name=name, status="passed", counts=counts, message="every assignment could be read"
        )
    read = evidence.trial.assigned
    p = independence((who.lost[0], read[0]), (who.lost[1], read[1]))
    uneven = p is not None and p < RATIO_ERROR.value
    message = (
        f"{n:,} of {who.rows:,} assignments ({share:.1%}) have no readable time, no variant or no"
        f" user and were left out ({who.lost[0]:,} of control, {who.lost[1]:,} of treatment)"
    )
    status: TrustStatus = "warned" if share > ASSIGNMENTS_LOST.value else "passed"
    if uneven or share > MAX_BAD_TIMES.value:
        status = "failed"
    return TrustCheck(name=name, status=status, p=p, counts=counts, message=message)


def _log_begins_late(evidence: Evidence) -> TrustCheck:
    """Who was away when the log began came back unseen, and that was a first return."""
    name, first_us = "log_begins_late", evidence.log_first_us
    known = evidence.trial.users.filter(pl.col("user_no").is_not_null())
    if first_us is None or not known.height:
        return TrustCheck(
            name=name, status="not_checked", message="every stream of the log has its own clock"
        )
    before = known["assigned_us"] - first_us
    blind = int((before <= evidence.threshold_us).sum())
    close = int((before <= HISTORY_DAYS.value * DAY_US).sum())
    counts = {"blind": blind, "close": close}
    if 2 * blind > known.height:
        return TrustCheck(
            name=name,
            status="failed",
            counts=counts,
            message=f"the log begins when {blind:,} of {known.height:,} users were assigned, or"
            " later: whoever was away then came back unseen, so first returns are missing; give"
            " the days before the launch, too",
        )
    if 2 * close > known.height:
        return TrustCheck(
            name=name,
            status="warned",
            counts=counts,
            message=f"the log begins less than {HISTORY_DAYS.value:g} days before {close:,} of"
            f" {known.height:,} users were assigned: who was away for longer came back unseen",
        )
    return TrustCheck(
        name=name,
        status="passed",
        counts=counts,
        message="the log begins well before the assignments",
    )


def _assigned_late(evidence: Evidence) -> TrustCheck:
    users = evidence.trial.users.filter(pl.col("user_no").is_not_null())
    late = [
        (int(arm["is_late"].sum()), arm.height - int(arm["is_late"].sum()))
        for arm in (users.filter(pl.col("is_treated") == treated) for treated in (False, True))
    ]
    n = late[0][0] + late[1][0]
    p = independence(*late)
    counts = {"control": late[0][0], "treatment": late[1][0], "moved": evidence.moved}
    share = n / users.height if users.height else 0.0
    uneven = p is not None and p < RATIO_ERROR.value
    status: TrustStatus = "passed"
    if uneven or share > ASSIGNED_LATE_MOST.value:
        status = "failed"
    elif share > ASSIGNED_LATE.value:
        status = "warned"
    if status == "passed":
        message = "assignments do not fall into a way back, where a first return would be lost"
        if n:
            message += f" ({n:,} users do)"
    else:
        message = (
            f"{n:,} users ({late[0][0]:,} in control, {late[1][0]:,} in treatment) were assigned"
            " while they were finding their way back: their first return with the marker is not"
            " counted; log the assignment at the return itself"
        )
    if evidence.moved:
        message += f"; {evidence.moved:,} assignments just after a return count as made by it"
    return TrustCheck(name="assigned_late", status=status, p=p, counts=counts, message=message)


def _one_arm_events(evidence: Evidence) -> TrustCheck:
    """Events of one arm change what the clock sees, so that no outcome can be compared."""
    everybody = evidence.trial.users.filter(pl.col("user_no").is_not_null())
    treated = int(everybody["is_treated"].sum())
    size = everybody.height - treated, treated
    found = []
    for event, (control, treatment) in evidence.events.users.items():
        if event in evidence.known or (control and treatment):
            continue
        p = independence((control, size[0] - control), (treatment, size[1] - treatment))
        if p is not None and p < RATIO_ERROR.value:
            found.append((control + treatment, event, "control" if control else "treatment"))
    if not found:
        return TrustCheck(
            name="one_arm_events",
            status="passed",
            message="no event that counts occurs in one arm only",
        )
    found.sort(key=lambda row: (-row[0], row[1]))
    named = [row for row in found if evidence.shown.may_show(row[1])]
    listed = ", ".join(f"{event} ({n:,} users, {arm})" for n, event, arm in named[:_NAMED])
    rest = len(found) - min(len(named), _NAMED)
    more = f" and {rest:,} more" if rest else ""
    if not named:
        listed, more = f"{rest:,} that too few users have to be named (see --show-ids)", ""
    example = named[0][1] if named else "NAME"
    return TrustCheck(
        name="one_arm_events",
        status="failed",
        counts={event: n for n, event, _ in named},
        message=f"events that occur in one arm only: {listed}{more}; one that the marker writes is"
        f" named with --marker shown={example}, another one with --ignore",
    )


def _marker(evidence: Evidence) -> list[TrustCheck]:
    """Whether the marker was shown where the rule says, and to whom."""
    names = ("marker_in_control", "marker_elsewhere", "marker_missing")
    shown = evidence.events.shown
    if not shown:
        return [
            TrustCheck(
                name=name,
                status="not_checked",
                message="the log does not say when the marker was shown (--marker shown=NAMES)",
            )
            for name in names
        ]
    rule = {
        arm: evidence.trial.returns.filter(
            pl.col("is_interruption") & pl.col("is_after") & (pl.col("is_treated") == arm)
        ).height
        for arm in (False, True)
    }
    in_control, in_treatment = shown.get(False, (0, 0, 0)), shown.get(True, (0, 0, 0))
    return [
        _marker_in_control(in_control, in_treatment, rule),
        _marker_elsewhere(in_treatment, evidence.events.firsts.get(True, (0, 0))),
        _marker_missing(in_treatment, rule[True]),
    ]


def _marker_in_control(
    control: tuple[int, int, int], treatment: tuple[int, int, int], rule: dict[bool, int]
) -> TrustCheck:
    name, counts = "marker_in_control", {"control": control[0], "treatment": treatment[0]}
    if not control[0]:
        return TrustCheck(
            name=name,
            status="passed",
            counts=counts,
            message=f"{treatment[0]:,} markers shown in treatment, none in control; they never"
            " start or stop the clock",
        )
    if not treatment[0]:
        return TrustCheck(
            name=name,
            status="failed",
            counts=counts,
            message=f"{control[0]:,} markers shown in control and none in treatment: are the arms"
            " named the wrong way round?",
        )
    rates = [
        n[2] / rule[arm] if rule[arm] else 0.0 for arm, n in ((False, control), (True, treatment))
    ]
    alike = abs(rates[0] - rates[1]) <= MARKER_MISSING.value * rates[1]
    told = f"{control[0]:,} marker events in control ({rates[0]:.0%} of its interruptions,"
    told += f" {rates[1]:.0%} in treatment)"
    if alike:
        return TrustCheck(
            name=name,
            status="passed",
            counts=counts,
            message=f"{told}: taken for what would have been shown",
        )
    return TrustCheck(
        name=name,
        status="warned",
        counts=counts,
        message=f"{told}: if control saw it, the effect is understated",
    )


def _marker_elsewhere(treatment: tuple[int, int, int], firsts: tuple[int, int]) -> TrustCheck:
    """First markers matter most: what came after one is no first return any more."""
    shown, at_rule, _ = treatment
    users, strangers = firsts
    share = max((shown - at_rule) / shown if shown else 0.0, strangers / users if users else 0.0)
    counts = {"shown": shown, "elsewhere": shown - at_rule, "first_elsewhere": strangers}
    if share <= MARKER_ELSEWHERE.value:
        return TrustCheck(
            name="marker_elsewhere",
            status="passed",
            counts=counts,
            message=f"{at_rule:,} of {shown:,} markers were shown at a return from an interruption",
        )
    return TrustCheck(
        name="marker_elsewhere",
        status="failed" if share > MARKER_ELSEWHERE_MOST.value else "warned",
        counts=counts,
        message=f"{shown - at_rule:,} of {shown:,} markers, and the first one of {strangers:,} of"
        f" {users:,} users, were shown where this log shows no return from an interruption, so"
        " first returns are not the first ones with a marker; does the product use another pause"
        " limit (--gap) or other events as work (--productive), or does the log begin too late?",
    )


def _marker_missing(treatment: tuple[int, int, int], rule: int) -> TrustCheck:
    missing = rule - treatment[2]
    share = missing / rule if rule else 0.0
    many = share > MARKER_MISSING.value
    return TrustCheck(
        name="marker_missing",
        status="warned" if many else "passed",
        counts={"interruptions": rule, "missing": missing},
        message=f"{missing:,} of {rule:,} interruptions in treatment have no marker"
        + (" shown: the effect is diluted" if many else " event"),
    )


def _never_triggered(evidence: Evidence) -> TrustCheck:
    """Those to whom the marker was never due must not differ."""
    told = evidence.never_triggered
    counts = {"control": told.n_control, "treatment": told.n_treatment}
    if told.p is None:
        return TrustCheck(
            name="never_triggered",
            status="not_checked",
            counts=counts,
            message="too few users were never interrupted to compare them",
        )
    if told.p < RATIO_ERROR.value:
        return TrustCheck(
            name="never_triggered",
            status="failed",
            p=told.p,
            counts=counts,
            message="users who never came back from an interruption differ between the arms"
            f" (p = {told.p:.1g}), although the marker was never due for them",
        )
    return TrustCheck(
        name="never_triggered",
        status="passed",
        p=told.p,
        counts=counts,
        message="users who never came back from an interruption do not differ between the arms"
        f" (p = {told.p:.2g})",
    )
