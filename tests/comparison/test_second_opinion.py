"""The library's estimate, where it is installed, and what is said where it is not."""

import math
import sys

import numpy as np
import pytest

from resume_gap.comparison.second_opinion import SecondOpinion, parted, second_opinion
from resume_gap.stats.imputation import RolloutEffect, staggered
from resume_gap.stats.imputed import Floats, Order


def world(*, slope: float = 0.0, effect: float = 8.0) -> tuple[Floats, Order]:
    """30 units that share their periods; those launched early may grow by themselves."""
    draw = np.random.default_rng(1)
    launched = np.repeat([9, 11, 13, 18, 18], 6)
    at = np.arange(18)
    panel = draw.normal(60, 10, (30, 1)) + draw.normal(0, 3, 18) + draw.normal(0, 1, (30, 18))
    panel += slope * (18 - launched)[:, None] * at + effect * (at >= launched[:, None])
    return panel, launched


def test_both_find_a_planted_effect() -> None:
    panel, launched = world()
    found = second_opinion(panel, launched)
    assert found.reason == ""
    assert found.estimate == pytest.approx(8, abs=1)
    assert found.ci_lower is not None
    assert found.ci_upper is not None
    assert found.ci_lower < 8 < found.ci_upper
    assert [row.period for row in found.leads] == [-4, -3, -2]
    assert [row.period for row in found.lags] == list(range(9))
    assert all(abs(row.estimate - 8) < 2 for row in found.lags)
    assert not parted(staggered(panel, None, launched, seed=1, draws=99), found)


def test_an_effect_outlives_as_much_parting_as_there_was_before() -> None:
    panel, launched = world()
    found = second_opinion(panel, launched)
    assert found.honest_lags == 4
    assert found.honest_lower is not None
    assert found.honest_upper is not None
    assert 0 < found.honest_lower < 8 < found.honest_upper
    assert found.breakdown is not None
    assert found.breakdown > 1
    nothing = second_opinion(*world(effect=0))
    assert nothing.breakdown == 0


def test_where_the_growing_were_first_the_two_part() -> None:
    panel, launched = world(slope=0.3, effect=0)
    other = second_opinion(panel, launched)
    own = staggered(panel, None, launched, seed=1, draws=99)
    assert own.estimate == pytest.approx(0, abs=1)
    assert other.estimate > 5
    assert parted(own, other)


def test_a_panel_with_holes_has_a_second_estimate() -> None:
    panel, launched = world()
    panel[np.random.default_rng(2).random(panel.shape) < 0.03] = np.nan
    found = second_opinion(panel, launched)
    assert found.reason == ""
    assert found.estimate == pytest.approx(8, abs=2)


def test_only_units_with_a_history_take_part() -> None:
    panel, launched = world()
    early = np.vstack([panel, panel[:1] + 500])
    found = second_opinion(early, np.append(launched, 3))
    assert found.estimate == pytest.approx(second_opinion(panel, launched).estimate)


@pytest.mark.parametrize("date", [9, 18])
def test_without_a_comparison_there_is_no_estimate(date: int) -> None:
    panel, _ = world()
    found = second_opinion(panel, np.full(30, date))
    assert found.reason == "no_comparison"
    assert math.isnan(found.estimate)
    assert found.breakdown is None


def test_without_the_library_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "diff_diff", None)
    found = second_opinion(*world())
    assert found.reason == "not_installed"
    assert math.isnan(found.estimate)
    assert not parted(staggered(*_flat(world()), seed=1, draws=99), found)


def _flat(drawn: tuple[Floats, Order]) -> tuple[Floats, None, Order]:
    return drawn[0], None, drawn[1]


@pytest.mark.parametrize(
    ("other", "widths", "expected"),
    [(4.0, (3.0, 5.0), False), (5.1, (3.0, 5.0), True), (-5.1, (5.0, 3.0), True)],
)
def test_two_estimates_part_beyond_the_wider_half_width(
    other: float, widths: tuple[float, float], expected: bool
) -> None:
    own, theirs = widths
    effect = RolloutEffect(0.0, -own, own, 1.0, 99, 0.01, 30, 18, 0, (), (), "")
    opinion = SecondOpinion(estimate=other, ci_lower=other - theirs, ci_upper=other + theirs)
    assert parted(effect, opinion) is expected
    assert not parted(effect._replace(ci_lower=None, ci_upper=None), opinion)
