"""Replay, slots and excess equal the slow plain-Python reference on random logs."""

import os
from collections.abc import Mapping
from typing import Any

import numpy as np
import oracle
import oracle_replay
import pytest
from hypothesis import HealthCheck, event, given, seed, settings
from hypothesis import strategies as st
from measured import Measured, run
from strategies import Log, logs

from resume_gap.errors import DataError
from resume_gap.measures.marker import LimitSums, joined
from resume_gap.measures.replay import POLICIES
from resume_gap.stats.excess import CellSums, excess

EXAMPLES = int(os.environ.get("RESUME_GAP_ORACLE_LOGS", "300"))
PARTS = 8
RENAMED = {"already_there": "already"}
JUDGED = (
    "pointed", "already_there", "hit", "hit_in_3", "context_hit", "addressable", "search_us",
    "gave_up_right",
)  # fmt: skip


def compare(log: Log, near: float | None, *, all_returns: bool) -> None:
    expected = oracle_replay.replay(log.rows, log.roles, log.theta_us, log.until_us, near=near)
    plain = oracle.measure(log.rows, log.roles, log.theta_us, log.until_us)
    try:
        found = run(
            log.rows, log.columns, log.roles, log.theta_us, log.until_us, near=near,
            all_returns=all_returns,
        )  # fmt: skip
    except DataError:
        assert plain.counts["streams"] == 0
        return
    frame = [row["replay"] for row in found.returns]
    assert len(frame) == len(expected)
    event(f"hits: {min(3, sum(row['last_touched']['hit'] for row in expected))}")
    for mine, theirs, back in zip(frame, expected, plain.returns, strict=True):
        eligible = back["eligible"]
        for policy in POLICIES:
            for name in JUDGED:
                if name == "gave_up_right" and not eligible:
                    continue
                here = mine[f"{policy}_{RENAMED.get(name, name)}"]
                assert here == theirs[policy][name], (policy, name, mine, theirs)
        assert mine["habit_hit"] == theirs["habit_hit"], (mine, theirs)
        assert mine["chance"] == theirs["chance"], (mine, theirs)
        assert mine["chance_of_three"] == theirs["chance_three"], (mine, theirs)
    compare_slots(log, found, all_returns=all_returns)


def compare_slots(log: Log, found: Measured, *, all_returns: bool) -> None:
    expected = oracle_replay.slots(
        log.rows, log.roles, log.theta_us, log.until_us, all_returns=all_returns
    )
    if not any(row["event"] in log.roles.productive for row in log.rows):
        return
    cells = {
        "stop": found.replays.limits[log.theta_us].cells,
        "first_back": found.replays.first_back,
        "control": found.replays.control,
    }
    for name, parts in cells.items():
        entries, mine = expected[name], joined(parts)
        event(f"{name} slots: {min(3, sum(len(e['found']) for e in entries))}")
        assert int(mine.n.sum()) == len(entries)
        assert int(mine.y_us.sum()) == sum(e["y_us"] for e in entries)
        assert totals(mine) == sorted(entry_totals(entries))
        theirs, ours = oracle_replay.excess(entries), excess(mine)
        if theirs.estimate_us is None:
            assert ours.estimate.estimate is None
        else:
            assert ours.estimate.estimate == pytest.approx(float(theirs.estimate_us) / 1e6)
            if theirs.se_us is not None:
                assert ours.error == pytest.approx(theirs.se_us / 1e6, rel=1e-9, abs=1e-9)


def totals(cells: CellSums) -> list[tuple[int, ...]]:
    """(interruptions, their time, found slots, their time) of every user and cell, unnamed."""
    rows = np.stack([cells.n, cells.y_us, cells.found, cells.found_us], axis=1)
    return sorted(tuple(row) for row in rows.tolist())


def entry_totals(entries: list[Mapping[str, Any]]) -> list[tuple[int, ...]]:
    sums: dict[Any, list[int]] = {}
    for entry in entries:
        own = sums.setdefault((entry["user_id"], entry["cell"]), [0, 0, 0, 0])
        added = (1, entry["y_us"], len(entry["found"]), sum(entry["found"]))
        for place, value in enumerate(added):
            own[place] += value
    return [tuple(own) for own in sums.values()]


@pytest.mark.parametrize("part", range(PARTS))
def test_the_replay_equals_the_reference(part: int) -> None:
    @seed(100 + part)
    @settings(
        max_examples=EXAMPLES // PARTS, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(log=logs(), near=st.sampled_from([None, None, 0, 1, 9]), all_returns=st.booleans())
    def check(log: Log, near: float | None, *, all_returns: bool) -> None:
        compare(log, near, all_returns=all_returns)

    check()


def test_sums_of_users_are_the_sums_of_returns() -> None:
    sums = LimitSums()
    sums.add(np.array([1, 1, 2]), 4, {"eligible": np.array([1, 1, 1]), "x": np.array([2, 3, 4])})
    sums.add(np.array([3]), 4, {"eligible": np.array([0]), "x": np.array([9])})
    assert sums.columns["x"].tolist() == [0, 5, 4, 9]
