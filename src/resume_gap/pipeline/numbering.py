"""Events numbered by the hashes of their names, outside of the database.

Joining rows with kinds, labels and streams by their names takes the database twice as long.
Every name of the log is known beforehand: where no two of them have the same hash, a hash stands
for one name for sure. Elsewhere, which is next to never, the database joins.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from resume_gap.arrays import Ints
from resume_gap.errors import InputError
from resume_gap.eventcolumns import ID_HASH
from resume_gap.pipeline.coded_files import CodedLog, CodedRows, coded_rows
from resume_gap.pipeline.coded_loops import look_up, number_codes
from resume_gap.pipeline.number_loops import KIND, number_rows, put_names
from resume_gap.pipeline.own_names import OwnNames
from resume_gap.pipeline.queries import Runner
from resume_gap.sources.sandbox import first_line
from resume_gap.system.threads import ahead

_WHAT = ("kind", "label", "stream")
"""What has names; in the database they are 1, 2 and 3."""
_MOST = 2_000_000
"""Names of one kind whose table may take memory (64 MB); of more, the database joins.

Their numbers are smaller than what an entry of the table can hold.
"""
_ROWS = 4
"""Rows for each name at least; of fewer, a table takes longer to make than it saves."""


def _table_of(hashes: Ints, numbers: Ints) -> Ints | None:
    """The numbers of names by hash, as `put_names` has them; None where names look alike there."""
    table = np.zeros(1 << (4 * len(hashes)).bit_length(), dtype=np.int64)
    return table if put_names(hashes, numbers, table) else None


class NumbersByHash(NamedTuple):
    """The numbers of all names of a log, by hash.

    Attributes:
        kinds: Of event names and marks.
        labels: Of labels; empty where they are numbered elsewhere.
        streams: Of streams.
    """

    kinds: Ints
    labels: Ints
    streams: Ints


def numbers_of(runner: Runner, read: int, *, has_labels: bool = True) -> NumbersByHash | None:
    """The numbers of all names; None where there are too many, or two have the same hash.

    Args:
        runner: Holds `names`, `kinds` and `streams`, and `labels` unless they are left out.
        read: Rows of the log.
        has_labels: Whether labels have hashes, too.
    """
    most = min(_MOST, read // _ROWS)
    named = ("names", "streams", "labels") if has_labels else ("names", "streams")
    if any(len(runner.table(name)) > most for name in named):
        return None
    tables = [runner.read("99_name_hashes").to_arrow_table()]
    if has_labels:
        tables.append(runner.read("111_label_hashes").to_arrow_table())
    table = pa.concat_tables(tables)
    what = table.column("what").to_numpy()
    hashes = table.column("name_hash").to_numpy().view(np.int64)
    numbers = table.column("number").to_numpy()
    found = [_table_of(hashes[what == name], numbers[what == name]) for name in (1, 2, 3)]
    kinds, labels, streams = found
    if kinds is None or labels is None or streams is None:
        return None
    return NumbersByHash(kinds, labels, streams)


def numbered(
    batches: Iterable[pa.RecordBatch], numbers: NumbersByHash, own: OwnNames | None = None
) -> Iterator[pa.RecordBatch]:
    """The rows that take part, with the columns of `95_unordered.sql`.

    Args:
        batches: Of `98_hashed_events.sql`; of `110_named_events.sql` where labels are left out.
        numbers: Of all names of the log.
        own: Takes the names of elements where labels are left out; contents have its rows.
    """
    for batch in batches:
        stream = np.empty(batch.num_rows, dtype=np.int32)
        content = np.empty(batch.num_rows, dtype=np.int64)
        hashes = (batch.column(f"{what}_hash").to_numpy().view(np.int64) for what in _WHAT)
        number_rows(*hashes, *numbers, stream, content)
        if own is not None:
            content += np.arange(batch.num_rows) + own.add(batch.column("target"))
        columns = {"stream_no": stream, "at_us": batch.column("at_us"), "content": content}
        if ID_HASH in batch.schema.names:
            columns[ID_HASH] = batch.column(ID_HASH)
        rows = pa.record_batch(columns)
        there = stream > 0
        yield rows if there.all() else rows.filter(pa.array(there))
    if own is not None:
        own.number()


def numbered_codes(
    log: CodedLog, numbers: NumbersByHash, runner: Runner, threads: int
) -> Iterator[pa.RecordBatch]:
    """The rows that take part, with the columns of `95_unordered.sql`.

    Args:
        log: Its rows.
        numbers: Of all names of the log.
        runner: Hashes names as 98_hashed_events.sql does.
        threads: More than one: rows are read while others are numbered.

    Raises:
        InputError: A file is no longer what it was when its names were counted.
        OSError: A file is broken, or cannot be read.
    """
    for rows in ahead(_rows_of(log), threads):
        yield _numbered_rows(rows, log.between, _numbers_of_codes(rows, numbers, runner))


def _rows_of(log: CodedLog) -> Iterator[CodedRows]:
    """All rows; those that were kept are given away."""
    if not log.kept:
        yield from _as_counted(coded_rows(log.files))
    while log.kept:
        yield log.kept.popleft()


def _as_counted(batches: Iterator[CodedRows]) -> Iterator[CodedRows]:
    """Rows of files that could be read when their names were counted."""
    try:
        yield from batches
    except MemoryError:
        raise
    except (pa.ArrowException, ValueError) as error:
        raise InputError(
            f"an input changed while it was read ({first_line(error)}); run again once nothing"
            " writes to it"
        ) from error


def _numbered_rows(
    rows: CodedRows, between: tuple[int, int] | None, by_code: tuple[Ints, Ints, Ints]
) -> pa.RecordBatch:
    """Those of some rows that take part.

    Args:
        rows: By codes.
        between: The first and the last instant that are believed; None: all are.
        by_code: The numbers of streams, kinds and labels.
    """
    streams, kinds, labels = by_code
    stream = np.empty(len(rows.at), dtype=np.int32)
    content = np.empty(len(rows.at), dtype=np.int64)
    codes = (rows.user.of_row, rows.event.of_row, rows.target.of_row)
    number_codes(*codes, streams, kinds * KIND, labels, stream, content)
    there = stream > 0
    if between is not None:
        there &= (rows.at >= between[0]) & (rows.at <= between[1])
    batch = pa.record_batch({"stream_no": stream, "at_us": rows.at, "content": content})
    return batch if there.all() else batch.filter(pa.array(there))


def _numbers_of_codes(
    rows: CodedRows, numbers: NumbersByHash, runner: Runner
) -> tuple[Ints, Ints, Ints]:
    """The numbers of streams, kinds and labels, each by code."""
    ends = np.cumsum([0, *map(len, rows.names)])
    whole = {"name": pa.concat_arrays(rows.names), "place": np.arange(ends[-1])}
    whole["is_kind"] = np.repeat([False, True, False], np.diff(ends))
    runner.lend("batch_names", pa.table(whole))
    hashed = runner.read("115_code_hashes").to_arrow_table()
    runner.take_back("batch_names")
    hashes = np.empty(ends[-1], dtype=np.int64)
    hashes[hashed.column("place").to_numpy()] = hashed.column("name_hash").to_numpy().view(np.int64)
    found = np.empty(ends[-1], dtype=np.int64)
    tables = (numbers.streams, numbers.kinds, numbers.labels)
    parts = [slice(*ends[i : i + 2]) for i in range(len(rows.names))]
    for part, table in zip(parts, tables, strict=True):
        look_up(hashes[part], table, found[part])
    users, events, targets = (found[part] for part in parts)
    return users.astype(np.int32), events, targets
