"""The solver behind imputation: many orders of the launches at once are each one alone."""

import numpy as np
import pytest

from resume_gap.stats.imputed import Panel, imputed, known, periods_before, rank


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
    together = imputed(whole, orders, lines=lines)
    for i in range(5):
        alone = imputed(whole, orders[i : i + 1], lines=lines)
        assert together.effects[i] == pytest.approx(alone.effects[0], abs=1e-9)
        assert together.by_period[i] == pytest.approx(alone.by_period[0], abs=1e-9, nan_ok=True)


def test_what_a_constant_effect_adds_to_an_order() -> None:
    whole = panel()
    orders = np.random.default_rng(2).permuted(np.tile(whole.launched, (5, 1)), axis=1)
    orders[0] = whole.launched
    after = np.arange(15) >= whole.launched[:, None]
    before = imputed(whole, orders, lines=True).effects
    moved = imputed(whole._replace(values=whole.values + 10 * after), orders, lines=True).effects
    assert before[0, 1] == pytest.approx(1)
    assert moved[:, 0] == pytest.approx(before[:, 0] + 10 * before[:, 1], abs=1e-7)


@pytest.mark.parametrize("lines", [True, False])
def test_levels_lines_and_common_periods_leave_nothing(lines: bool) -> None:
    whole = panel(periods=20)
    at = np.arange(20)
    values = np.arange(12.0)[:, None] + np.sin(at) + (lines * np.arange(12)[:, None] * at)
    found = imputed(whole._replace(values=values), whole.launched[None], lines=lines)
    assert found.effects[0, 0] == pytest.approx(0, abs=1e-8)


def test_back_looks_at_the_periods_before_a_launch_and_at_no_other() -> None:
    whole = panel()
    found = imputed(whole, whole.launched[None], back=2, lines=True)
    after = np.arange(15) >= whole.launched[:, None]
    other = whole._replace(values=np.where(after, 1e6, whole.values))
    same = imputed(other, whole.launched[None], back=2, lines=True)
    assert found.effects[0, 0] == same.effects[0, 0]
    assert np.flatnonzero(np.isfinite(found.by_period[0])).tolist() == [0, 1]
    earlier = np.where(whole.launched < 15, whole.launched - 2, 15)
    cut = whole._replace(weights=whole.weights * ~after)
    assert found.effects[0, 0] == pytest.approx(
        imputed(cut, earlier[None], lines=True).effects[0, 0]
    )


def test_a_period_without_anybody_left_is_not_known() -> None:
    whole = panel()
    launched = np.where(whole.launched == 15, 14, whole.launched)
    late = whole._replace(launched=launched)
    assert known(late).tolist() == [True] * 14 + [False]
    found = imputed(late, launched[None], lines=True)
    assert np.isnan(found.effects).all()
    assert np.isnan(found.by_period).all()
    cut = late._replace(weights=late.weights * known(late))
    assert np.isfinite(imputed(cut, launched[None], lines=True).effects).all()


def test_cells_without_weight_take_no_part() -> None:
    whole = panel()
    values = np.where(whole.weights > 0, whole.values, 1e6)
    one = imputed(whole, whole.launched[None], lines=True)
    other = imputed(whole._replace(values=values), whole.launched[None], lines=True)
    assert one.effects[0, 0] == pytest.approx(other.effects[0, 0], abs=1e-9)


def test_periods_before_a_launch_are_counted_where_measured() -> None:
    there = np.array([[True, False, True, True], [True, True, True, True]])
    assert periods_before(there, np.array([3, 4])).tolist() == [2, 4]


@pytest.mark.parametrize("limit", ["_CELLS", "_SUMS"])
def test_small_parts_add_up_to_the_same(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    whole = panel()
    orders = np.random.default_rng(2).permuted(np.tile(whole.launched, (5, 1)), axis=1)
    together = imputed(whole, orders, lines=True)
    monkeypatch.setattr(f"resume_gap.stats.imputed.{limit}", 1)
    alone = imputed(whole, orders, lines=True)
    assert together.effects == pytest.approx(alone.effects, abs=1e-9)
    assert together.by_period == pytest.approx(alone.by_period, abs=1e-9, nan_ok=True)


def test_a_rank_counts_ties_and_what_is_unknown() -> None:
    assert rank(-2.0, np.array([2.0, 1.0, np.nan, -3.0])) == 4 / 5
    assert rank(0.0, np.array([1.0])) == 1.0
