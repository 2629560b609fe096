"""What a person touched before each stop: the last elements, and the habit of the day before.

Both depend on the stop's instant alone, not on the threshold, so they are found once for the stops
of the shortest threshold; every longer threshold's stops are among them.
"""

import numpy as np

from resume_gap.arrays import NEVER, Ints, int32
from resume_gap.replay.chunks import ABSENT, Chunk, Sessions
from resume_gap.replay.loops import (
    complete_from_earlier,
    count_elements,
    latest_of_sessions,
    most_used,
)


def recent_elements(chunk: Chunk, sessions: Sessions, touched: Ints, many: int) -> Ints:
    """The last distinct elements of the stream up to the end of each session, latest first.

    Args:
        chunk: Whole streams.
        sessions: Of the shortest threshold; s of them.
        touched: Rows of the last touch of every session and element, in any order; fastest from
            the latest on.
        many: How many elements at most.

    Returns:
        (s, many) rows of the elements' last touches, `ABSENT` where there are fewer.
    """
    touches = chunk.touches
    found = np.full(len(sessions.first) * many, ABSENT, dtype=np.int32)
    latest_of_sessions(
        touched, sessions.of_burst[touches.burst[touched]], touches.last_step, many, found
    )
    opens = chunk.bursts.gap_us[sessions.first] == NEVER
    complete_from_earlier(opens, touches.element, many, found)
    return found.reshape(-1, many)


def habits(chunk: Chunk, sessions: Sessions, window_us: int) -> Ints:
    """The element most used in the runs of events that ended shortly before each session's end.

    Args:
        chunk: Whole streams.
        sessions: Of the shortest threshold; s of them.
        window_us: A run counts when its end lies in the window before the session's end.

    Returns:
        (s) rows of the elements' last touches, ties to the latest touched; `ABSENT` for none.
    """
    touches, bursts = chunk.touches, chunk.bursts
    found = np.full(len(sessions.first), ABSENT, dtype=np.int64)
    last = sessions.last[sessions.stops]
    opens = np.flatnonzero(bursts.gap_us == NEVER)
    stream = (np.cumsum(bursts.gap_us == NEVER) - 1)[last]
    of_stop = np.empty(len(last), dtype=np.int64)
    element = chunk.local_element
    elements = int(element.max(initial=0)) + 1
    most_used(
        chunk.touch_begin[opens][stream],
        chunk.touch_begin[last + 1],
        bursts.end_us[last],
        window_us,
        element,
        touches.n,
        touches.run_end_us,
        touches.last_step,
        np.zeros(elements, dtype=np.int64),
        np.zeros(elements, dtype=np.int32),
        of_stop,
    )
    found[sessions.stops] = of_stop
    return found


def elements_of_streams(chunk: Chunk) -> Ints:
    """(streams) how many elements each stream has."""
    bursts, element = chunk.bursts, chunk.local_element
    stream = int32(np.cumsum(bursts.gap_us == NEVER) - 1)
    many = np.zeros(int(stream[-1]) + 1, dtype=np.int64)
    seen = np.zeros(int(element.max(initial=0)) + 1, dtype=np.int32)
    count_elements(stream[chunk.touches.burst], element, seen, many)
    return many
