"""What was predicted stands beside what the control arm and the effect show."""

import dataclasses
from typing import Any

import pytest
from factories.made_trials import CAP_SECONDS, Back, made_trial

from resume_gap.results.common import Estimate
from resume_gap.results.effect import Effect
from resume_gap.results.predicted import PredictedRow
from resume_gap.trial.prediction_check import predicted_rows

PRIMARY = Effect(
    estimand="first_return",
    unit="seconds",
    estimate=-8.0,
    ci_lower=-12.0,
    ci_upper=-3.0,
    n_control=2,
    n_treatment=3,
)
PREDICTION: dict[str, Any] = {
    "reorientation_mean": {"estimate": 70.0, "ci_lower": 60.0, "ci_upper": 80.0, "n": 500},
    "best": "last_touched",
    "policies": [
        {"name": "other", "hit": 0.2, "n": 499},
        {"name": "last_touched", "hit": 0.6, "ci_lower": 0.5, "ci_upper": 0.7, "n": 498},
    ],
    "primary_cap": {
        "seconds": CAP_SECONDS,
        "first_returns": 90,
        "search": {"estimate": 15.0, "ci_lower": 12.0, "ci_upper": 18.0},
        "with_give_ups": {"estimate": 25.0, "ci_lower": 20.0, "ci_upper": 30.0},
    },
    "scenarios": [
        {
            "name": name,
            "noticed": 0.5,
            "removed": 0.6,
            "wrong_cost_seconds": cost,
            "saving_seconds": 99.0,
        }
        for name, cost in (("low", 5.0), ("high", 0.0))
    ],
}
BACKS = [
    Back(0, 10.0, hit=True),
    Back(0, 20.0, days=2.0, hit=False),
    Back(1, 60.0, hit=True),
    Back(1, 500.0, days=-1.0, hit=False),
    Back(2, 300.0, hit=False),
    Back(3, 300.0, hit=False),
]


def rows(prediction: dict[str, Any], primary: Effect = PRIMARY) -> dict[str, PredictedRow]:
    trial = made_trial([False, False, True, True], BACKS)
    return {row.name: row for row in predicted_rows(prediction, trial, primary)}


def test_the_control_arm_shows_time_and_hits_and_nobody_elses() -> None:
    found = rows(PREDICTION)
    mean = found["reorientation_mean_seconds"]
    assert mean.predicted == Estimate(estimate=70.0, ci_lower=60.0, ci_upper=80.0)
    assert mean.measured.estimate == pytest.approx((10 + 20 + 60) / 3)
    assert (mean.n_predicted, mean.n_measured) == (500, 3)
    hit = found["hit"]
    assert hit.predicted == Estimate(estimate=0.6, ci_lower=0.5, ci_upper=0.7)
    assert hit.measured.estimate == pytest.approx(2 / 3)
    assert (hit.n_predicted, hit.n_measured) == (498, 3)


def test_the_primary_effect_says_what_was_saved() -> None:
    found = rows(PREDICTION)
    assert list(found)[2:] == [
        "saving_at_most_seconds",
        "saving_at_most_with_give_ups_seconds",
        "scenario:low",
        "scenario:high",
    ]
    for name, predicted, n in (
        ("saving_at_most_seconds", 18.0, 90),
        ("saving_at_most_with_give_ups_seconds", 30.0, 90),
        ("scenario:low", 3.5, 90),  # half of 0.6 x 15 s less 0.4 x 5 s
        ("scenario:high", 4.5, 90),
    ):
        row = found[name]
        assert row.predicted == Estimate(estimate=pytest.approx(predicted))
        assert row.measured == Estimate(estimate=8.0, ci_lower=3.0, ci_upper=12.0)
        assert (row.n_predicted, row.n_measured) == (n, 5)


def test_what_was_not_predicted_has_no_row() -> None:
    nothing = rows({})
    assert list(nothing) == ["reorientation_mean_seconds"]
    assert nothing["reorientation_mean_seconds"].predicted == Estimate()
    without_rule = PREDICTION | {"best": None}
    assert "hit" not in rows(without_rule)
    unknown = PREDICTION | {"policies": [{"name": "last_touched", "hit": None}]}
    assert "hit" not in rows(unknown)


def test_bounds_and_scenarios_are_compared_at_their_own_cap_only() -> None:
    """An earlier version's file has no bounds at first returns; another cap is no prediction."""
    sealed = PREDICTION["primary_cap"]
    for cap in ({"seconds": CAP_SECONDS}, sealed | {"seconds": CAP_SECONDS / 2}):
        names = set(rows(PREDICTION | {"primary_cap": cap}))
        assert names == {"reorientation_mean_seconds", "hit"}
    no_limit = sealed | {"search": {"estimate": 15.0, "ci_lower": None, "ci_upper": None}}
    names = set(rows(PREDICTION | {"primary_cap": no_limit}))
    assert "saving_at_most_seconds" not in names
    assert "saving_at_most_with_give_ups_seconds" in names


def test_an_effect_without_an_estimate_saves_nothing_known() -> None:
    silent = dataclasses.replace(PRIMARY, estimate=None, ci_lower=None, ci_upper=None)
    assert rows(PREDICTION, silent)["scenario:low"].measured == Estimate()


def test_no_interval_leaves_what_can_be() -> None:
    """40 users an arm, most of whom need the whole cap."""
    backs = [Back(user, CAP_SECONDS if user % 10 else 5.0, hit=user % 10 > 0) for user in range(80)]
    trial = made_trial([False] * 40 + [True] * 40, backs)
    found = {row.name: row.measured for row in predicted_rows(PREDICTION, trial, PRIMARY)}
    for name, most in (("reorientation_mean_seconds", CAP_SECONDS), ("hit", 1.0)):
        lower, upper = found[name].ci_lower, found[name].ci_upper
        assert lower is not None
        assert upper is not None
        assert 0 <= lower < upper <= most
