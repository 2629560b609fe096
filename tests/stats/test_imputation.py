"""Staggered launches: what units would have been, by brute force and by another library."""

import math

import numpy as np
import pandas as pd
import pytest
from diff_diff import ImputationDiD

from resume_gap.stats.imputation import RolloutEffect, staggered
from resume_gap.stats.imputed import Floats, Order


def world(
    *, seed: int = 1, units: int = 24, periods: int = 18, effect: float = 5.0, noise: float = 1.0
) -> tuple[Floats, Floats, Order]:
    """Units of their own level and line; a third never launched."""
    draw = np.random.default_rng(seed)
    launched = draw.permuted(np.repeat([9, 13, periods], units // 3))
    at = np.arange(periods)
    panel = draw.normal(60, 10, (units, 1)) + draw.normal(0, 1, (units, 1)) * at
    panel += draw.normal(0, 3, periods) + noise * draw.normal(size=(units, periods))
    panel += effect * (at >= launched[:, None])
    return panel, draw.integers(3, 60, (units, periods)).astype(float), launched


def by_hand(panel: Floats, weights: Floats, launched: Order, *, lines: bool) -> float:
    """Dummies for every unit, line and period, by least squares on all cells before a launch."""
    units, periods = panel.shape
    unit, at = np.divmod(np.arange(panel.size), periods)
    own = unit[:, None] == np.arange(units)
    terms = np.column_stack(
        [own, at[:, None] == np.arange(periods)] + ([own * at[:, None]] if lines else [])
    ).astype(float)
    values, weighed = panel.ravel(), np.sqrt(weights.ravel())
    before = (at < launched[unit]) & np.isfinite(values)
    fitted = np.linalg.lstsq(
        terms[before] * weighed[before, None], values[before] * weighed[before], rcond=None
    )[0]
    after = (at >= launched[unit]) & np.isfinite(values)
    return float(np.average((values - terms @ fitted)[after], weights=weights.ravel()[after]))


def with_holes(panel: Floats, seed: int) -> Floats:
    return np.where(np.random.default_rng(seed).random(panel.shape) < 0.1, np.nan, panel)


@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_equal_to_least_squares_with_every_dummy(seed: int, lines: bool) -> None:
    panel, weights, launched = world(seed=seed, periods=24)
    launched = np.where(launched < 24, launched + 3, 24)
    panel = with_holes(panel, seed)
    found = staggered(panel, weights, launched, lines=lines, seed=1, draws=19)
    assert found.left_out == 0
    assert found.estimate == pytest.approx(
        by_hand(panel, np.sqrt(weights), launched, lines=lines), abs=1e-8
    )


@pytest.mark.parametrize("seed", range(3))
def test_without_lines_equal_to_diff_diff(seed: int) -> None:
    """The library weighs all cells alike and knows no lines of units."""
    panel, _, launched = world(seed=seed, noise=4)
    units, periods = panel.shape
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), periods),
            "time": np.tile(np.arange(periods), units),
            "y": panel.ravel(),
            "first": np.repeat(np.where(launched < periods, launched, 0), periods),
        }
    )
    fitted = ImputationDiD().fit(frame, "y", "unit", "time", "first")
    found = staggered(panel, None, launched, lines=False, seed=1, draws=19)
    assert found.estimate == pytest.approx(fitted.overall_att, abs=1e-6)
    table = fitted.aggregate("event_study").to_dataframe()
    theirs = dict(zip(table["event_time"], table["att"], strict=True))
    for row in found.lags:
        assert row.estimate == pytest.approx(theirs[row.period], abs=1e-6)
    assert len(found.lags) == periods - 9


def test_exact_lines_leave_the_effect_and_nothing_before_it() -> None:
    panel, weights, launched = world(noise=0)
    found = staggered(panel, weights, launched, seed=1, draws=99)
    assert found.estimate == pytest.approx(5, abs=1e-6)
    assert found.p == pytest.approx(0.01)
    assert found.ci_lower == pytest.approx(5, abs=1e-6)
    assert found.ci_upper == pytest.approx(5, abs=1e-6)
    assert [row.period for row in found.leads] == [-4, -3, -2, -1]
    assert [row.estimate for row in found.leads] == pytest.approx([0] * 4, abs=1e-6)
    assert [row.estimate for row in found.lags] == pytest.approx([5] * 9, abs=1e-6)


def test_a_shift_moves_the_interval_with_it() -> None:
    panel, weights, launched = world(noise=3)
    after = np.arange(panel.shape[1]) >= launched[:, None]
    one = staggered(panel, weights, launched, seed=1, draws=199)
    other = staggered(panel + 7 * after, weights, launched, seed=1, draws=199)
    assert one.ci_lower is not None
    assert one.ci_upper is not None
    assert other.estimate == pytest.approx(one.estimate + 7)
    assert other.ci_lower == pytest.approx(one.ci_lower + 7)
    assert other.ci_upper == pytest.approx(one.ci_upper + 7)


@pytest.mark.parametrize("seed", range(8))
def test_the_interval_excludes_0_where_p_is_at_most_5_percent(seed: int) -> None:
    panel, weights, launched = world(seed=seed, effect=1, noise=3)
    found = staggered(panel, weights, launched, seed=seed, draws=199)
    assert found.p is not None
    assert found.ci_lower is not None
    assert found.ci_upper is not None
    assert (found.p <= 0.05) == (not found.ci_lower <= 0 <= found.ci_upper)
    assert found.ci_lower < found.estimate < found.ci_upper


def test_a_trend_before_the_launch_shows_in_the_leads() -> None:
    panel, weights, launched = world(noise=0.2, effect=0, periods=20)
    periods = panel.shape[1]
    since = np.arange(periods) - launched[:, None]
    panel = panel + np.where((since >= -2) & (since < 0), 6.0, 0.0)
    found = staggered(panel, weights, launched, seed=1, draws=199)
    ends = {row.period: (row.ci_lower or 0.0, row.ci_upper or 0.0) for row in found.leads}
    assert ends[-1][0] > 0
    assert ends[-2][0] > 0


def test_the_same_seed_gives_the_same_p() -> None:
    panel, weights, launched = world(effect=0.5, noise=4)
    one = staggered(panel, weights, launched, seed=3)
    assert one == staggered(panel, weights, launched, seed=3)
    assert one.permutations == 999
    assert one.least_p == 0.001
    assert one.ci_lower != staggered(panel, weights, launched, seed=4).ci_lower


def no_p(found: RolloutEffect) -> bool:
    limits = (found.p, found.ci_lower, found.ci_upper, found.least_p)
    ends = [end for row in (*found.leads, *found.lags) for end in row[2:]]
    return all(value is None for value in (*limits, *ends))


def test_where_everybody_was_launched_there_is_no_p() -> None:
    panel, weights, launched = world()
    launched = np.where(launched < 18, launched, 16)
    found = staggered(panel, weights, launched, seed=1)
    assert found.reason == "all_launched"
    assert found.estimate == pytest.approx(5, abs=2)
    assert [row.period for row in found.lags] == list(range(7))  # until nobody is left to compare
    assert no_p(found)


def test_everybody_on_one_day_has_no_figure() -> None:
    panel, weights, launched = world()
    found = staggered(panel, weights, np.full_like(launched, 10), seed=1)
    assert found.reason == "no_comparison"
    assert math.isnan(found.estimate)
    assert found.leads == found.lags == ()
    assert no_p(found)


def test_nine_units_have_a_figure_and_no_p() -> None:
    panel, weights, launched = world(units=9)
    found = staggered(panel, weights, launched, seed=1)
    assert found.reason == "few_units"
    assert math.isfinite(found.estimate)
    assert no_p(found)


def test_one_launched_unit_of_twelve_has_too_few_orders() -> None:
    panel, weights, launched = world(units=12)
    launched = np.where(np.arange(12) == 0, 12, 18)
    found = staggered(panel, weights, launched, seed=1)
    assert found.reason == "few_orders"
    assert no_p(found)


def test_nobody_launched_within_the_panel() -> None:
    panel, weights, launched = world()
    found = staggered(panel, weights, np.full_like(launched, 18), seed=1)
    assert found.reason == "no_units_after"
    assert math.isnan(found.estimate)


def test_units_with_too_short_a_history_are_left_out_and_counted() -> None:
    panel, weights, launched = world(units=30)
    panel[0, :2] = np.nan
    launched[0] = 9  # seven periods are left
    found = staggered(panel, weights, launched, seed=1, draws=19)
    assert (found.units, found.left_out) == (29, 1)
    rest = staggered(panel[1:], weights[1:], launched[1:], seed=1, draws=19)
    assert found.estimate == pytest.approx(rest.estimate)


def test_a_history_of_seven_periods_is_too_short_for_all() -> None:
    panel, weights, _ = world()
    found = staggered(panel[:, :12], weights[:, :12], np.full(24, 7), seed=1)
    assert found.reason == "short_history"
    assert (found.units, found.left_out) == (0, 24)
    assert math.isnan(found.estimate)


def test_many_units_have_fewer_orders() -> None:
    panel, weights, launched = world(units=600)
    found = staggered(panel, weights, launched, seed=1, periods_too=False)
    assert found.permutations == 833
    assert found.p == found.least_p == 1 / 834
    assert found.estimate == pytest.approx(5, abs=0.5)


def test_what_was_measured_stands_beside_the_effect() -> None:
    panel, weights, launched = world()
    panel[0, 0] = np.nan
    after = np.arange(panel.shape[1]) >= launched[:, None]
    expected = np.average(panel[after], weights=np.sqrt(weights[after]))
    assert staggered(panel, weights, launched, seed=1, draws=19).measured == pytest.approx(expected)
    left_out = staggered(panel[:, 2:], weights[:, 2:], np.full(24, 7), seed=1)
    assert math.isnan(left_out.measured)
