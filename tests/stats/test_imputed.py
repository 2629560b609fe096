"""The solver behind imputation: many orders of the launches at once are each one alone."""

import numpy as np
import pytest

from resume_gap.stats.imputed import Panel, imputed, periods_before


def panel(seed: int = 1, units: int = 12, periods: int = 15) -> Panel:
    draw = np.random.default_rng(seed)
    weights = draw.integers(0, 9, (units, periods)).astype(float)
    launched = draw.permuted(np.repeat([9, 12, periods], units // 3))
    values = np.where(weights > 0, draw.normal(50, 9, (units, periods)), 0.0)
    return Panel(values, weights, launched)


@pytest.mark.parametrize("lines", [True, False])
def test_every_order_is_solved_by_itself(lines: bool) -> None:
    whole = panel()
    draw = np.random.default_rng(2)
    orders = draw.permuted(np.tile(whole.launched, (5, 1)), axis=1)
    ends = np.full_like(orders, 15)
    together = imputed(whole, orders, ends, lines=lines)
    for i in range(5):
        alone = imputed(whole, orders[i : i + 1], ends[:1], lines=lines)
        assert together.effects[i] == pytest.approx(alone.effects[0], abs=1e-9)
        assert together.by_period[i] == pytest.approx(alone.by_period[0], abs=1e-9, nan_ok=True)


def test_what_a_constant_effect_adds_to_an_order() -> None:
    whole = panel()
    orders = np.random.default_rng(2).permuted(np.tile(whole.launched, (5, 1)), axis=1)
    orders[0] = whole.launched
    ends = np.full_like(orders, 15)
    after = np.arange(15) >= whole.launched[:, None]
    before = imputed(whole, orders, ends, lines=True).effects
    moved = imputed(
        whole._replace(values=whole.values + 10 * after), orders, ends, lines=True
    ).effects
    assert before[0, 1] == pytest.approx(1)
    assert moved[:, 0] == pytest.approx(before[:, 0] + 10 * before[:, 1], abs=1e-7)


@pytest.mark.parametrize("lines", [True, False])
def test_levels_lines_and_common_periods_leave_nothing(lines: bool) -> None:
    whole = panel(periods=20)
    at = np.arange(20)
    values = np.arange(12.0)[:, None] + np.sin(at) + (lines * np.arange(12)[:, None] * at)
    found = imputed(
        whole._replace(values=values), whole.launched[None], np.full((1, 12), 20), lines=lines
    )
    assert found.effects[0, 0] == pytest.approx(0, abs=1e-8)


def test_only_cells_before_the_end_are_looked_at() -> None:
    whole = panel()
    ends = np.minimum(whole.launched + 1, 15)[None]
    first = imputed(whole, whole.launched[None], ends, lines=True)
    later = np.arange(15) > whole.launched[:, None]
    other = whole._replace(values=np.where(later, 1e6, whole.values))
    same = imputed(other, whole.launched[None], ends, lines=True)
    assert first.effects[0, 0] == same.effects[0, 0]
    assert np.flatnonzero(np.isfinite(first.by_period[0])).tolist() == [0]


def test_a_period_without_anybody_left_is_not_looked_at() -> None:
    whole = panel()
    launched = np.where(whole.launched == 15, 14, whole.launched)
    ends = np.full((1, 12), 15)
    found = imputed(whole, launched[None], ends, lines=True)
    other = whole.values.copy()
    other[:, 14] = 1e6
    same = imputed(whole._replace(values=other), launched[None], ends, lines=True)
    assert found.effects[0, 0] == pytest.approx(same.effects[0, 0], abs=1e-9)


def test_cells_without_weight_take_no_part() -> None:
    whole = panel()
    values = np.where(whole.weights > 0, whole.values, 1e6)
    ends = np.full((1, 12), 15)
    one = imputed(whole, whole.launched[None], ends, lines=True)
    other = imputed(whole._replace(values=values), whole.launched[None], ends, lines=True)
    assert one.effects[0, 0] == pytest.approx(other.effects[0, 0], abs=1e-9)


def test_periods_before_a_launch_are_counted_where_measured() -> None:
    there = np.array([[True, False, True, True], [True, True, True, True]])
    assert periods_before(there, np.array([3, 4])).tolist() == [2, 4]
