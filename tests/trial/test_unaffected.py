"""Returns that no marker can change: which they are, and what they are counted as."""

from dataclasses import replace

import polars as pl
import pytest
from factories.made_trials import ASSIGNED_US, Back, made_trial

from resume_gap.trial.unaffected import (
    before,
    finished_returns,
    mean_waits,
    other_returns,
    returns_before,
)
from resume_gap.units import DAY_US, US

ARMS = [False, True]


def test_returns_after_finished_work_from_the_assignment_on() -> None:
    trial = made_trial(
        ARMS,
        [
            Back(0, 5.0, reason="completed"),
            Back(0, 7.0, reason="completed", days=-1.0),
            Back(0, 9.0),
            Back(1, 11.0, reason="idle"),
            Back(1, 13.0, reason="completed", days=2.0),
        ],
    )
    found = finished_returns(trial)
    assert found["reorientation_us"].to_list() == [5 * US, 13 * US]
    assert (found["return_us"] >= ASSIGNED_US).all()


def test_returns_that_were_not_followed_up_do_not_count() -> None:
    trial = made_trial(
        ARMS, [Back(0, 5.0, reason="completed", days=day) for day in (-2.0, -1.0, 1.0, 2.0)]
    )
    is_followed = pl.col("return_us").is_in([ASSIGNED_US + day * DAY_US for day in (-2, 1)])
    trial = replace(trial, returns=trial.returns.with_columns(eligible=is_followed))
    for returns, day in ((finished_returns(trial), 1), (returns_before(trial), -2)):
        assert returns["return_us"].to_list() == [ASSIGNED_US + day * DAY_US]


def test_a_user_counts_with_the_mean_up_to_the_primary_cap() -> None:
    backs = [Back(0, 5.0, reason="completed"), Back(0, 500.0, reason="completed", days=3.0)]
    trial = made_trial(ARMS, backs)
    object.__setattr__(trial, "primary_us", 95 * US)
    means = mean_waits(trial, finished_returns(trial))
    assert means.select("assigned_no", "own_us").rows() == [(1, 50.0 * US)]


def test_the_effect_is_that_of_the_users_means() -> None:
    arms = [user % 2 == 1 for user in range(60)]
    backs = [
        Back(user, 20.0 + user // 2 + 8 * arm, reason="completed", days=day)
        for user, arm in enumerate(arms)
        for day in (1.0, 2.0)
    ]
    found = other_returns(made_trial(arms, backs))
    assert found.estimate == pytest.approx(8.0)
    assert (found.n_control, found.n_treatment) == (30, 30)
    assert other_returns(made_trial(arms, [])).reason == "no_rows"


def test_returns_before_the_assignment_are_over_by_then() -> None:
    """One return ends within the cap before the assignment, so it may have been seen with it."""
    arms = [user % 2 == 1 for user in range(60)]
    backs = [
        Back(user, seconds, days=-1.0, reason=("completed", "mid_task")[user // 30])
        for user, seconds in enumerate(20.0 + user // 2 for user in range(60))
    ]
    late = [Back(user, 899.0, days=-0.001) for user in range(60)]
    after = [Back(user, 899.0) for user in range(1, 60, 2)]
    found = before(made_trial(arms, [*backs, *late, *after]))
    assert found.effect.estimate == pytest.approx(0.0)
    assert (found.effect.users, found.p) == (60, 1.0)


def test_shapes_count_unless_only_means_may_be_compared() -> None:
    arms = [user % 2 == 1 for user in range(400)]
    backs = [
        Back(user, (10.0 if user % 4 == 1 else 50.0) if arm else 29.0 + user % 5, days=-2.0)
        for user, arm in enumerate(arms)
    ]
    trial = made_trial(arms, backs)
    means = before(trial, means_only=True)
    assert means.p == means.effect.p
    assert means.p is not None
    assert means.p > 0.05
    found = before(trial)
    assert found.p is not None
    assert found.p < 1e-6


def test_users_without_history_are_not_compared() -> None:
    assert before(made_trial(ARMS, [Back(0, 5.0)])).p is None
