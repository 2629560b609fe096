"""What the events of both arms show, at the limits of each check."""

from dataclasses import replace

import pytest
from factories.made_trials import evidence, made_trial

from resume_gap.constants import RATIO_ERROR
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.effect import Effect
from resume_gap.results.trust import TrustCheck
from resume_gap.trial.data import ArmEvents
from resume_gap.trial.event_checks import fewer_interruptions, never_triggered, one_arm_events
from resume_gap.trial.evidence import UsersByArm

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


def test_the_odds_are_those_of_all_names_that_could_differ() -> None:
    """Eleven of 20 users of one arm: p = 0.0001, so that ten such names are one too many."""
    found = one_arm({"arrow": (0, 11)})
    assert (found.status, found.figures["unnamed"]) == ("failed", 0)
    others = {f"both {n}": (10, 10) for n in range(10)}
    assert one_arm({"arrow": (0, 11), **others}).code == "none"
    rare = {f"rare {n}": (0, 10) for n in range(10)}
    assert one_arm({"arrow": (0, 11), **rare}).code == "some"


def test_a_few_of_many_users_are_noted_only_unless_the_event_is_work() -> None:
    trial = made_trial([False] * 2_000 + [True] * 2_000, [])
    events = ArmEvents({"arrow": (0, 12)}, {})
    look = evidence(trial, events=events, shown=NAMED)
    found = one_arm_events(look)
    assert (found.status, found.code) == ("passed", "rare")
    assert len(found.figures["events"]) == 1  # type: ignore[arg-type]
    work = evidence(trial, events=events, shown=NAMED, working=frozenset({"arrow"}))
    assert one_arm_events(work).status == "failed"


def test_events_that_are_left_out_of_the_outcome_may_be_of_one_arm() -> None:
    assert one_arm({"arrow": (0, 12)}, frozenset({"arrow"})).status == "passed"


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


@pytest.mark.parametrize(("tried", "code"), [(0.999, "some"), (1, "none"), (1.001, "none")])
def test_an_event_of_one_arm_is_rarer_than_once_in_a_thousand(
    monkeypatch: pytest.MonkeyPatch, tried: float, code: str
) -> None:
    monkeypatch.setattr(UsersByArm, "p", RATIO_ERROR.value * tried)
    assert one_arm({"arrow": (0, 1)}).code == code


@pytest.mark.parametrize(
    ("low", "high", "code", "status"),
    [
        (-0.4, -0.001, "fewer", "warned"),
        (-0.4, 0.0, "as_many", "passed"),
        (0.1, 0.4, "as_many", "passed"),
    ],
)
def test_fewer_interruptions_may_be_visits_that_were_lost(
    low: float, high: float, code: str, status: str
) -> None:
    effect = Effect(
        estimand="interruptions_per_user",
        unit="count",
        control=3.0,
        treatment=2.8,
        ci_lower=low,
        ci_upper=high,
        relative=-0.07,
        relative_ci_lower=low / 3,
        relative_ci_upper=high / 3,
        p=0.004,
    )
    check = fewer_interruptions(evidence(made_trial(ARMS, []), interruptions=effect))
    assert (check.code, check.status, check.p) == (code, status, 0.004)
    assert check.figures == {
        "control": 3.0,
        "treatment": 2.8,
        "relative": -0.07,
        "ci_lower": low / 3,
        "ci_upper": high / 3,
    }
    unsure = replace(effect, relative_ci_lower=None)
    check = fewer_interruptions(evidence(made_trial(ARMS, []), interruptions=unsure))
    assert set(check.figures) == {"control", "treatment", "relative"}


def test_interruptions_without_an_interval_are_not_compared() -> None:
    check = fewer_interruptions(evidence(made_trial(ARMS, [])))
    assert (check.code, check.status) == ("too_few", "not_checked")
