"""Events of three columns put in order: stream by stream, and within it by instant and content.

Where ids come again, a fourth column says which events are deliveries of one; the earliest stays.

As many events as every stream has are known beforehand, so that each goes to its place at once.
Logs mostly come nearly in order of time: rows that come late are moved, and only streams of many
such rows are sorted. Parts of the streams wait on disk, so that memory holds one part.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.arrays import Ints, int32
from resume_gap.eventcolumns import ID_HASH
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.deliveries import hashes_of, without_repeats
from resume_gap.pipeline.loops import count_rows, insert_late, put_rows, scatter
from resume_gap.pipeline.whole_streams import parts_of_streams

COLUMNS = ("stream_no", "at_us", "content")
"""The columns of events here: those that tell apart what the pass reads; beside them `ID_HASH`."""
_PARTS = 128
"""Of the streams at most; each has a file."""
_TOGETHER = 4_000_000
"""Rows that are put to their parts at a time: of fewer, each part gets a few thousand."""
_MOVES = 16
"""Of rows that come late, for each row of a stream; beyond, sorting is faster."""


_EventColumns = Mapping[str, NDArray[Any]]
"""A batch of events by column."""


def can_order(columns: object) -> bool:
    """Whether events of a list of columns can be put in order here."""
    return columns in ([*COLUMNS], [*COLUMNS, ID_HASH])


def in_order(
    batches: Iterable[pa.RecordBatch],
    rows_of_stream: Ints,
    least: int,
    spill: Path | None,
    *,
    relabel: Callable[[Ints], Ints] | None = None,
) -> Iterator[pa.Table]:
    """Events in order, in tables of whole streams.

    Args:
        batches: `COLUMNS`, and `ID_HASH` where ids come again; in any order, stream_no from 1 on.
        rows_of_stream: (streams + 1) at least as many events as each stream has, by stream_no.
        least: Rows of a table, about.
        spill: Where parts may wait; None: they stay in memory.
        relabel: Gives contents the labels by which they are ordered, once all batches came.
    """
    size = max(least, -(-int(rows_of_stream.sum()) // _PARTS))
    part_of_stream = int32(parts_of_streams(rows_of_stream, size))
    parts = int(part_of_stream[-1]) + 1
    shelf = Shelf(None if parts == 1 else spill).empty()
    room = _Room(keeps=spill is not None)
    rows = np.zeros(len(rows_of_stream), dtype=np.int64)
    waiting: list[_EventColumns] = []
    for batch in batches:
        columns = {name: batch.column(name).to_numpy() for name in COLUMNS}
        if ID_HASH in batch.schema.names:
            columns[ID_HASH] = hashes_of(batch)
        count_rows(columns["stream_no"], rows)
        if parts == 1:
            shelf.put({"0": pa.table(columns)})
            continue
        waiting.append(columns)
        if sum(len(one["stream_no"]) for one in waiting) >= _TOGETHER:
            _put_apart(shelf, part_of_stream, parts, waiting, room)
            waiting = []
    _put_apart(shelf, part_of_stream, parts, waiting, room)
    first = np.searchsorted(part_of_stream, np.arange(parts + 1))
    first[0] = 0
    for part in range(parts):
        low, high = int(first[part]), int(first[part + 1])
        if rows[low:high].any():
            yield _ordered(shelf, str(part), low, rows[low:high], relabel)
        shelf.drop(str(part))


class _Room:
    """Arrays that are written again and again, where what was written lies on disk by then.

    Args:
        keeps: Whether it does; else each is a new one.
    """

    def __init__(self, *, keeps: bool) -> None:
        self._keeps = keeps
        self._held: dict[str, NDArray[Any]] = {}

    def array(self, name: str, rows: int, like: NDArray[Any]) -> NDArray[Any]:
        """One of so many rows, of the type of another."""
        held = self._held.get(name)
        if held is None or len(held) < rows or not self._keeps:
            held = self._held[name] = np.empty(rows, dtype=like.dtype)
        return held[:rows]


def _put_apart(
    shelf: Shelf,
    part_of_stream: Ints,
    parts: int,
    batches: Sequence[_EventColumns],
    room: _Room,
) -> None:
    """Put the rows of some batches to their parts."""
    if not batches:
        return
    part = [part_of_stream[batch["stream_no"]] for batch in batches]
    begin = np.zeros(parts + 1, dtype=np.int64)
    for of in part:
        count_rows(of, begin[1:])
    np.cumsum(begin, out=begin)
    place, id_place = begin[:-1].copy(), begin[:-1].copy()
    many = int(begin[-1])
    apart = {name: room.array(name, many, values) for name, values in batches[0].items()}
    for of, batch in zip(part, batches, strict=True):
        read, written = ([table[name] for name in COLUMNS] for table in (batch, apart))
        scatter(of, *read, place, *written)
        if ID_HASH in batch:
            put_rows(of, batch[ID_HASH], id_place, apart[ID_HASH])
    shelf.put(
        {
            str(number): pa.table({name: values[low:high] for name, values in apart.items()})
            for number, (low, high) in enumerate(pairwise(begin.tolist()))
            if high > low
        }
    )


def _ordered(
    shelf: Shelf, part: str, first: int, rows: Ints, relabel: Callable[[Ints], Ints] | None
) -> pa.Table:
    """The events of one part in order.

    Args:
        shelf: Where it waits.
        part: Its name.
        first: The number of its first stream.
        rows: (its streams) the events of each.
        relabel: As of `in_order`.
    """
    tables = [*shelf.batches(part)]
    if ID_HASH in tables[0].column_names:
        tables = [without_repeats(pa.concat_tables(tables))]
        rows = np.bincount(tables[0].column("stream_no").to_numpy() - first, minlength=len(rows))
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(rows, out=starts[1:])
    many = int(starts[-1])
    stream = np.empty(many, dtype=np.int32)
    at, content = np.empty(many, dtype=np.int64), np.empty(many, dtype=np.int64)
    place = starts[:-1].copy()
    for table in tables:
        mine = table.column("stream_no").to_numpy()
        scatter(
            mine - first,
            mine,
            table.column("at_us").to_numpy(),
            table.column("content").to_numpy(),
            place,
            stream,
            at,
            content,
        )
    if relabel is not None:
        content = relabel(content)
    _sort(starts, at, content)
    return pa.table({"stream_no": stream, "at_us": at, "content": content})


def _sort(starts: Ints, at: Ints, content: Ints) -> None:
    """Put the rows of each stream in order of instant, then of content."""
    unordered = np.zeros(len(starts) - 1, dtype=np.bool_)
    insert_late(starts, at, content, _MOVES, unordered)
    if unordered.any():
        many = np.diff(starts)
        rows = np.flatnonzero(np.repeat(unordered, many))
        stream = np.repeat(np.flatnonzero(unordered), many[unordered])
        order = rows[np.lexsort((content[rows], at[rows], stream))]
        at[rows], content[rows] = at[order], content[order]
