"""Scenarios, tornado, corners and break-even, by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from resume_gap.results.common import US
from resume_gap.stats.bounds import PolicyTimes
from resume_gap.stats.interval import Interval
from resume_gap.stats.jackknife import jackknife
from resume_gap.stats.scenarios import Assumptions, Span, size, sized


def times(users: int = 30, **sums: int) -> PolicyTimes:
    """Each user: ten interruptions, six hits, four of them with 30 s of search."""
    one: dict[str, int] = {
        "eligible": 10,
        "hits": 6,
        "addressable": 4,
        "reorientation_us": 400 * US,
        "addressable_us": 200 * US,
        "search_us": 120 * US,
    } | sums
    return PolicyTimes(**{name: np.full(users, value) for name, value in one.items()})


def test_scenarios_by_hand() -> None:
    found = size(times())  # 12 s of search per interruption, four in ten arrows wrong
    assert found is not None
    assert [s.name for s in found.scenarios] == ["low", "middle", "high"]
    low, middle, high = found.scenarios
    assert (low.noticed, low.removed, low.wrong_cost_seconds) == (0.2, 0.3, 5.0)
    assert low.saving_seconds == pytest.approx(0.2 * (0.3 * 12 - 5 * 0.4))
    assert (middle.noticed, middle.removed, middle.wrong_cost_seconds) == (0.5, 0.6, 2.0)
    assert middle.saving_seconds == pytest.approx(0.5 * (0.6 * 12 - 2 * 0.4))
    assert (high.noticed, high.removed, high.wrong_cost_seconds) == (0.8, 0.9, 0.0)
    assert high.saving_seconds == pytest.approx(0.8 * 0.9 * 12)


def test_the_tornado_moves_one_assumption_at_a_time() -> None:
    found = size(times())
    assert found is not None
    rows = {row.name: row for row in found.tornado}
    assert list(rows) == ["noticed", "removed", "wrong_cost_seconds"]
    expected = {
        "noticed": (0.2, 0.8, 0.2 * 6.4, 0.8 * 6.4),
        "removed": (0.3, 0.9, 0.5 * (3.6 - 0.8), 0.5 * (10.8 - 0.8)),
        "wrong_cost_seconds": (0.0, 5.0, 0.5 * 7.2, 0.5 * (7.2 - 2.0)),
    }
    for name, row in rows.items():
        assert (
            row.low,
            row.high,
            row.saving_at_low_seconds,
            row.saving_at_high_seconds,
        ) == pytest.approx(expected[name])


def test_the_corners_hold_every_combination() -> None:
    # Half a second of search and nine in ten wrong: noticed more often is worse.
    found = size(times(hits=1, addressable=1, search_us=5 * US))
    assert found is not None
    assert found.joint_lower_seconds == pytest.approx(0.8 * (0.3 * 0.5 - 5 * 0.9))
    assert found.joint_upper_seconds == pytest.approx(0.8 * 0.9 * 0.5)
    inside = [
        a * (b * 0.5 - c * 0.9)
        for a, b, c in product(
            np.linspace(0.2, 0.8, 4), np.linspace(0.3, 0.9, 4), np.linspace(0, 5, 4)
        )
    ]
    assert found.joint_lower_seconds == pytest.approx(min(inside))
    assert found.joint_upper_seconds == pytest.approx(max(inside))
    for scenario in found.scenarios:
        value = scenario.saving_seconds
        assert found.joint_lower_seconds <= value <= found.joint_upper_seconds


def test_the_middle_case_has_the_datas_interval_alone() -> None:
    draw = np.random.default_rng(1)
    eligible = draw.integers(1, 12, 40)
    hits = draw.binomial(eligible, 0.5)
    search = hits * draw.integers(0, 40, 40) * US
    one = PolicyTimes(
        eligible=eligible,
        hits=hits,
        addressable=hits,
        reorientation_us=search,
        addressable_us=search,
        search_us=search,
    )
    found = size(one)
    # 0.5 x (0.6 x search - 2 s x misses) in one numerator of tenths of a microsecond
    whole = jackknife(3 * search - 10 * US * (eligible - hits), eligible, unit=10 * US)
    assert found is not None
    assert whole is not None
    assert found.middle.estimate == pytest.approx(whole.estimate)
    assert (found.middle.ci_lower, found.middle.ci_upper) == pytest.approx(whole.interval())
    assert found.scenarios[1].saving_seconds == pytest.approx(whole.estimate)
    wider = size(one, Assumptions(noticed=Span(0.0, 0.5, 1.0)))
    assert wider is not None
    assert wider.middle == found.middle
    assert wider.joint_upper_seconds > found.joint_upper_seconds


def test_sized_with_other_numbers() -> None:
    one = times()
    search = jackknife(one.search_us, one.eligible, unit=US)
    miss = jackknife(one.eligible - one.hits, one.eligible)
    assert search is not None
    assert miss is not None
    found = sized(search, miss, noticed=1.0, removed=0.25, wrong_cost_seconds=10.0)
    assert found.estimate == pytest.approx(0.25 * 12 - 10 * 0.4)


def test_break_even_is_where_the_middle_case_comes_to_nothing() -> None:
    found = size(times())
    assert found is not None
    even = found.break_even_hit
    assert even == pytest.approx(2 / (2 + 0.6 * 30))  # 30 s of search where addressable
    assert 0.6 * even * 30 == pytest.approx(2 * (1 - even))  # every hit addressable


def test_break_even_at_the_edges() -> None:
    def even(one: PolicyTimes, cost: float = 2.0) -> float | None:
        found = size(one, Assumptions(wrong_cost_seconds=Span(0.0, cost, 5.0)))
        assert found is not None
        return found.break_even_hit

    assert even(times(addressable=0, search_us=0)) is None
    assert even(times(search_us=0)) == 1.0
    assert even(times(), cost=0.0) == 0.0
    assert even(times(search_us=0), cost=0.0) is None


def test_few_users_have_no_interval_and_none_has_nothing() -> None:
    found = size(times(users=24))
    assert found is not None
    assert found.middle == Interval(estimate=pytest.approx(3.2))
    assert size(times(users=0)) is None
