"""The loops that count gaps, on rows written by hand, in both ways."""

import numpy as np
import pytest

from resume_gap.arrays import NEVER, Ints
from resume_gap.pipeline.gap_loops import CELL_BITS, CELLS, PLACE_BITS, count_gaps, number_gaps

pytestmark = pytest.mark.usefixtures("loops")
BEGIN = np.array([1, 2, 5, CELLS + 70, CELLS << 6, 1 << 40])
"""Of five bins, and their end."""


def cells(levels: int = 6) -> Ints:
    shortest = np.concatenate([np.arange(CELLS) << k * CELL_BITS for k in range(levels)])
    return np.maximum(np.searchsorted(BEGIN, shortest, side="right") - 1, 0)


SPREADS = np.array([0, 2, 3]), np.array([-3, 0, -2]), np.array([30, 70, 100])
"""The first in two bins, the second in one."""


def rows_of(*streams: tuple[int, ...]) -> tuple[Ints, Ints, Ints]:
    """Offsets, instants and gaps of streams given by their gaps."""
    gap = np.array([g for stream in streams for g in (99, *stream)])
    starts = np.cumsum([0, *(len(stream) + 1 for stream in streams)])
    return starts, np.concatenate([np.cumsum([0, *stream]) for stream in streams]), gap


def counted(
    *streams: tuple[int, ...], before_us: int = NEVER, spread: tuple[int, ...] = ()
) -> list[tuple[int, int, int]]:
    """(stream, bin, parts) of streams 10, 20, ...; bins from -3 on, 100 parts for a gap.

    Of the streams that are spread gaps of 7 have the first spread, others the second.
    """
    starts, at, gap = rows_of(*streams)
    numbers = 10 + 10 * np.arange(len(streams))
    place = np.isin(numbers, spread).astype(np.int64)
    which = np.where(gap == 7, 0, 1)
    counter = np.zeros(5, dtype=np.int64)
    to, parts = np.zeros((2, 2 * len(gap)), dtype=np.int32), np.zeros(2 * len(gap), dtype=np.int64)
    bins = (BEGIN, cells(), -3, 100)
    spreads = (place, which, *SPREADS)
    found = count_gaps(starts, numbers, at, gap, before_us, *bins, *spreads, counter, *to, parts)
    assert not counter.any()
    return [*zip(*to[:, :found].tolist(), parts[:found].tolist(), strict=True)]


def test_each_stream_has_the_bins_of_its_gaps_as_they_come() -> None:
    assert counted((7, 1, 7, 2), (), (4,)) == [
        (10, -1, 200),
        (10, -3, 100),
        (10, -2, 100),
        (30, -2, 100),
    ]


def test_a_bin_may_begin_within_a_cell() -> None:
    """The shortest gaps of a bin, and the longest of the one before."""
    for place in range(1, 5):
        begin = int(BEGIN[place])
        assert counted((begin - 1, begin)) == [(10, place - 4, 100), (10, place - 3, 100)]
    assert counted((int(BEGIN[5]) - 1,)) == [(10, 1, 100)]


def test_no_gap_and_what_ends_later_do_not_count() -> None:
    assert counted((0, 3, 0, 3)) == [(10, -2, 200)]
    assert counted((3, 3, 3), before_us=6) == [(10, -2, 100)]


def test_a_spread_gap_counts_in_all_of_its_bins() -> None:
    assert counted((7, 1, 7), (7, 9), spread=(10,)) == [
        (10, -3, 60),
        (10, 0, 140),
        (10, -2, 100),
        (20, -1, 200),
    ]
    assert counted((7, 0, 7), before_us=14, spread=(10,)) == [(10, -3, 30), (10, 0, 70)]


def test_distinct_gaps_are_numbered_as_they_come() -> None:
    """Streams of places 2, 0 and 3: the same gap is another where stamps are coarser."""
    starts, at, gap = rows_of((5, 8, 5, 0), (5, 6), (5, 70, 5, 8))
    table, which = np.zeros(32, dtype=np.int32), np.full(len(gap), -1, dtype=np.int32)
    distinct = np.zeros(len(gap), dtype=np.int64)
    place = np.array([2, 0, 3])
    assert number_gaps(starts, at, gap, place, 83, table, which, distinct) == 4
    assert [(int(d) >> PLACE_BITS, int(d) % (1 << PLACE_BITS)) for d in distinct[:4]] == [
        (5, 2),
        (8, 2),
        (5, 3),
        (70, 3),
    ]
    assert which.tolist() == [-1, 0, 1, 0, -1, -1, -1, -1, -1, 2, 3, 2, -1]


def test_many_distinct_gaps_find_their_places() -> None:
    gaps = tuple(range(1, 61)) * 2
    starts, at, gap = rows_of(gaps)
    table, which = np.zeros(128, dtype=np.int32), np.zeros(len(gap), dtype=np.int32)
    distinct = np.zeros(len(gap), dtype=np.int64)
    assert number_gaps(starts, at, gap, np.ones(1, dtype=int), NEVER, table, which, distinct) == 60
    assert (which[1:] + 1).tolist() == list(gaps)
