"""The ratio of sums with its interval, against the formula by hand and SciPy's t."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from resume_gap.stats.interval import Interval
from resume_gap.stats.ratio import effective_users, ratio_of_sums, scaled


def by_hand(y: list[int], n: list[int]) -> tuple[float, float, float]:
    """The delta method, user by user."""
    pairs = [(a, b) for a, b in zip(y, n, strict=True) if b > 0]
    total = sum(b for _, b in pairs)
    ratio = sum(a for a, _ in pairs) / total
    users = len(pairs)
    variance = users / (users - 1) * sum(((a - ratio * b) / total) ** 2 for a, b in pairs)
    worth = total**2 / sum(b * b for _, b in pairs)
    half = stats.t.ppf(0.975, worth - 1) * variance**0.5
    return ratio, ratio - half, ratio + half


sums = st.lists(
    st.tuples(st.integers(0, 10**12), st.integers(0, 500)), min_size=25, max_size=120
).filter(lambda pairs: sum(n > 0 for _, n in pairs) >= 25)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(pairs=sums)
def test_the_interval_is_the_formula(pairs: list[tuple[int, int]]) -> None:
    y, n = [a for a, _ in pairs], [b for _, b in pairs]
    found = ratio_of_sums(np.array(y), np.array(n))
    ratio, low, high = by_hand(y, n)
    scale = abs(high) + abs(low)
    assert found.estimate == pytest.approx(ratio)
    assert found.ci_lower == pytest.approx(low, abs=1e-7 * scale)
    assert found.ci_upper == pytest.approx(high, abs=1e-7 * scale)


def test_equal_weights_are_the_t_interval_of_a_mean() -> None:
    y = np.random.default_rng(1).integers(0, 1000, 40)
    found = ratio_of_sums(y, np.ones(40, dtype=np.int64))
    low, high = stats.t.interval(0.95, 39, y.mean(), stats.sem(y))
    assert (found.ci_lower, found.ci_upper) == pytest.approx((low, high))


def test_few_users_have_no_interval() -> None:
    one = np.ones(24, dtype=np.int64)
    assert ratio_of_sums(2 * one, one) == Interval(estimate=2.0)
    with_idle = np.concatenate([one, np.zeros(5, dtype=np.int64)])
    assert ratio_of_sums(2 * with_idle, with_idle) == Interval(estimate=2.0)


def test_nothing_is_none() -> None:
    assert ratio_of_sums(np.zeros(30, np.int64), np.zeros(30, np.int64)) == Interval()
    assert ratio_of_sums(np.zeros(0, np.int64), np.zeros(0, np.int64)) == Interval()


def test_effective_users() -> None:
    assert effective_users(np.full(30, 7)) == pytest.approx(30)
    assert effective_users(np.array([100, 1, 1])) == pytest.approx(102**2 / 10_002)
    assert effective_users(np.zeros(3, np.int64)) == 0


def test_scaled_stays_in_bounds_and_keeps_none() -> None:
    found = scaled(Interval(estimate=5e6, ci_lower=-1e6, ci_upper=2e9), 1e-6, low=0, high=900)
    assert found == Interval(estimate=5.0, ci_lower=0.0, ci_upper=900.0)
    assert scaled(Interval(), 1e-6, low=0, high=900) == Interval()
