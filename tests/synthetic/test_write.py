"""What is written is what was drawn, in every format."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from resume_gap.synthetic import PRESETS, simulate, stream, write

if TYPE_CHECKING:
    from pathlib import Path


def digest(paths: list[Path]) -> list[str]:
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]


@pytest.mark.parametrize("log_format", ["parquet", "csv", "jsonl"])
def test_same_seed_same_bytes(tmp_path: Path, log_format: Any) -> None:
    world = replace(PRESETS["hostile"], users=8, weeks=1, launch="trial")
    one = write(simulate(world, seed=3), tmp_path / "one", log_format=log_format)
    two = write(simulate(world, seed=3), tmp_path / "two", log_format=log_format)
    other = write(simulate(world, seed=4), tmp_path / "other", log_format=log_format)
    assert digest(one) == digest(two)
    assert digest(one)[0] != digest(other)[0]
    assert [p.relative_to(tmp_path / "one").as_posix() for p in one] == [
        f"events.{log_format}",
        "events_assignments.csv",
        "events_truth/truth.json",
        "events_truth/interruptions.parquet",
        "events_truth/users.parquet",
    ]


def test_stream_writes_the_rows_of_simulate(tmp_path: Path) -> None:
    world = replace(PRESETS["rollout"], users=30, weeks=4, replications=4, launch_day=7)
    whole = write(simulate(world, seed=1), tmp_path / "whole", log_format="csv")
    parts = stream(world, tmp_path / "parts", seed=1, log_format="csv")
    assert digest(whole) == digest(parts)


@pytest.mark.parametrize(
    "name", ["workday", *(pytest.param(n, marks=pytest.mark.full) for n in ("trial", "rollout"))]
)
def test_samples_are_small_and_rich_enough(tmp_path: Path, name: str) -> None:
    simulated = simulate(PRESETS[name], seed=0)
    log, *_ = write(simulated, tmp_path, name=name)
    found = simulated.truth["summary"]
    assert log.stat().st_size < 2_000_000
    assert found["users_interrupted"] >= 60
    assert found["eligible"] > 300
    assert simulated.truth["rows"]["log"] == simulated.log.height


def test_hostile_rows_survive_every_format(tmp_path: Path) -> None:
    simulated = simulate(replace(PRESETS["hostile"], users=12), seed=2)
    log, rows = simulated.log, simulated.truth["rows"]
    assert log.filter(pl.col("timestamp").dt.year().is_in([1970, 2099])).height > 0
    assert log.filter(pl.col("user_id") == "[object Object]").height > 0
    assert rows["log"] == log.height
    assert any("<script>" in value for value in log["target"].drop_nulls().unique())
    assert not any("\0" in value for value in log["target"].drop_nulls().unique())
    path = write(simulated, tmp_path, log_format="jsonl")[0]
    with path.open(encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    assert [row["target"] for row in read] == log["target"].to_list()
    path = write(simulated, tmp_path, log_format="csv")[0]
    with path.open(encoding="utf-8", newline="") as lines:
        again = list(csv.DictReader(lines))
    assert [row["target"] or None for row in again] == log["target"].to_list()
    assert [row["user_id"] for row in again] == log["user_id"].to_list()
    path = write(simulated, tmp_path)[0]
    assert pl.read_parquet(path).equals(log)
