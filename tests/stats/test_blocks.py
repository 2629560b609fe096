"""Arms compared within blocks of days: by hand, by statsmodels-free least squares, by worlds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from factories.effort import effort
from scipy import stats

from resume_gap.stats.arms import Arm
from resume_gap.stats.blocks import Blocks, merged_days
from resume_gap.stats.difference import Comparison, compare
from resume_gap.stats.moments import Users

Floats = np.ndarray[Any, np.dtype[np.float64]]
Integers = np.ndarray[Any, np.dtype[np.int64]]


def arms(
    values: Floats, treated: np.ndarray[Any, np.dtype[np.bool_]], blocks: Integers | None
) -> tuple[Arm, Arm]:
    """Control and treatment of users in one array."""
    control, treatment = (
        Arm(numerators=values[mine], blocks=None if blocks is None else blocks[mine])
        for mine in (~treated, treated)
    )
    return control, treatment


def test_days_are_merged_in_order_until_both_arms_have_enough() -> None:
    days = np.array([5, 5, 7, 7, 7, 8, 9, 9, 9, 11])
    treated = np.array([0, 0, 1, 1, 0, 0, 1, 1, 0, 1], dtype=bool)
    # With two of each arm: days 5 and 7; then 8 and 9; day 11 joins the last block.
    assert merged_days(days, treated, 2).tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert merged_days(days, treated, 3).tolist() == [0] * 10
    assert merged_days(days, treated, 6).tolist() == [0] * 10
    assert merged_days(days[::-1], treated[::-1], 2).tolist() == [1] * 5 + [0] * 5
    assert merged_days(np.array([], dtype=np.int64), np.array([], dtype=bool)).tolist() == []


def by_hand(values: Floats, treated: Any, blocks: Integers) -> tuple[float, float, float]:
    """Estimate, standard error and degrees of freedom, written out."""
    estimate, variance, below = 0.0, 0.0, 0.0
    for block in set(blocks.tolist()):
        inside = blocks == block
        weight = inside.sum() / len(values)
        a, b = values[inside & ~treated], values[inside & treated]
        estimate += weight * (b.mean() - a.mean())
        for arm in (a, b):
            part = weight**2 * arm.var(ddof=1) / len(arm)
            variance += part
            below += part**2 / (len(arm) - 1)
    return float(estimate), math.sqrt(variance), variance**2 / below


def world(users: int, seed: int = 3) -> tuple[Floats, Any, Integers]:
    draw = np.random.default_rng(seed)
    blocks = draw.integers(0, 4, users)
    treated = draw.random(users) < np.array([0.1, 0.3, 0.5, 0.7])[blocks]
    values = draw.lognormal(3, 0.7, users) + 20 * blocks
    return values, treated, blocks


def test_the_difference_is_the_mean_of_the_blocks_weighted_by_users() -> None:
    values, treated, blocks = world(900)
    found = compare(*arms(values, treated, blocks), seed=1).effect
    estimate, error, freedom = by_hand(values, treated, blocks)
    assert found.method == "welch"
    assert found.estimate == pytest.approx(estimate)
    assert found.p == pytest.approx(2 * stats.t.sf(abs(estimate) / error, freedom), rel=1e-6)
    reach = stats.t.ppf(0.975, freedom) * error
    assert (found.ci_lower, found.ci_upper) == pytest.approx((estimate - reach, estimate + reach))
    assert found.control is not None
    assert found.treatment is not None
    assert found.treatment - found.control == pytest.approx(estimate)


def test_one_block_is_welch() -> None:
    values, treated, _ = world(500)
    whole = compare(*arms(values, treated, None), seed=1).effect
    one = compare(*arms(values, treated, np.zeros(500, dtype=np.int64)), seed=1).effect
    for name in ("control", "treatment", "estimate", "ci_lower", "ci_upper", "p", "relative"):
        assert getattr(one, name) == pytest.approx(getattr(whole, name)), name
    assert one.relative_ci_lower == pytest.approx(whole.relative_ci_lower, abs=1e-3)


def test_few_users_are_permuted_within_their_blocks() -> None:
    values, treated, blocks = world(160, seed=8)
    found = compare(*arms(values, treated, blocks), seed=1).effect
    assert found.method == "permutation"
    draw = np.random.default_rng(5)
    estimate, error, _ = by_hand(values, treated, blocks)
    beyond = 0
    for _ in range(2_000):
        dealt = treated.copy()
        for block in range(4):
            inside = np.flatnonzero(blocks == block)
            dealt[inside] = draw.permutation(treated[inside])
        other, spread, _ = by_hand(values, dealt, blocks)
        beyond += abs(other / spread) >= abs(estimate / error)
    assert found.p == pytest.approx(beyond / 2_000, abs=0.04)
    assert found.ci_lower is not None
    assert found.ci_upper is not None
    assert (found.p < 0.05) == (not found.ci_lower <= 0 <= found.ci_upper)


def test_what_all_users_share_varies_nothing() -> None:
    values, treated, blocks = world(400)
    found = compare(*arms(np.full(400, 7.0), treated, blocks), seed=1).effect
    assert (found.reason, found.estimate, found.p) == ("no_variation", 0.0, None)
    shift = compare(*arms(20.0 * blocks, treated, blocks), seed=1).effect
    assert (shift.reason, shift.estimate) == ("no_variation", 0.0)
    assert values.any()


def test_a_covariate_is_taken_away_before_the_blocks_are_compared() -> None:
    values, treated, blocks = world(900)
    draw = np.random.default_rng(4)
    history = values + draw.normal(0, 10, 900)
    control, treatment = (
        Arm(numerators=values[mine], covariate=history[mine], blocks=blocks[mine])
        for mine in (~treated, treated)
    )
    found = compare(control, treatment, seed=1).effect
    apart = history - history.mean()
    coefficient = float((values - values.mean()) @ apart / (apart @ apart))
    estimate, error, _ = by_hand(values - coefficient * apart, treated, blocks)
    assert found.estimate == pytest.approx(estimate)
    assert found.ci_upper == pytest.approx(estimate + 1.964 * error, rel=0.02)


@pytest.mark.effort
@pytest.mark.parametrize(("within", "most"), [(True, 0.075), (False, 1.0)])
def test_a_staged_launch_shows_nothing_where_nothing_is(within: bool, most: float) -> None:
    """Users assigned later are slower and more of them are treated; the marker does nothing."""
    false, worlds = 0, effort(120, 400)
    for seed in range(worlds):
        values, treated, blocks = world(500, seed)
        found: Comparison = compare(*arms(values, treated, blocks if within else None), seed=1)
        false += found.effect.p is not None and found.effect.p < 0.05
    assert false / worlds <= most
    assert within or false / worlds > 0.5


def test_blocks_need_both_arms_and_means() -> None:
    ones, numbers = np.ones(4), np.array([0, 0, 1, 1])
    good = Users(ones, ones, None)
    with pytest.raises(ValueError, match="two users of each arm"):
        Blocks(good, good, (numbers, np.zeros(4, dtype=np.int64)))
    with pytest.raises(ValueError, match="only means"):
        Blocks(good, Users(ones, 2 * ones, None), (numbers, numbers))
