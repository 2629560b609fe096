"""What was touched in each session, by loops: for large logs, as `groups` is for small ones."""

from dataclasses import dataclass, replace

import numpy as np

from resume_gap.arrays import NEVER, Ints
from resume_gap.replay.chunks import ABSENT, Chunk, Sessions, taken
from resume_gap.replay.touch_loops import (
    count_before,
    first_touches,
    first_worked_on,
    link_touches,
    winners_of_sessions,
)


@dataclass(frozen=True, slots=True)
class SessionTouches:
    """A `Touched` that goes through the touches of every session anew at each limit.

    Attributes:
        chunk: Whole streams.
        sessions: Of one limit; s of them.
        begin: (s + 1) the first touch of each session, and how many touches there are.
        earlier: (touches) the touch of the same element before each,
        later: (touches) and after it; -1 for none.
    """

    chunk: Chunk
    sessions: Sessions
    begin: Ints
    earlier: Ints
    later: Ints

    @classmethod
    def of(cls, chunk: Chunk, sessions: Sessions) -> "SessionTouches":
        """The touches of some sessions."""
        earlier, later = np.empty((2, len(chunk.touches.element)), dtype=np.int32)
        link_touches(chunk.touches.element, chunk.by_element, earlier, later)
        return cls(chunk, sessions, chunk.begin_of(sessions), earlier, later)

    def merged(self, sessions: Sessions) -> "SessionTouches":
        """See `Touched`."""
        return replace(self, sessions=sessions, begin=self.chunk.begin_of(sessions))

    def last_rows(self) -> Ints:
        """See `Touched`."""
        end = np.repeat(self.begin[1:], np.diff(self.begin))
        return np.flatnonzero((self.later < 0) | (self.later >= end))[::-1]

    def winners(self) -> dict[str, Ints]:
        """See `Touched`."""
        touches, sessions = self.chunk.touches, len(self.sessions.first)
        sums = np.empty((3, len(touches.element)), dtype=np.int64)
        by_step, by_work, by_stay, by_events = found = np.empty((4, sessions), dtype=np.int64)
        winners_of_sessions(
            self.begin,
            self.chunk.touch_begin[self.sessions.last],
            self.earlier,
            self.later,
            touches.n,
            touches.dwell_us,
            touches.bridge_us,
            touches.last_step,
            touches.last_work_step,
            *sums,
            *found,
        )
        return {
            "last_step": by_step,
            "last_work_step": by_work,
            "dwell_us": by_stay,
            "n": by_events,
        }

    def first_touch_us(self, element: Ints, session: Ints) -> Ints:
        """See `Touched`."""
        wanted, sought_in = np.broadcast_arrays(element, session)
        row = np.empty(wanted.size, dtype=np.int64)
        first_touches(
            self.begin, self.chunk.touches.element, sought_in.ravel(), wanted.ravel(), row
        )
        found = np.where(row == ABSENT, NEVER, taken(self.chunk.touches.first_us, row))
        return found.reshape(wanted.shape)

    def first_worked(self, session: Ints, many: int) -> Ints:
        """See `Touched`."""
        touches = self.chunk.touches
        found = np.empty(len(session) * many, dtype=np.int64)
        first_worked_on(
            self.begin,
            touches.element,
            touches.first_step,
            touches.first_work_step,
            session,
            many,
            found,
        )
        return found.reshape(-1, many)

    def before(self, step: Ints, session: Ints, own: Ints, last: Ints) -> Ints:
        """See `Touched`."""
        touches = self.chunk.touches
        found = np.empty(len(session), dtype=np.int64)
        count_before(
            self.begin,
            touches.element,
            touches.first_step,
            self.earlier,
            session,
            step,
            own,
            last,
            found,
        )
        return found
