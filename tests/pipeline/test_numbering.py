"""Rows numbered by hashes are the rows that the database joins."""

from __future__ import annotations

from collections import deque
from random import Random
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from resume_gap.errors import InputError
from resume_gap.eventcolumns import ID_HASH, no_rows
from resume_gap.pipeline import numbering
from resume_gap.pipeline.coded_files import CodedLog, CodedRows
from resume_gap.pipeline.number_loops import NUMBER_BITS
from resume_gap.pipeline.numbering import NumbersByHash, numbered, numbered_codes, numbers_of
from resume_gap.pipeline.own_names import OwnNames
from resume_gap.pipeline.queries import Runner
from resume_gap.sources.plain_files import PlainFiles
from resume_gap.sources.role_bits import MARKER, PRODUCTIVE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USERS = [("ann", ""), ("ann", "2"), ("bob", ""), ("", "")]
EVENTS = [("edit", 0), ("edit", 16), ("shown", 0), ("", 0)]
LABELS = [("a", "", ""), ("a", "page", ""), ("a", "", "page"), ("", "", "")]


@pytest.fixture
def runner() -> Iterator[Runner]:
    with duckdb.connect() as con:
        runner = Runner(con)
        runner.view("00_no_rows", no_rows())
        runner.let(earliest_us=10, latest_us=20, ids_repeat=True)
        yield runner


@pytest.fixture
def draw() -> Random:
    return Random(7)  # noqa: S311 - a test log is no secret


def log_of(runner: Runner, draw: Random, columns: list[str]) -> None:
    """A log of 400 rows with users, events and times that take no part, and what numbers it."""
    runner.let(log_columns=[*columns, "marks"])
    rows = []
    for _ in range(400):
        user, stream = draw.choice(USERS)
        event, marks = draw.choice(EVENTS)
        target, context, task = draw.choice(LABELS)
        rows.append(
            {
                "user_id": user,
                "stream": stream if "stream" in columns else "",
                "event": event,
                "marks": marks,
                "target": target,
                "context": context if "context" in columns else "",
                "task": task if "task" in columns else "",
                "at_us": draw.choice([9, 10, 15, 20, 21]),
                "event_id": draw.choice(["x", "y", None]),
            }
        )
    names = ("sequence", "end_us", "device", "received_at_us", "variant", "position", "row_hash")
    rest = {name: pa.nulls(len(rows), pa.int64()) for name in names}
    rest |= {"device": pa.nulls(len(rows), pa.string())}
    rest |= {"segments": pa.nulls(len(rows), pa.list_(pa.string()))}
    table = pa.Table.from_pylist(rows).append_column("number", pa.array(range(len(rows))))
    table = table.set_column(3, "marks", table.column("marks").cast(pa.uint8()))
    for name, values in rest.items():
        table = table.append_column(name, values)
    runner.store("log", table)
    streams = sorted({(row["user_id"], row["stream"]) for row in rows})
    store(
        runner,
        "streams",
        [
            {"user_id": user, "stream": stream, "stream_no": number if user else None}
            for number, (user, stream) in enumerate(streams)
        ],
    )
    runner.make("05_names")
    kinds = [
        {"event": event, "marks": marks, "kind_no": number, "roles": roles}
        for number, (event, marks, roles) in enumerate(
            [("edit", 0, PRODUCTIVE), ("edit", 16, PRODUCTIVE), ("shown", 0, MARKER)], start=1
        )
    ]
    store(runner, "kinds", kinds)
    labels = sorted({(row["target"], row["context"], row["task"]) for row in rows})
    store(
        runner,
        "labels",
        [
            {"target": target, "context": context, "task": task, "label_no": number}
            for number, (target, context, task) in enumerate(labels, start=1)
        ],
    )
    runner.make("14_events", kind="view")
    runner.let(step_columns=["stream_no", "at_us", "content", ID_HASH])


def store(runner: Runner, name: str, rows: list[dict[str, Any]]) -> None:
    table = pa.Table.from_pylist(rows)
    for at, column in enumerate(table.column_names):
        if column == "marks":
            table = table.set_column(at, column, table.column(at).cast(pa.uint8()))
        elif pa.types.is_integer(table.schema.field(at).type):
            table = table.set_column(at, column, table.column(at).cast(pa.int32()))
    runner.store(name, table)


def rows_of(batches: Any) -> list[tuple[Any, ...]]:
    """All rows, null as -1, in an order of their own."""
    rows = pa.Table.from_batches(list(batches)).to_pylist()
    return sorted(tuple(-1 if value is None else value for value in row.values()) for row in rows)


@pytest.mark.parametrize("columns", [[], ["stream"], ["context"], ["task", "context", "stream"]])
@pytest.mark.usefixtures("loops")
def test_hashes_number_the_rows_that_the_database_joins(
    runner: Runner, draw: Random, columns: list[str]
) -> None:
    log_of(runner, draw, columns)
    expected = rows_of(runner.read("95_unordered").to_arrow_reader())
    known = numbers_of(runner, 400)
    assert known is not None
    found = numbered(runner.read("98_hashed_events").to_arrow_reader(100), known)
    assert rows_of(found) == expected
    assert 20 < len(expected) < 200


@pytest.mark.usefixtures("loops")
def test_elements_of_their_own_are_numbered_beside_the_hashes(runner: Runner, draw: Random) -> None:
    log_of(runner, draw, [])
    expected = rows_of(runner.read("95_unordered").to_arrow_reader())
    known = numbers_of(runner, 400, has_labels=False)
    assert known is not None
    own = OwnNames(2, None)
    found = numbered(runner.read("110_named_events").to_arrow_reader(100), known, own)
    rows = pa.Table.from_batches(list(found))
    content = own.labeled(rows.column("content").to_numpy())
    # The log's labels are numbered with none first.
    content = content // (1 << 32) * (1 << 32) + 3 - content % (1 << 32)
    columns = (rows.column("stream_no").to_pylist(), rows.column("at_us").to_pylist())
    assert sorted(zip(*columns, content.tolist(), strict=True)) == [row[:3] for row in expected]


def test_hashes_of_ids_come_along_only_where_ids_repeat(runner: Runner, draw: Random) -> None:
    log_of(runner, draw, [])
    runner.let(ids_repeat=False)
    known = numbers_of(runner, 400)
    assert known is not None
    (batch, *_) = numbered(runner.read("98_hashed_events").to_arrow_reader(), known)
    assert batch.schema.names == ["stream_no", "at_us", "content"]


@pytest.mark.parametrize("query", ["98_hashed_events", "110_named_events"])
def test_rows_in_range_are_picked_out_unless_all_are(
    runner: Runner, draw: Random, query: str
) -> None:
    log_of(runner, draw, [])
    inside = runner.table("log").filter("at_us between 10 and 20")
    assert len(runner.read(query).fetchall()) == len(inside.fetchall()) < 400
    runner.let(all_in_range=True)
    assert len(runner.read(query).fetchall()) == 400


@pytest.mark.parametrize("name", ["streams", "labels"])
def test_the_database_joins_where_two_names_have_one_hash(
    runner: Runner, draw: Random, name: str
) -> None:
    log_of(runner, draw, [])
    assert numbers_of(runner, 400) is not None
    runner.con.execute(f"insert into {name} select * from {name} limit 1")
    assert numbers_of(runner, 400) is None


def test_the_numbers_of_so_many_names_fit_into_a_table() -> None:
    assert numbering._MOST < 1 << NUMBER_BITS


@pytest.mark.parametrize("name", ["names", "labels", "streams"])
def test_the_database_joins_where_there_are_many_names(
    runner: Runner, draw: Random, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    log_of(runner, draw, ["stream", "context", "task"])
    for other in {"names", "labels", "streams"} - {name}:
        runner.con.execute(f"delete from {other} where rowid > 0")
    assert len(runner.table(name)) == 4
    assert numbers_of(runner, 16) is not None
    assert numbers_of(runner, 15) is None
    monkeypatch.setattr(numbering, "_MOST", 3)
    assert numbers_of(runner, 400) is None


def test_a_file_that_changes_between_two_readings_ends_the_run(
    runner: Runner, tmp_path: Path
) -> None:
    """Its names were counted, and then it is another file."""
    path = tmp_path / "log.parquet"
    pq.write_table(pa.table({"user_id": ["ann"], "event": ["edit"], "timestamp": [1]}), path)
    files = PlainFiles({0: path}, ("user_id", "event", None), "timestamp", 1)
    none = np.zeros(0, dtype=np.int64)
    rows = numbered_codes(
        CodedLog(files, None, deque()), NumbersByHash(none, none, none), runner, 2
    )
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(InputError, match="an input changed while it was read"):
        next(rows)


@pytest.mark.parametrize("error", [pa.ArrowMemoryError, MemoryError, OSError])
def test_an_error_that_says_nothing_about_the_file_stays_what_it_is(
    runner: Runner, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """To run again once nothing writes to it would not help."""

    def rows(_: object) -> Iterator[CodedRows]:
        raise error("malloc failed")
        yield

    monkeypatch.setattr(numbering, "coded_rows", rows)
    none = np.zeros(0, dtype=np.int64)
    files = PlainFiles({}, ("user_id", "event", None), "timestamp", 1)
    with pytest.raises(error, match="malloc failed"):
        next(
            numbered_codes(
                CodedLog(files, None, deque()), NumbersByHash(none, none, none), runner, 2
            )
        )


def test_a_mistake_of_ours_is_not_taken_for_a_changed_file(
    runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.parquet"
    log = {"user_id": ["ann"], "event": ["edit"], "timestamp": pa.array([1], pa.timestamp("us"))}
    pq.write_table(pa.table(log), path)

    def numbers(*_: object) -> None:
        raise ValueError("ours")

    monkeypatch.setattr(numbering, "_numbers_of_codes", numbers)
    files = PlainFiles({0: path}, ("user_id", "event", None), "timestamp", 1)
    none = np.zeros(0, dtype=np.int64)
    with pytest.raises(ValueError, match="ours"):
        next(
            numbered_codes(
                CodedLog(files, None, deque()), NumbersByHash(none, none, none), runner, 2
            )
        )
