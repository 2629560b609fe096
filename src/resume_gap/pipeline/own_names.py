"""Elements numbered in order of their names where nearly every event has an element of its own.

Finding distinct names, putting them in order and joining rows with them takes the database half as
long as all else takes. Here the names of all rows are put in order by a few of their bytes at a
time, and a row finds its number by its place in the log: nothing is hashed, nothing joined. The
names themselves wait on disk, and are read where a query asks for them.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from resume_gap.arrays import Bools, Bytes, Ints
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.own_name_loops import (
    COUNT,
    KEY_BYTES,
    LONGER,
    NO_NAME,
    keys_of,
    shared_bytes,
)
from resume_gap.sorting import rows_in_order

_LEAST: Final = 500_000
"""Rows of a log from which this is faster than the database."""
_MOST: Final = 20_000_000
"""Rows of a log whose keys may take memory."""
_ROW_BYTES: Final = 40
"""Which a row takes while names are put in order."""
_OWN: Final = 0.9
"""Of the first rows of a log, as many must have names of their own."""
_NAMES, _TARGET = "names", "target"
_LABEL: Final = 0xFFFFFFFF
"""Where a content has its label."""


def pays(rows: int, memory: int) -> bool:
    """Whether a log of so many rows is worth a look at how many names it has.

    Args:
        rows: Of the log.
        memory: That the run may use, bytes.
    """
    return _LEAST <= rows <= min(_MOST, memory // 4 // _ROW_BYTES)


def are_own(rows: int, names: int) -> bool:
    """Whether so many rows with so many names say that nearly every row has its own."""
    return names >= _OWN * rows


class OwnNames:
    """The names of elements, row by row.

    Args:
        none: The number for rows without a name.
        spill: Where names may wait; None: they stay in memory.
    """

    def __init__(self, none: int, spill: Path | None) -> None:
        self._none = none
        self._shelf = Shelf(spill).empty()
        self._rows = 0
        self._pattern = np.zeros(0, dtype=np.uint8)
        self._shared = 0
        self._first_keys: list[Ints] = [np.zeros(0, dtype=np.int64)]
        self._number = np.zeros(0, dtype=np.int32)
        self._is_first: Bools = np.zeros(0, dtype=np.bool_)

    def add(self, names: pa.StringArray) -> int:
        """Take the names of more rows, empty where there is none; returns the first one's row."""
        first = self._rows
        starts, text = _text_of(names)
        if not len(self._pattern) and starts[-1] > starts[0]:
            named = int((starts[1:] > starts[:-1]).argmax())
            self._pattern = text[starts[named] : starts[named + 1]].copy()
            self._shared = len(self._pattern)
        shared = int(shared_bytes(starts, text, self._pattern, self._shared))
        if shared != self._shared:  # which it hardly is but in the first rows
            self._shared, self._first_keys = shared, [self._keys(np.arange(first), shared)]
        keys = np.empty(len(names), dtype=np.int64)
        keys_of(starts, text, np.arange(len(names)), shared, keys)
        self._first_keys.append(keys)
        self._shelf.put({_NAMES: pa.table({_TARGET: names})})
        self._rows += len(names)
        return first

    def number(self) -> None:
        """Number the names in their order, bytewise, from 1 on; equal names have one number."""
        rows, is_new, named = self._in_order()
        number = np.cumsum(is_new, dtype=np.int32)
        number[named:] = self._none
        self._number, self._is_first = np.empty_like(number), np.empty_like(is_new)
        self._number[rows], self._is_first[rows] = number, is_new

    def labeled(self, content: Ints) -> Ints:
        """Contents with labels in place of rows.

        Args:
            content: A kind above, and below it the row of each event as `add` counts them.
        """
        return content & ~_LABEL | self._number[content & _LABEL]

    def table(self) -> pa.Table:
        """One row per name: target and label_no; names stay where they wait."""
        parts, at = [], 0
        for names in self._shelf.table(_NAMES).column(_TARGET).chunks:
            rows = slice(at, at + len(names))
            part = pa.table({_TARGET: names, "label_no": self._number[rows]})
            is_first = self._is_first[rows]
            parts.append(part if is_first.all() else part.filter(pa.array(is_first)))
            at = rows.stop
        return pa.concat_tables(parts)

    def _in_order(self) -> tuple[Ints, Bools, int]:
        """The rows in order of their names, which are the first of theirs, and how many have one.

        Those without a name come last.
        """
        depth = self._shared
        rows, keys = rows_in_order(np.concatenate(self._first_keys))
        self._first_keys = []
        is_new = np.ones(self._rows, dtype=np.bool_)
        np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
        named = int(np.searchsorted(keys, NO_NAME))
        places = np.flatnonzero(_are_alike(keys, is_new))
        del keys
        while len(places):  # names that are alike so far: they go on, and what follows decides
            depth += KEY_BYTES
            in_turn, rising = rows_in_order(rows[places])
            keys = np.empty(len(places), dtype=np.int64)
            keys[in_turn] = self._keys(rising, depth)
            by_key, _ = rows_in_order(keys)
            by_key = by_key[rows_in_order(np.cumsum(is_new[places], dtype=np.int64)[by_key])[0]]
            keys, rows[places] = keys[by_key], rows[places[by_key]]
            differs = is_new[places]
            differs[1:] |= keys[1:] != keys[:-1]
            is_new[places] = differs
            places = places[_are_alike(keys, differs)]
        return rows, is_new, named

    def _keys(self, rows: Ints, depth: int) -> Ints:
        """By what some rows, which rise, are ordered as their names are from a depth on."""
        keys = np.empty(len(rows), dtype=np.int64)
        first = at = 0
        for batch in self._shelf.batches(_NAMES):
            (names,) = batch.column(_TARGET).chunks
            upto = int(np.searchsorted(rows, first + len(names)))
            keys_of(*_text_of(names), rows[at:upto] - first, depth, keys[at:upto])
            first, at = first + len(names), upto
        return keys


def _are_alike(keys: Ints, is_new: Bools) -> Bools:
    """Which names that stand in order go on beyond their keys, as their neighbor of one key does.

    Args:
        keys: (n)
        is_new: (n) whether the key is not that of the name before.
    """
    shared = ~is_new
    shared[:-1] |= shared[1:]
    return shared & (keys & COUNT == LONGER)


def _text_of(names: pa.StringArray) -> tuple[Ints, Bytes]:
    """Where each name begins and the last one ends, and the bytes of all."""
    _, starts, text = names.buffers()
    begin = np.frombuffer(starts, dtype=np.int32)[names.offset :][: len(names) + 1]
    return begin, np.frombuffer(text or b"", dtype=np.uint8)
