"""Tables of SQLite databases: every digit kept, one table or a named one, nothing that runs."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from factories.source_files import NOON, US, message, read

from resume_gap.errors import InputError
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers import sqlite


def database(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as con:
        for statement in statements:
            con.execute(statement)
        con.commit()
    return path


EVENTS = "create table events (user_id, ts, event, position)"


@pytest.mark.parametrize("ending", ["sqlite", "db", "db3", "data"])
def test_the_only_table_is_read(tmp_path: Path, ending: str) -> None:
    path = database(
        tmp_path / f"log.{ending}",
        EVENTS,
        f"insert into events values ('007', {NOON // US}, 'edit', 1.5), (7, {NOON // US + 1},"
        " 'view', null), (9007199254740993, null, x'6869', 2)",
    )
    source, _, rows = read(str(path), "user_id, at_us, event, position")
    assert [tuple(row.values()) for row in rows] == [
        ("007", NOON, "edit", 1.5),
        ("7", NOON + US, "view", None),
        ("9007199254740993", None, "6869", 2.0),
    ]
    assert [(one.kind, one.rows) for one in source.inputs] == [("sqlite", 3)]
    assert not list(tmp_path.glob("*-journal")) + list(tmp_path.glob("*-wal"))


def test_whole_numbers_keep_every_digit(tmp_path: Path) -> None:
    path = database(
        tmp_path / "log.db", EVENTS, f"insert into events values ({2**53 + 1}, {NOON}, 'e', 1)"
    )
    _, _, rows = read(str(path), "user_id, at_us")
    assert [tuple(row.values()) for row in rows] == [(str(2**53 + 1), NOON)]


def test_of_several_tables_one_must_be_named(tmp_path: Path) -> None:
    path = database(
        tmp_path / "log.db",
        EVENTS,
        f"insert into events values ('u', {NOON}, 'e', 1)",
        "create table people (id)",
        "create view seen as select * from events",
    )
    assert "name the table" in message(str(path))
    assert "there are events, people" in message(str(path))
    assert "no such table (did you mean events?)" in message(f"{path}::event")
    assert "no such table" in message(f"{path}::seen")
    assert len(read(f"{path}::events", "user_id")[2]) == 1


def test_a_database_without_a_table_says_so(tmp_path: Path) -> None:
    path = database(tmp_path / "log.db", EVENTS, "drop table events")
    assert "log.db: has no table; export" in message(str(path))


def test_views_are_no_tables(tmp_path: Path) -> None:
    path = database(tmp_path / "log.db", "create view events as select 1 as user_id")
    assert "log.db: has no table, only views, which are not read" in message(str(path))


@pytest.mark.parametrize("size", [50, 100, 5_000])
def test_a_broken_database_is_one_line(tmp_path: Path, size: int) -> None:
    path = database(
        tmp_path / "log.db",
        EVENTS,
        *(f"insert into events values ('u{n}', {NOON + n}, 'e', 1)" for n in range(400)),
    )
    path.write_bytes(path.read_bytes()[:size])
    line = message(str(path))
    assert "log.db: is a SQLite database that cannot be read" in line
    assert "\n" not in line


def test_a_broken_schema_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    path = database(tmp_path / "log.db", EVENTS, "insert into events values ('u', 1, 'e', 1)")
    path.write_bytes(path.read_bytes().replace(b"TABLE events", b"\xc3(BLE events"))
    line = message(str(path))
    assert "log.db: is a SQLite database that cannot be read" in line
    assert "\n" not in line


def table_of(path: Path, table: str | None = None) -> tuple[Any, int]:
    """The table as it is written, and how often its size was checked."""
    file = InputFile(given="log.db", path=path, kind="sqlite", table=table)
    checks: list[int] = []
    target = path.with_suffix(".parquet")
    sqlite.to_parquet(file, path, target, lambda: checks.append(1))
    return pq.read_table(target), len(checks)


def test_each_column_has_the_type_of_its_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_ROWS", 2)
    path = database(
        tmp_path / "log.db",
        """create table "my ""log" (i, r, b, t, n, "odd ""x")""",
        """insert into "my ""log" values (1, 1.5, x'6869', 'x', null, 1), (null, 2, 'y', 7,"""
        " null, 2.5), (3, 2.5, null, null, null, 'z')",
        "create table sqlitex (a)",
    )
    found, checks = table_of(path, 'my "log')
    assert found.to_pydict() == {
        "i": [1, None, 3],
        "r": ["1.5", "2", "2.5"],
        "b": ["6869", "y", None],
        "t": ["x", "7", None],
        "n": [None] * 3,
        'odd "x': ["1", "2.5", "z"],
    }
    assert checks == 2
    assert table_of(path, "sqlitex")[0].to_pydict() == {"a": []}
    with pytest.raises(InputError, match="name the table: log"):
        table_of(path)


def test_forty_tables_are_listed(tmp_path: Path) -> None:
    path = database(tmp_path / "log.db", *(f"create table t{n:02} (a)" for n in range(41)))
    with pytest.raises(InputError, match=r", t38, t39$"):
        table_of(path)
    with pytest.raises(InputError, match=r"no such table.*, t38, t39$"):
        table_of(path, "x")


def test_nothing_of_a_schema_runs_and_the_file_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = database(tmp_path / "log.db", "create table t (a)", "insert into t values (1)")
    real = sqlite3.connect
    asked: list[Any] = []
    opened: list[sqlite3.Connection] = []

    def connect(place: str, **more: Any) -> sqlite3.Connection:
        asked.append((place, more))
        opened.append(real(place, **more))
        return opened[-1]

    seen: list[tuple[int, ...]] = []

    def name(con: sqlite3.Connection, _: InputFile) -> str:
        seen.append(con.execute("pragma trusted_schema").fetchone())
        return "t"

    monkeypatch.setattr(sqlite.sqlite3, "connect", connect)
    monkeypatch.setattr(sqlite, "_name", name)
    table_of(path)
    assert seen == [(0,)]
    assert asked == [(f"file:{path}?mode=ro&immutable=1", {"uri": True})]
    with pytest.raises(sqlite3.ProgrammingError):
        opened[0].execute("select 1")
