"""Student's t without SciPy, against SciPy."""

import math

import pytest
from scipy import stats

from resume_gap.stats import student
from resume_gap.stats.student import t_quantile


@pytest.mark.parametrize("freedom", [0.1, 0.5, 1, 2.7, 24, 159, 1_999, 2_000, 2_001, 50_000])
@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.999])
def test_quantiles_are_scipys(freedom: float, level: float) -> None:
    expected = stats.t.ppf(0.5 + level / 2, freedom)
    assert t_quantile(freedom, level) == pytest.approx(expected, rel=1e-9, abs=1e-8)


def test_the_level_is_95_percent_unless_said() -> None:
    assert t_quantile(10) == pytest.approx(2.2281388520, abs=1e-9)  # printed in every table of t


@pytest.mark.parametrize("freedom", [1e-3, 2e-9, 1e-17, 1e-300])
def test_hardly_any_freedom_has_a_quantile_beyond_all_data(freedom: float) -> None:
    assert 1e150 < t_quantile(freedom) < math.inf


@pytest.mark.parametrize("freedom", [0, -1.0, float("nan")])
def test_no_freedom_has_no_quantile(freedom: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        t_quantile(freedom)


@pytest.mark.parametrize("freedom", [1.0, 3.5, 30.0, 800.0])
@pytest.mark.parametrize("t", [0.0, 1e-9, 0.3, 1.0, 4.0, 60.0])
def test_both_tails_are_scipys(freedom: float, t: float) -> None:
    """Small t and large t take different branches of the incomplete beta function."""
    expected = 2 * stats.t.sf(t, freedom)
    assert student.beyond(t, freedom) == pytest.approx(expected, rel=1e-9, abs=1e-290)
