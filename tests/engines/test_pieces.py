"""Buckets are a matter of the log alone, and their events come in the order of the query."""

from __future__ import annotations

import random
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from resume_gap.engines.pieces import (
    bucket_of_stream,
    ordered,
    packed,
    pieces_of,
    unordered,
    unpacked,
)
from resume_gap.pipeline.queries import Runner, rows_of_streams


def test_a_bucket_is_neighboring_streams_of_so_many_rows() -> None:
    rows = np.array([0, 4, 4, 4, 25, 1, 1, 8])
    assert bucket_of_stream(rows, 10).tolist() == [0, 0, 0, 1, 3, 3, 3, 4]
    assert set(bucket_of_stream(rows, 1_000).tolist()) == {0}


def test_pieces_hold_every_event_once() -> None:
    streams = np.array([3, 1, 2, 3, 1, 4, 2, 2], dtype=np.int32)
    events = pa.table({"stream_no": streams, "at_us": np.arange(8)})
    batches = events.to_batches(max_chunksize=5)
    found = [*pieces_of(batches, np.array([0, 0, 0, 1, 1]))]
    assert [[piece.bucket for piece in some] for some in found] == [[0, 1], [0, 1]]
    assert [piece.place for some in found for piece in some] == [0, 1, 2, 3]
    held = [unpacked(piece.events) for some in found for piece in some]
    assert [table.column("at_us").to_pylist() for table in held] == [[1, 2, 4], [0, 3], [6, 7], [5]]
    assert all(table.schema == events.schema for table in held)


@pytest.fixture
def numbers() -> random.Random:
    return random.Random(7)  # noqa: S311


def test_three_columns_come_in_order_whatever_came_first(numbers: random.Random) -> None:
    rows = [
        (numbers.choice([40, 41, 43]), numbers.randrange(30), numbers.randrange(3) << 32)
        for _ in range(400)
    ]
    columns = (np.array(column) for column in zip(*rows, strict=True))
    names = ("stream_no", "at_us", "content")
    table = pa.table(dict(zip(names, columns, strict=True)))
    table = table.set_column(0, "stream_no", table.column(0).cast(pa.int32()))
    found = ordered([table.slice(300), table.slice(0, 120), table.slice(120, 180)])
    assert found.schema == table.schema
    assert [*zip(*(found.column(name).to_pylist() for name in names), strict=True)] == sorted(rows)


def test_other_columns_come_in_the_order_of_the_query(numbers: random.Random) -> None:
    """Numbers without a sign, fractions without a value, lists, and nulls last."""

    def some(*values: Any) -> list[Any]:
        return [numbers.choice(values) for _ in range(300)]

    table = pa.table(
        {
            "stream_no": pa.array(some(5, 6), pa.int32()),
            "at_us": pa.array(some(1, 2), pa.int64()),
            "sequence": pa.array(some(0.5, float("nan"), None), pa.float64()),
            "content": pa.array(some(1 << 32, 2 << 32), pa.int64()),
            "device": pa.array(some("Z", "a", "é", None), pa.string()),
            "row_hash": pa.array(some(1, (1 << 64) - 1), pa.uint64()),
            "segments": pa.array(some(["a", None], ["a", "b"], [None, "a"]), pa.list_(pa.string())),
        }
    )
    with duckdb.connect() as con:
        runner = Runner(con)
        runner.store("events", table)
        runner.let(step_columns=table.column_names)
        expected = runner.read("20_steps").to_arrow_table()
    found = ordered([table.slice(100), table.slice(0, 100)])
    assert str(found.to_pylist()) == str(expected.to_pylist())  # nan is not nan


def test_what_is_packed_is_unpacked() -> None:
    table = pa.table({"a": pa.array([1, None]), "b": pa.array(["", None])})
    assert unpacked(packed(table)).equals(table)
    assert unpacked(packed(table.slice(1, 0))).num_rows == 0


def test_rows_and_events_are_read_from_the_database() -> None:
    with duckdb.connect() as con:
        runner = Runner(con)
        streams = {"stream_no": [2, None, 1, 3], "n": [20, 5, 10, 30]}
        runner.store("streams", pa.table(streams))
        assert rows_of_streams(runner).tolist() == [0, 10, 20, 30]
        runner.store(
            "events", pa.table({"stream_no": [1, 2], "at_us": [5, 6], "device": ["a", ""]})
        )
        runner.let(step_columns=["stream_no", "at_us"])
        found = unordered(runner, 1_000).read_all()
        assert found.column_names == ["stream_no", "at_us"]
        assert found.num_rows == 2
        assert {"20_steps.sql", "95_unordered.sql"} <= set(runner.ran)  # the page lists both
