"""Means and squared errors of an arm from sums, against the influence of each user."""

from typing import Any

import numpy as np
import pytest

from resume_gap.stats.moments import Center, Users, center, columns, moments

Floats = np.ndarray[Any, np.dtype[np.float64]]


def of(y: list[float], n: list[float] | None = None, x: list[float] | None = None) -> Users:
    return Users(
        np.array(y, float),
        np.ones(len(y)) if n is None else np.array(n, float),
        None if x is None else np.array(x, float),
    )


RATIO = of([12, 0, 33, 8, 21], [2, 0, 3, 1, 1], [5, 1, 4, 2, 6])


def by_hand(users: Users, common: Center) -> tuple[float, float]:
    """The measure less c (mean x - common mean), and G / (G - 1) times its influences squared."""
    y, n, g = users.numerators, users.denominators, len(users.numerators)
    measure = y.sum() / n.sum()
    influences = (y - measure * n) / n.mean()
    if users.covariate is not None:
        apart = users.covariate - common.covariate
        measure -= common.coefficient * apart.mean()
        influences = influences - common.coefficient * (apart - apart.mean())
    return float(measure), float((influences**2).sum() / (g - 1) / g)


def test_the_center_by_hand() -> None:
    found = center(RATIO)
    assert found.ratio == 74 / 7
    assert found.covariate == 18 / 5
    assert not found.plain
    influence = (RATIO.numerators - 74 / 7 * RATIO.denominators) / 1.4
    slope = np.polyfit(RATIO.covariate, influence, 1)[0]
    assert found.coefficient == pytest.approx(slope)


def test_a_mean_of_users_is_a_ratio_over_ones() -> None:
    found = center(of([1, 2, 6]))
    assert (found.ratio, found.covariate, found.coefficient, found.plain) == (3.0, 0.0, 0.0, True)


def test_a_covariate_that_never_varies_takes_nothing_away() -> None:
    assert center(of([1, 2, 6], x=[4, 4, 4])).coefficient == 0.0


@pytest.mark.parametrize(
    "users",
    [of([1, 2, 6, 4]), of([1, 2, 6, 4], x=[0, 3, 5, 1]), of([3, 2, 6], [1, 0, 4]), RATIO],
    ids=["mean", "mean with a covariate", "ratio", "ratio with a covariate"],
)
def test_one_arm_is_its_influences(users: Users) -> None:
    common = Center(7.0, 2.5, 0.0 if users.covariate is None else 0.8, center(users).plain)
    sums = columns(users, common).sum(axis=0)
    found = moments(sums, len(users.numerators), common)
    measure, square = by_hand(users, common)
    assert float(found.mean) == pytest.approx(measure)
    assert float(found.variance) == pytest.approx(square)


def test_a_mean_has_the_variance_that_everybody_knows() -> None:
    users = of([3, 9, 4, 4, 11])
    common = center(users)
    found = moments(columns(users, common).sum(axis=0), 5, common)
    assert float(found.mean) == pytest.approx(np.mean(users.numerators))
    assert float(found.variance) == pytest.approx(np.var(users.numerators, ddof=1) / 5)


def test_many_draws_at_once_are_each_its_own() -> None:
    common = center(RATIO)
    rows = columns(RATIO, common)
    picked = [[0, 2, 3], [1, 2, 4], [0, 1, 3]]
    together = moments(np.stack([rows[p].sum(axis=0) for p in picked]), 3, common)
    for i, p in enumerate(picked):
        alone = moments(rows[p].sum(axis=0), 3, common)
        assert together.mean[i] == pytest.approx(float(alone.mean))
        assert together.variance[i] == pytest.approx(float(alone.variance))


def test_an_arm_without_denominators_is_not_finite() -> None:
    common = Center(1.0, 0.0, 0.0, plain=False)
    users = of([0, 0], [0, 0])
    assert not np.isfinite(moments(columns(users, common).sum(axis=0), 2, common).mean)
