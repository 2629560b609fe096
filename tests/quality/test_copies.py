"""Inputs that are copies are named where their rows were kept, and nothing else is."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from factories.law_logs import result

import resume_gap
from resume_gap.quality.copies import copy_checks

SAMPLE = Path(__file__).parents[2] / "sample_events" / "workday.parquet"
PATHS = ("a.csv", "b.csv", "c.csv", "d.csv", "e.csv")


def found(*spans: tuple[int, int | None, int | None], alike: int) -> list[tuple[Any, ...]]:
    frame = pl.DataFrame(
        [(number, *span) for number, span in enumerate(spans)],
        schema={"input_no": pl.UInt16, "n": pl.Int64, "first_us": pl.Int64, "last_us": pl.Int64},
        orient="row",
    )
    return [
        (one.severity, one.count, one.share, one.names, one.figures["inputs"])
        for one in copy_checks(frame, PATHS, alike)
    ]


def test_as_many_rows_at_the_same_times_are_a_copy() -> None:
    assert found((10, 1, 9), (30, 1, 9), (10, 1, 9), alike=10) == [
        ("warn", 10, 0.2, ("c.csv", "a.csv"), 1)
    ]


def test_the_largest_copy_is_named_and_all_are_counted() -> None:
    assert found((10, 1, 9), (30, 2, 9), (30, 2, 9), (10, 1, 9), (30, 2, 9), alike=99) == [
        ("warn", 70, 70 / 110, ("c.csv", "b.csv"), 3)
    ]


@pytest.mark.parametrize(
    "spans",
    [
        [(10, 1, 9), (11, 1, 9)],
        [(10, 1, 9), (10, 2, 9)],
        [(10, 1, 9), (10, 1, 8)],
        [(1, 5, 5), (1, 5, 5)],
        [(4, None, None), (4, None, None)],
        [(10, 1, 9)],
    ],
)
def test_other_inputs_are_none(spans: list[tuple[int, int | None, int | None]]) -> None:
    assert found(*spans, alike=99) == []


def test_rows_that_were_dropped_or_differ_need_no_word() -> None:
    assert found((10, 1, 9), (10, 1, 9), alike=9) == []


@pytest.mark.parametrize("second", [True, False])
def test_a_log_and_its_compressed_copy(tmp_path: Path, second: bool) -> None:
    """Rows that come again are dropped where stamps are finer than a second."""
    log = pl.read_parquet(SAMPLE).with_columns(
        pl.col("timestamp").dt.truncate("1s" if second else "1us")
    )
    log.write_csv(tmp_path / "t.csv")
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress((tmp_path / "t.csv").read_bytes()))
    paths = [str(tmp_path / "t.csv"), str(tmp_path / "t.csv.gz")]
    checks = result(resume_gap.analyze(paths, gap="15m"))["data_quality"]
    copied = [one for one in checks if one["check"] == "copied_inputs"]
    assert [one["count"] for one in copied] == ([log.height] if second else [])
    assert all("t.csv.gz has as many rows as " in one["message"] for one in copied)
