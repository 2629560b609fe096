"""Files that are no log: one line and nothing written; never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.bad_logs import (
    refused,
    working,
)

from resume_gap.commands import analyze
from resume_gap.errors import ResumeGapError
from resume_gap.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

NO_LOG: dict[str, tuple[str, bytes]] = {
    "empty": ("log.csv", b""),
    "empty parquet": ("log.parquet", b""),
    "empty json lines": ("log.jsonl", b""),
    "blank": ("log.csv", b"\n\n  \n"),
    "header only": ("log.csv", b"user_id,timestamp,event\n"),
    "missing column": ("log.csv", b"user_id,event\nu,edit\n"),
    "text as parquet": ("log.parquet", b"user_id,timestamp,event\nu,1,edit\n"),
    "binary as csv": ("log.csv", bytes(range(256)) * 40),
    "zeros as csv": ("log.csv", bytes(5000)),
    "utf-16": ("log.csv", "user_id,timestamp,event\nu,1,e\n".encode("utf-16")),
    "broken gzip": ("log.csv.gz", b"\x1f\x8b\x08\x00 this is no gzip"),
    "broken zst": ("log.csv.zst", b"\x28\xb5\x2f\xfd nonsense"),
    "parquet magic only": ("log.parquet", b"PAR1PAR1"),
    "unknown ending": ("log.xyz", b"\x00\x01\x02"),
    "html": ("log.csv", b"<!doctype html><html><body>Sign in</body></html>"),
    "json object": ("log.jsonl", b'{"error": "not authorised"}\n'),
    "unreadable times": ("log.csv", b"user_id,timestamp,event\nu,soon,edit\nu,later,edit\n"),
    "no times": ("log.csv", b"user_id,timestamp,event\nu,,edit\nu,,edit\n"),
    "no users": ("log.csv", b"user_id,timestamp,event\n,1772445600,edit\n,1772445700,edit\n"),
    "no names": ("log.csv", b"user_id,timestamp,event\nu,1772445600,\nu,1772445700,\n"),
    "only placeholders": (
        "log.csv",
        b"user_id,timestamp,event\nnull,1772445600,edit\nundefined,1772445700,edit\n",
    ),
    "only 1970": ("log.csv", b"user_id,timestamp,event\nu,0,edit\nu,7,edit\n"),
    "only 2099": (
        "log.csv",
        b"user_id,timestamp,event\nu,2099-01-01T00:00:00Z,e\nu,2099-01-02T00:00:00Z,e\n",
    ),
}


@pytest.mark.parametrize(("name", "data"), NO_LOG.values(), ids=NO_LOG)
def test_files_that_are_no_log(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    refused(tmp_path, name)


def test_a_truncated_parquet_file(tmp_path: Path) -> None:
    rows = working(n=3000)
    table = pa.table(
        {
            "user_id": [r[0] for r in rows],
            "timestamp": [r[1] for r in rows],
            "event": [r[2] for r in rows],
        }
    )
    pq.write_table(table, tmp_path / "whole.parquet")
    data = (tmp_path / "whole.parquet").read_bytes()
    for keep in (5, len(data) // 2, len(data) - 9, len(data) - 1):
        (tmp_path / "log.parquet").write_bytes(data[:keep])
        assert "log.parquet" in refused(tmp_path, "log.parquet")


def test_nothing_there_and_what_vanishes(tmp_path: Path) -> None:
    assert "none.csv" in refused(tmp_path, "none.csv")
    (tmp_path / "gone.csv").symlink_to(tmp_path / "never")
    assert "gone.csv" in refused(tmp_path, "gone.csv")
    refused(tmp_path, "*.parquet")
    refused(tmp_path, "")
    refused(tmp_path, "x\x1b[31m\u202e.csv")


@pytest.mark.parametrize("step", ["reading the events", "ordering the events"])
def test_a_file_that_vanishes_during_the_run(tmp_path: Path, step: str) -> None:
    rows = working(n=3000)
    file = tmp_path / "log.parquet"
    pq.write_table(
        pa.table(
            {
                "user_id": [r[0] for r in rows],
                "timestamp": [r[1] for r in rows],
                "event": [r[2] for r in rows],
            }
        ),
        file,
    )

    def vanish(said: str) -> None:
        if said == step:
            file.unlink()

    try:
        analyze.run([str(file)], Settings(), out=tmp_path / "out", on_progress=vanish)
    except ResumeGapError as error:
        assert "\n" not in str(error)  # noqa: PT017
        assert list(tmp_path.iterdir()) == []
