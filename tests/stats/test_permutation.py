"""Users dealt anew to the arms: every deal once, and the ends of p and of the critical value."""

import itertools
import math
from typing import Any

import numpy as np
import pytest

from resume_gap.stats import permutation
from resume_gap.stats.moments import Users, center, columns
from resume_gap.stats.permutation import critical, permuted, share_beyond

Floats = np.ndarray[Any, np.dtype[np.float64]]


def sides(one: list[float], other: list[float]) -> tuple[Floats, Floats, Any]:
    both = Users(np.array([*one, *other], float), np.ones(len(one) + len(other)), None)
    common = center(both)
    rows = columns(both, common)
    return rows[: len(one)], rows[len(one) :], common


def welch_t(one: list[float], other: list[float]) -> float:
    error = math.sqrt(np.var(one, ddof=1) / len(one) + np.var(other, ddof=1) / len(other))
    return abs(float(np.mean(one) - np.mean(other))) / error


def test_every_deal_of_a_few_users_has_its_share() -> None:
    """5 users of 2 and 3: ten deals, each in a tenth of the draws."""
    values = [1.0, 2.0, 4.0, 8.0, 16.0]
    control, treatment, common = sides(values[:2], values[2:])
    found = permuted(control, treatment, common, draws=20_000, seed=3)
    deals = [
        welch_t([values[i] for i in pair], [v for i, v in enumerate(values) if i not in pair])
        for pair in itertools.combinations(range(5), 2)
    ]
    for t in deals:
        assert np.isclose(found, t).mean() == pytest.approx(0.1, abs=0.01)
    assert list(found) == sorted(found, reverse=True)


def test_neither_the_order_of_users_nor_the_name_of_the_arms_matters() -> None:
    control, treatment, common = sides([1, 2, 4, 9], [3, 8, 16, 5, 7])
    found = permuted(control, treatment, common, draws=500, seed=1)
    other = permuted(treatment[::-1], control[::-1], common, draws=500, seed=1)
    assert np.allclose(found, other)
    assert not np.allclose(found, permuted(control, treatment, common, draws=500, seed=2))


def test_users_without_any_figure_are_dealt_by_number() -> None:
    """Of 3 users with rows and 5 without, the smaller arm of 3 gets as many as chance gives it."""
    rows = Users(np.array([2.0, 5, 11] + [0] * 5), np.array([1.0, 1, 1] + [0] * 5), None)
    common = center(rows)
    table = columns(rows, common)
    dealt = permuted(table[:3], table[3:], common, draws=8_000, seed=1)
    # All three in one arm, or none: the other arm has no denominators. 11 of 56 deals.
    assert np.isinf(dealt).mean() >= 11 / 56 - 0.02


@pytest.mark.parametrize("users", [7, permutation._FEW + 3])
def test_as_many_are_dealt_as_asked(users: int) -> None:
    draw = np.random.default_rng(1)
    sizes = np.array([0, 1, 3, users])
    table = np.stack([np.ones(users), np.arange(users)], axis=1)
    found = permutation.deal(table, sizes, draw)
    assert found[:, 0].tolist() == sizes.tolist()
    assert found[-1, 1] == users * (users - 1) / 2
    assert found[1, 1] in range(users)


def test_p_counts_the_found_one_and_those_at_least_as_far_out() -> None:
    dealt = np.array([3.0, 2.0, 2.0, 1.0, 0.5, 0.1, 0.0, 0.0, 0.0])
    assert share_beyond(2.0, dealt) == 4 / 10
    assert share_beyond(-2.0, dealt) == 4 / 10
    assert share_beyond(2.0 + 1e-12, dealt) == 4 / 10  # a tie, up to rounding
    assert share_beyond(2.1, dealt) == 2 / 10
    assert share_beyond(9.0, dealt) == 1 / 10


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9])
def test_beyond_the_critical_value_p_is_below_and_before_it_is_not(level: float) -> None:
    dealt = np.arange(19.0, 0, -1)
    limit = critical(dealt, level)
    assert share_beyond(limit * (1 + 1e-6), dealt) < 1 - level
    assert share_beyond(limit * (1 - 1e-6), dealt) >= 1 - level


def test_too_few_draws_have_no_critical_value() -> None:
    assert critical(np.arange(19.0, 0, -1), 0.96) == math.inf
    assert critical(np.arange(39.0, 0, -1), 0.95) == pytest.approx(39.0)
