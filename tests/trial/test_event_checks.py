"""What the events of both arms show, at the limits of each check."""

import pytest
from factories.made_trials import Back, evidence, made_trial

from resume_gap.quality.small_groups import EventNames
from resume_gap.results.evaluate import Effect, TrustCheck
from resume_gap.trial.data import ArmEvents, MarkersShown
from resume_gap.trial.event_checks import marker, never_triggered, one_arm_events

ARMS = [False] * 20 + [True] * 20
NAMED = EventNames(users={"arrow": frozenset(range(12)), "hint": frozenset(range(20))})


def one_arm(users: dict[str, tuple[int, int]], known: frozenset[str] = frozenset()) -> TrustCheck:
    trial = made_trial(ARMS, [])
    return one_arm_events(evidence(trial, events=ArmEvents(users, {}), known=known, shown=NAMED))


def test_an_event_of_one_arm_is_named_with_its_users_and_its_arm() -> None:
    found = one_arm({"arrow": (0, 12), "hint": (20, 0), "edit": (19, 20), "rare": (0, 11)})
    assert (found.status, found.code) == ("failed", "some")
    events = [(one.event, one.users, one.arm) for one in found.figures["events"]]  # type: ignore[union-attr]
    assert events == [("hint", 20, "control"), ("arrow", 12, "treatment")]
    assert found.figures["unnamed"] == 1  # too few users to be named


@pytest.mark.parametrize("users", [{"edit": (1, 20)}, {"edit": (0, 5)}, {}])
def test_what_both_arms_have_and_what_chance_may_do_is_no_event_of_one_arm(
    users: dict[str, tuple[int, int]],
) -> None:
    found = one_arm(users)
    assert (found.status, found.code) == ("passed", "none")
    assert found.figures == {"events": (), "unnamed": 0}


def test_events_that_are_left_out_of_the_outcome_may_be_of_one_arm() -> None:
    assert one_arm({"arrow": (0, 12)}, frozenset({"arrow"})).status == "passed"


def markers(control: MarkersShown, treatment: MarkersShown) -> dict[str, TrustCheck]:
    """Of a trial in which every user came back from one interruption after the assignment."""
    backs = [Back(user, 10.0) for user in range(40)] + [Back(0, 5.0, days=-1.0)]
    shown = {arm: one for arm, one in ((False, control), (True, treatment)) if one.shown}
    trial = made_trial(ARMS, backs)
    checks = marker(evidence(trial, events=ArmEvents({}, shown)))
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
    assert check.figures["elsewhere"] == treatment.shown - treatment.at_rule


@pytest.mark.parametrize(
    ("returns", "code", "status"), [(20, "few", "passed"), (16, "few", "passed"),
                                    (15, "many", "warned"), (0, "many", "warned")],
)  # fmt: skip
def test_markers_missing(returns: int, code: str, status: str) -> None:
    check = markers(NONE, every(returns, shown=20))["marker_missing"]
    assert (check.code, check.status) == (code, status)
    assert check.figures == {"interruptions": 20, "missing": 20 - returns}


@pytest.mark.parametrize(
    ("p", "code", "status"),
    [(None, "too_few", "not_checked"), (0.0009, "differ", "failed"), (0.001, "alike", "passed")],
)
def test_users_never_triggered(p: float | None, code: str, status: str) -> None:
    effect = Effect(
        estimand="productive_minutes", unit="minutes", p=p, n_control=31, n_treatment=29
    )
    check = never_triggered(evidence(made_trial(ARMS, []), never_triggered=effect))
    assert (check.code, check.status, check.p) == (code, status, p)
    assert check.figures == {"control": 31, "treatment": 29}
