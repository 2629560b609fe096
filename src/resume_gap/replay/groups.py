"""The touches of each session gathered by element, by arrays: for small logs."""

from dataclasses import dataclass

import numpy as np

from resume_gap.arrays import NEVER, NEVER_ROW, Ints
from resume_gap.pipeline.runs import run_ends
from resume_gap.replay.chunks import ABSENT, Chunk, Sessions, taken
from resume_gap.replay.target_rules import TARGET_RULES


@dataclass(frozen=True, slots=True)
class TouchGroups:
    """A `Touched` that gathers the touches of each session by element.

    There are g groups, by element, then by session. Sessions of a longer threshold are unions of a
    shorter one's, and so are their groups: these are gathered from touches once, and then from one
    another (`merged`).

    Attributes:
        chunk: Whole streams.
        sessions: Of one threshold; s of them.
        head: Index of the first touch in `Chunk.by_element`; the group's touches follow it.
        session: The session.
        element: The element.
        key: Element and session in one number; it rises.
        n: How many events.
        dwell_us: Time spent.
        bridge_us: What the session's last event would add if the session went on.
        last_row: Row of the last touch.
        last_step: And its last step.
        first_work_step: First step worked on there, `NEVER_ROW` for none.
        last_work_step: And the last one, -1 for none.
    """

    chunk: Chunk
    sessions: Sessions
    head: Ints
    session: Ints
    element: Ints
    key: Ints
    n: Ints
    dwell_us: Ints
    bridge_us: Ints
    last_row: Ints
    last_step: Ints
    first_work_step: Ints
    last_work_step: Ints

    @classmethod
    def of(cls, chunk: Chunk, sessions: Sessions) -> "TouchGroups":
        """Gathered from the touches."""
        touches, order = chunk.touches, chunk.by_element
        bursts = np.arange(len(chunk.bursts.stream))
        # Every touch alone, as if every burst were a session.
        single = cls(
            chunk=chunk,
            sessions=Sessions(of_burst=bursts, first=bursts, last=bursts, returns=bursts[:0]),
            head=np.arange(len(order)),
            session=touches.burst[order],
            element=touches.element[order],
            key=order[:0],
            n=touches.n[order],
            dwell_us=touches.dwell_us[order],
            bridge_us=touches.bridge_us[order],
            last_row=order,
            last_step=touches.last_step[order],
            first_work_step=touches.first_work_step[order],
            last_work_step=touches.last_work_step[order],
        )
        return single._gathered(sessions)

    def merged(self, sessions: Sessions) -> "TouchGroups":
        """The groups of a longer threshold; its sessions are unions of those here."""
        unchanged = len(sessions.first) == len(self.sessions.first)
        return self if unchanged else self._gathered(sessions)

    def _gathered(self, sessions: Sessions) -> "TouchGroups":
        last = self.sessions.last[self.session]
        session = sessions.of_burst[last]
        fresh = np.ones(len(session), dtype=np.bool_)
        fresh[1:] = (session[1:] != session[:-1]) | (self.element[1:] != self.element[:-1])
        heads = np.flatnonzero(fresh)
        ends = run_ends(heads, len(session))
        # Where the session goes on, so does the stay.
        is_end = last == sessions.last[session]
        stay = self.dwell_us + np.where(is_end, 0, self.bridge_us)
        element = self.element[heads].astype(np.int64)
        return TouchGroups(
            chunk=self.chunk,
            sessions=sessions,
            head=self.head[heads],
            session=session[heads],
            element=element,
            key=element << 32 | session[heads],
            n=np.add.reduceat(self.n, heads, dtype=np.int64),
            dwell_us=np.add.reduceat(stay, heads),
            bridge_us=np.add.reduceat(np.where(is_end, self.bridge_us, 0), heads),
            last_row=self.last_row[ends],
            last_step=self.last_step[ends],
            first_work_step=np.minimum.reduceat(self.first_work_step, heads),
            last_work_step=np.maximum.reduceat(self.last_work_step, heads),
        )

    def last_rows(self) -> Ints:
        """See `Touched`."""
        return np.sort(self.last_row)[::-1]

    def winners(self, asked: Ints) -> dict[str, Ints]:
        """See `Touched`."""
        scores = [rule.score for rule in TARGET_RULES if rule.score is not None]
        return {score: self._winners(getattr(self, score))[asked] for score in scores}

    def _winners(self, score: Ints) -> Ints:
        """(s) the last row of the group with the highest score."""
        found = np.full(len(self.sessions.first), ABSENT, dtype=np.int64)
        some = np.flatnonzero(score >= 0)
        session = self.session[some]
        # Of several groups of a session the last one here stays.
        order = np.lexsort((self.last_step[some], score[some], session))
        found[session[order]] = self.last_row[some[order]]
        return found

    def first_worked(self, session: Ints, many: int) -> Ints:
        """See `Touched`."""
        sessions = len(self.sessions.first)
        found = np.full((sessions, many), ABSENT, dtype=np.int64)
        left = np.flatnonzero(self.first_work_step != NEVER_ROW)
        for place in range(many):
            earliest = np.full(sessions, NEVER_ROW, dtype=self.first_work_step.dtype)
            np.minimum.at(earliest, self.session[left], self.first_work_step[left])
            chosen = self.first_work_step[left] == earliest[self.session[left]]
            found[self.session[left[chosen]], place] = left[chosen]
            left = left[~chosen]
        return self._work_row_of(found[session])

    def _work_row_of(self, groups: Ints) -> Ints:
        """Rows of the touches in which the groups were worked on first; `ABSENT` stays."""
        found = np.full(groups.shape, ABSENT, dtype=np.int64)
        there = np.nonzero(groups != ABSENT)
        # Rows of a group stand in order, so those worked on begin where the step is reached.
        index = self.head[groups[there]]
        wanted = self.first_work_step[groups[there]]
        touches, order = self.chunk.touches, self.chunk.by_element
        while len(index):
            row = order[index]
            reached = touches.first_work_step[row] == wanted
            found[there[0][reached], there[1][reached]] = row[reached]
            there = there[0][~reached], there[1][~reached]
            index, wanted = index[~reached] + 1, wanted[~reached]
        return found

    def before(self, step: Ints, session: Ints, own: Ints, last: Ints) -> Ints:
        """See `Touched`."""
        sessions = len(self.sessions.first)
        until, one, other = np.zeros((3, sessions), dtype=np.int64)
        until[session], one[session], other[session] = step, own, last
        counted = (
            (self.first_step() < until[self.session])
            & (self.element != one[self.session])
            & (self.element != other[self.session])
        )
        return np.bincount(self.session[counted], minlength=sessions)[session]

    def first_step(self) -> Ints:
        """(g) the first step of each group."""
        return self.chunk.touches.first_step[self.chunk.by_element[self.head]]

    def first_touch_us(self, element: Ints, session: Ints) -> Ints:
        """See `Touched`."""
        key, wanted = self.key, (element.astype(np.int64) << 32) | session
        index = np.minimum(np.searchsorted(key, wanted), max(0, len(key) - 1))
        first_row = taken(self.chunk.by_element, taken(self.head, index))
        first_us = taken(self.chunk.touches.first_us, first_row)
        return np.where(taken(key, index) == wanted, first_us, NEVER)
