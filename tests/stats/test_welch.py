"""Welch's interval and p by tea-tasting, against SciPy."""

import math

import numpy as np
import pytest
from scipy import stats

from resume_gap.stats.moments import Users
from resume_gap.stats.welch import welch, welch_of_moments

CONTROL = np.array([3.0, 5, 4, 8, 6, 7, 2, 9, 5, 5])
TREATMENT = np.array([4.0, 6, 9, 12, 7, 8, 10])


def users(values: np.ndarray) -> Users:
    return Users(values, np.ones(len(values)), None)


def scipys(level: float) -> tuple[float, float]:
    """p and half of the interval."""
    found = stats.ttest_ind(TREATMENT, CONTROL, equal_var=False)
    interval = found.confidence_interval(level)
    return float(found.pvalue), float(interval.high - interval.low) / 2


@pytest.mark.parametrize("level", [0.9, 0.95])
def test_a_difference_of_means_is_scipys(level: float) -> None:
    p, half = scipys(level)
    found = welch(users(CONTROL), users(TREATMENT), level=level)
    assert (found.p, found.half) == pytest.approx((p, half))
    of_moments = welch_of_moments(
        (CONTROL.mean(), TREATMENT.mean()),
        (CONTROL.var(ddof=1) / len(CONTROL), TREATMENT.var(ddof=1) / len(TREATMENT)),
        (len(CONTROL), len(TREATMENT)),
        level=level,
    )
    assert (of_moments.p, of_moments.half) == pytest.approx((p, half))
    assert of_moments.factor == pytest.approx(found.factor)


def test_the_factor_is_that_of_the_logarithm_of_the_ratio() -> None:
    one, other = 0.04, 0.09
    found = welch_of_moments((10.0, 12.0), (one, other), (500, 500), level=0.95)
    error = math.sqrt(one / 100 + other / 144)
    assert found.factor == pytest.approx(math.exp(1.96 * error), rel=1e-3)


@pytest.mark.parametrize("move", [0.0, -20.0, -1e6])
def test_moving_both_measures_below_0_moves_no_difference(move: float) -> None:
    found = welch_of_moments((10.0 + move, 12.0 + move), (0.4, 0.9), (30, 40), level=0.95)
    still = welch_of_moments((10.0, 12.0), (0.4, 0.9), (30, 40), level=0.95)
    assert (found.p, found.half) == pytest.approx((still.p, still.half), rel=1e-6)
    assert (found.factor is None) == (move < 0)


def test_a_measure_smaller_than_its_error_has_no_factor() -> None:
    assert welch_of_moments((0.5, 12.0), (1.0, 0.9), (30, 40), level=0.95).factor is None


def test_a_covariate_that_says_it_all_narrows_the_interval() -> None:
    known = [
        Users(side, np.ones(len(side)), side + np.tile([0.1, -0.1], len(side))[: len(side)])
        for side in (CONTROL, TREATMENT)
    ]
    assert welch(*known, level=0.95).half < 0.2 * scipys(0.95)[1]
