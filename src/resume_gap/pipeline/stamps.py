"""How fine the stamps of each stream are."""

from typing import Final

import numpy as np

from resume_gap.arrays import NEVER, Bools, Ints
from resume_gap.constants import (
    BATCH_ROWS_FINE,
    BATCH_ROWS_SECOND,
    FLUSH_GAP,
    FLUSH_LEAST,
    FLUSH_SHARE,
    FLUSH_SILENCE,
    FLUSH_SPAN,
    FLUSH_WORK,
    INDEXED_STAMPS_GAPS,
    INDEXED_STAMPS_SHARE,
    ROUND_STAMPS,
)
from resume_gap.units import MINUTE_US, US

RESOLUTIONS: Final = (0, 1, 2, 5, 10, 15, 20, 30, 60, 300, 600, 900, 1800, 3600, 86400)
"""Seconds to which stamps may be rounded; 0: finer than a second."""
_USUAL: Final = (0, 1, 60)
"""Believed of streams with few stamps, too, which may be round in another way by chance."""


def resolution_of(at: Ints, starts: Ints, common: Ints) -> Ints:
    """(k) seconds to which all stamps of a stream are rounded, one of `RESOLUTIONS`.

    Args:
        at: (n) ordered within each stream.
        starts: (k) first row of each stream.
        common: (k) as `Survey.common`.
    """
    resolution = np.zeros(len(starts), dtype=np.int64)
    for seconds in RESOLUTIONS[1:]:
        resolution[common % (seconds * US) == 0] = seconds
    doubtful = ~np.isin(resolution, _USUAL)
    if doubtful.any():
        fresh = np.ones(len(at), dtype=np.int64)
        fresh[1:] = at[1:] != at[:-1]
        doubtful &= np.add.reduceat(fresh, starts) < ROUND_STAMPS.value
        minutes = common[doubtful] % MINUTE_US == 0
        resolution[doubtful] = np.where(minutes, 60, 1)
    return resolution


def in_batch(at: Ints, starts: Ints, resolution: Ints) -> Bools | None:
    """Rows that share their instant with so many of their stream that they were sent at once.

    Args:
        at: (n) ordered within each stream.
        starts: (k) first row of each stream.
        resolution: (k) seconds to which the stamps of each stream are rounded; how many rows of
            one instant are too many depends on it, and coarser stamps than seconds cannot tell.

    Returns:
        (n) flags; None where there is no such row.
    """
    # Most logs have no such row even where streams are taken as one, which takes one comparison.
    others = int(BATCH_ROWS_FINE.value) - 1
    if not (at[others:] == at[:-others]).any():
        return None
    fresh = np.ones(len(at), dtype=np.bool_)
    np.not_equal(at[1:], at[:-1], out=fresh[1:])
    fresh[starts] = True
    heads = np.flatnonzero(fresh)
    sizes = np.diff(heads, append=len(at))
    many = np.flatnonzero(sizes >= BATCH_ROWS_FINE.value)
    if not len(many):
        return None
    stream = np.searchsorted(starts, heads[many], side="right") - 1
    least = np.select(
        [resolution == 0, resolution == 1],
        [int(BATCH_ROWS_FINE.value), int(BATCH_ROWS_SECOND.value)],
        NEVER,
    )
    found = many[sizes[many] >= least[stream]]
    if not len(found):
        return None
    flags = np.zeros(len(heads), dtype=np.bool_)
    flags[found] = True
    return np.repeat(flags, sizes)


def may_be_flushed(work: Ints, close: Ints) -> Bools:
    """(k) streams of which `flushed` may be true; counts as those of `Survey`."""
    # Two of three rows of a burst are close to the one before, and most work lies in bursts.
    may_be: Bools = (work >= FLUSH_LEAST.value) & (3 * close > work)
    return may_be


def flushed(at: Ints, starts: Ints, working: Bools) -> Bools:
    """(k) streams whose stamps are those of sending: work in short bursts between silences.

    Args:
        at: (n) ordered within each stream.
        starts: (k) first row of each stream; none is empty.
        working: (n) whether a row is work.
    """
    gap = np.diff(at, prepend=at[:1])
    close = gap <= FLUSH_GAP.us
    close[starts] = False
    heads = np.flatnonzero(~close)
    last = np.append(heads[1:], len(at)) - 1
    silent = gap[heads] >= FLUSH_SILENCE.us
    of_stream = np.searchsorted(heads, starts)
    silent[of_stream] = True
    work = np.add.reduceat(working.astype(np.int64), heads)
    sent = (
        (work >= FLUSH_WORK.value)
        & (at[last] - at[heads] <= FLUSH_SPAN.us)
        & silent
        & np.append(silent[1:], np.True_)
    )
    sent_work = np.add.reduceat(np.where(sent, work, 0), of_stream)
    all_work = np.add.reduceat(work, of_stream)
    found: Bools = sent_work > FLUSH_SHARE.value * all_work
    return found


def indexed_of(at: Ints, starts: Ints, resolution: Ints) -> Bools:
    """Streams whose minute stamps carry a second per event: gaps are 1 s modulo a minute."""
    if not (resolution == 1).any():
        return np.zeros(len(starts), dtype=np.bool_)
    gap = np.diff(at, prepend=at[:1])
    gap[starts] = 0
    long = gap >= MINUTE_US
    ones = long & (gap % MINUTE_US == US)
    many = np.add.reduceat(long.astype(np.int64), starts)
    found = np.add.reduceat(ones.astype(np.int64), starts)
    return (
        (resolution == 1)
        & (many >= INDEXED_STAMPS_GAPS.value)
        & (found >= INDEXED_STAMPS_SHARE.value * many)
    )
