"""Files whose keys or columns are values are refused early, whatever their format."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import polars as pl
import pytest

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources.source import open_source

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("user_id", "timestamp", "event")
ROW = ("u", "2026-03-02T08:00:00Z", "edit")


def csv(path: Path) -> None:
    header = (*NAMES, *(f"c{n}" for n in range(80_000)))
    path.write_text(f"{','.join(header)}\n{','.join(ROW)}{',' * 80_000}\n")


def wide(path: Path) -> None:
    header = (*NAMES, *(f"column number {n}" for n in range(10_100)))
    path.write_text(f"{','.join(header)}\n" + f"{','.join(ROW)}{',' * 10_100}\n" * 3)


def lines(path: Path) -> None:
    row = dict(zip(NAMES, ROW, strict=True))
    path.write_text("".join(json.dumps({**row, f"k{n}": 1}) + "\n" for n in range(24_000)))


def parquet(path: Path) -> None:
    row = dict(zip(NAMES, ([one] for one in ROW), strict=True))
    pl.DataFrame(row | {f"k{n}": [1] for n in range(10_000)}).write_parquet(path)


@pytest.mark.parametrize(
    ("write", "name"), [(csv, "a.csv"), (wide, "a.csv"), (lines, "a.jsonl"), (parquet, "a.parquet")]
)
def test_more_columns_than_any_log_has_are_one_line(write, name: str, tmp_path: Path) -> None:
    write(tmp_path / name)
    begun = time.monotonic()
    with pytest.raises(InputError, match="has more than 10,000 columns or keys") as refused:
        open_source([str(tmp_path / name)], Settings())
    assert time.monotonic() - begun < 5
    assert "\n" not in str(refused.value)


def test_files_count_together(tmp_path: Path) -> None:
    row = dict(zip(NAMES, ROW, strict=True))
    for part in range(3):
        keys = {f"k{part}_{n}": 1 for n in range(4_000)}
        (tmp_path / f"{part}.jsonl").write_text(json.dumps(row | keys))
    with pytest.raises(InputError, match="has more than 10,000"):
        open_source([str(tmp_path)], Settings())
