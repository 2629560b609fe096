"""Runs of equal values in arrays: heads, ends, and running maxima within streams."""

import numpy as np

from resume_gap.arrays import Ints


def run_heads(values: Ints) -> Ints:
    """First row of each run of equal values."""
    fresh = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=fresh[1:])
    return np.flatnonzero(fresh)


def run_ends(heads: Ints, n: int) -> Ints:
    """Last row of each of the runs that begin at `heads` and cover n rows; there may be none."""
    return np.append(heads[1:], n)[: len(heads)] - 1


def owners(rows: Ints, offsets: Ints) -> Ints:
    """Index of the stream of each of some rising rows; offsets as in `Steps.starts`."""
    return np.repeat(np.arange(len(offsets) - 1), np.diff(np.searchsorted(rows, offsets)))


def running_maximum(values: Ints, offsets: Ints) -> Ints:
    """Running maximum within each stream; offsets as in `Steps.starts`, streams may be empty.

    Streams are lifted by multiples of the whole span so that one pass serves many; as many at a
    time as fit into 63 bits.
    """
    if len(values) == 0:
        return values
    low = int(values.min())
    span = int(values.max()) - low + 1
    at_once = max(1, (1 << 62) // span)
    result = np.empty_like(values)
    for first in range(0, len(offsets) - 1, at_once):
        some = offsets[first : first + at_once + 1]
        rows = slice(int(some[0]), int(some[-1]))
        lift = np.repeat(np.arange(len(some) - 1, dtype=np.int64) * span, np.diff(some))
        result[rows] = np.maximum.accumulate(values[rows] - low + lift) - lift + low
    return result
