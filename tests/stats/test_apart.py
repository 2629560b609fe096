"""Two figures and how far they are apart."""

import pytest
from scipy import stats

from resume_gap.stats.apart import apart
from resume_gap.stats.interval import Interval


def test_of_normal_figures_it_is_the_textbook_interval() -> None:
    z = stats.norm.ppf(0.975)
    old, new = Interval(50.0, 50 - 3 * z, 50 + 3 * z), Interval(60.0, 60 - 4 * z, 60 + 4 * z)
    found = apart(new, old)
    assert found.estimate == 10.0
    assert (found.ci_lower, found.ci_upper) == pytest.approx((10 - 5 * z, 10 + 5 * z))


def test_a_skewed_interval_stays_skewed_and_the_order_turns_it_round() -> None:
    one, other = Interval(1.0, 0.8, 2.0), Interval(0.5, 0.5, 0.5)
    assert apart(one, other) == pytest.approx((0.5, 0.3, 1.5))
    assert apart(other, one) == pytest.approx((-0.5, -1.5, -0.3))


def test_what_is_missing_stays_missing() -> None:
    assert apart(Interval(), Interval(1.0, 0.5, 1.5)) == Interval()
    assert apart(Interval(1.0, 0.5, 1.5), Interval()) == Interval()
    assert apart(Interval(3.0), Interval(1.0, 0.5, 1.5)) == Interval(2.0)
