"""Pairs of user and cell and what is added up in them, by arrays and by loops."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from resume_gap.replay import user_cells
from resume_gap.replay.user_cells import UserCells, step_sums
from resume_gap.stats.excess_range import LOW_BITS


def both_ways(monkeypatch: pytest.MonkeyPatch, work: Any) -> list[Any]:
    """What some work finds by arrays, and by the loops of large logs."""
    found = []
    for large in (False, True):
        monkeypatch.setattr(user_cells, "pays", lambda *_, large=large: large)
        found.append(work())
    return found


@pytest.mark.parametrize("seed", range(8))
def test_rows_find_their_pair_both_ways(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    many = int(rng.integers(0, 30))
    user, cell, us = np.sort(rng.integers(0, 9, many)), *rng.integers(0, 9, (2, many))
    arrays, loops = both_ways(monkeypatch, lambda: UserCells.of(user, cell))
    for name in ("user", "cell", "number"):
        assert getattr(arrays, name).tolist() == getattr(loops, name).tolist(), name
    assert arrays.user[arrays.number].tolist() == user.tolist()
    assert arrays.cell[arrays.number].tolist() == cell.tolist()
    assert arrays.added(us).sum() == us.sum()
    assert arrays.rows().sum() == many


@pytest.mark.parametrize("seed", range(8))
def test_steps_add_up_both_ways(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    many = int(rng.integers(0, 60))
    user, burst = np.array([3, 3, 4, 7]), np.sort(rng.integers(0, 4, many))
    cell = rng.integers(0, 5, many)
    counts = rng.random(many) < 0.7
    gap, end = rng.integers(0, 1 << (LOW_BITS + 3), (2, many))
    arrays, loops = both_ways(
        monkeypatch, lambda: step_sums(user, burst, cell, counts=counts, gap_us=gap, end_us=end)
    )
    for field in fields(arrays):
        values = getattr(arrays, field.name).tolist()
        assert values == getattr(loops, field.name).tolist(), field.name
    products = sum(
        (high << LOW_BITS) + low
        for high, low in zip(loops.weighted_high.tolist(), loops.weighted_low.tolist(), strict=True)
    )
    assert products == sum(int(g) * int(e) for g, e in zip(gap[counts], end[counts], strict=True))
