"""Files of many columns and of large objects: what is not used never makes a log unreadable."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.effort import effort
from factories.source_files import read

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source, staging

if TYPE_CHECKING:
    from pathlib import Path

BASE = 1_772_442_000
WIDTH = effort(800, 3_000)
STEP = WIDTH // 6


def rows_of(path: Path, columns: str = "event, row_hash", **options: Any) -> list[tuple[Any, ...]]:
    with open_source([str(path)], Settings(**options)) as source:
        source.create_rows(source.con)
        return source.con.execute(f"select {columns} from rows order by event").fetchall()


def wide(n: int = 6) -> list[dict[str, Any]]:
    """Rows of many columns; the last two are equal, the others differ in one column each."""
    rows = []
    for i in range(n):
        others = {f"x{c}": "same" for c in range(WIDTH)} | {"kind": "save", "plan": f"p{i % 2}"}
        rows.append({"user_id": "u", "timestamp": str(BASE + i), "event": f"e{i}", **others})
        if i < n - 1:
            rows[-1][f"x{i * STEP}"] = "other"
    return [*rows, dict(rows[-1])]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    elif path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    else:
        path.write_text("\n".join(map(",".join, [list(rows[0]), *(r.values() for r in rows)])))
    return path


@pytest.mark.parametrize(
    "name", ["e.jsonl", *(pytest.param(n, marks=pytest.mark.full) for n in ("e.csv", "e.parquet"))]
)
def test_thousands_of_columns(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, wide())
    rows = rows_of(path)
    assert [event for event, _ in rows] == ["e0", "e1", "e2", "e3", "e4", "e5", "e5"]
    assert len({seen for _, seen in rows}) == 6
    assert rows[-1] == rows[-2]


@pytest.mark.parametrize("name", ["e.csv", "e.jsonl"])
def test_what_is_asked_for_is_kept(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, wide())
    options: dict[str, Any] = {"by": ("plan",), "productive": ("kind=save",)}
    rows = rows_of(
        path, "marks, segments[1] as segment, target", mapping={"target": f"x{STEP}"}, **options
    )
    assert [row[0] for row in rows] == [1] * 7
    assert [row[1] for row in rows] == ["p0", "p1", "p0", "p1", "p0", "p1", "p1"]
    assert [row[2] for row in rows] == ["same", "other", *["same"] * 5]


def test_line_ends_in_quotes_are_no_broken_lines(tmp_path: Path) -> None:
    """Also where they stand in one of many columns that are not kept."""
    for width in (3, 500):
        names = ["user_id", "timestamp", "event", *(f"x{c}" for c in range(width))]
        row = ["u", str(BASE), "e", *["same"] * (width - 1), '"two\nlines"']
        path = tmp_path / f"{width}.csv"
        path.write_text("\n".join(map(",".join, [names, *[row] * 120, ["u"]])) + "\n")
        _, report, rows = read(str(path))
        assert (len(rows), report.broken_lines) == (120, 1)


@pytest.mark.parametrize(
    ("size", "whole"),
    [
        (17, True),
        (40, False),
        pytest.param(17, False, marks=pytest.mark.full),
        pytest.param(40, True, marks=pytest.mark.full),
    ],
    ids=lambda value: {True: "array", False: "lines"}.get(value, value),
)
def test_large_objects(tmp_path: Path, size: int, *, whole: bool) -> None:
    rows = [{"user_id": "u", "timestamp": BASE + i, "event": f"e{i}"} for i in range(5)]
    rows.append({"user_id": "u", "timestamp": BASE, "event": "z", "text": "y" * size * 10**6})
    path = tmp_path / "e.json"
    path.write_text(json.dumps(rows) if whole else "\n".join(map(json.dumps, rows)))
    assert [event for event, _ in rows_of(path)] == ["e0", "e1", "e2", "e3", "e4", "z"]


def test_lines_that_hold_no_object() -> None:
    lines = {'{"a": 1}': True, "": True, " \n": True, "[1]": False, "5": False, "{": False}
    assert {line: staging._is_object(line) for line in lines} == lines
    assert not staging._is_object('{"a": "\udcff"}')


def test_lines_are_counted_where_no_row_could_be_read(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("user_id,timestamp,event\n" + "u\n" * 3)
    with pytest.raises(InputError, match="3 lines are broken"):
        read(str(path))
