"""Sums that grow chunk by chunk on a shelf, and are read again one at a time.

A log of many users has as many sums as they have; all of them at once would not fit beside the
database, but nobody asks for more than a few at a time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
import pyarrow as pa

from resume_gap.arrays import Bools, Ints, int32
from resume_gap.distinct import distinct, sums_of
from resume_gap.pipeline.batches import Shelf
from resume_gap.replay.outcomes import Outcomes
from resume_gap.replay.user_cells import MatchedSums
from resume_gap.stats.excess import CellSums
from resume_gap.stats.excess_range import StepSums

Sums = TypeVar("Sums", CellSums, StepSums, MatchedSums)
_USER = "user_no"
_COUNTS = {"user", "cell", "n", "found", "many", "reached"}
"""Sums of a chunk that are numbers or counts, and so take half the space; all others are times."""


class UserColumns(Mapping[str, Ints]):
    """By name one sum per user who has a row, in order of the users; added up when asked for.

    Args:
        shelf: Where the sums of each chunk are put; all of them before the first is asked for.
        name: Of their table.

    Attributes:
        names: The columns that were added up here.
    """

    def __init__(self, shelf: Shelf, name: str) -> None:
        self._shelf, self._name = shelf, name
        self.names: tuple[str, ...] = ()
        self._held: dict[str, Ints] = {}

    def add(self, user_no: Ints, outcomes: Outcomes, counted: Bools) -> None:
        """Add some of the returns of a chunk.

        Args:
            user_no: (r) whose they are; those of one user mostly stand together.
            outcomes: r of them.
            counted: (r) which are added.
        """
        users, sums = outcomes.by_user(user_no, counted)
        self._shelf.put({self._name: pa.table({_USER: users, **sums})})
        self.names = tuple(sums)

    def take_names(self, tables: Mapping[str, pa.Table]) -> None:
        """Know the columns of its table among those that are put here."""
        if (table := tables.get(self._name)) is not None:
            self.names = tuple(name for name in table.column_names if name != _USER)

    def hold(self, name: str, values: Ints) -> None:
        """Take a column that was added up elsewhere, by user number."""
        self._held[name] = values

    @property
    def users(self) -> Ints:
        """The numbers of the users."""
        return self._users_of_rows[0]

    @cached_property
    def _users_of_rows(self) -> tuple[Ints, Ints | None]:
        """The users, and which of them each row has; None where every user has one row."""
        if not self.names:
            return np.zeros(0, dtype=np.int64), None
        rows = self._rows(_USER)
        if bool((rows[1:] > rows[:-1]).all()):
            return rows, None
        return distinct(rows)

    def _rows(self, name: str) -> Ints:
        """A column of all chunks."""
        return _whole(self._shelf.table(self._name, [name]).column(name))

    def __getitem__(self, name: str) -> Ints:
        if name in self._held:
            return self._held[name][self.users]
        if name not in self.names:
            raise KeyError(name)
        users, of_row = self._users_of_rows
        values = self._rows(name)
        if of_row is None:
            return values
        return sums_of(of_row, values, len(users))

    def __iter__(self) -> Iterator[str]:
        yield from (*self.names, *self._held)

    def __len__(self) -> int:
        return len(self.names) + len(self._held)


class StoredSums(Generic[Sums]):
    """The sums by user and cell of each chunk, in order.

    Args:
        kind: What they are read as.
        shelf: Where they are put.
        name: Of their table.
        others: By field the column in which it is found there, where that is called otherwise;
            None: it is 0.
    """

    def __init__(
        self,
        kind: type[Sums],
        shelf: Shelf,
        name: str,
        others: Mapping[str, str | None] | None = None,
    ) -> None:
        self._kind: type[Sums] = kind
        self._shelf, self._name = shelf, name
        self._columns: dict[str, str | None] = {f.name: f.name for f in fields(kind)}
        self._columns |= others or {}

    def append(self, sums: Sums | MatchedSums) -> None:
        """Keep those of one more chunk."""
        columns = {f.name: getattr(sums, f.name) for f in fields(self._kind)}
        narrow = {name: int32(columns[name]) for name in _COUNTS & columns.keys()}
        self._shelf.put({self._name: pa.table(columns | narrow)})

    def __iter__(self) -> Iterator[Sums]:
        for table in self._shelf.batches(self._name):
            yield self._read(table)

    def whole(self) -> Sums:
        """Those of all chunks; there is one."""
        asked = [column for column in self._columns.values() if column is not None]
        return self._read(self._shelf.table(self._name, asked))

    def _read(self, table: pa.Table) -> Sums:
        nothing = np.zeros(table.num_rows, dtype=np.int64)
        return self._kind(
            **{
                name: nothing if column is None else _whole(table.column(column))
                for name, column in self._columns.items()
            }
        )


def _whole(column: pa.ChunkedArray) -> Ints:
    """A column of all chunks in 64 bits."""
    values = np.empty(len(column), dtype=np.int64)
    begin = 0
    for chunk in column.chunks:
        values[begin : begin + len(chunk)] = chunk.to_numpy()
        begin += len(chunk)
    return values
