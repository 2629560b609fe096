"""The bounds: exact values, caps and intervals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from resume_gap.stats.bounds import Bounds, PolicyTimes, bounds_of, capped, minutes_per_user_week
from resume_gap.stats.interval import Interval
from resume_gap.stats.jackknife import jackknife
from resume_gap.stats.ratio import ratio_of_sums
from resume_gap.units import US

TAU_US = 900 * US


def alike(users: int = 30, **sums: int) -> PolicyTimes:
    """Users who all did the same: every interval is its point."""
    one: dict[str, int] = {
        "eligible": 10,
        "hits": 6,
        "addressable": 4,
        "reorientation_us": 400 * US,
        "addressable_us": 200 * US,
        "search_us": 120 * US,
    } | sums
    return PolicyTimes(**{name: np.full(users, value) for name, value in one.items()})


def drawn(seed: int, users: int = 40) -> PolicyTimes:
    draw = np.random.default_rng(seed)
    eligible = draw.integers(1, 12, users)
    hits = draw.binomial(eligible, 0.5)
    addressable = draw.binomial(hits, 0.8)
    search = (addressable * draw.exponential(20, users) * US).astype(np.int64)
    addressable_us = search + (addressable * draw.exponential(10, users) * US).astype(np.int64)
    reorientation = addressable_us + (eligible * draw.exponential(30, users) * US).astype(np.int64)
    return PolicyTimes(
        eligible=eligible,
        hits=hits,
        addressable=addressable,
        reorientation_us=reorientation,
        addressable_us=addressable_us,
        search_us=search,
    )


def rung(found: Bounds, number: int) -> Any:
    (one,) = (r for r in found.bounds if r.rung == number)
    return one


def test_the_bounds_by_hand() -> None:
    found = bounds_of(alike(), cap_us=TAU_US)
    assert [(r.rung, r.lower, r.upper) for r in found.bounds] == [
        (0, None, 40.0),
        (1, 0.0, 40.0),
        (3, 0.0, 20.0),
        (4, 0.0, 12.0),
    ]
    assert all(r.ci_lower == r.upper == r.ci_upper for r in found.bounds)
    assert found.search_upper_seconds == 12.0
    assumed = [r.assumption for r in found.bounds]
    assert assumed == ["nothing", "never_hurts", "only_where_right", "only_search"]


def test_intervals_are_the_delta_methods_and_the_jackknifes() -> None:
    times = drawn(1)
    found = bounds_of(times, cap_us=TAU_US)
    mean = ratio_of_sums(times.reorientation_us, times.eligible)
    for number in (0, 1):
        assert rung(found, number).ci_upper == pytest.approx(mean.ci_upper / US)  # type: ignore[operator]
    search = jackknife(times.search_us, times.eligible, unit=US)
    assert search is not None
    low, high = stats.t.interval(0.95, search.freedom, search.estimate, search.error)
    assert rung(found, 4).upper == search.estimate
    assert rung(found, 4).ci_lower == pytest.approx(max(0.0, low))
    assert rung(found, 4).ci_upper == pytest.approx(high)
    assert found.search_upper_seconds == rung(found, 4).ci_upper
    assert found.search_upper_seconds > search.estimate


@pytest.mark.parametrize("seed", range(20))
def test_each_bound_is_below_the_one_above_limits_included(seed: int) -> None:
    times = drawn(seed)
    found = bounds_of(times, cap_us=TAU_US)
    for name in ("upper", "ci_lower", "ci_upper"):
        one, three, four = (getattr(rung(found, number), name) for number in (1, 3, 4))
        assert 0 <= four <= three <= one <= 900
    for r in found.bounds:
        assert r.ci_lower <= r.upper <= r.ci_upper  # type: ignore[operator]


def test_a_limit_above_the_bound_above_is_capped() -> None:
    # Rare long searches among many quick returns: rung 4 spreads, and so would its limit.
    users = 30
    search = np.zeros(users, dtype=np.int64)
    search[0] = 600 * US
    times = PolicyTimes(
        eligible=np.full(users, 2),
        hits=np.full(users, 1),
        addressable=np.full(users, 1),
        reorientation_us=np.full(users, 30 * US),
        addressable_us=search,
        search_us=search,
    )
    found = bounds_of(times, cap_us=TAU_US)
    own = jackknife(search, times.eligible, unit=US)
    assert own is not None
    assert own.interval()[1] > 15
    assert rung(found, 4).ci_upper == rung(found, 3).ci_upper == rung(found, 1).ci_upper == 15.0
    assert found.search_upper_seconds == 15.0


@pytest.mark.parametrize(("others", "one"), [(0, 900), (900, 0)])
def test_no_limit_below_zero_or_above_the_cap(others: int, one: int) -> None:
    y = np.full(30, others * US)
    y[0] = one * US
    single = np.ones(30, dtype=np.int64)
    times = PolicyTimes(
        eligible=single,
        hits=single,
        addressable=single,
        reorientation_us=y,
        addressable_us=y,
        search_us=y,
    )
    for r in bounds_of(times, cap_us=TAU_US).bounds:
        assert r.upper == (others * 29 + one) / 30
        if others == 0:
            assert r.ci_lower == 0.0
        else:
            assert r.ci_upper == 900.0


def test_the_excess_is_a_bound_only_when_it_is_identified_and_above_zero() -> None:
    def numbers(excess: Interval | None) -> list[int]:
        return [r.rung for r in bounds_of(alike(), cap_us=TAU_US, excess=excess).bounds]

    without = [0, 1, 3, 4]
    assert numbers(None) == without
    assert numbers(Interval()) == without
    assert numbers(Interval(estimate=8.0)) == without
    assert numbers(Interval(estimate=8.0, ci_lower=0.0, ci_upper=16.0)) == without
    small = Interval(estimate=8.0, ci_lower=1.0, ci_upper=15.0)
    assert numbers(small) == [0, 1, 2, 3, 4]
    found = bounds_of(alike(), cap_us=TAU_US, excess=small)
    second = rung(found, 2)
    assert (second.lower, second.upper, second.ci_lower, second.ci_upper) == (0.0, 8.0, 1.0, 15.0)
    assert rung(found, 4).upper == 12.0  # it caps nothing
    assert found.search_upper_seconds == 12.0


def test_few_users_have_points_and_no_ceiling() -> None:
    found = bounds_of(alike(users=24), cap_us=TAU_US)
    assert rung(found, 4).upper == 12.0
    assert all(r.ci_lower is r.ci_upper is None for r in found.bounds)
    assert found.search_upper_seconds is None


def test_nothing_is_none() -> None:
    found = bounds_of(alike(users=0), cap_us=TAU_US)
    assert [r.rung for r in found.bounds] == [0, 1, 3, 4]
    assert all(r.lower is r.upper is r.ci_lower is r.ci_upper is None for r in found.bounds)
    assert found.search_upper_seconds is None


def test_minutes_per_week() -> None:
    week = minutes_per_user_week
    assert week(12.0, interruptions=300, user_weeks=60.0) == 1.0
    assert week(12.0, interruptions=300, user_weeks=60.0, users=100) == 100.0
    assert week(None, interruptions=300, user_weeks=60.0) is None
    assert week(12.0, interruptions=0, user_weeks=0.0) is None


def test_no_number_is_above_the_same_number_of_the_bound_above() -> None:
    own = Interval(estimate=5.0, ci_lower=1.0, ci_upper=9.0)
    assert capped(own, Interval(estimate=4.0, ci_lower=2.0, ci_upper=8.0)) == Interval(
        estimate=4.0, ci_lower=1.0, ci_upper=8.0
    )
    assert capped(own, Interval(estimate=4.0)) == Interval(estimate=4.0, ci_lower=1.0, ci_upper=9.0)
    assert capped(own, Interval()) == own
    assert capped(Interval(), own) == Interval()
