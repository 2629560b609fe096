"""Many things known before, in one covariate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from resume_gap.stats.arms import Arm
from resume_gap.stats.cuped import covariate, explained
from resume_gap.stats.difference import compare

NAN = float("nan")


def literal(users: int = 60) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    i = np.arange(users)
    history = np.stack([(i * i * 7) % 13, (i * 5) % 11, (i * i * 3 + i) % 17], axis=1) * 1.0
    return history @ [1, 2, -0.5] + (i * i * 29) % 19, history


def test_by_hand() -> None:
    history = np.array([[1.0], [2.0], [3.0], [NAN]])
    # Filled with 2, indicator 0 0 0 1: who has one lies on 4 x, who has none gets what he has.
    assert covariate(np.array([4.0, 8.0, 12.0, 99.0]), history) == pytest.approx([4, 8, 12, 99])
    assert covariate(np.array([4.0, 9.0, 11.0, 5.0]), history) == pytest.approx([4.5, 8, 11.5, 5])


def test_golden() -> None:
    """statsmodels 0.15.0: `OLS(outcome, add_constant(history)).fit()`, its fittedvalues and

    rsquared_adj.
    """
    outcome, history = literal()
    found = covariate(outcome, history)
    expected = [10.534147979989207, 24.757876771615358, 24.35059955545597]
    assert found[:3] == pytest.approx(expected, rel=1e-9)
    assert found.sum() == pytest.approx(1330.5)
    assert explained(outcome, history) == pytest.approx(0.5191257327605572, rel=1e-9)


def test_nothing_known_of_anybody() -> None:
    outcome = np.array([1.0, 2.0, 6.0])
    for history in (np.full((3, 2), NAN), np.ones((3, 1)), np.empty((3, 0))):
        assert covariate(outcome, history) == pytest.approx([3, 3, 3])
        assert explained(outcome, history) is None
    assert len(covariate(np.empty(0), np.empty((0, 2)))) == 0
    assert explained(np.empty(0), np.empty((0, 2))) is None


def test_repeated_and_constant_columns_change_nothing() -> None:
    outcome, history = literal()
    more = np.column_stack([history, history[:, 0] * 3 + 1, np.full(60, 1e9), np.full(60, NAN)])
    assert covariate(outcome, more) == pytest.approx(covariate(outcome, history))


def test_the_order_of_users_says_nothing() -> None:
    outcome, history = literal()
    history[::7, 1] = NAN
    turn = np.random.default_rng(1).permutation(60)
    turned = covariate(outcome[turn], history[turn])
    assert turned == pytest.approx(covariate(outcome, history)[turn])


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="per user"):
        covariate(np.ones(3), np.ones((4, 1)))
    with pytest.raises(ValueError, match="finite"):
        covariate(np.array([1.0, NAN]), np.ones((2, 1)))


def test_useless_history_is_not_said_to_explain() -> None:
    shares = [
        explained(draw.normal(size=40), draw.normal(size=(40, 6)))
        for draw in map(np.random.default_rng, range(200))
    ]
    assert min(share for share in shares if share is not None) == 0
    assert np.mean([share or 0.0 for share in shares]) < 0.06


@pytest.mark.parametrize("true", [pytest.param(0.0, marks=pytest.mark.full), -60.0])
def test_coverage_with_four_covariates_and_fifty_users_an_arm(true: float) -> None:
    held = narrower = 0
    for world in range(300):
        draw = np.random.default_rng([world, 8])
        history = draw.lognormal(0, 0.5, (100, 4))
        arm = draw.permutation(np.arange(100) % 2)
        outcome = 100 * history[:, 0] + draw.exponential(80, 100) + true * arm
        history[draw.random((100, 4)) < 0.15] = NAN
        known = covariate(outcome, history)
        plain, found = (
            compare(
                *(
                    Arm(numerators=outcome[arm == one], covariate=x if x is None else x[arm == one])
                    for one in (0, 1)
                ),
                seed=world,
                draws=199,
            ).effect
            for x in (None, known)
        )
        assert found.ci_lower is not None
        assert found.ci_upper is not None
        held += found.ci_lower <= true <= found.ci_upper
        assert plain.ci_lower is not None
        assert plain.ci_upper is not None
        narrower += found.ci_upper - found.ci_lower < plain.ci_upper - plain.ci_lower
    assert 0.92 <= held / 300 <= 0.985
    assert narrower > 280
