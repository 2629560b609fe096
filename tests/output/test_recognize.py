"""Files that a command wrote are known by their content, and no others."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import polars as pl
import pytest

import resume_gap
from resume_gap.output.recognize import OURS, is_ours
from resume_gap.report.render.tables import INTERRUPTION_COLUMNS, USER_COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

ROWS = "user_id,timestamp,event\n" + "".join(
    f"u{user},2026-03-02T{hour:02}:00:0{user}Z,edit\n" for user in range(3) for hour in range(24)
)


def ours(folder: Path) -> set[str]:
    with os.scandir(folder) as found:
        return {entry.name for entry in found if is_ours(entry)}


def test_every_file_of_a_report_is_ours(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(ROWS)
    resume_gap.analyze(tmp_path / "log.csv", out=tmp_path / "out")
    resume_gap.share(tmp_path / "out")
    resume_gap.history([tmp_path / "out"], out=tmp_path / "out")
    assert ours(tmp_path / "out") == OURS - {"suspected_bots.txt"}  # nobody is suspected
    (tmp_path / "out" / "notes.md").touch()
    (tmp_path / "out" / "users.parquet").rename(tmp_path / "out" / "people.parquet")
    (tmp_path / "out" / "suspected_bots.txt").write_text("user_id\nrobot\n")
    assert ours(tmp_path / "out") == OURS - {"users.parquet"}
    (tmp_path / "out" / "suspected_bots.txt").write_text("robot\n")
    assert "suspected_bots.txt" not in ours(tmp_path / "out")


def test_a_table_of_many_parts_is_ours(tmp_path: Path) -> None:
    for name, columns in (("users", USER_COLUMNS), ("interruptions", INTERRUPTION_COLUMNS)):
        frame = pl.DataFrame({column: range(500) for column in columns})
        frame.write_parquet(tmp_path / f"{name}.parquet", row_group_size=1)
    assert ours(tmp_path) == {"users.parquet", "interruptions.parquet"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PAR1",
        b"user_id,active_weeks,sessions,stops\n",
        b"{}",
        b"[" * 100_000,
        b"\xff" * 9,
        b"<!DOCTYPE html><title>Interrupted work</title>",
        b"\xff\xff\xff\xffPAR1",
        json.dumps({"schema_version": 2, "command": "analyze"}).encode(),
    ],
)
def test_a_file_of_the_same_name_is_the_users(tmp_path: Path, content: bytes) -> None:
    for name in OURS:
        (tmp_path / name).write_bytes(content)
    assert ours(tmp_path) == set()


def test_a_table_of_other_columns_is_the_users(tmp_path: Path) -> None:
    for name in ("users", "interruptions"):
        pl.DataFrame({"user_id": ["a"], "plan": ["b"]}).write_parquet(tmp_path / f"{name}.parquet")
    assert ours(tmp_path) == set()


def test_a_table_that_is_no_parquet_file_is_the_users(tmp_path: Path) -> None:
    schema = b"user_id active_weeks sessions stops"
    for mark, found in ((b"PAR2", set()), (b"PAR1", {"users.parquet"})):
        data = b"PAR1" + schema + len(schema).to_bytes(4, "little") + mark
        (tmp_path / "users.parquet").write_bytes(data)
        assert ours(tmp_path) == found


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_only_regular_files_are_ours(tmp_path: Path, kind: str) -> None:
    path, real = tmp_path / "out" / "summary.json", tmp_path / "real"
    path.parent.mkdir()
    real.write_text('{"schema_version": 2, "tool_version": "0", "command": "analyze"}')
    if kind == "link":
        path.symlink_to(real)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    assert ours(path.parent) == set()
    real.rename(tmp_path / "summary.json")
    assert ours(tmp_path) == {"summary.json"}
