"""Clocks, ids and names that no person would write: a whole report that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.bad_logs import (
    CONTROL,
    check_of,
    csv,
    run,
    whole,
    working,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_clocks_that_were_never_set(tmp_path: Path) -> None:
    rows = working(n=40)
    rows += [("u1", 0, "edit"), ("u1", 86_400, "edit"), ("u1", 4_070_908_800, "edit")]
    found = whole(tmp_path, csv(tmp_path, rows))
    assert found["rows"]["dropped"] == {"clock_out_of_range": 3}
    assert found["counts"]["events"] == 40
    warned = [c for c in found["data_quality"] if "clock" in c["check"]]
    assert [c["severity"] for c in warned] == ["warn"]
    assert warned[0]["count"] == 3


def test_spells_that_end_before_they_start(tmp_path: Path) -> None:
    rows = [
        (*row, row[1] - 50 if n % 5 == 0 else row[1] + 20) for n, row in enumerate(working(n=40))
    ]
    found = whole(tmp_path, csv(tmp_path, rows, "user_id,timestamp,event,end"), "--map", "end=end")
    assert found["columns"]["end"] == "end"
    assert check_of(found, "reversed_ends")["count"] == 8


@pytest.mark.parametrize(
    ("name", "far"),
    [
        ("duration", 9 * 10**12),
        pytest.param("duration", 10**12, marks=pytest.mark.full),
        pytest.param("end", 16_725_225_600, marks=pytest.mark.full),
    ],
)
def test_spells_without_end(tmp_path: Path, name: str, far: int) -> None:
    """Ends in the year 2500 and durations of ages: no overflow, no panic of an engine."""
    rows = [(*row, far if n == 20 else "") for n, row in enumerate(working(n=40))]
    file = csv(tmp_path, rows, f"user_id,timestamp,event,{name}")
    found = whole(tmp_path, file, "--map", f"{name}={name}")
    assert found["counts"]["events"] == 40


def test_huge_ids_stay_apart(tmp_path: Path) -> None:
    ids = [2**53, 2**53 + 1, 2**64, 2**64 + 1, 10**30, 10**30 + 1, "007", "7"]
    rows = [row for user in ids for row in working(str(user), n=20)]
    found = whole(tmp_path, csv(tmp_path, rows))
    assert found["counts"]["users"] == len(ids)
    lines = [
        f'{{"user_id": {u}, "timestamp": {t}, "event": "{e}"}}'
        for u, t, e in rows
        if not u.startswith("00")
    ]
    (tmp_path / "log.jsonl").write_text("\n".join(lines))
    assert whole(tmp_path, "log.jsonl")["counts"]["users"] == len(ids) - 1


HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[/foo]",
    "[link=http://evil]x[/link]",
    "\x1b[31mred\x1b[0m",
    "\x07bell",
    "\u202egnp.exe",
    "\u2066x",
    "'; drop table rows; --",
    '"quoted"',
    "`x`",
    "{{ 7 * 7 }}",
    "${7*7}",
    "%s %d",
    "a\nb",
    "\ufffe",
    "x" * 3000,
    "=cmd|' /C calc'!A0",
    "\x00",
    "é",
    "e\u0301",
    "user_no",
    "NaN",
    "\ufeff",
)


def test_hostile_names(tmp_path: Path) -> None:
    rows = [
        {
            "user_id": name + str(user),
            "timestamp": t,
            "event": f"edit {name}",
            "target": name,
            "context": name,
            "device": name,
        }
        for user in range(6)
        for number, name in enumerate(HOSTILE)
        for _, t, _ in working(n=10, step=300 + number)
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "log.parquet")
    for show in ((), ("--show-ids",)):
        found = whole(tmp_path, "log.parquet", "--productive", "edit*", "--gap", "30m", *show)
        assert found["counts"]["users"] == len(HOSTILE) * 6
        page = (tmp_path / "out/report.html").read_text()
        assert "<script>alert" not in page
        assert "onerror=alert(1)>" not in page
        assert "<img src=x" not in page
        assert "{{ 7" not in page or "49" not in page.split("{{ 7")[0][-5:]
        text = (tmp_path / "out/summary.json").read_text()
        assert not any(chr(c) in text for c in CONTROL)


def test_hostile_column_and_file_names(tmp_path: Path) -> None:
    name = "x'; drop--\u202e\x1b[31m<b>.csv"
    header = '"<script>",timestamp,event,"a""b","c\u202ed"\n'
    rows = "".join(f"u,{t},{e},1,2\n" for _, t, e in working())
    (tmp_path / name).write_text(header + rows)
    ended, said = run(tmp_path, name, "--user", "<script>")
    assert ended == 0, said
    assert not any(chr(c) in said for c in CONTROL)
    assert '<script>"' not in (tmp_path / "out/report.html").read_text()
