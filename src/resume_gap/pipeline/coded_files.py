"""Plain Parquet files read by their dictionaries: a name once for the many rows that have it.

Such a file says each name once for about a million rows, and gives the rows codes. Users, event
names and elements are counted by code here, and days by instant; the database, which looks at the
name of every row, takes several times as long for the same counts. Where a file has hardly more
rows than names, a row without a time, or a time outside of 1990 to 2037, the database does it.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from resume_gap.arrays import NEVER, Ints, filled
from resume_gap.pipeline.coded_loops import count_days
from resume_gap.pipeline.loops import count_rows
from resume_gap.pipeline.queries import Runner
from resume_gap.sources.plain_files import PlainFiles
from resume_gap.sources.times import CLOCK_BEFORE_US, CLOCK_FROM_US
from resume_gap.system import progress
from resume_gap.units import DAY_US

_LEAST: Final = 500_000
"""Rows of a log from which this is faster than the database."""
_GROUP_ROWS: Final = 50_000
"""Rows of a row group at least, on average; each has dictionaries of its own."""
_TEXT_BYTES: Final = 8
"""Of a text column for each row; names that stand once for many rows take less."""
_ROWS_OF_NAME: Final = 4
"""Rows for each name of a batch at least, on average."""
_BATCH_ROWS: Final = 1 << 20
_FOLDED: Final = 4_000_000
"""Names of batches that wait to be added up."""
_DAYS: Final = (CLOCK_BEFORE_US - CLOCK_FROM_US) // DAY_US


class Codes(NamedTuple):
    """One column of a batch.

    Attributes:
        names: By code; empty for none.
        of_row: (n) the code of each row, 32 bits.
    """

    names: pa.StringArray
    of_row: Ints


class CodedRows(NamedTuple):
    """A batch of n rows of one file.

    Attributes:
        input_no: The position of the file among all inputs.
        user: User ids.
        event: Event names.
        target: Elements.
        at: (n) instants, microseconds UTC.
    """

    input_no: int
    user: Codes
    event: Codes
    target: Codes
    at: Ints

    @property
    def names(self) -> tuple[pa.StringArray, pa.StringArray, pa.StringArray]:
        """Of users, events and elements, by code."""
        return self.user.names, self.event.names, self.target.names


class CodedLog(NamedTuple):
    """How the rows of a log are read by codes.

    Attributes:
        files: Where they are.
        between: The first and the last instant that are believed; None: all are.
        kept: All of them, if they were kept when they were counted.
    """

    files: PlainFiles
    between: tuple[int, int] | None
    kept: deque[CodedRows]


class _LeftToDatabaseError(ValueError):
    """Rows that only the database can read, or reads faster."""


def pays(plain: PlainFiles) -> bool:
    """Whether dictionaries are worth a look, by what the files' footers say."""
    if plain.rows < _LEAST:
        return False
    groups = 0
    size = dict.fromkeys(plain.texts, 0)
    for path in plain.paths.values():
        with pq.ParquetFile(path) as file:
            footer = file.metadata
        groups += footer.num_row_groups
        for group in map(footer.row_group, range(footer.num_row_groups)):
            for column in map(group.column, range(group.num_columns)):
                if column.path_in_schema in size:
                    size[column.path_in_schema] += column.total_uncompressed_size
    return plain.rows >= _GROUP_ROWS * groups and max(size.values()) <= _TEXT_BYTES * plain.rows


def count(
    runner: Runner, plain: PlainFiles, kept: deque[CodedRows] | None = None
) -> pl.DataFrame | None:
    """Count the rows of days and names; makes `seen_streams`, `names` and `seen_elements`.

    Args:
        runner: Receives the relations of 113_seen_streams.sql, 05_names.sql and
            102_seen_elements.sql.
        plain: The files.
        kept: Receives all rows; None: they are read again.

    Returns:
        The rows of 02_input_days.sql; None where the database has to count.
    """
    progress.expect(plain.rows)
    try:
        days: list[pl.DataFrame] = []
        users, events, targets = _NameRows(runner), _NameRows(runner), _NameRows(runner)
        read = named = 0
        for number, batches in groupby(coded_rows(plain), attrgetter("input_no")):
            day_rows = _DayRows()
            for rows in batches:
                read, named = read + len(rows.at), named + max(map(len, rows.names))
                if named * _ROWS_OF_NAME > read + _BATCH_ROWS:
                    raise _LeftToDatabaseError
                if kept is not None:
                    kept.append(rows)
                day_rows.add(rows.at)
                users.add(rows.user)
                events.add(rows.event)
                targets.add(rows.target)
                progress.add(len(rows.at))
            days.append(day_rows.frame(number))
    except (pa.ArrowException, OSError, ValueError):
        progress.expect(0)  # whoever counts now does not say how far it is
        return None  # where a file is broken, the database says how
    runner.store("seen_streams", users.table("user_id"))
    names = events.table("event")
    marks = pa.array(np.zeros(len(names), dtype=np.uint8))
    runner.store("names", names.add_column(1, "marks", marks))
    runner.store("seen_elements", targets.table("target").select(["target"]))
    return pl.concat(days)


def coded_rows(plain: PlainFiles) -> Iterator[CodedRows]:
    """The rows of all files, in batches of one row group.

    Raises:
        ValueError: A row has no time, or a column no dictionary.
        pa.ArrowException: A file is broken.
        OSError: A file is broken, or cannot be read.
    """
    texts = [name for name in plain.texts if name is not None]
    for number, path in plain.paths.items():
        with pq.ParquetFile(path, read_dictionary=texts, pre_buffer=False) as file:
            for batch in _batches(file, [*dict.fromkeys([*texts, plain.time])]):
                at = batch.column(plain.time)
                if at.null_count:
                    raise _LeftToDatabaseError
                user, event, target = (_codes(batch, name) for name in plain.texts)
                yield CodedRows(number, user, event, target, at.view(pa.int64()).to_numpy())


def _batches(file: pq.ParquetFile, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The row groups of a file, in batches; one of two groups would be cut where they meet."""
    for group in range(file.num_row_groups):
        yield from file.iter_batches(
            _BATCH_ROWS, row_groups=[group], columns=columns, use_threads=False
        )


def _codes(batch: pa.RecordBatch, name: str | None) -> Codes:
    if name is None:
        return Codes(pa.array([""]), np.zeros(batch.num_rows, dtype=np.int32))
    column = batch.column(name)
    if not pa.types.is_dictionary(column.type) or column.indices.type != pa.int32():
        raise _LeftToDatabaseError
    # Arrow reads text that is not UTF-8, and codes of no name; the database refuses both.
    column.validate(full=True)
    names = column.dictionary.cast(pa.string())
    names.validate(full=True)
    if not column.null_count:
        return Codes(names, column.indices.to_numpy())
    return Codes(pa.concat_arrays([names, pa.array([""])]), filled(column.indices, len(names)))


class _NameRows:
    """The names of one column, and the rows of each.

    Args:
        runner: Adds up the rows of one name.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._parts: list[pa.Table] = []
        self._waiting = 0

    def add(self, codes: Codes) -> None:
        """Count the rows of one more batch."""
        rows = np.zeros(len(codes.names), dtype=np.int64)
        count_rows(codes.of_row, rows)
        self._parts.append(pa.table({"name": codes.names, "n": rows}))
        self._waiting += len(rows)
        if self._waiting > _FOLDED:
            self._fold()

    def table(self, name: str) -> pa.Table:
        """One row per name that has rows: the name, called so, and n."""
        self._fold()
        return self._parts[0].rename_columns([name, "n"])

    def _fold(self) -> None:
        self._runner.lend("coded_names", pa.concat_tables(self._parts))
        try:
            self._parts = [self._runner.read("114_name_rows").to_arrow_table()]
        finally:
            self._runner.take_back("coded_names")
        self._waiting = 0


class _DayRows:
    """The rows of one input by UTC day."""

    def __init__(self) -> None:
        self._rows = np.zeros(_DAYS, dtype=np.int64)
        self._first = np.full(_DAYS, NEVER)
        self._last = np.full(_DAYS, -1)

    def add(self, at: Ints) -> None:
        """Count more instants.

        Raises:
            ValueError: A clock is wrong.
        """
        if not count_days(at, CLOCK_FROM_US, CLOCK_BEFORE_US, self._rows, self._first, self._last):
            raise _LeftToDatabaseError

    def frame(self, number: int) -> pl.DataFrame:
        """The rows of 02_input_days.sql.

        Args:
            number: Of the input.
        """
        days = np.flatnonzero(self._rows)
        return pl.DataFrame(
            {
                "input_no": np.full(len(days), number, dtype=np.uint16),
                "day": days + CLOCK_FROM_US // DAY_US,
                "at_given": np.ones(len(days), dtype=np.bool_),
                "n": self._rows[days],
                "first_us": self._first[days],
                "last_us": self._last[days],
            }
        )
