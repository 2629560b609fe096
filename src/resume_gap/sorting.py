"""Rows in order of whole numbers, those of equal numbers as they came."""

from typing import Final

import numpy as np

from resume_gap.arrays import Ints
from resume_gap.compiled import kernel, pays

_VALUES: Final = 256
"""That a byte may have."""


def rows_in_order(keys: Ints) -> tuple[Ints, Ints]:
    """The rows in order of their keys, and the keys in that order.

    On large arrays each pass of a loop sorts by one byte of the keys, which takes a third of the
    time of NumPy's sort.

    Args:
        keys: (n) not negative; fewer than two billion.

    Returns:
        Two (n) arrays; of the rows in 32 bits.
    """
    if not pays(keys):
        rows = np.argsort(keys, kind="stable")
        return rows.astype(np.int32), keys[rows]
    rows, sorted_keys = np.arange(len(keys), dtype=np.int32), keys.astype(np.int64)
    bytes_of_keys = (int(keys.max(initial=0)).bit_length() + 7) // 8
    begin = np.zeros(bytes_of_keys * _VALUES, dtype=np.int64)
    sort_by_bytes(sorted_keys, rows, np.empty_like(sorted_keys), np.empty_like(rows), begin)
    return rows, sorted_keys


@kernel("IJIJI")
def sort_by_bytes(keys: Ints, rows: Ints, other_keys: Ints, other_rows: Ints, begin: Ints) -> None:
    """Sort keys that are not negative, and with them their rows.

    Args:
        keys: (n)
        rows: (n)
        other_keys: (n) for the passes between.
        other_rows: (n) for the passes between.
        begin: Zeros, 256 for each byte that a key has at most.
    """
    passes = len(begin) // _VALUES
    for i in range(len(keys)):
        for byte in range(passes):
            begin[byte * _VALUES + (keys[i] >> (8 * byte) & 255)] += 1
    is_moved = False
    for byte in range(passes):
        first = byte * _VALUES
        if begin[first + (keys[0] >> (8 * byte) & 255)] == len(keys):
            continue  # all keys have the same here
        before = 0
        for value in range(first, first + _VALUES):
            many = begin[value]
            begin[value] = before
            before += many
        for i in range(len(keys)):
            value = first + (keys[i] >> (8 * byte) & 255)
            other_keys[begin[value]], other_rows[begin[value]] = keys[i], rows[i]
            begin[value] += 1
        keys, other_keys = other_keys, keys
        rows, other_rows = other_rows, rows
        is_moved = not is_moved
    if is_moved:
        for i in range(len(keys)):
            other_keys[i], other_rows[i] = keys[i], rows[i]
