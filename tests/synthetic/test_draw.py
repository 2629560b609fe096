"""Users go through their stretches one after the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import polars as pl

from resume_gap.synthetic import PRESETS, World, simulate
from resume_gap.synthetic.draw import draw_block
from resume_gap.synthetic.people import draw_people


def test_selection_keeps_strugglers_in_treatment_only() -> None:
    simulated = simulate(replace(PRESETS["selection"], users=600), seed=4)
    quits = dict(simulated.users.group_by("arm").agg(pl.col("quit").mean()).iter_rows())
    assert quits["control"] > 2 * quits["treatment"] > 0
    firsts = simulated.truth["summary"]["effects"]["p1_arms"]
    assert min(firsts["control"]["n"], firsts["treatment"]["n"]) > 250


def test_stretches_follow_one_another() -> None:
    world = World(users=8, weeks=1)
    people = draw_people(world, seed=2)
    block = draw_block(world, people, np.arange(8), np.random.default_rng(2))
    stretches = block.stretches
    assert (stretches["end"] >= stretches["at"]).all()
    for user in range(8):
        mine = np.flatnonzero(stretches["user"] == user)
        starts, follow = stretches["at"][mine], stretches["next"][mine]
        assert follow[-1] == -1
        assert follow[:-1].tolist() == starts[1:].tolist()
        assert (stretches["end"][mine][:-1] < starts[1:]).all()
    inside = Counter(block.events["user"].tolist())
    assert sum(inside.values()) == len(block.events["at"])
    assert len(block.quits) == 0
