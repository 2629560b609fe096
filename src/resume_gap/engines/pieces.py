"""Events on their way to executors: cut into pieces of buckets, and put in order there.

A bucket is some whole streams with neighboring numbers. Which they are depends on the log alone,
not on how many executors or partitions there are, so that nothing else depends on these either.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.arrays import Ints
from resume_gap.pipeline import ordering
from resume_gap.pipeline.deliveries import without_repeats
from resume_gap.pipeline.queries import Runner, text
from resume_gap.pipeline.whole_streams import parts_of_streams
from resume_gap.sources.sandbox import open_sandbox

BUCKET_ROWS: Final = 250_000
"""Rows of a bucket, about: enough that loops are compiled, and few enough for every core to have
several of a log that is worth a cluster."""
_SORTED: Final = "20_steps"
_PACKED: Final = pa.ipc.IpcWriteOptions(compression="lz4")


class Piece(NamedTuple):
    """Some events of one bucket, in no order.

    Attributes:
        bucket: Number of the bucket; those of later streams are higher.
        place: Number of the piece, in the order in which the log was read.
        events: A table, packed.
    """

    bucket: int
    place: int
    events: bytes


def packed(table: pa.Table) -> bytes:
    """A table as an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=_PACKED) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()


def unpacked(payload: bytes) -> pa.Table:
    """The table of an Arrow stream."""
    with pa.ipc.open_stream(payload) as stream:
        return stream.read_all()


def bucket_of_stream(rows_of_stream: Ints, rows: int) -> NDArray[np.unsignedinteger[Any]]:
    """The bucket of each stream, by stream_no; they never fall.

    Args:
        rows_of_stream: (streams + 1) rows of each stream, by stream_no.
        rows: Of a bucket, but for what the last of its streams has more.
    """
    bucket = parts_of_streams(rows_of_stream, rows)
    return bucket.astype(np.min_scalar_type(bucket.max()))  # a stable sort counts short numbers


def pieces_of(
    batches: Iterable[pa.RecordBatch], bucket_of_stream: NDArray[Any]
) -> Iterator[tuple[Piece, ...]]:
    """Batches of events cut by bucket.

    Args:
        batches: Events with a column `stream_no`.
        bucket_of_stream: The bucket of each stream, by stream_no.

    Yields:
        The pieces of one batch.
    """
    place = 0
    for batch in batches:
        table = pa.Table.from_batches([batch])
        bucket = bucket_of_stream[batch.column("stream_no").to_numpy()]
        order = np.argsort(bucket, kind="stable")
        begins = np.searchsorted(bucket, (buckets := np.unique(bucket)), sorter=order)
        pieces = []
        for number, rows in zip(buckets.tolist(), np.split(order, begins[1:]), strict=True):
            some = table if len(rows) == len(bucket) else table.take(pa.array(rows))
            pieces.append(Piece(number, place, packed(some)))
            place += 1
        yield tuple(pieces)


def ordered(pieces: Iterable[pa.Table]) -> pa.Table:
    """The events of a bucket in the order of `20_steps.sql`.

    Args:
        pieces: All of the bucket, in any order; nearly in order of time is fastest.
    """
    tables = [*pieces]
    if not ordering.can_order(tables[0].column_names):
        return without_repeats(_sorted_by_engine(pa.concat_tables(tables)))
    streams = [table.column("stream_no").to_numpy() for table in tables]
    below = min(int(stream.min()) for stream in streams) - 1
    moved = [_with_streams(t, s - below) for t, s in zip(tables, streams, strict=True)]
    rows = np.bincount(np.concatenate(streams) - below)
    (table,) = ordering.in_order(moved, rows, int(rows.sum()), None)
    return _with_streams(table, table.column("stream_no").to_numpy() + below)


def _with_streams(table: pa.Table, stream_no: Ints) -> pa.Table:
    place = table.column_names.index("stream_no")
    return table.set_column(place, "stream_no", pa.array(stream_no.astype(np.int32)))


def _sorted_by_engine(table: pa.Table) -> pa.Table:
    """Columns of any type are compared as the local run compares them: by the same query."""
    with open_sandbox(files=(), threads=1) as con:
        runner = Runner(con)
        con.register("events", table)
        runner.let(step_columns=table.column_names)
        return runner.read(_SORTED).to_arrow_table()


def unordered(runner: Runner, rows: int) -> pa.RecordBatchReader:
    """All events in batches, in no order.

    Args:
        runner: Holds `events`.
        rows: Of a batch.
    """
    if not ordering.can_order(runner.variable("step_columns")):
        runner.note(_SORTED, text(_SORTED))  # by which executors put them in order
    return runner.read("95_unordered").to_arrow_reader(rows)
