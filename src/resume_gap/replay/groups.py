"""The touches of each session gathered by element, at any threshold."""

from dataclasses import dataclass

import numpy as np

from resume_gap.arrays import NEVER, Ints
from resume_gap.compiled import pays
from resume_gap.pipeline.runs import run_ends
from resume_gap.replay.chunks import ABSENT, Chunk, Sessions, taken
from resume_gap.replay.loops import best_of_sessions, merge_groups

_MERGED = (
    "head",
    "session",
    "element",
    "key",
    "n",
    "dwell_us",
    "bridge_us",
    "last_row",
    "last_step",
    "first_work_step",
    "last_work_step",
)
"""What a merged group has, in the order in which `_merge` writes it."""


@dataclass(frozen=True, slots=True)
class TouchGroups:
    """Touches of each session gathered by element; g of them, by element, then by session.

    Sessions of a longer limit are unions of a shorter one's, and so are their groups: these are
    gathered from touches once, and then from one another (`merged`).

    Attributes:
        head: Index of the first touch in `Chunk.by_element`; the group's touches follow it.
        session: The session.
        element: The element.
        key: Element and session in one number; it rises.
        n: How many events.
        dwell_us: Time spent.
        bridge_us: What the session's last event would add if the session went on.
        last_row: Row of the last touch.
        last_step: And its last step.
        first_work_step: First step worked on there, `NEVER` for none.
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
        bursts = np.arange(len(chunk.bursts.number))
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
        """The groups of a longer limit; its sessions are unions of those here."""
        unchanged = len(sessions.first) == len(self.sessions.first)
        return self if unchanged else self._gathered(sessions)

    def _gathered(self, sessions: Sessions) -> "TouchGroups":
        if not pays(self.session) and len(self.session):
            return self._gathered_by_arrays(sessions)
        n = len(self.session)
        whole = {name: np.empty(n, dtype=np.int64) for name in _MERGED}
        many = merge_groups(
            self.session,
            self.sessions.last,
            sessions.of_burst,
            sessions.last,
            self.head,
            self.element,
            self.n,
            self.dwell_us,
            self.bridge_us,
            self.last_row,
            self.last_step,
            self.first_work_step,
            self.last_work_step,
            *whole.values(),
        )
        merged = {name: values[:many] for name, values in whole.items()}
        return TouchGroups(chunk=self.chunk, sessions=sessions, **merged)

    def _gathered_by_arrays(self, sessions: Sessions) -> "TouchGroups":
        """The same for few groups, where a loop would not be compiled."""
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

    def winners(self, score: Ints) -> Ints:
        """(s) index of each session's group with the highest score; ties to the latest touched."""
        found = np.full(len(self.sessions.first), ABSENT, dtype=np.int64)
        best_of_sessions(self.session, score, self.last_step, found)
        return found

    def first_worked(self, many: int) -> Ints:
        """(s, many) indices of the groups worked on first in each session, in order."""
        sessions = len(self.sessions.first)
        found = np.full((sessions, many), ABSENT, dtype=np.int64)
        left = np.flatnonzero(self.first_work_step != NEVER)
        for place in range(many):
            earliest = np.full(sessions, NEVER)
            np.minimum.at(earliest, self.session[left], self.first_work_step[left])
            chosen = self.first_work_step[left] == earliest[self.session[left]]
            found[self.session[left[chosen]], place] = left[chosen]
            left = left[~chosen]
        return found

    def row_of(self, groups: Ints) -> Ints:
        """Rows of the groups' last touches; `ABSENT` stays."""
        return np.where(groups == ABSENT, ABSENT, taken(self.last_row, groups))

    def work_row_of(self, groups: Ints) -> Ints:
        """Rows of the touches in which the groups were worked on first; `ABSENT` stays."""
        found = np.full(groups.shape, ABSENT, dtype=np.int64)
        there = np.flatnonzero(groups != ABSENT)
        # Rows of a group stand in order, so those worked on begin where the step is reached.
        index = self.head[groups[there]]
        wanted = self.first_work_step[groups[there]]
        touches, order = self.chunk.touches, self.chunk.by_element
        while len(there):
            row = order[index]
            reached = touches.first_work_step[row] == wanted
            found[there[reached]] = row[reached]
            there, index, wanted = there[~reached], index[~reached] + 1, wanted[~reached]
        return found

    def first_step(self) -> Ints:
        """(g) the first step of each group."""
        return self.chunk.touches.first_step[self.chunk.by_element[self.head]]

    def first_touch_us(self, element: Ints, session: Ints) -> Ints:
        """When each element was first touched in the session; `NEVER` where it was not."""
        key, wanted = self.key, (element.astype(np.int64) << 32) | session
        index = np.minimum(np.searchsorted(key, wanted), max(0, len(key) - 1))
        first_row = taken(self.chunk.by_element, taken(self.head, index))
        first_us = taken(self.chunk.touches.first_us, first_row)
        return np.where(taken(key, index) == wanted, first_us, NEVER)
