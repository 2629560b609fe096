"""Buckets on executors, in any order and of any size, give every figure of the local engine."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from factories.cheaper import deal_seldom, draw_no_pictures
from factories.executors import work_apart

import resume_gap
from resume_gap.engines.distributed import refuse_long_stream
from resume_gap.errors import DataError
from resume_gap.pipeline import reduction
from resume_gap.synthetic import PRESETS, simulate

SAMPLES = Path(__file__).parents[2] / "sample_events"
TABLES = ("interruptions.parquet", "users.parquet")


@pytest.fixture(autouse=True)
def _cheaper(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_no_pictures(monkeypatch)
    deal_seldom(monkeypatch)


@cache
def hostile_rows() -> pl.DataFrame:
    """Duplicates, late rows, bad clocks, absences, and columns of every type that breaks ties."""
    world = replace(PRESETS["hostile"], users=12, weeks=1)
    log = simulate(world, seed=5).log
    rows = range(log.height)
    devices, teams = ("desk", "", None, "phone é", "tablet"), ("north", "south", None)
    return log.with_columns(
        device=pl.Series([devices[n // 40 % 5] for n in rows]),
        seq=pl.Series([None if n % 9 == 0 else n * 7 % 5 for n in rows]),
        place=pl.Series([math.nan if n % 7 == 0 else n * 3 % 40 + 0.5 for n in rows]),
        team=pl.Series([teams[n // 300 % 3] for n in rows]),
        extra=pl.Series([f"{n % 3}" for n in rows]),
    )


def written(folder: Path) -> tuple[dict[str, Any], list[bytes]]:
    summary = json.loads((folder / "summary.json").read_text())
    del summary["generated_from"]
    return summary, [(folder / name).read_bytes() for name in TABLES]


@pytest.mark.parametrize("bucket_rows", [700, 1_000_000])
def test_a_log_with_every_kind_of_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bucket_rows: int
) -> None:
    path = tmp_path / "log.parquet"
    hostile_rows().write_parquet(path)
    options: dict[str, Any] = {
        "map": {"device": "device", "sequence": "seq", "position": "place"},
        "by": ["team"],
        "near": 2,
    }
    resume_gap.analyze(path, out=tmp_path / "local", **options)
    executors = work_apart(monkeypatch, bucket_rows)
    resume_gap.analyze(path, out=tmp_path / "apart", **options)
    assert executors.buckets == 1 if bucket_rows == 1_000_000 else executors.buckets > 5
    local, apart = written(tmp_path / "local"), written(tmp_path / "apart")
    assert local[0]["counts"]["interruptions"] > 100
    assert local[0]["counts"]["device_changed"] > 0
    assert apart[0] == local[0]
    assert apart[1] == local[1]


@pytest.mark.parametrize("others", [False, True])
@pytest.mark.parametrize("ordered_from", [0, 1_000_000])
def test_events_that_were_delivered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ordered_from: int, *, others: bool
) -> None:
    """They change nothing, on executors or here, put in order by counting or by the query.

    Args:
        tmp_path: For logs and reports.
        monkeypatch: Brings the executors.
        ordered_from: Rows from which events are put in order by counting.
        others: Whether some ids come again with another content, of which the earliest counts.
    """
    log = simulate(replace(PRESETS["workday"], users=9, weeks=1), seed=3).log
    log = log.select("user_id", "timestamp", "event", "target")
    log = log.with_columns(id=pl.Series([f"id {n}" for n in range(log.height)]))
    late = pl.col("timestamp").dt.offset_by("20m")
    parts = [log.with_columns(late), log, log[::3].with_columns(late, event=pl.col("event"))]
    if others:
        parts.append(log[::200].with_columns(late, user_id=pl.lit("somebody else")))
    once, again = tmp_path / "once.parquet", tmp_path / "again.parquet"
    log.write_parquet(once)
    pl.concat(parts).write_parquet(again)
    options: dict[str, Any] = {"map": {"event_id": "id"}, "gap": "15m"}
    monkeypatch.setattr(reduction, "ORDERED_FROM", ordered_from)
    resume_gap.analyze(once, out=tmp_path / "once", **options)
    resume_gap.analyze(again, out=tmp_path / "again", **options)
    executors = work_apart(monkeypatch, 700)
    resume_gap.analyze(again, out=tmp_path / "apart", **options)
    assert executors.buckets > 3
    expected, here, apart = (written(tmp_path / name) for name in ("once", "again", "apart"))
    assert (here[0]["rows"]["dropped"], here[0]["rows"]["used"]) == (
        {"repeated_event_id": sum(len(part) for part in parts) - len(log)},
        len(log),
    )
    assert here[1] == apart[1] == expected[1]
    assert here[0] == apart[0]
    of_the_rows = ("rows", "roles", "headline", "data_quality", "first_screen")
    for summary in (here[0], expected[0]):
        for name in of_the_rows:
            del summary[name]
    assert here[0] == expected[0]


@pytest.mark.full  # a trial takes seconds, twice
def test_a_trial_on_executors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """History and trial are split, and three columns are ordered by counting."""
    log = pl.read_parquet(SAMPLES / "marker_trial.parquet")
    users = log["user_id"].unique().sort().to_list()[:60]
    log.filter(pl.col("user_id").is_in(users)).write_parquet(tmp_path / "log.parquet")
    options: dict[str, Any] = {
        "assignments": SAMPLES / "marker_trial_assignments.csv",
        "marker": {"shown": "marker_shown"},
    }
    resume_gap.evaluate(tmp_path / "log.parquet", out=tmp_path / "local", **options)
    executors = work_apart(monkeypatch, 2_000)
    resume_gap.evaluate(tmp_path / "log.parquet", out=tmp_path / "apart", **options)
    assert executors.buckets > 5
    assert written(tmp_path / "apart") == written(tmp_path / "local")


def test_streams_of_nothing_but_idleness_leave_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their buckets have no burst, and still count their rows."""
    rows = [
        (f"u{user:02}", 1_700_000_000 + 400 * user + 30 * n, "idle" if user in (0, 3) else "edit")
        for user in range(6)
        for n in range(50)
    ]
    log = pl.DataFrame(rows, ["user_id", "timestamp", "event"], orient="row")
    log.write_parquet(tmp_path / "log.parquet")
    options: dict[str, Any] = {"gap": "15m", "productive": ["edit"], "away": ["idle"]}
    local = resume_gap.analyze(tmp_path / "log.parquet", **options)
    executors = work_apart(monkeypatch, 50)
    apart = resume_gap.analyze(tmp_path / "log.parquet", **options)
    assert executors.buckets == 6
    assert apart.rows == local.rows
    assert apart.rows.used == 300
    assert apart.counts == local.counts
    with pytest.raises(DataError, match="no event is left to measure"):
        resume_gap.analyze(tmp_path / "log.parquet", gap="15m", away=["idle", "edit"])


def test_a_stream_that_no_value_of_a_table_holds_is_refused() -> None:
    refuse_long_stream(16_000_000)
    with pytest.raises(DataError, match=r"20,000,000 rows.*16,777,216 at most; use --engine local"):
        refuse_long_stream(20_000_000)
