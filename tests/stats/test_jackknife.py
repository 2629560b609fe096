"""Ratios by jackknife, against a literal loop in fractions and SciPy's t."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from resume_gap.stats.interval import Interval
from resume_gap.stats.jackknife import combined, jackknife, wilson


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_three_users_by_hand() -> None:
    found = jackknife(ints(1, 2, 3), ints(1, 1, 2))
    assert found is not None
    assert found.estimate == 1.5
    assert found.without == pytest.approx([5 / 3, 4 / 3, 3 / 2])
    assert found.error == pytest.approx(math.sqrt(1 / 27))
    assert found.freedom == pytest.approx(16 / 6 - 1)
    assert found.users == 3
    half = stats.t.ppf(0.95, 5 / 3) * math.sqrt(1 / 27)
    assert found.half_width(0.05) == pytest.approx(half)
    assert (found.lower(0.05), found.upper(0.05)) == pytest.approx((1.5 - half, 1.5 + half))
    both = stats.t.interval(0.95, 5 / 3, 1.5, math.sqrt(1 / 27))
    assert found.interval() == pytest.approx(both)
    assert found.to_estimate() == Interval(estimate=1.5)


def test_units() -> None:
    found = jackknife(ints(2_500_000, 500_000), ints(1, 1), unit=1_000_000)
    assert found is not None
    assert found.estimate == 1.5
    assert found.error == pytest.approx(1.0)


def literal(y: list[int], n: list[int]) -> tuple[float, float, float]:
    """Leave every user out, one after the other, in exact fractions."""
    pairs = [(a, b) for a, b in zip(y, n, strict=True) if b > 0]
    users, total = len(pairs), sum(b for _, b in pairs)
    without = []
    for left in range(users):
        rest = [pair for i, pair in enumerate(pairs) if i != left]
        without.append(Fraction(sum(a for a, _ in rest), sum(b for _, b in rest)))
    mean = sum(without, Fraction(0)) / users
    variance = Fraction(users - 1, users) * sum((r - mean) ** 2 for r in without)
    freedom = Fraction(total**2, sum(b * b for _, b in pairs)) - 1
    ratio = Fraction(sum(a for a, _ in pairs), total)
    return float(ratio), math.sqrt(variance), float(freedom)


sums = st.lists(
    st.tuples(st.integers(-(10**9), 10**12), st.integers(0, 500)), min_size=2, max_size=60
).filter(lambda pairs: sum(n > 0 for _, n in pairs) >= 2)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(pairs=sums)
def test_every_number_is_that_of_the_loop(pairs: list[tuple[int, int]]) -> None:
    y, n = [a for a, _ in pairs], [b for _, b in pairs]
    found = jackknife(ints(*y), ints(*n))
    assert found is not None
    ratio, error, freedom = literal(y, n)
    scale = max(abs(a) for a in y) + 1
    assert found.estimate == pytest.approx(ratio)
    assert found.error == pytest.approx(error, rel=1e-6, abs=1e-12 * scale)
    assert found.freedom == pytest.approx(freedom, abs=1e-9)
    assert found.upper(0.01) - found.estimate == pytest.approx(found.half_width(0.01), rel=1e-6)


def test_equal_weights_are_the_t_interval_of_a_mean() -> None:
    y = np.random.default_rng(1).integers(0, 1000, 40)
    found = jackknife(y, np.ones(40, dtype=np.int64))
    assert found is not None
    expected = stats.t.interval(0.95, 39, y.mean(), stats.sem(y))
    assert found.interval() == pytest.approx(expected)
    estimate = found.to_estimate()
    assert (estimate.ci_lower, estimate.ci_upper) == found.interval()


def test_one_sided_limits_are_the_ends_of_a_wider_interval() -> None:
    found = jackknife(ints(*range(30)), ints(*[1, 2, 3] * 10))
    assert found is not None
    assert (found.lower(0.05), found.upper(0.05)) == pytest.approx(found.interval(0.90))
    assert found.lower(0.01) < found.lower(0.05)
    expected = found.estimate - stats.t.ppf(0.99, found.freedom) * found.error
    assert found.lower(0.01) == pytest.approx(expected)


def test_users_without_a_denominator_take_no_part() -> None:
    with_idle = jackknife(ints(1, 0, 2, 3), ints(1, 0, 1, 2))
    without_idle = jackknife(ints(1, 2, 3), ints(1, 1, 2))
    assert with_idle is not None
    assert without_idle is not None
    assert (with_idle.estimate, with_idle.error) == (without_idle.estimate, without_idle.error)
    assert with_idle.users == 3


def test_nothing_is_none() -> None:
    assert jackknife(ints(), ints()) is None
    assert jackknife(ints(0, 0), ints(0, 0)) is None
    assert wilson(ints(), ints()) == Interval()
    assert wilson(ints(0), ints(0)) == Interval()


@pytest.mark.parametrize("n", [[7], [10**9, 1], [10**12] + [1] * 40])
def test_one_users_worth_of_data_has_no_limits_and_no_nan(n: list[int]) -> None:
    y = ints(*[3] * len(n))
    found = jackknife(y, ints(*n))
    assert found is not None
    assert not math.isnan(found.lower(0.05) + found.error + found.freedom)
    assert not math.isnan(found.upper(0.05))
    if len(n) == 1:
        assert found.interval() == (-math.inf, math.inf)
    assert found.to_estimate().ci_lower is None or found.freedom > 0
    assert wilson(np.minimum(y, 1), ints(*n)).estimate is not None


def test_users_who_are_all_alike_have_no_error() -> None:
    found = jackknife(ints(*[1, 2, 3] * 20), ints(*[3, 6, 9] * 20))
    assert found is not None
    assert found.error == 0.0
    assert found.interval() == (1 / 3, 1 / 3)


def test_a_sum_of_ratios_is_the_ratio_of_the_sum() -> None:
    draw = np.random.default_rng(2)
    n = draw.integers(1, 20, 35)
    search, miss = draw.integers(0, 10**8, 35), draw.integers(0, n + 1)
    parts = jackknife(search, n, unit=1_000_000), jackknife(miss, n)
    assert parts[0] is not None
    assert parts[1] is not None
    # 0.5 x (0.6 x search - 2 s x misses) = (3 x search_us - 10^7 x misses) / 10^7
    whole = jackknife(3 * search - 10**7 * miss, n, unit=10**7)
    found = combined([(0.3, parts[0]), (-1.0, parts[1])])
    assert whole is not None
    assert found.estimate == pytest.approx(whole.estimate)
    assert found.error == pytest.approx(whole.error)
    assert found.freedom == whole.freedom
    assert found.interval() == pytest.approx(whole.interval())


def test_twice_the_users_know_more() -> None:
    draw = np.random.default_rng(3)
    n = draw.integers(1, 9, 50)
    y = draw.integers(0, 100, 50)
    once, twice = jackknife(y, n), jackknife(np.tile(y, 2), np.tile(n, 2))
    assert once is not None
    assert twice is not None
    assert twice.estimate == once.estimate
    assert twice.freedom + 1 == pytest.approx(2 * (once.freedom + 1))
    assert twice.error == pytest.approx(once.error / math.sqrt(2), rel=0.03)


def test_wilson_ends_solve_their_equation() -> None:
    draw = np.random.default_rng(4)
    n = draw.integers(1, 12, 60)
    hits = draw.binomial(n, draw.beta(2, 5, 60))
    ratio = jackknife(hits, n)
    found = wilson(hits, n)
    assert ratio is not None
    assert found.estimate == ratio.estimate == int(hits.sum()) / int(n.sum())
    p = ratio.estimate
    worth = p * (1 - p) / ratio.error**2
    t = stats.t.ppf(0.975, ratio.freedom)
    for end in (found.ci_lower, found.ci_upper):
        assert end is not None
        assert abs(p - end) == pytest.approx(t * math.sqrt(end * (1 - end) / worth))
    assert 0 < found.ci_lower < p < found.ci_upper < 1  # type: ignore[operator]


@pytest.mark.parametrize("value", [0, 1])
def test_wilson_where_all_or_none_hit(value: int) -> None:
    n = np.full(30, 4)
    found = wilson(value * n, n)
    t = stats.t.ppf(0.975, 29)
    reach = t * t / (30 + t * t)  # effective users in place of p (1 - p) / SE^2
    ends = (0.0, reach) if value == 0 else (1 - reach, 1.0)
    assert (found.ci_lower, found.ci_upper) == pytest.approx(ends, abs=1e-12)
    assert found.ci_lower <= found.estimate <= found.ci_upper  # type: ignore[operator]
    assert found.ci_lower >= 0  # type: ignore[operator]
    assert found.ci_upper <= 1  # type: ignore[operator]


def test_wilson_of_users_who_are_all_alike_uses_effective_users() -> None:
    found = wilson(np.full(25, 1), np.full(25, 2))
    t = stats.t.ppf(0.975, 24)
    half = t * math.sqrt(25 / 4 + t * t / 4) / (25 + t * t)
    assert (found.ci_lower, found.ci_upper) == pytest.approx((0.5 - half, 0.5 + half))


def test_wilson_of_few_users_has_no_interval() -> None:
    assert wilson(np.full(24, 1), np.full(24, 4)) == Interval(estimate=0.25)
    idle = np.concatenate([np.full(24, 4), np.zeros(9, dtype=np.int64)])
    assert wilson(idle // 4, idle) == Interval(estimate=0.25)
