"""Quantiles by hand, against a bootstrap that draws every user, and where they jump."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy import stats

from resume_gap.stats import quantiles
from resume_gap.stats.quantiles import quantile_difference

if TYPE_CHECKING:
    from resume_gap.stats.difference import Difference

Floats = np.ndarray[Any, np.dtype[np.float64]]


def row(quantile: float, control: Floats, treatment: Floats, **options: Any) -> Difference:
    return quantile_difference(quantile, control, treatment, **{"seed": 1, **options})


def spread(users: int, factor: float = 1.0) -> Floats:
    return factor * (np.arange(users) * 37 % 1009 + 1.0)


@pytest.mark.parametrize(
    ("quantile", "expected"), [(0.5, 20.0), (0.51, 21.0), (0.75, 30.0), (0.9, 36.0), (0.01, 1.0)]
)
def test_the_smallest_value_that_enough_users_do_not_exceed(
    quantile: float, expected: float
) -> None:
    values = np.arange(40.0, 0, -1)
    found = row(quantile, values, values + 5)
    assert (found.control, found.treatment, found.estimate) == (expected, expected + 5, 5.0)
    assert found.relative == pytest.approx(5 / expected)
    assert (found.method, found.p, found.n_control) == ("bootstrap", None, 40)
    assert found.ci_lower is not None
    assert found.ci_upper is not None
    assert found.ci_lower <= 5 <= found.ci_upper


def test_golden() -> None:
    """arch 8.0.0: `IndependentSamplesBootstrap(c, t, seed=1)`, its

    `conf_int(difference of np.quantile(.5, method="inverted_cdf"), reps=20000,
    method="percentile")`.
    """
    control, treatment = (np.arange(81) * 37 % 83) ** 1.5, (np.arange(91) * 29 % 97) ** 1.4
    found = row(0.5, control, treatment, draws=20_000)
    assert found.estimate == pytest.approx(-36.72092141000954)
    assert (found.ci_lower, found.ci_upper) == pytest.approx((-151.4670649, 71.56399198), abs=6)


@pytest.mark.parametrize("quantile", [0.5, 0.75, 0.9])
def test_ranks_by_beta_are_users_drawn_one_by_one(quantile: float) -> None:
    control, treatment = spread(90), spread(80, 0.7)
    draw = np.random.default_rng(2)
    drawn = [(draw.integers(0, 80, 80), draw.integers(0, 90, 90)) for _ in range(4000)]
    naive = np.subtract(
        *(
            np.quantile(arm[np.array(rows)], quantile, axis=1, method="inverted_cdf")
            for arm, rows in zip((treatment, control), zip(*drawn, strict=True), strict=True)
        )
    )
    found = row(quantile, control, treatment)
    ends = np.quantile(naive, [0.025, 0.975])
    width = ends[1] - ends[0]
    assert (found.ci_lower, found.ci_upper) == pytest.approx(tuple(ends), abs=0.06 * width)


def test_laws() -> None:
    control, treatment = spread(90), spread(80, 0.7)
    turned = np.random.default_rng(3).permutation(90)
    assert row(0.5, control[turned], treatment) == row(0.5, control, treatment)
    assert row(0.5, control, treatment, seed=2) != row(0.5, control, treatment)
    here, there = row(0.5, control, treatment), row(0.5, control + 9, treatment + 9)
    assert there.estimate == pytest.approx(here.estimate)
    assert (there.ci_lower, there.ci_upper) == pytest.approx((here.ci_lower, here.ci_upper))


def test_atoms() -> None:
    capped = np.minimum(spread(200), 700.0)
    assert row(0.5, spread(200), capped).reason is None
    found = row(0.75, spread(200), capped)
    assert found.reason == "atom"
    above = np.quantile(spread(200), 0.75, method="inverted_cdf")
    assert (found.control, found.treatment) == (above, 700.0)
    assert (found.estimate, found.ci_lower, found.relative, found.method) == (None,) * 4
    assert row(0.75, capped, spread(200)).reason == "atom"


def test_an_atom_that_the_interval_reaches_is_one_too() -> None:
    """The median lies below the cap, but within its chance error of it."""
    values = np.minimum(spread(200), 520.0)
    assert np.quantile(values, 0.5) < 520
    assert row(0.5, values, spread(200)).reason == "atom"


def test_a_few_equal_values_are_no_atom() -> None:
    values = spread(30)
    values[np.argsort(values)[14:16]] = 500.0  # 2 of 30 are over 5 %, but only two users
    assert row(0.5, values, spread(30)).reason is None
    values[np.argsort(values)[14:17]] = 500.0
    assert row(0.5, values, spread(30)).reason == "atom"


def test_what_cannot_be_had() -> None:
    found = row(0.5, spread(24), spread(90))
    assert (found.reason, found.control is None, found.estimate) == ("few_users", False, None)
    assert row(0.5, np.empty(0), np.empty(0)).reason == "no_rows"
    assert row(0.5, np.empty(0), spread(90)).control is None
    zeros = np.append(spread(90), -1.0)
    assert row(0.01, zeros, zeros).relative_ci_lower is None
    with pytest.raises(ValueError, match="between 0 and 1"):
        row(1.0, spread(90), spread(90))
    with pytest.raises(ValueError, match="finite"):
        row(0.5, spread(90), np.array([np.nan]))


def test_coverage_is_not_low() -> None:
    held = 0
    for world in range(300):
        draw = np.random.default_rng([world, 12])
        control, treatment = draw.lognormal(4, 1, 60), draw.lognormal(4, 1, 60) * 0.5
        found = row(0.5, control, treatment, seed=world, draws=999)
        truth = np.exp(4) * -0.5
        held += (found.ci_lower or 0) <= truth <= (found.ci_upper or 0)
    assert held / 300 >= 0.93


@pytest.mark.parametrize(("users", "quantile"), [(25, 0.5), (25, 0.9), (40, 0.75)])
def test_a_resamples_quantile_has_the_ranks_of_users_drawn_with_replacement(
    users: int, quantile: float
) -> None:
    """The k-th smallest of n draws is at most the j-th value when k draws or more are."""
    values = np.arange(1.0, users + 1)
    drawn = quantiles._drawn(values, quantile, 100_000, np.random.default_rng(1))
    rank = math.ceil(quantile * users)
    for value in values[:-1]:
        share = stats.binom.sf(rank - 1, users, value / users)
        assert (drawn <= value).mean() == pytest.approx(share, abs=0.006)


def test_an_end_of_the_interval_is_one_of_the_draws() -> None:
    """Of 41 draws the 2.5 % and 97.5 % points are the second and the fortieth, between none."""
    assert quantiles._ends(np.arange(41.0), 0.95) == (1.0, 39.0)
    assert quantiles._ends(np.arange(9.0), 0.95) == (0.0, 8.0)


def test_a_relative_effect_lies_in_its_interval() -> None:
    found = row(0.5, spread(200), spread(200, 1.5))
    assert found.relative == pytest.approx(0.5)
    assert found.relative_ci_lower is not None
    assert found.relative_ci_upper is not None
    assert -0.2 < found.relative_ci_lower < 0.5 < found.relative_ci_upper < 1.2
