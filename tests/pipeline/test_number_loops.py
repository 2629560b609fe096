"""Hashes are found in their tables, in both ways."""

import numpy as np
import pytest

from resume_gap.pipeline.number_loops import NUMBER_BITS, number_rows, put_names

pytestmark = pytest.mark.usefixtures("loops")
UPPER = 1 << NUMBER_BITS


def table(numbers: dict[int, int], slots: int) -> np.ndarray:
    entries = np.zeros(slots, dtype=np.int64)
    assert put(list(numbers), list(numbers.values()), entries)
    return entries


def put(hashes: list[int], numbers: list[int], entries: np.ndarray) -> bool:
    return put_names(np.array(hashes), np.array(numbers, dtype=np.int32), entries) == 1


def test_each_row_has_the_numbers_of_its_hashes() -> None:
    """Hashes of one slot stand one after the other, beyond the end from the beginning on."""
    most = UPPER - 1
    five, seven = 9 * UPPER + 5, 4 * UPPER + 7
    kinds = table({five: 2, -7: 0}, 4)
    labels = table({seven: 3, 15 - 6 * UPPER: most, -1: 9}, 8)
    streams = table({1 << 40: 4, 1 << 41: 0, 1 << 42: 6}, 8)
    kind, label = np.array([five, -7, five, five]), np.array([seven, seven, 15 - 6 * UPPER, -1])
    stream = np.array([1 << 40, 1 << 40, 1 << 41, 1 << 42])
    to_stream, to_content = np.full(4, -1, dtype=np.int32), np.full(4, -1, dtype=np.int64)
    number_rows(kind, label, stream, kinds, labels, streams, to_stream, to_content)
    assert to_stream.tolist() == [4, 0, 0, 6]
    assert to_content.tolist() == [(2 << 32) + 3, 3, (2 << 32) + most, (2 << 32) + 9]


def test_a_hash_that_is_nowhere_has_no_number() -> None:
    kinds, streams = table({3 * UPPER: 1}, 4), table({5 * UPPER: 7, 6 * UPPER: 8}, 8)
    to_stream, to_content = np.full(3, -1, dtype=np.int32), np.full(3, -1, dtype=np.int64)
    kind, stream = np.array([3, 3, 4]) * UPPER, np.array([5, 9, 5]) * UPPER
    none = np.zeros(1, dtype=np.int64)
    number_rows(kind, stream, stream, kinds, none, streams, to_stream, to_content)
    assert to_stream.tolist() == [7, 0, 0]
    assert to_content.tolist() == [1 << 32, 1 << 32, 0]


def test_hashes_that_look_alike_on_their_way_are_refused() -> None:
    """Their upper bits are those of one that stands where they are sought."""
    assert not put([5 * UPPER, 5 * UPPER], [1, 2], np.zeros(8, dtype=np.int64))
    assert not put(
        [5 * UPPER + 1, 6 * UPPER, 5 * UPPER + 9], [1, 2, 3], np.zeros(8, dtype=np.int64)
    )
    apart = [5 * UPPER + 1, 5 * UPPER + 2]
    entries = table(dict(zip(apart, (3, 4), strict=True)), 8)
    assert entries.tolist()[1:3] == [5 * UPPER + 3, 5 * UPPER + 4]


def test_a_hash_without_upper_bits_might_be_taken_for_an_empty_place() -> None:
    assert not put([UPPER - 1], [1], np.zeros(4, dtype=np.int64))
    assert put([-1, UPPER], [1, 0], np.zeros(4, dtype=np.int64))


def test_rows_of_many_blocks_are_looked_up_alike_however_large_the_table() -> None:
    drawn = np.random.default_rng(4)
    hashes = drawn.integers(-(1 << 63), 1 << 63, 90)
    numbers = dict(zip(hashes.tolist(), range(1, 91), strict=True))
    rows = drawn.integers(0, 90, 700)
    kinds, none = table({9 * UPPER: 3}, 4), np.zeros(1, dtype=np.int64)
    for slots in (128, 1 << 21):
        to_stream, to_content = np.zeros(700, dtype=np.int32), np.zeros(700, dtype=np.int64)
        kind, streams = np.full(700, 9 * UPPER), table(numbers, slots)
        number_rows(kind, rows * 0, hashes[rows], kinds, none, streams, to_stream, to_content)
        assert np.array_equal(to_stream, rows + 1)
        assert set(to_content.tolist()) == {3 << 32}
