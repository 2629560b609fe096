"""The same input and options give the same bytes, whatever the machine looks like."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from factories.effort import effort

import resume_gap
from resume_gap.report.render import jsonfile
from resume_gap.synthetic import PRESETS, simulate

SHARED = Path(__file__).parents[2] / "shared" / "data"
REAL = ("editing_traces", "progsnap2_dart_course", "wikipedia_readers", "zooniverse_tasks")
ZONES = ("UTC", "America/New_York", "Asia/Kolkata")
FILES = (
    "report.html",
    "summary.json",
    "prediction.json",
    "data_quality.json",
    "interruptions.parquet",
    "users.parquet",
)


def outcome(summary: bytes) -> bytes:
    """`summary.json` without `generated_from`, still in its own order."""
    content = json.loads(summary)
    del content["generated_from"]
    return json.dumps(content, ensure_ascii=False).encode()


def measured(path: Path, **options: Any) -> bytes:
    return outcome(jsonfile.summary(resume_gap.analyze(path, **options)))


def command(path: Path, out: Path, *options: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "resume_gap",
            "analyze",
            str(path),
            "--isolated",
            "-q",
            "--out",
            str(out),
            *options,
        ],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def all_of(runs: list[subprocess.Popen[bytes]]) -> None:
    for run in runs:
        said = run.communicate(timeout=120)[1]
        assert (run.returncode, said) == (0, b"")


def differing(one: Path, other: Path) -> list[str]:
    assert sorted(p.name for p in one.iterdir()) == sorted(FILES)
    return [name for name in FILES if (one / name).read_bytes() != (other / name).read_bytes()]


@pytest.fixture(scope="module")
def log() -> pl.DataFrame:
    """About 1,100 events a user: spread zones, duplicates, late rows, bad clocks, absences."""
    users = effort(30, 90)
    world = replace(
        PRESETS["hostile"], users=users, weeks=1, heartbeats="off", away_share=0.2, event_ids=False
    )
    drawn = simulate(world, seed=11).log
    assert 850 * users < drawn.height < 1_450 * users
    return drawn


@pytest.fixture(scope="module")
def file(log: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("simulated") / "events.parquet"
    log.write_parquet(path, row_group_size=20_000)
    return path


@pytest.fixture(scope="module")
def expected(file: Path) -> bytes:
    found = measured(file)
    content = json.loads(found)
    assert content["threshold"]["source"] == "learned"
    assert content["counts"]["interruptions"] > 500
    assert content["rows"]["dropped"]
    return found


@pytest.mark.parametrize(
    "options",
    [
        {"memory_limit": "200MB", "threads": 1},
        {"threads": 1},
        {"memory_limit": "200MB"},
        {"threads": 2},
        {"threads": 3},
    ],
    ids=str,
)
@pytest.mark.full  # quickly, one and two threads are compared below
def test_threads_and_memory(file: Path, expected: bytes, options: dict[str, Any]) -> None:
    assert measured(file, **options) == expected


@pytest.mark.full
@pytest.mark.parametrize("order", ["newest first", "by name"])
def test_row_orders(log: pl.DataFrame, expected: bytes, tmp_path: Path, order: str) -> None:
    sorts = {"newest first": ["timestamp", "user_id"], "by name": ["event", "target", "user_id"]}
    other = log.sort(sorts[order], descending=True, nulls_last=True)
    other.write_parquet(tmp_path / "events.parquet", row_group_size=7_001)
    assert measured(tmp_path / "events.parquet") == expected


@pytest.mark.full
def test_zone_of_the_machine_and_a_second_run(file: Path, expected: bytes, tmp_path: Path) -> None:
    """Commands under three zones and hash seeds: the whole folder is the same, byte for byte."""
    folders = [tmp_path / str(number) for number in range(len(ZONES))]
    all_of(
        [
            command(file, folder, TZ=zone, PYTHONHASHSEED=str(number), LC_ALL="C")
            for number, (zone, folder) in enumerate(zip(ZONES, folders, strict=True))
        ]
    )
    for folder in folders[1:]:
        assert differing(folders[0], folder) == []
    assert outcome((folders[0] / "summary.json").read_bytes()) == expected


def test_nothing_written_was_in_memory_by_chance(log: pl.DataFrame, tmp_path: Path) -> None:
    """The C library fills memory with another byte in each run: none of it reaches a file.

    Elements lie on several pages, so that names of several numbers repeat.
    """
    path = tmp_path / "events.parquet"
    named = {
        "target": pl.format("cell {}", pl.col("index") % 3),
        "context": pl.format("page {}", pl.col("index") % 2),
    }
    log.with_row_index().with_columns(**named).drop("index", "task").write_parquet(path)
    folders = [tmp_path / byte for byte in ("85", "170")]
    all_of(
        [
            command(path, folder, MALLOC_PERTURB_=folder.name, ARROW_DEFAULT_MEMORY_POOL="system")
            for folder in folders
        ]
    )
    assert differing(*folders) == []
    returns = pl.read_parquet(folders[0] / "interruptions.parquet")
    assert returns.height > 10 * returns["stop_target"].n_unique()


@pytest.mark.full
def test_tables_do_not_depend_on_threads_or_order(
    log: pl.DataFrame, file: Path, tmp_path: Path
) -> None:
    shuffled = log.sample(fraction=1, shuffle=True, seed=5)
    shuffled.write_parquet(tmp_path / "other.parquet", row_group_size=7_001)
    resume_gap.analyze(file, out=tmp_path / "a", threads=1)
    resume_gap.analyze(tmp_path / "other.parquet", out=tmp_path / "b", threads=2)
    named = {"report.html", "summary.json", "prediction.json"}  # they say what they came from
    assert set(differing(tmp_path / "a", tmp_path / "b")) <= named
    one, other = (outcome((tmp_path / name / "summary.json").read_bytes()) for name in "ab")
    assert one == other


@pytest.mark.full
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_naive_times_do_not_depends_on_the_machine(
    log: pl.DataFrame, tmp_path: Path, form: str
) -> None:
    """Half of the times carry no zone: those are where the machine's own could creep in."""
    text = (
        log.head(3_000)
        .with_row_index()
        .with_columns(
            pl.when(pl.col("index") % 2 == 0)
            .then(pl.col("timestamp").dt.strftime("%Y-%m-%d %H:%M:%S%.6f"))
            .otherwise(pl.col("timestamp").dt.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00"))
            .alias("timestamp")
        )
        .drop("index")
    )
    path = tmp_path / f"events.{form}"
    if form == "csv":
        text.write_csv(path)
    else:
        text.write_ndjson(path)
    folders = [tmp_path / str(number) for number in range(len(ZONES))]
    all_of([command(path, folder, TZ=zone) for zone, folder in zip(ZONES, folders, strict=True)])
    for folder in folders[1:]:
        assert differing(folders[0], folder) == []


@pytest.mark.full
@pytest.mark.real_logs
@pytest.mark.parametrize("name", REAL)
def test_real_logs(tmp_path: Path, name: str) -> None:
    path = SHARED / f"{name}.parquet"
    if not path.exists():
        pytest.skip("the real event logs do not stand beside the checkout")
    expected = measured(path, threads=1)
    assert measured(path, threads=2, memory_limit="200MB") == expected
    shuffled = pl.read_parquet(path).sample(fraction=1, shuffle=True, seed=1)
    shuffled.write_parquet(tmp_path / path.name)
    assert measured(tmp_path / path.name) == expected
    folders = [tmp_path / "first", tmp_path / "second"]
    all_of([command(path, folder, TZ=zone) for zone, folder in zip(ZONES, folders, strict=False)])
    assert differing(*folders) == []
    assert outcome((folders[0] / "summary.json").read_bytes()) == expected
