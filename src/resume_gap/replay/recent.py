"""What a person touched before each stop: the last elements, and the habit of the day before.

Both depend on the stop's instant alone, not on the threshold, so they are found once for the stops
of the shortest limit; every longer limit's stops are among them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from resume_gap.arrays import NEVER, Ints
from resume_gap.replay.chunks import ABSENT, Chunk, Sessions, taken

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXPANDED_ROWS = 2_000_000
_SPARSE = 16


def recent_elements(chunk: Chunk, sessions: Sessions, touched: Ints, many: int) -> Ints:
    """The last distinct elements of the stream up to the end of each session, latest first.

    Each session's own elements are completed from the sessions before it, twice as many at every
    turn, until there are enough or the stream begins.

    Args:
        chunk: Whole streams.
        sessions: Of the shortest limit; s of them.
        touched: Rows of the last touch of every session and element.
        many: How many elements at most.

    Returns:
        (s, many) rows of the elements' last touches, `ABSENT` where there are fewer.
    """
    found = _own_elements(chunk, sessions, touched, many)
    opens = chunk.bursts.gap_us[sessions.first] == NEVER
    begin = np.maximum.accumulate(np.where(opens, np.arange(len(opens)), 0))
    reach = 1
    short = np.flatnonzero(found[:, -1] == ABSENT)
    while True:
        short = short[short - reach >= begin[short]]
        if len(short) == 0:
            return found
        found[short] = _merged(chunk.touches.element, found[short], found[short - reach])
        reach *= 2
        short = short[found[short, -1] == ABSENT]


def _own_elements(chunk: Chunk, sessions: Sessions, touched: Ints, many: int) -> Ints:
    """The last distinct elements of each session alone."""
    touches = chunk.touches
    found = np.full((len(sessions.first), many), ABSENT, dtype=np.int64)
    is_last = np.zeros(len(touches.burst), dtype=np.bool_)
    is_last[touched] = True
    row = np.flatnonzero(is_last)
    # The order of first steps is nearly that of last steps, and both are that of the sessions.
    row = row[np.argsort(touches.last_step[row], kind="stable")]
    session = sessions.of_burst[touches.burst[row]]
    upto = np.cumsum(np.bincount(session, minlength=len(found)))
    place = upto[session] - 1 - np.arange(len(row))
    few = place < many
    found[session[few], place[few]] = row[few]
    return found


def _merged(element: Ints, later: Ints, earlier: Ints) -> Ints:
    """Rows of `later`, then those of `earlier` whose elements are new; (n, many) each.

    Both are filled from the left.
    """
    mine = np.where(later == ABSENT, ABSENT, taken(element, later))
    theirs = taken(element, earlier)
    new = earlier != ABSENT
    for known in mine.T:
        new &= theirs != known[:, None]
    place = (later != ABSENT).sum(axis=1)[:, None] + np.cumsum(new, axis=1) - 1
    merged = later.copy()
    line, column = np.nonzero(new & (place < later.shape[1]))
    merged[line, place[line, column]] = earlier[line, column]
    return merged


def habits(chunk: Chunk, sessions: Sessions, window_us: int) -> Ints:
    """The element most used in the runs of events that ended shortly before each session's end.

    Args:
        chunk: Whole streams.
        sessions: Of the shortest limit; s of them.
        window_us: A run counts when its end lies in the window before the session's end.

    Returns:
        (s) rows of the elements' last touches, ties to the latest touched; `ABSENT` for none.
    """
    touches, bursts = chunk.touches, chunk.bursts
    found = np.full(len(sessions.first), ABSENT, dtype=np.int64)
    asked = sessions.returns - 1
    last = sessions.last[asked]
    stop_us = bursts.end_us[last]
    high = np.searchsorted(touches.burst, last, side="right")
    opens = np.flatnonzero(bursts.gap_us == NEVER)
    stream = (np.cumsum(bursts.gap_us == NEVER) - 1)[last]
    low = _first_at_least(
        touches.run_end_us, stop_us - window_us, np.searchsorted(touches.burst, opens)[stream], high
    )
    windows = _Windows(low, high, stop_us, stream)
    for some in windows.blocks(chunk.own_elements.many):
        found[asked[some.index]] = _most_used(chunk, some)
    return found


@dataclass(frozen=True, slots=True)
class _Windows:
    """Ranges [low, high) of touches, one per stop."""

    low: Ints
    high: Ints
    stop_us: Ints
    stream: Ints

    def blocks(self, elements: Ints) -> "Iterator[_Block]":
        """Some stops at a time, so that their windows and their streams' elements fit."""
        width, size = elements[self.stream], self.high - self.low
        sparse = width > _SPARSE * (size + _EXPANDED_ROWS // 10_000)
        for which, cost in ((~sparse, size + width), (sparse, size)):
            index = np.flatnonzero(which)
            ends = np.flatnonzero(np.diff(np.cumsum(cost[index]) // _EXPANDED_ROWS)) + 1
            for some in np.split(index, ends):
                if len(some):
                    yield _Block(
                        some,
                        self.low[some],
                        self.high[some],
                        self.stop_us[some],
                        None if sparse[some[0]] else width[some],
                    )


@dataclass(frozen=True, slots=True)
class _Block:
    """Some windows: their indices, ranges, stops, and how many elements their streams have.

    Where these are many times the window, `elements` is None: most cells would stay empty.
    """

    index: Ints
    low: Ints
    high: Ints
    stop_us: Ints
    elements: Ints | None


def _first_at_least(values: Ints, least: Ints, low: Ints, high: Ints) -> Ints:
    """Where in each [low, high), in which the values rise, the first one reaches `least`."""
    low, high = low.copy(), high.copy()
    while (searching := low < high).any():
        middle = (low + high) // 2
        reached = np.zeros_like(searching)
        reached[searching] = values[middle[searching]] >= least[searching]
        high = np.where(searching & reached, middle, high)
        low = np.where(searching & ~reached, middle + 1, low)
    return low


def _most_used(chunk: Chunk, block: _Block) -> Ints:
    """The most used element of the touches in each window, as the row of its last touch.

    Every window has a cell for every element of its stream, so that nothing need be sorted;
    only where the stream has too many of them are the window's own elements sought.
    """
    touches, number = chunk.touches, chunk.own_elements.number
    many = block.high - block.low
    owner = np.repeat(np.arange(len(many)), many)
    rows = np.arange(len(owner)) + np.repeat(block.low - (np.cumsum(many) - many), many)
    # A run that goes on after the stop, which only a limit below 30 s allows, ends after it.
    if len(rows) and np.any(touches.run_end_us[block.high - 1] > block.stop_us):
        ended = touches.run_end_us[rows] <= block.stop_us[owner]
        owner, rows = owner[ended], rows[ended]
    if (width := block.elements) is None:
        cells, cell = np.unique((owner << 32) | number[rows], return_inverse=True)
        owner_of_cell = cells >> 32
    else:
        cell = (np.cumsum(width) - width)[owner] + number[rows]
        owner_of_cell = np.repeat(np.arange(len(many)), width)
    used = np.bincount(cell, weights=touches.n[rows], minlength=len(owner_of_cell))
    last_row = np.full(len(used), ABSENT, dtype=np.int64)
    last_row[cell] = rows  # of rows in one cell the last one stays
    found = np.full(len(many), ABSENT, dtype=np.int64)
    touched = np.flatnonzero(last_row != ABSENT)
    owner, last_row = owner_of_cell[touched], last_row[touched]
    best = most_then_latest(owner, used[touched], touches.last_step[last_row], len(many))
    found[owner[best]] = last_row[best]
    return found


def most_then_latest(owner: Ints, score: NDArray[Any], step: Ints, owners: int) -> Ints:
    """Indices of the entries with their owner's highest score; of equals the latest step's.

    No score is below -1.
    """
    highest = np.full(owners, -1, dtype=score.dtype)
    np.maximum.at(highest, owner, score)
    best = np.flatnonzero(score == highest[owner])
    latest = np.full(owners, -1, dtype=np.int64)
    np.maximum.at(latest, owner[best], step[best])
    return best[step[best] == latest[owner[best]]]
