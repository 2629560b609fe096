"""Markers where they should be, and work that the feature writes, at the limits of each check."""

from typing import Any

import pytest
from factories.made_trials import Back, evidence, made_trial

from resume_gap.quality.small_groups import EventNames
from resume_gap.results.trust import TrustCheck
from resume_gap.trial.data import ArmEvents, MarkersShown
from resume_gap.trial.first_work import FirstWork
from resume_gap.trial.marker_checks import early_markers, first_step
from resume_gap.trial.marker_checks import shown as shown_checks

ARMS = [False] * 20 + [True] * 20


def markers(control: MarkersShown, treatment: MarkersShown) -> dict[str, TrustCheck]:
    """Of a trial in which every user came back from one interruption after the assignment."""
    backs = [Back(user, 10.0) for user in range(40)] + [Back(0, 5.0, days=-1.0)]
    by_arm = {arm: one for arm, one in ((False, control), (True, treatment)) if one.shown}
    trial = made_trial(ARMS, backs, has_history=[True] * 40)
    checks = shown_checks(evidence(trial, events=ArmEvents({}, by_arm)))
    return {check.name: check for check in checks}


def every(returns: int, **more: int) -> MarkersShown:
    counts = {"shown": returns, "at_rule": returns, "returns": returns, "users": returns}
    return MarkersShown(**{**counts, **more})


NONE = MarkersShown()


def test_a_marker_that_nobody_logged_is_not_checked() -> None:
    found = markers(NONE, NONE)
    assert {check.status for check in found.values()} == {"not_checked"}
    assert list(found) == ["marker_in_control", "marker_elsewhere", "marker_missing"]


@pytest.mark.parametrize(
    ("control", "treatment", "code", "status"),
    [
        (NONE, every(20), "treatment_only", "passed"),
        (every(20), NONE, "control_only", "failed"),
        (every(16), every(20), "would_be_shown", "passed"),
        (every(15), every(20), "also_in_control", "warned"),
        (every(20), every(16), "also_in_control", "warned"),
        (every(19), every(16), "would_be_shown", "passed"),
    ],
)
def test_markers_in_control(
    control: MarkersShown, treatment: MarkersShown, code: str, status: str
) -> None:
    check = markers(control, treatment)["marker_in_control"]
    assert (check.code, check.status) == (code, status)
    assert check.figures == {
        "control": control.shown,
        "treatment": treatment.shown,
        "control_rate": control.returns / 20,
        "treatment_rate": treatment.returns / 20,
    }


@pytest.mark.parametrize(
    ("treatment", "code", "status"),
    [
        (every(20, shown=100, at_rule=99), "at_the_rule", "passed"),
        (every(20, shown=100, at_rule=98), "elsewhere", "warned"),
        (every(20, shown=100, at_rule=90), "elsewhere", "warned"),
        (every(20, shown=100, at_rule=89), "elsewhere", "failed"),
        (every(20, users=10, first_elsewhere=1), "elsewhere", "warned"),
        (every(20, users=10, first_elsewhere=2), "elsewhere", "failed"),
    ],
)
def test_markers_elsewhere(treatment: MarkersShown, code: str, status: str) -> None:
    check = markers(NONE, treatment)["marker_elsewhere"]
    assert (check.code, check.status) == (code, status)
    assert check.figures == {
        "shown": treatment.shown,
        "at_rule": treatment.at_rule,
        "elsewhere": treatment.shown - treatment.at_rule,
        "users": treatment.users,
        "first_elsewhere": treatment.first_elsewhere,
    }


@pytest.mark.parametrize(
    ("returns", "code", "status"),
    [(20, "few", "passed"), (16, "few", "passed"), (15, "many", "warned"), (0, "many", "warned")],
)
def test_markers_missing(returns: int, code: str, status: str) -> None:
    check = markers(NONE, every(returns, shown=20))["marker_missing"]
    assert (check.code, check.status) == (code, status)
    assert check.figures == {"interruptions": 20, "missing": 20 - returns}


def test_first_markers_are_not_judged_where_nothing_is_known_before() -> None:
    backs = [Back(user, 10.0) for user in range(40)]
    treatment = every(20, users=10, first_elsewhere=2)
    checks = shown_checks(
        evidence(made_trial(ARMS, backs), events=ArmEvents({}, {True: treatment}))
    )
    assert {check.name: check.status for check in checks}["marker_elsewhere"] == "passed"


@pytest.mark.parametrize(("first_visit", "status"), [(20, "passed"), (18, "warned"), (0, "failed")])
def test_markers_of_a_first_visit_are_not_judged_where_nothing_is_known_before(
    first_visit: int, status: str
) -> None:
    """80 of 100 are at the rule; the log begins when the other users are back."""
    backs = [Back(user, 10.0) for user in range(40)]
    treatment = every(20, shown=100, at_rule=80, first_visit=first_visit)
    checks = shown_checks(
        evidence(made_trial(ARMS, backs), events=ArmEvents({}, {True: treatment}))
    )
    assert {check.name: check.status for check in checks}["marker_elsewhere"] == status
    known = markers(NONE, treatment)["marker_elsewhere"]
    assert known.status == "failed"


@pytest.mark.parametrize(("users", "status"), [(0, "passed"), (2, "passed"), (3, "failed")])
def test_markers_before_the_assignment(users: int, status: str) -> None:
    """Over one percent of 200 treated users."""
    trial = made_trial([False] * 200 + [True] * 200, [])
    check = early_markers(evidence(trial, events=ArmEvents({}, {True: every(9)}, users)))
    assert (check.status, check.code) == (status, "many" if status == "failed" else "few")
    assert check.figures == {"users": users, "treatment": 200, "share": users / 200}
    assert early_markers(evidence(trial)).status == "not_checked"


def worked(seconds: float, quick: tuple[int, int], soon: float | None, **parts: Any) -> TrustCheck:
    """Of 40 users an arm so many were at work so soon after their first return, the rest later.

    Args:
        seconds: From the return to work.
        quick: Users of control and treatment.
        soon: A tenth of the first markers were shown by then; None: no marker is logged.
        **parts: Of the evidence.
    """
    treated = [False] * 40 + [True] * 40
    backs = [
        Back(user, seconds if user % 40 < quick[treated[user]] else 50.0) for user in range(80)
    ]
    markers = {} if soon is None else {True: every(20, soon_us=round(soon * 1_000_000))}
    trial = made_trial(treated, backs)
    return first_step(evidence(trial, events=ArmEvents({}, markers), **parts))


def test_work_before_anybody_can_have_seen_the_marker_is_the_features() -> None:
    named = EventNames(users={"edit": frozenset(range(9))})
    found = worked(
        1.3,
        (0, 12),
        0.3,
        first_work=lambda _: (FirstWork("edit", 9, 0.1), FirstWork("rare", 3, 0.2)),
        shown=named,
    )
    assert (found.status, found.code) == ("failed", "written")
    names = {"events": ("edit",), "peoples": ()}
    assert found.figures == {"control": 0.0, "treatment": 0.3, "seconds": 1.3, **names}
    # A moment later it may be the user's: only warned about.
    assert worked(1.300001, (0, 12), 0.3).code == "unclear"
    assert worked(3.0, (0, 12), 0.3).status == "warned"
    assert worked(3.000001, (0, 12), 0.3).status == "passed"


def test_without_markers_in_the_log_it_is_only_warned_about() -> None:
    assert worked(0.5, (0, 12), None).status == "warned"


@pytest.mark.parametrize("quick", [(0, 0), (12, 12), (12, 0), (0, 8)])
def test_as_much_in_control_or_by_chance_is_nothing(quick: tuple[int, int]) -> None:
    """8 of 40 against none: p = 0.0026."""
    assert worked(1.0, quick, 0.3).status == "passed"


def test_work_at_the_very_return_is_only_warned_about() -> None:
    assert worked(0.0, (0, 12), 0.3).code == "unclear"


@pytest.mark.parametrize(
    ("quick", "code", "status"), [(12, "quick_before", "failed"), (3, "unclear", "warned")]
)
def test_users_who_were_as_quick_before_are_named_instead(
    quick: int, code: str, status: str
) -> None:
    """Twelve of treatment are back after a second, and were at their last return before."""
    now = [Back(user, 1.0 if 20 <= user < 32 else 50.0) for user in range(40)]
    before = [Back(user, 1.0 if 20 <= user < 20 + quick else 60.0, days=-2.0) for user in range(40)]
    earlier = [Back(user, 60.0, days=-3.0) for user in range(40)]
    found = first_step(evidence(made_trial(ARMS, [*now, *before, *earlier])))
    assert (found.code, found.status) == (code, status)
    if code == "quick_before":
        assert found.figures == {
            "control": 0.0,
            "treatment": 0.6,
            "seconds": 3.0,
            "before_control": 0.0,
            "before_treatment": 0.6,
        }
