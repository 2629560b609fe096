"""The distinct numbers among many, some of these, their places, and sums by them."""

import numpy as np
from numpy.typing import NDArray


def distinct(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct whole numbers, rising, and which of them each entry is, from 0 on.

    As by NumPy's `unique`, but without a sort where the values rise or are small.
    """
    if len(values) and bool((values[1:] >= values[:-1]).all()):
        fresh = np.ones(len(values), dtype=np.bool_)
        np.not_equal(values[1:], values[:-1], out=fresh[1:])
        return values[fresh], np.cumsum(fresh) - 1
    if len(values) and values.min() >= 0 and values.max() < 2 * len(values):
        there = np.zeros(int(values.max()) + 1, dtype=np.bool_)
        there[values] = True
        return np.flatnonzero(there), (np.cumsum(there) - 1)[values]
    return np.unique(values, return_inverse=True)


def picking(flags: NDArray[np.bool_]) -> slice | NDArray[np.bool_]:
    """What picks those that are flagged: mostly all, of which then no copy is made.

    Args:
        flags: (n) whether each is picked.
    """
    return slice(None) if flags.all() else flags


def places(ordered: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each value is among others, from 0 on; -1 where it is not.

    Args:
        ordered: (m) distinct whole numbers, rising.
        values: (n) what is sought.
    """
    if not len(ordered):
        return np.full(len(values), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return np.where(ordered[place] == values, place, -1)


def sums_of(
    index: NDArray[np.intp] | NDArray[np.int64], values: NDArray[np.int64], size: int
) -> NDArray[np.int64]:
    """Exact integer sums of values by index.

    Args:
        index: (n) from 0 to size - 1.
        values: (n) what is summed up.
        size: How many sums there are; one without a value is 0.
    """
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, index, values)
    return total
