"""Hashes are found in their tables, in both ways."""

import numpy as np
import pytest

from resume_gap.pipeline.number_loops import number_rows, put_names

pytestmark = pytest.mark.usefixtures("loops")


def table(numbers: dict[int, int], slots: int) -> tuple[np.ndarray, np.ndarray]:
    keys, values = np.zeros(slots, dtype=np.int64), np.zeros(slots, dtype=np.int32)
    put_names(
        np.array(list(numbers), dtype=np.int64),
        np.array(list(numbers.values()), dtype=np.int32),
        keys,
        values,
    )
    return keys, values


def test_each_row_has_the_numbers_of_its_hashes() -> None:
    """Hashes of one slot stand one after the other, beyond the end from the beginning on."""
    kinds = table({5: 2, -7: 0}, 4)
    labels = table({7: 3, 15: 1, -1: 9}, 8)
    streams = table({1 << 40: 4, 1 << 41: 0, 1 << 42: 6}, 8)
    kind, label = np.array([5, -7, 5, 5, 8]), np.array([7, 15, 15, -1, 7])
    stream = np.array([1 << 40, 1 << 40, 1 << 41, 1 << 42, 1 << 42])
    to_stream, to_content = np.full(5, -1, dtype=np.int32), np.full(5, -1, dtype=np.int64)
    number_rows(kind, label, stream, *kinds, *labels, *streams, to_stream, to_content)
    assert to_stream.tolist() == [4, 0, 0, 6, 0]
    assert to_content[[0, 3]].tolist() == [(2 << 32) + 3, (2 << 32) + 9]
