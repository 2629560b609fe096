"""Whether a trial can be believed: every check, before any effect.

A check returns a code with its figures; `report.text.trust` turns them into sentences.
"""

from collections.abc import Sequence

from resume_gap.analysis.summaries import instant
from resume_gap.results.trust import Trust, TrustCheck
from resume_gap.trial import (
    assignment_checks,
    event_checks,
    marker_checks,
    unaffected_checks,
    unit_checks,
)
from resume_gap.trial.evidence import Evidence


def trust_of(evidence: Evidence) -> Trust:
    """Everything about the trial but its outcome."""
    trial, who = evidence.trial, evidence.assigned
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
        before_assignment=int(trial.users["interruptions_before"].sum()),
        first_assigned_at=instant(who.first_us),
        last_assigned_at=instant(who.last_us),
        checks=(
            assignment_checks.assigned_ratio(evidence),
            assignment_checks.triggered_ratio(evidence),
            assignment_checks.allocation_over_time(evidence),
            unit_checks.unit_of_randomization(evidence),
            assignment_checks.both_arms(evidence),
            assignment_checks.unusable_assignments(evidence),
            assignment_checks.unknown_users(evidence),
            assignment_checks.log_begins_late(evidence),
            assignment_checks.assigned_late(evidence),
            unaffected_checks.arms_before(evidence),
            event_checks.one_arm_events(evidence),
            *marker_checks.shown(evidence),
            marker_checks.early_markers(evidence),
            marker_checks.first_step(evidence),
            unaffected_checks.other_returns(evidence),
            event_checks.never_triggered(evidence),
            event_checks.fewer_interruptions(evidence),
        ),
    )


def failed(checks: Sequence[TrustCheck]) -> tuple[TrustCheck, ...]:
    """Those that forbid a verdict."""
    return tuple(check for check in checks if check.status == "failed")
