"""Pairs of user and cell and what is added up in them, by arrays and by loops."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from resume_gap.constants import STEP_GAP
from resume_gap.replay import user_cells
from resume_gap.replay.user_cells import AskedPairs, UserCells, matched_sums, step_sums
from resume_gap.stats.excess_range import LOW_BITS


def both_ways(monkeypatch: pytest.MonkeyPatch, work: Any) -> list[Any]:
    """What some work finds by arrays, and by the loops of large logs."""
    found = []
    for large in (False, True):
        monkeypatch.setattr(user_cells, "pays", lambda *_, large=large: large)
        found.append(work())
    return found


def test_rows_find_their_pair() -> None:
    pairs = UserCells.of(np.array([4, 4, 4, 6, 4]), np.array([7, 0, 7, 3, 3]))
    assert list(zip(pairs.user.tolist(), pairs.cell.tolist(), strict=True)) == [
        (4, 0),
        (4, 3),
        (4, 7),
        (6, 3),
    ]
    assert pairs.number.tolist() == [2, 0, 2, 3, 1]
    assert pairs.rows().tolist() == [1, 1, 2, 1]
    assert pairs.added(np.array([1, 2, 4, 8, 16])).tolist() == [2, 16, 5, 8]


@pytest.mark.parametrize("seed", range(8))
def test_returns_add_up_both_ways(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    many = int(rng.integers(0, 30))
    user, cell = np.sort(rng.integers(0, 9, many)), rng.integers(0, 9, many)
    names = ("y_us", "found", "found_us", "found_end_us")
    figures = dict(zip(names, rng.integers(0, 1 << 40, (4, many)), strict=True))
    reached = rng.random(many) < 0.5
    arrays, loops = both_ways(
        monkeypatch, lambda: matched_sums(user, cell, **figures, is_reached=reached)
    )
    for field in fields(arrays):
        values = getattr(arrays, field.name).tolist()
        assert values == getattr(loops, field.name).tolist(), field.name
    assert (loops.n.sum(), loops.reached.sum()) == (many, reached.sum())
    assert loops.reached_us.sum() == figures["y_us"][reached].sum()
    for name, values in figures.items():
        assert getattr(loops, name).sum() == values.sum(), name


def test_pairs_are_sought_among_those_that_are_asked_for() -> None:
    asked = AskedPairs(np.array([1, 1, 3]), np.array([0, 4, 0]), np.arange(5) == 2)
    user, cell = np.array([1, 1, 2, 3, 3, 4]), np.array([4, 5, 9, 0, 4, 0])
    assert asked.has(user, cell).tolist() == [True, False, True, True, False, False]
    nothing = AskedPairs(user[:0], cell[:0], np.arange(5) == 2)
    assert nothing.has(user, cell).tolist() == [False, False, True, False, False, False]


@pytest.mark.parametrize("seed", range(8))
def test_steps_add_up_both_ways(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    many = int(rng.integers(0, 60))
    user, burst = np.array([3, 3, 4, 7]), np.sort(rng.integers(0, 4, many))
    cell = rng.integers(0, 5, many)
    counts = rng.random(many) < 0.7
    gap = rng.choice([0, 1, 1 << (LOW_BITS + 3), STEP_GAP.us, STEP_GAP.us + 1], many)
    end = rng.integers(0, 1 << (LOW_BITS + 3), many)
    pairs = [(u, c) for u in range(9) for c in range(7) if rng.random() < 0.5]
    asked = AskedPairs(*np.array(pairs).T, rng.random(9) < 0.4)
    arrays, loops = both_ways(
        monkeypatch,
        lambda: step_sums(user, burst, cell, counts=counts, gap_us=gap, end_us=end, asked=asked),
    )
    for field in fields(arrays):
        values = getattr(arrays, field.name).tolist()
        assert values == getattr(loops, field.name).tolist(), field.name
    added = counts & (gap <= STEP_GAP.us) & asked.has(user[burst], cell)
    products = sum(
        (high << LOW_BITS) + low
        for high, low in zip(loops.weighted_high.tolist(), loops.weighted_low.tolist(), strict=True)
    )
    assert products == sum(int(g) * int(e) for g, e in zip(gap[added], end[added], strict=True))
