"""More common here than there, within users: against scipy's t test and by hand."""

import numpy as np
import pytest
from scipy.stats import hypergeom, ttest_1samp

from resume_gap.stats.stratified import above_zero_p, mcnemar_z, more_common_p


def drawn(seed: int, users: int = 12) -> tuple[np.ndarray, ...]:
    """Marked rows here as chance gives them."""
    random = np.random.default_rng(seed)
    total = random.integers(20, 90, users)
    here = random.integers(1, total - 1)
    marked = random.integers(1, total - 1)
    return random.hypergeometric(here, total - here, marked), here, marked, total


@pytest.mark.parametrize("seed", range(6))
def test_deviations_from_the_hypergeometric_law_are_tested_over_users(seed: int) -> None:
    both, here, marked, total = drawn(seed)
    found = ttest_1samp(both - hypergeom(total, here, marked).mean(), 0, alternative="greater")
    expected = found.pvalue if found.statistic > 0 else 1.0
    assert more_common_p(both, here, marked, total) == pytest.approx(expected)


def test_chance_alone_is_seldom_beyond_it() -> None:
    beyond = sum(more_common_p(*drawn(seed)) < 0.05 for seed in range(1_000))
    assert 30 <= beyond <= 70


def test_users_that_differ_show_nothing() -> None:
    """Many returns and many dropped rows of the same people are no evidence."""
    both, here = np.array([40, 1, 2]), np.array([80, 10, 20])
    marked, total = np.array([500, 10, 10]), np.array([1_000, 100, 100])
    assert more_common_p(both, here, marked, total) == 1.0
    assert more_common_p(both + 5, here, marked, total) == 0.0  # all deviate alike
    assert more_common_p(both - np.array([20, 0, 0]), here, marked, total) == 1.0


def test_more_rows_of_the_same_people_are_no_further_evidence() -> None:
    both, here, marked, total = drawn(1)
    once = more_common_p(both + 3, here + 3, marked + 3, total + 3)
    again = more_common_p(*(9 * (one + 3) for one in (both, here, marked, total)))
    assert again == pytest.approx(once)


def test_nothing_to_compare() -> None:
    one, two = np.array([1]), np.array([2])
    assert more_common_p(one, one, one, one) == 1.0
    assert more_common_p(one, one, one, two) == 1.0
    assert mcnemar_z(0, 0) == 0.0


@pytest.mark.parametrize(
    ("first", "second", "z"),
    [(30, 6, 23 / 6), (6, 30, -23 / 6), (7, 7, 0), (1, 0, 0)],
)
def test_pairs(first: int, second: int, z: float) -> None:
    assert mcnemar_z(first, second) == pytest.approx(z)


@pytest.mark.parametrize("seed", range(4))
def test_a_mean_above_zero_is_that_of_scipy(seed: int) -> None:
    deviations = np.random.default_rng(seed).normal(0.3, 1, 30)
    expected = ttest_1samp(deviations, 0, alternative="greater").pvalue
    assert above_zero_p(deviations) == pytest.approx(expected)
    assert above_zero_p(-deviations - 1) == 1.0
    assert above_zero_p(deviations[:1]) == 1.0
