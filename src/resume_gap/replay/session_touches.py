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
    """A `Touched` that goes through the touches of a session where it is new at a threshold.

    Attributes:
        chunk: Whole streams.
        sessions: Of one threshold; s of them.
        earlier: (touches) the touch of the same element before each,
        later: (touches) and after it; -1 for none.
        sums: What is known of the winners, and room for sums: arrays of `winners_of_sessions`, the
            same at all thresholds.
    """

    chunk: Chunk
    sessions: Sessions
    earlier: Ints
    later: Ints
    sums: tuple[Ints, ...]

    @classmethod
    def of(cls, chunk: Chunk, sessions: Sessions) -> "SessionTouches":
        """The touches of some sessions."""
        touches, bursts = len(chunk.touches.element), len(chunk.bursts.stream)
        earlier, later, events, work_step = np.empty((4, touches), dtype=np.int32)
        element = chunk.local_element
        latest = np.full(int(element.max(initial=0)) + 1, ABSENT, dtype=np.int32)
        link_touches(element, latest, earlier, later)
        stay_us = np.empty(touches, dtype=np.int64)
        known = np.full((5, bursts), ABSENT, dtype=np.int32)
        return cls(chunk, sessions, earlier, later, (events, stay_us, work_step, *known))

    @property
    def begin(self) -> Ints:
        """(s + 1) the first touch of each session, and how many touches there are."""
        return self.chunk.begin_of(self.sessions)

    def merged(self, sessions: Sessions) -> "SessionTouches":
        """See `Touched`."""
        return replace(self, sessions=sessions)

    def last_rows(self) -> Ints:
        """See `Touched`."""
        begin = self.begin
        end = np.repeat(begin[1:], np.diff(begin))
        return np.flatnonzero((self.later < 0) | (self.later >= end))[::-1]

    def winners(self, asked: Ints) -> dict[str, Ints]:
        """See `Touched`."""
        touches, sessions = self.chunk.touches, self.sessions
        winners_of_sessions(
            asked,
            sessions.first,
            sessions.last,
            self.chunk.touch_begin,
            self.earlier,
            self.later,
            touches.n,
            touches.dwell_us,
            touches.bridge_us,
            touches.last_step,
            touches.last_work_step,
            *self.sums,
        )
        last = sessions.last[asked]
        scores = ("last_step", "last_work_step", "dwell_us", "n")
        return {score: by[last] for score, by in zip(scores, self.sums[-4:], strict=True)}

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
