"""The last ten elements of every user."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from factories.worlds import SMALL, plain_returns

from resume_gap.synthetic import simulate
from resume_gap.synthetic.recent import DEPTH, Recent


def test_chance_is_that_of_pointing_at_random() -> None:
    simulated = simulate(replace(SMALL, null_target_share=0), seed=6)
    plain = plain_returns(simulated.log)
    for row in simulated.interruptions.filter(pl.col("gap_seconds") > 1800).iter_rows(named=True):
        recent = plain[row["user_id"], row["return_at"]]["recent"]
        found = row["resume_target"] in recent
        assert row["chance"] == pytest.approx(1 / len(recent) if found else 0)


def test_lists_are_those_of_a_plain_walk() -> None:
    rng = np.random.default_rng(3)
    lists: list[list[int]] = [[], [], []]
    recent = Recent(3, 40)
    here = np.array([0, 2])
    for _ in range(12):
        rank = np.sort(rng.integers(0, 2, 9))
        target = rng.integers(0, 40, 9)
        recent.touch(here, rank, target)
        for r, t in zip(rank.tolist(), target.tolist(), strict=True):
            mine = lists[here[r]]
            if t in mine:
                mine.remove(t)
            mine.insert(0, t)
    expected = [(mine[:DEPTH] + [-1] * DEPTH)[:DEPTH] for mine in lists]
    assert recent.elements.tolist() == expected
    assert recent.counts(np.arange(3)).tolist() == [DEPTH, 0, DEPTH]
    assert set(recent.draw(np.array([0, 0, 0]), rng).tolist()) <= set(expected[0])
    assert recent.draw(np.array([1]), rng).tolist() == [-1]
    last = np.array([expected[0][0], 99])
    assert recent.chance(np.array([0, 2]), last).tolist() == [1 / DEPTH, 0.0]
