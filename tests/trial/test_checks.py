"""All that is said of a trial before any effect."""

from factories.made_trials import ASSIGNED_US, Back, assigned, evidence, made_trial

from resume_gap.results.trust import TrustCheck
from resume_gap.trial.checks import failed, trust_of
from resume_gap.units import DAY_US

CHECKS = [
    "assigned_ratio",
    "triggered_ratio",
    "allocation_over_time",
    "unit_of_randomization",
    "both_arms",
    "unusable_assignments",
    "unknown_users",
    "log_begins_late",
    "assigned_late",
    "arms_before",
    "one_arm_events",
    "marker_in_control",
    "marker_elsewhere",
    "marker_missing",
    "early_markers",
    "first_step",
    "other_returns",
    "never_triggered",
    "fewer_interruptions",
]


def test_who_was_assigned_and_who_came_back() -> None:
    trial = made_trial(
        [False, False, False, True, True],
        [Back(0, 5.0), Back(1, 5.0, days=-2.0), Back(1, 5.0), Back(3, 5.0), Back(3, 9.0, days=2.0)],
        user_no=[1, 2, None, 4, 5],
    )
    who = assigned(
        named_by="given",
        both_arms=1,
        other_variants=2,
        without_time=3,
        outside=4,
        last_us=ASSIGNED_US + DAY_US,
    )
    found = trust_of(evidence(trial, assigned=who))
    assert (found.assigned_control, found.assigned_treatment) == (3, 2)
    assert (found.triggered_control, found.triggered_treatment) == (2, 1)
    assert (found.control_name, found.treatment_name, found.named_by) == ("off", "on", "given")
    assert (found.both_arms, found.other_variants, found.without_time) == (1, 2, 3)
    assert (found.unknown_users, found.unassigned_users, found.before_assignment) == (1, 4, 1)
    assert found.first_assigned_at == "2023-11-14T22:13:20Z"
    assert found.last_assigned_at == "2023-11-15T22:13:20Z"
    assert [check.name for check in found.checks] == CHECKS


def test_only_a_failed_check_forbids_a_verdict() -> None:
    checks = [
        TrustCheck(name=status, code="c", status=status)
        for status in ("passed", "failed", "warned", "not_checked")
    ]
    assert [check.name for check in failed(checks)] == ["failed"]
    assert failed(()) == ()
