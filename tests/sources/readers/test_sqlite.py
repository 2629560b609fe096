"""Tables of SQLite databases: every digit kept, one table or a named one, nothing that runs."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from factories.source_files import NOON, US, message, read


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
