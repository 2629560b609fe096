"""How fine the stamps of each stream are."""

import numpy as np

from resume_gap.arrays import Bools, Ints
from resume_gap.constants import INDEXED_STAMPS_GAPS, INDEXED_STAMPS_SHARE
from resume_gap.results.common import US

_MINUTE = 60 * US


def resolution_of(at: Ints, starts: Ints) -> Ints:
    """Seconds to which all stamps of a stream are rounded: 60, 1 or 0 (finer)."""
    finest = np.bitwise_or.reduceat(at % US, starts)
    resolution = np.where(finest == 0, 1, 0)
    if resolution.any():
        minute = np.bitwise_or.reduceat(at % _MINUTE, starts)
        resolution = np.where(minute == 0, 60, resolution)
    return resolution.astype(np.int64)


def indexed_of(at: Ints, starts: Ints, resolution: Ints) -> Bools:
    """Streams whose minute stamps carry a second per event: gaps are 1 s modulo a minute."""
    if not (resolution == 1).any():
        return np.zeros(len(starts), dtype=np.bool_)
    gap = np.diff(at, prepend=at[:1])
    gap[starts] = 0
    long = gap >= _MINUTE
    ones = long & (gap % _MINUTE == US)
    many = np.add.reduceat(long.astype(np.int64), starts)
    found = np.add.reduceat(ones.astype(np.int64), starts)
    return (
        (resolution == 1)
        & (many >= INDEXED_STAMPS_GAPS.value)
        & (found >= INDEXED_STAMPS_SHARE.value * many)
    )
