"""Arms that differ in more than their means, against SciPy's exact test and by hand."""

import numpy as np
import pytest
from scipy.stats import ks_2samp

from resume_gap.stats.shapes import same_shape


def test_a_tenth_of_quick_users_shows_though_means_are_equal() -> None:
    rng = np.random.default_rng(1)
    control = rng.normal(30, 5, 300)
    treatment = np.concatenate([rng.normal(33, 5, 270), np.full(30, 3.0)])
    p = same_shape(control, treatment)
    assert p is not None
    assert p < 0.001
    assert same_shape(control, control) == 1.0


@pytest.mark.parametrize("seed", range(5))
def test_it_is_near_the_exact_p(seed: int) -> None:
    rng = np.random.default_rng(seed)
    control, treatment = rng.exponential(20, 200), rng.exponential(22, 210)
    exact = ks_2samp(control, treatment, method="exact").pvalue
    assert same_shape(control, treatment) == pytest.approx(exact, abs=0.05)


def test_few_users_are_not_compared() -> None:
    few = np.arange(24.0)
    assert same_shape(few, np.arange(90.0)) is None
    assert same_shape(np.arange(90.0), few) is None
    assert same_shape(np.arange(25.0), np.arange(25.0)) == 1.0
