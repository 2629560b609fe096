"""Counts of users: even arms, equal shares."""

from __future__ import annotations

from math import comb

import pytest
from scipy import stats

from resume_gap.stats.sample_ratio import independence, sample_ratio


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
