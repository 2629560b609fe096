"""The loops of the pass on rows written by hand, as Python and compiled."""

import numpy as np
import pytest

from resume_gap.arrays import NEVER_ROW, Bools, Ints
from resume_gap.pipeline.loops import (
    count_parts,
    count_rows,
    find_again,
    group_touches,
    insert_late,
    longest_part,
    put_parts,
    scatter,
)

pytestmark = pytest.mark.usefixtures("loops")


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def test_rows_are_counted_by_key() -> None:
    many = ints(0, 5, 0, 0)
    count_rows(ints(3, 1, 3), many)
    assert many.tolist() == [0, 6, 0, 2]


def test_rows_go_to_the_next_place_of_their_key() -> None:
    place = ints(0, 2)
    stream, at, content = np.zeros(4, dtype=np.int32), np.zeros(4, dtype=np.int64), ints(0, 0, 0, 0)
    rows = (ints(1, 0, 1, 0), ints(9, 8, 9, 8), ints(40, 30, 20, 10), ints(4, 3, 2, 1))
    scatter(*rows, place, stream, at, content)
    assert (stream.tolist(), at.tolist()) == ([8, 8, 9, 9], [30, 10, 40, 20])
    assert content.tolist() == [3, 1, 4, 2]
    assert place.tolist() == [2, 4]


def test_hashes_go_to_the_part_that_their_upper_bits_say() -> None:
    hashes = ints(-1, 5, 1 << 62, 7 << 32, (1 << 62) - 1, -(1 << 63))
    many = np.zeros(2, dtype=np.int64)
    count_parts(hashes, many)
    assert many.tolist() == [4, 2]
    place, to = ints(0, 4), np.zeros(6, dtype=np.int64)
    put_parts(hashes, place, to)
    assert to.tolist() == [5, 7 << 32, (1 << 62) - 1, -(1 << 63), -1, 1 << 62]
    assert place.tolist() == [4, 6]


def test_hashes_that_came_before_are_found() -> None:
    """Two batches of two parts; a hash of 0 is one as any other, and a third row is found, too."""
    high = 1 << 62
    hashes = ints(0, 5, 0, -1, high, 5, 9, -1, -1)
    begin, place, again = ints(0, 5, 9), ints(0, 5), ints(0, 5)
    table = np.full(22, 3, dtype=np.int64)
    find_again(hashes, begin, ints(5, 4), 0, 2, table, place, again)
    assert place.tolist() == [5, 9]
    assert again.tolist() == [1, 8]
    assert (hashes[0], hashes[5:8].tolist()) == (0, [5, -1, -1])


def test_hashes_of_one_part_on_disk_are_found() -> None:
    """The last two of four parts: the hashes of others are elsewhere."""
    hashes = ints(1 << 62, 1 << 62, -1, -1)
    place, again = ints(0), ints(0)
    table = np.zeros(10, dtype=np.int64)
    find_again(hashes, ints(0, 4), ints(2, 2), 2, 4, table, place, again)
    assert (place.tolist(), again.tolist()) == ([4], [2])
    assert hashes[:2].tolist() == [1 << 62, -1]


def test_a_hash_of_nothing_is_found_once_alone() -> None:
    hashes, again = ints(0, 2, 4, 6), ints(0)
    find_again(hashes, ints(0, 4), ints(4), 0, 1, np.zeros(18, dtype=np.int64), ints(0), again)
    assert again.tolist() == [0]


def test_rows_that_come_late_are_moved_and_long_ways_are_left() -> None:
    """Five streams: in order, empty, one row, one row late by content, turned around."""
    unordered = np.array([True] * 5)
    at, content = ints(1, 2, 2, 9, 3, 4, 4, 9, 8, 7), ints(5, 1, 2, 4, 9, 2, 1, 3, 2, 1)
    insert_late(ints(0, 3, 3, 4, 7, 10), at, content, 0, unordered)
    assert unordered.tolist() == [False, False, False, True, True]
    assert at.tolist()[:7] == [1, 2, 2, 9, 3, 4, 4]
    assert content.tolist()[:7] == [5, 1, 2, 4, 9, 1, 2]
    assert sorted(zip(at[7:], content[7:], strict=True)) == [(7, 1), (8, 2), (9, 3)]
    insert_late(ints(0, 3, 3, 4, 7, 10), at, content, 1, unordered)
    assert not unordered.any()
    assert at.tolist()[7:] == [7, 8, 9]
    assert content.tolist()[7:] == [1, 2, 3]


def gathered(
    starts: Ints,
    at: Ints,
    gap: Ints,
    element: Ints,
    *,
    work: Bools,
    cuts: tuple[int, int],
    slots: int,
) -> list[list[int]]:
    """The columns of the groups; label n is element n // 10, and every event is of kind 3."""
    elements = np.arange(10 * (int(element.max()) + 1)) // 10
    content = (3 << 32) + 10 * element + np.arange(len(element)) % 10
    written = groups(len(at))
    table = np.full(slots, -1, dtype=np.int32)
    many = group_touches(starts, at, at, gap, content, elements, work, *cuts, table, *written)
    return [values[:many].tolist() for values in written]


def groups(n: int) -> list[Ints]:
    """What n groups of touches are written to."""
    return [np.zeros(n, dtype=np.int32 if kind == "J" else np.int64) for kind in "JJIJIIJIJJJJ"]


def test_touches_are_gathered_by_part_and_element() -> None:
    """Two streams; a gap of 4 cuts runs, one of 9 bursts; element 0 is none."""
    at = ints(0, 1, 6, 7, 20, 100, 101)
    element = ints(2, 1, 2, 0, 2, 2, 2)
    gap = ints(0, 1, 5, 1, 13, 80, 1)
    of, burst, run_end, n, dwell, bridge, first, first_us, last, label, first_work, last_work = (
        gathered(ints(0, 5, 7), at, gap, element, work=element == 1, cuts=(9, 4), slots=16)
    )
    assert of == [2, 1, 2, 2, 2]
    assert burst == [0, 0, 0, 1, 2]
    assert run_end == [1, 1, 7, 20, 101]
    assert n == [1, 1, 1, 1, 2]
    assert (dwell, bridge) == ([1, 5, 1, 0, 1], [0, 0, 0, 0, 0])
    assert (first, last) == ([0, 1, 2, 4, 5], [0, 1, 2, 4, 6])
    assert (first_us, label) == ([0, 1, 6, 20, 100], [20, 11, 22, 24, 26])
    assert (first_work, last_work) == ([NEVER_ROW, 1, *[NEVER_ROW] * 3], [-1, 1, -1, -1, -1])


def test_the_stay_before_the_next_burst_is_kept_apart() -> None:
    at, work = ints(0, 30), np.array([True, True])
    found = gathered(ints(0, 2), at, ints(0, 30), ints(1, 1), work=work, cuts=(9, 9), slots=4)
    assert (found[4], found[5]) == ([0, 0], [30, 0])


def test_the_longest_part_lies_between_gaps_of_one_stream() -> None:
    gap = ints(0, 3, 4, 9, 3, 99, 3, 0)
    assert longest_part(ints(0, 5, 5, 8), gap, 3) == 3  # a stream's first row has no gap
    assert longest_part(ints(0, 5, 5, 8), gap, 9) == 5
    assert longest_part(ints(0), ints(), 9) == 0


def test_an_element_is_one_group_of_its_part_however_full_the_table_is() -> None:
    """Sixty elements in a table of 128 slots, twice each; the next part begins anew."""
    element = np.tile(np.arange(1, 61) * 4_096, 3)
    gap = np.where(np.arange(180) == 120, 50, 1)
    at, work = np.arange(180), np.zeros(180, dtype=np.bool_)
    of, _, _, n, *_ = gathered(ints(0, 180), at, gap, element, work=work, cuts=(9, 9), slots=128)
    assert of == element[:120].tolist()
    assert n == [2] * 60 + [1] * 60


def test_an_element_goes_on_after_another_and_after_none() -> None:
    element = ints(1, 1, 2, 1, 0, 1, 2)
    at, gap, work = np.arange(7) * 3, np.full(7, 3), np.array([False, True] * 3 + [True])
    of, _, _, n, dwell, _, first, _, last, *_, first_work, last_work = gathered(
        ints(0, 7), at, gap, element, work=work, cuts=(9, 9), slots=16
    )
    assert (of, n, dwell) == ([1, 2], [4, 2], [12, 3])
    assert (first, last) == ([0, 2], [5, 6])
    assert (first_work, last_work) == ([1, 6], [5, 6])
