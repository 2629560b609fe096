"""More common here than there, within strata: against the hypergeometric law and by hand."""

import numpy as np
import pytest
from scipy.stats import hypergeom

from resume_gap.stats.stratified import mantel_haenszel_z, mcnemar_z


def test_the_excess_is_measured_by_the_hypergeometric_law() -> None:
    random = np.random.default_rng(3)
    total = random.integers(20, 90, 12)
    here = random.integers(1, total - 1)
    marked = random.integers(1, total - 1)
    both = random.hypergeometric(here, total - here, marked)
    law = hypergeom(total, here, marked)
    excess = float((both - law.mean()).sum())
    expected = np.sign(excess) * (abs(excess) - 0.5) / np.sqrt(law.var().sum())
    assert mantel_haenszel_z(both, here, marked, total) == pytest.approx(expected)


def test_strata_that_differ_show_nothing() -> None:
    """Many returns and many dropped rows of the same people are no evidence."""
    both, here = np.array([40, 1]), np.array([80, 10])
    marked, total = np.array([500, 10]), np.array([1_000, 100])
    assert mantel_haenszel_z(both, here, marked, total) == 0.0
    assert mantel_haenszel_z(both + 20, here, marked, total) > 3
    assert mantel_haenszel_z(both - np.array([20, 0]), here, marked, total) < -3


def test_nothing_to_compare() -> None:
    one = np.array([1])
    assert mantel_haenszel_z(one, one, one, one) == 0.0
    assert mcnemar_z(0, 0) == 0.0


@pytest.mark.parametrize(
    ("first", "second", "z"),
    [(30, 6, 23 / 6), (6, 30, -23 / 6), (7, 7, 0), (1, 0, 0)],
)
def test_pairs(first: int, second: int, z: float) -> None:
    assert mcnemar_z(first, second) == pytest.approx(z)
