"""Hashes that come more than once, found among as many as a log has rows.

Every batch is put in order of the hashes' buckets as it comes, while the processor's cache holds
it. Then one bucket is looked through at a time, in all batches, by a table that the cache holds.
"""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.arrays import Ints
from resume_gap.compiled import pays
from resume_gap.pipeline.batches import Shelf
from resume_gap.pipeline.loops import count_parts, find_again, put_parts

_BUCKETS = 256
"""Of a part in memory."""


class RepeatedHashes(NamedTuple):
    """The hashes that come more than once.

    Attributes:
        hashes: Each of them once, ascending; where they are more than were asked for, some.
        rows: That have a hash.
    """

    hashes: NDArray[np.uint64]
    rows: int


def find_repeated(
    batches: Iterable[Ints], rows: int, *, parts: int, most: int, spill: Path | None
) -> RepeatedHashes:
    """Find the hashes that come more than once.

    Args:
        batches: Hashes, well spread over their bits.
        rows: As many hashes at most.
        parts: One is in memory at a time.
        most: All are found where there are at most this many; of more, more than that.
        spill: Where parts may wait; None: they stay in memory.
    """
    shelf = Shelf(None if parts == 1 else spill).empty()
    whole = _Part(rows if parts == 1 else 0, 1, 0)
    held: dict[str, int] = {}
    for batch in batches:
        if parts == 1:
            whole.add(batch)
            continue
        hashes = np.empty(len(batch), dtype=np.int64)
        begin = _put_apart(batch, parts, hashes)
        for part, (low, high) in enumerate(pairwise(begin.tolist())):
            shelf.put({str(part): pa.table({"hash": hashes[low:high]})})
            held[str(part)] = held.get(str(part), 0) + high - low
    if parts == 1:
        return RepeatedHashes(np.sort(whole.repeated()), whole.rows)
    found, listed = [np.zeros(0, dtype=np.uint64)], 0
    for name, hashed in held.items():
        if listed <= most:
            looked_at = _Part(hashed, parts, int(name))
            for table in shelf.batches(name):
                looked_at.add(table.column("hash").to_numpy())
            found.append(looked_at.repeated())
            listed += len(found[-1])
        shelf.drop(name)
    return RepeatedHashes(np.sort(np.concatenate(found)), sum(held.values()))


class _Part:
    """Hashes in memory, batch after batch.

    Args:
        rows: As many hashes at most.
        parts: Of all hashes.
        number: Of this part among them.
    """

    def __init__(self, rows: int, parts: int, number: int) -> None:
        self._hashes = np.empty(rows, dtype=np.int64)
        self._ends = [0]
        self._parts, self._number = parts, number
        self._sizes = np.zeros(_BUCKETS, dtype=np.int64)
        # Once for all batches: numba may be loaded meanwhile, by another analysis of this process.
        self._by_table = pays(self._hashes)

    @property
    def rows(self) -> int:
        """Hashes that are here."""
        return self._ends[-1]

    def add(self, hashes: Ints) -> None:
        """Take one more batch of this part's hashes."""
        low, high = self.rows, self.rows + len(hashes)
        self._ends.append(high)
        if not self._by_table:
            self._hashes[low:high] = hashes
            return
        first = self._number * _BUCKETS
        begin = _put_apart(hashes, self._parts * _BUCKETS, self._hashes[low:high])
        self._sizes += np.diff(begin[first : first + _BUCKETS + 1])

    def repeated(self) -> NDArray[np.uint64]:
        """The hashes that come more than once, each once, in no order; what was here is lost."""
        begin = np.array(self._ends)
        hashes = self._hashes[: self.rows]
        if not self._by_table:
            hashes.sort()
            return _once(hashes[1:][hashes[1:] == hashes[:-1]])
        table = np.empty(4 * int(self._sizes.max()) + 2, dtype=np.int64)
        again, first = begin[:-1].copy(), self._number * _BUCKETS
        find_again(
            hashes,
            begin,
            self._sizes,
            first,
            self._parts * _BUCKETS,
            table,
            begin[:-1].copy(),
            again,
        )
        found = [hashes[low:high] for low, high in zip(self._ends, again.tolist(), strict=False)]
        return _once(np.sort(np.concatenate([hashes[:0], *found])))


def _put_apart(hashes: Ints, many: int, to: Ints) -> Ints:
    """Put hashes there by part, of many; where each of the parts begins."""
    begin = np.zeros(many + 1, dtype=np.int64)
    count_parts(hashes, begin[1:])
    np.cumsum(begin, out=begin)
    put_parts(hashes, begin[:-1].copy(), to)
    return begin


def _once(rising: Ints) -> NDArray[np.uint64]:
    """Each number once; NumPy's `unique` takes many times longer on millions of them."""
    fresh = np.ones(len(rising), dtype=np.bool_)
    np.not_equal(rising[1:], rising[:-1], out=fresh[1:])
    return rising[fresh].view(np.uint64)
