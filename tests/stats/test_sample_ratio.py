"""Counts of users: even arms, equal shares."""

from __future__ import annotations

from math import comb, exp

import numpy as np
import pytest
from scipy import stats

from resume_gap.stats.sample_ratio import (
    independence,
    more_in_second,
    over_time,
    sample_ratio,
    sample_ratio_of_all,
)


def test_golden() -> None:
    """statsmodels 0.15.0: `proportions_ztest(480, 1000, value=q, prop_var=q)`, q .5 and .45."""
    assert sample_ratio(520, 480) == pytest.approx(0.20590321073206785, rel=1e-6)
    assert sample_ratio(520, 480, (0.55, 0.45)) == pytest.approx(0.056530277167404434, rel=1e-6)


@pytest.mark.parametrize("counts", [(5, 9), (0, 3), (50_000, 50_700), (1, 0)])
def test_it_is_chi_square_however_few(counts: tuple[int, int]) -> None:
    assert sample_ratio(*counts) == pytest.approx(stats.chisquare(counts).pvalue, rel=1e-6)
    assert sample_ratio(*counts[::-1]) == pytest.approx(sample_ratio(*counts))


def test_nobody() -> None:
    assert sample_ratio(0, 0) is None
    with pytest.raises(ValueError, match="above 0"):
        sample_ratio(1, 1, (1.0, 0.0))


def test_three_arms_golden() -> None:
    """By hand: of 400 in 2 to 1 to 1 the sums of squares are 100/200 + 0 + 100/100 = 1.5."""
    found = sample_ratio_of_all((210, 100, 90), (2.0, 1.0, 1.0))
    assert found == pytest.approx(exp(-1.5 / 2))
    assert sample_ratio_of_all((520, 480), (1, 1)) == pytest.approx(sample_ratio(520, 480))
    assert sample_ratio_of_all((0, 0, 0), (1, 1, 1)) is None
    with pytest.raises(ValueError, match="above 0"):
        sample_ratio_of_all((1, 1, 1), (1.0, 1.0, 0.0))


def test_independence_golden() -> None:
    """statsmodels 0.15.0: `proportions_chisquare([40, 60], [200, 210])`."""
    found = independence((40, 160), (60, 150))
    assert found == pytest.approx(0.04336526517781214, rel=1e-6)
    assert independence((60, 150), (40, 160)) == pytest.approx(found or 0)


def test_few_are_counted_exactly() -> None:
    """Five of 30 in one arm, none of 20 in the other: every table, by binomials."""
    ways = [comb(30, k) * comb(20, 5 - k) / comb(50, 5) for k in range(6)]
    expected = sum(way for way in ways if way <= ways[5] * (1 + 1e-9))
    assert independence((5, 25), (0, 20)) == pytest.approx(expected)


@pytest.mark.parametrize("table", [((0, 0), (3, 4)), ((3, 0), (4, 0)), ((0, 9), (0, 8))])
def test_nothing_to_compare(table: tuple[tuple[int, int], tuple[int, int]]) -> None:
    assert independence(*table) is None


def test_a_greater_share_in_the_second_arm_is_tested_one_sided() -> None:
    """Of 40 users 6 have it, 5 of them in the second arm of 20: every table as extreme."""
    ways = [comb(20, k) * comb(20, 6 - k) for k in (5, 6)]
    assert more_in_second((1, 19), (5, 15)) == pytest.approx(sum(ways) / comb(40, 6))
    assert (more_in_second((5, 15), (1, 19)) or 0) > 0.9
    assert more_in_second((0, 5), (0, 5)) is None
    assert more_in_second((0, 0), (1, 5)) is None


def days_of(table: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Days and arms of users, from counts of control and treatment by day."""
    rows = [
        (day, treated)
        for day, counts in enumerate(table)
        for treated in (0, 1)
        for _ in range(counts[treated])
    ]
    return np.array([day for day, _ in rows]), np.array([bool(arm) for _, arm in rows])


def test_a_split_that_changes_from_day_to_day_is_found() -> None:
    staged = [(95, 5), (80, 20), (50, 50)]
    p, table = over_time(*days_of(staged))
    assert table.tolist() == [list(day) for day in staged]
    assert p == pytest.approx(stats.chi2_contingency(staged, correction=False).pvalue)
    steady, _ = over_time(*days_of([(52, 48), (47, 53), (50, 50)]))
    assert steady is not None
    assert steady > 0.5


def test_days_of_few_users_are_merged() -> None:
    """Five of each arm are expected from ten users on, where the arms are even."""
    p, table = over_time(*days_of([(4, 2), (1, 3), (5, 5), (1, 1)]))
    assert table.tolist() == [[5, 5], [6, 6]]
    assert p == pytest.approx(1.0)
    none, one = over_time(*days_of([(3, 4)]))
    assert (none, one.tolist()) == (None, [[3, 4]])
    assert over_time(np.array([], dtype=np.int64), np.array([], dtype=bool))[0] is None
