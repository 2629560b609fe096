"""Runs of the command over bad telemetry: a whole report, or one line and nothing written.

The command runs in this process, so that a traceback fails the test itself.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import sys
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from resume_gap import cli

if TYPE_CHECKING:
    from pathlib import Path

T0 = 1_772_445_600
"""2026-03-02 10:00 UTC."""


OUTPUT = {
    "report.html",
    "prediction.json",
    "summary.json",
    "data_quality.json",
    "interruptions.parquet",
    "users.parquet",
}


CONTROL = [
    *range(9),
    0x0B,
    0x0C,
    *range(0x0E, 0x20),
    0x7F,
    *range(0x80, 0xA0),
    0x202A,
    0x202B,
    0x202D,
    0x202E,
    0x2066,
    0x2067,
    0x2068,
    0x200E,
    0x200F,
]


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and standard error of `analyze ... --out out`."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(
            sys, "argv", ["resume-gap", "analyze", *arguments, "--out", "out", "--isolated"]
        )
        with pytest.raises(SystemExit) as ended:
            cli.run()
    err.flush()
    return int(ended.value.code or 0), err.buffer.getvalue().decode()


def refused(folder: Path, *arguments: str, code: int = 1) -> str:
    before = sorted(p.name for p in folder.iterdir())
    ended, said = run(folder, *arguments)
    assert ended == code, said
    assert said.count("\n") == 1, said
    assert said.endswith("\n")
    assert not any(chr(c) in said.rstrip("\n") for c in CONTROL)
    assert sorted(p.name for p in folder.iterdir()) == before
    return said


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [n for v in value.values() for n in numbers(v)]
    if isinstance(value, list):
        return [n for v in value for n in numbers(v)]
    return [value] if isinstance(value, float) else []


def whole(folder: Path, *arguments: str) -> dict[str, Any]:
    """The summary of a run that must end well; every file is there and holds no NaN."""
    ended, said = run(folder, *arguments)
    assert ended == 0, said
    assert not any(chr(c) in said for c in CONTROL)
    assert {p.name for p in (folder / "out").iterdir()} == OUTPUT
    text = (folder / "out/summary.json").read_text()
    content: dict[str, Any] = json.loads(text, parse_constant=pytest.fail)
    assert all(math.isfinite(n) for n in numbers(content))
    page = (folder / "out/report.html").read_text()
    assert page.rstrip().endswith("</html>")
    assert ">NaN" not in page
    rows = content["rows"]
    assert rows["read"] == rows["used"] + sum(rows["dropped"].values())
    for name in ("interruptions", "users"):
        table = pl.read_parquet(folder / "out" / f"{name}.parquet")
        for column in table.select(pl.selectors.float()).iter_columns():
            assert not column.drop_nulls().is_nan().any()
    return content


def csv(folder: Path, rows: list[tuple[Any, ...]], header: str = "user_id,timestamp,event") -> str:
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    (folder / "log.csv").write_text("\n".join(lines) + "\n")
    return "log.csv"


def working(user: str = "u1", n: int = 30, step: int = 400) -> list[tuple[Any, ...]]:
    """Edits with a look in between; every seventh gap is an hour longer."""
    at, rows = T0, []
    for number in range(n):
        at += step + (3600 if number % 7 == 0 else 0)
        rows.append((user, at, ("edit", "view", "edit")[number % 3]))
    return rows


def check_of(content: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [c for c in content["data_quality"] if c["check"] == name]
    return found
