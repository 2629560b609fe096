"""The loop that counts gaps, on rows written by hand, in both ways."""

import numpy as np
import pytest

from resume_gap.arrays import NEVER, Ints
from resume_gap.pipeline.gap_loops import CELL_BITS, CELLS, count_gaps

pytestmark = pytest.mark.usefixtures("loops")
BEGIN = np.array([1, 2, 5, CELLS + 70, CELLS << 6, 1 << 40])
"""Of five bins, and their end."""


def cells(levels: int = 6) -> Ints:
    shortest = np.concatenate([np.arange(CELLS) << k * CELL_BITS for k in range(levels)])
    return np.maximum(np.searchsorted(BEGIN, shortest, side="right") - 1, 0)


def counted(*streams: tuple[int, ...], before_us: int = NEVER) -> list[tuple[int, int, int]]:
    """(stream, bin, parts) of streams 10, 20, ...; bins from -3 on, 100 parts for a gap."""
    gap = np.array([g for stream in streams for g in (99, *stream)])
    starts = np.cumsum([0, *(len(stream) + 1 for stream in streams)])
    at = np.concatenate([np.cumsum([0, *stream]) for stream in streams])
    counter = np.zeros(5, dtype=np.int64)
    to, parts = np.zeros((2, len(gap)), dtype=np.int32), np.zeros(len(gap), dtype=np.int64)
    numbers = 10 + 10 * np.arange(len(streams))
    found = count_gaps(
        starts, numbers, at, gap, before_us, BEGIN, cells(), -3, 100, counter, *to, parts
    )
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
