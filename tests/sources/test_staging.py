"""Files of many columns and of large objects: what is not used never makes a log unreadable."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.effort import effort
from factories.source_files import read

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source, staging
from resume_gap.sources.drafts import draft_of
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.reuse import Reuse
from resume_gap.sources.tables import Broken

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    assert {line: staging._fault(line) is None for line in lines} == lines
    assert staging._fault('{"a": "\udcff"}') is staging._Fault.NO_OBJECT
    assert staging._fault(r'{"a": "cut \ud83d"}') is staging._Fault.HALF
    assert staging._fault(r'{"a": "whole \ud83d\ude00", "b": "\\ud83d"}') is None


def test_lines_are_counted_where_no_row_could_be_read(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("user_id,timestamp,event\n" + "u\n" * 3)
    with pytest.raises(InputError, match="3 lines are broken"):
        read(str(path))


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        yield con


def staged(con: Any, path: Path, content: str | bytes, **options: Any) -> tuple[Any, Any]:
    """The table that a text file is written to, and its rows."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    kind: Any = "json" if path.suffix == ".jsonl" else "csv"
    file = InputFile(given=path.name, path=path, kind=kind)
    made = draft_of(con, file, path, Reuse().of(file))
    asked: Any = {"times": (), "dotted": (), "needed": (), "tz": "UTC"} | options
    table = staging.write(con, made, path.with_suffix(".parquet"), **asked)
    if not table.columns:
        return table, []
    names = ", ".join(f"{column.sql}" for column in table.columns.values())
    return table, con.execute(f"select {names} from {table.relation}").fetchall()


def test_a_table_holds_the_columns_as_text(con: Any, tmp_path: Path) -> None:
    table, rows = staged(con, tmp_path / "a.csv", "x,y\n1,\n2.0,b\n")
    assert (rows, table.rows, table.rest) == ([("1", None), ("2.0", "b")], 2, None)
    assert table.broken == Broken()
    assert table.walked == frozenset()
    table, rows = staged(con, tmp_path / "a.jsonl", '{"y": "b", "x": 2.0}\n\n{"x": 1}\n')
    assert [*table.columns] == ["x", "y"]
    assert (rows, table.broken) == ([("2", "b"), ("1", None)], Broken())
    for name in ("e.csv", "e.jsonl"):
        table, rows = staged(con, tmp_path / name, "")
        assert (table.columns, table.rows, rows) == ({}, 0, [])
    with pytest.raises(InputError, match="no line is a JSON object; write one object per line"):
        staged(con, tmp_path / "b.jsonl", "5\n[1]\n")


def test_dotted_names_and_instants_are_worked_out(con: Any, tmp_path: Path) -> None:
    lines = '{"p": {"a": "x", "t": "2026-03-02 10:00"}, "t": 1772438400}\n{"p": 1, "t": "soon"}\n'
    table, rows = staged(
        con,
        tmp_path / "a.jsonl",
        lines,
        dotted=("p.a", "p.t", "no.b", "t"),
        times=("t", "p.t", "gone"),
        tz="Asia/Tokyo",
    )
    assert [*table.columns] == ["p", "t", "p.a", "p.t"]
    assert table.walked == {"p.a", "p.t"}
    assert [row[2:] for row in rows] == [("x", "2026-03-02 10:00"), (None, None)]
    sql = ", ".join(
        f"{read.clock}, {read.whole}, {read.real}, {read.naive}, {read.far}"
        for read in (table.columns[name].times for name in ("t", "p.t"))
    )
    found = con.execute(f"select {sql} from {table.relation}").fetchall()
    assert found[0][:3] == (None, 1_772_438_400, 1_772_438_400)
    assert found[0][4]
    assert found[0][5] is not None
    assert found[0][6:8] == (None, None)
    assert found[0][8]
    assert found[1][:3] == (None, None, None)
    assert not found[1][4]
    for name in ("p", "p.a"):
        assert table.columns[name].times is None


def test_times_are_read_by_the_pattern_and_in_the_zone(con: Any, tmp_path: Path) -> None:
    def clock(**options: Any) -> Any:
        table, _ = staged(con, tmp_path / "a.csv", "t\n02.03.2026\n", times=("t",), **options)
        sql = table.columns["t"].times.clock
        return con.execute(f"select {sql} from {table.relation}").fetchone()[0]

    assert clock() is None
    utc = clock(pattern="%d.%m.%Y")
    tokyo = clock(pattern="%d.%m.%Y", tz="Asia/Tokyo")
    assert utc is not None
    assert tokyo != utc


def test_a_wide_file_keeps_what_is_needed_and_a_hash_of_the_rest(
    con: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "WIDE", 3)
    for name, three, four in (
        ("a.csv", "a,b,c\n1,2,3\n", "d,a,b,c\n4,1,2,3\n4,1,2,3\n5,1,2,3\n"),
        (
            "a.jsonl",
            '{"a": 1, "b": 2, "c": 3}\n',
            "".join(f'{{"d": {d}, "a": 1, "b": 2, "c": 3}}\n' for d in (4, 4, 5)),
        ),
    ):
        table, _ = staged(con, tmp_path / name, three, needed=("b",))
        assert ([*table.columns], table.rest) == (["a", "b", "c"], None)
        table, rows = staged(con, tmp_path / name, four, needed=("b", "a", "z"))
        assert ([*table.columns], table.rest) == (["a", "b"], "rest")
        assert rows == [("1", "2")] * 3
        one, same, other = (
            row[0] for row in con.execute(f"select rest from {table.relation}").fetchall()
        )
        assert one == same != other
        if name == "a.csv":  # the order of the columns says nothing
            turned, _ = staged(con, tmp_path / name, "a,c,b,d\n1,3,2,4\n", needed=("b", "a"))
            assert con.execute(f"select rest from {turned.relation}").fetchall() == [(one,)]


@pytest.mark.parametrize(
    ("name", "content", "rows", "broken"),
    [
        ("a.csv", "x,y\n1,2\n1\n\n1,2,3\n1,2\n", 2, Broken(2, (3, 5))),
        ("a.csv", "x,y\n" + "1\n" * 7 + "1,2\n", 1, Broken(7, (2, 3, 4, 5, 6))),
        ("a.csv", 'x,y\n1,"a\nb"\n1,2\n', 2, Broken()),
        ("a.csv", b"x,y\n1,\xff\n1,\xfe\n1,2\n", 1, Broken(2, (2, 3), encoding=True)),
        ("a.csv", b"x,y\n1\n1,\xfe\n1,2\n", 1, Broken(2, (2, 3))),
        ("a.csv", b"x,y\r\n1,2\n3,4\r\n5,6\n", 3, Broken()),
        ("a.jsonl", '{"x": 1}\n[1]\n\n5\n{"x": 2}\n', 2, Broken(2, (2, 4))),
        ("a.jsonl", '{"x": 1}\n' + "5\n" * 7, 1, Broken(7, (2, 3, 4, 5, 6))),
        ("a.jsonl", '\n{"x": 1}\n\n', 1, Broken()),
        ("a.jsonl", b'\xef\xbb\xbf{"x": 1}\n{"x"\n', 1, Broken(1, (2,))),
        ("a.jsonl", '[{"x": 1},\n{"x": 2}]', 2, Broken()),
        ("a.jsonl", '{\n"x": 1\n}\n{\n"x": 2}', 2, Broken()),
    ],
)
def test_every_line_is_a_row_blank_or_broken(
    con: Any, tmp_path: Path, name: str, content: Any, *, rows: int, broken: Broken
) -> None:
    for _ in range(2):  # what is rejected is that of this file alone
        table, held = staged(con, tmp_path / name, content)
        assert (table.rows, len(held), table.broken) == (rows, rows, broken)


@pytest.mark.parametrize("half", [r"\ud83d", r"a\ude00", r"\ud83d\ud83d"])
def test_half_of_a_character_is_named_as_the_reason(tmp_path: Path, half: str) -> None:
    row = '{"user_id": "u", "timestamp": "2026-03-02T08:00:%02dZ", "event": "e", "note": "%s"}\n'
    (path := tmp_path / "a.jsonl").write_text(
        "".join(row % (n, half if n == 3 else r"\ud83d\ude00") for n in range(20))
    )
    with pytest.raises(InputError, match=r"1 line is broken \(5.0%.*line 4\); each holds half of"):
        open_source([str(path)], Settings())
    with open_source([str(path)], Settings(lenient=True)) as source:
        (check,) = (one for one in source.checks if one.check == "broken_lines")
    assert "half of a character" in check.message
    path.write_text(path.read_text() + "{\n")
    with pytest.raises(InputError, match="correct the export, or go on") as refused:
        open_source([str(path)], Settings())
    assert "half of" not in str(refused.value)
