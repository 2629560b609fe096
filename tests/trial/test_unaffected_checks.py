"""The arms must be alike where the marker cannot make them differ, at the limits of each check."""

from typing import Any

import pytest
from factories import trial_parts
from factories.made_trials import Back, evidence, made_trial

from resume_gap.constants import ALPHA, DOUBT_ERROR, RATIO_ERROR
from resume_gap.results.effect import Effect
from resume_gap.results.trust import TrustCheck
from resume_gap.trial import unaffected_checks
from resume_gap.trial.data import ArmEvents, MarkersShown
from resume_gap.trial.unaffected import Before
from resume_gap.trial.unaffected_checks import arms_before, doubted, other_returns

ARMS = [user % 2 == 1 for user in range(60)]


def late(seconds: float) -> Any:
    """A trial whose treatment logs work so much later after finished work."""
    return made_trial(
        ARMS,
        [
            Back(user, 20.0 + user // 2 + seconds * arm, reason="completed")
            for user, arm in enumerate(ARMS)
        ],
    )


def test_work_that_is_logged_later_at_all_returns_withholds_the_result() -> None:
    found = other_returns(evidence(late(30.0)))
    assert (found.status, found.code) == ("failed", "differ")
    assert found.figures == {"control": 34.5, "treatment": 64.5, "estimate": 30.0}
    assert other_returns(evidence(late(0.0))).status == "passed"


@pytest.mark.parametrize(("tried", "code"), [(0.999, "differ"), (1.0, "alike")])
def test_arms_alike_differ_so_once_in_a_thousand(
    monkeypatch: pytest.MonkeyPatch, tried: float, code: str
) -> None:
    effect = Effect(estimand="x", unit="seconds", estimate=1.0, p=RATIO_ERROR.value * tried)
    monkeypatch.setattr(unaffected_checks, "effect_at_others", lambda _: effect)
    assert other_returns(evidence(late(1.0))).code == code


@pytest.mark.parametrize(("elsewhere", "status"), [(0, "failed"), (1, "not_checked")])
def test_returns_with_a_marker_may_differ_by_it(elsewhere: int, status: str) -> None:
    events = ArmEvents({}, {True: MarkersShown(shown=50 + elsewhere, at_rule=50)})
    assert other_returns(evidence(late(30.0), events=events)).status == status


def test_few_users_are_not_compared() -> None:
    found = other_returns(evidence(made_trial(ARMS, [Back(0, 5.0, reason="completed")])))
    assert (found.status, found.code) == ("not_checked", "too_few")


@pytest.mark.parametrize(
    ("name", "p", "estimate", "code"),
    [
        ("other_returns", 0.0099, 5.0, "unclear"),
        ("other_returns", 0.0099, 0.05, "unclear"),
        ("other_returns", 0.0099, 0.0, "alike"),
        ("other_returns", DOUBT_ERROR.value, 5.0, "alike"),
        ("other_returns", 0.002, -5.0, "alike"),
        ("arms_before", 0.0499, 5.0, "unclear"),
        ("arms_before", ALPHA.value, 5.0, "alike"),
        ("arms_before", 0.002, -5.0, "alike"),
    ],
)
def test_a_difference_on_the_side_of_the_primary_is_a_doubt(
    name: str, p: float, estimate: float, code: str
) -> None:
    figures = {"control": 30.0, "treatment": 30.0 + estimate}
    check = TrustCheck(name=name, code="alike", status="passed", p=p, figures=figures)
    other = TrustCheck(name="both_arms", code="none", status="passed", p=0.001)
    primary = trial_parts.primary(9.0, 1.0)
    found = doubted(trial_parts.trust(checks=(check, other)), primary).checks
    assert (found[0].code, found[0].status == "warned") == (code, code == "unclear")
    assert found[1] == other


@pytest.mark.parametrize(
    ("p", "code", "status"),
    [
        (None, "too_few", "not_checked"),
        (RATIO_ERROR.value * 0.999, "differ", "failed"),
        (RATIO_ERROR.value, "alike", "passed"),
    ],
)
def test_arms_that_differed_before_the_assignment(
    monkeypatch: pytest.MonkeyPatch, p: float | None, code: str, status: str
) -> None:
    effect = Effect(
        estimand="x", unit="seconds", control=30.0, treatment=20.0, n_control=31, n_treatment=29
    )
    given: list[bool] = []

    def found(_: Any, *, means_only: bool) -> Before:
        given.append(means_only)
        return Before(effect, p)

    monkeypatch.setattr(unaffected_checks, "before", found)
    check = arms_before(evidence(late(0.0), by_day=True))
    assert (check.code, check.status, check.p, given) == (code, status, p, [True])
    if p is not None:
        assert check.figures == {"control": 30.0, "treatment": 20.0, "users": 60}
