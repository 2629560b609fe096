"""What is planted is in the log, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from factories.worlds import PAUSE, plain_returns

from resume_gap.synthetic import PRESETS, Simulated, World, simulate, write

if TYPE_CHECKING:
    from pathlib import Path


def test_every_planted_interruption_is_in_the_log(small: Simulated) -> None:
    plain = plain_returns(small.log)
    planted = small.interruptions.filter(pl.col("gap_seconds") > PAUSE.total_seconds())
    assert planted.height > 100
    keys = set(planted.select("user_id", "return_at").iter_rows())
    assert keys == {key for key, value in plain.items() if value["mid_task"]}
    reached = gone = 0
    for row in planted.iter_rows(named=True):
        seen = plain[row["user_id"], row["return_at"]]
        assert seen["stop_at"] == row["stop_at"]
        assert seen["last_touched"] == row["stop_target"]
        if row["gave_up"]:
            gone += 1
            assert row["lag_seconds"] is None
            assert row["reorientation_seconds"] == 900
            assert seen["first"] is None
            continue
        reached += 1
        assert seen["lag"] == pytest.approx(row["lag_seconds"], abs=1e-9)
        assert seen["first"]["target"] == row["resume_target"]
        assert row["resumed_at_same_element"] == (row["resume_target"] == row["stop_target"])
        assert row["reorientation_seconds"] == min(row["lag_seconds"], 900)
    assert reached > 100
    assert gone > 5


def test_null_world_hits_as_often_as_chance() -> None:
    found = simulate(PRESETS["null"], seed=2).truth["summary"]
    assert found["marker"]["hit_share"] == pytest.approx(found["marker"]["chance_share"], abs=0.015)
    assert found["marker"]["hit_share"] > 0.03
    assert found["effects"]["p1"]["effect_seconds"] == 0


def test_replications_share_a_log() -> None:
    simulated = simulate(World(users=3, weeks=1, replications=4, first_world=17), seed=0)
    worlds = {user.split("-")[0] for user in simulated.log["user_id"].unique()}
    assert worlds <= {"w0017", "w0018", "w0019", "w0020"}
    assert simulated.users["user_id"].to_list()[3] == "w0018-u0000"
    assert simulate(World(users=3, weeks=1), seed=0).users["user_id"][2] == "u0002"


def test_seeds_and_formats_are_checked(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="seed must lie"):
        simulate(World(users=2, weeks=1), seed=-1)
    with pytest.raises(ValueError, match="nobody worked"):
        simulate(World(users=1, weeks=1, attendance_share=0), seed=1)
    simulated = simulate(World(users=2, weeks=1), seed=1)
    with pytest.raises(ValueError, match="log_format must be one of"):
        write(simulated, tmp_path, log_format="xlsx")  # type: ignore[arg-type]
