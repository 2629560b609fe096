"""What was worked on last and what comes next, as of any event.

Everything here describes whole streams and knows no threshold: whether the last productive
event lies in the same session as the one that asks is a comparison of step numbers, made later.
"""

import numpy as np

from resume_gap.arrays import NEVER, Bools, Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.runs import running_maximum
from resume_gap.pipeline.steps import Steps
from resume_gap.sources.role_bits import COMPLETING, PRODUCTIVE


class Work:
    """The productive and completing events of some whole streams; rows are positions in `Steps`.

    A row that does not exist is `NEVER` where the future is asked for and -1 for the past.
    """

    def __init__(self, steps: Steps, contents: Contents) -> None:
        roles = contents.roles(steps.content)
        self.productive: Bools = (roles & PRODUCTIVE) != 0
        self.completing: Bools = (roles & COMPLETING) != 0
        self._steps = steps
        self._stream: Ints = np.repeat(
            np.arange(len(steps.stream_no), dtype=np.int32), np.diff(steps.starts)
        )
        self._working = Flagged(self.productive)
        self._leaving = Flagged(self.completing & ~self.productive)
        self._closed = self._closing_rows(contents)
        self._end = self._running_end()

    def stream(self, rows: Ints) -> Ints:
        """Index of each row's stream."""
        return self._stream[rows]

    def last(self, rows: Ints) -> Ints:
        """Row of the last productive event at or before each row, in its stream; -1 for none."""
        found = self._working.last(rows)
        return np.where(found >= self._begin(rows), found, -1)

    def next(self, rows: Ints) -> Ints:
        """Row of the first productive event at or after each row, in its stream."""
        found = self._working.next(rows)
        return np.where(found < self._stop(rows), found, NEVER)

    def next_leaving(self, rows: Ints) -> Ints:
        """Row of the first completing event that is not productive, at or after each row."""
        found = self._leaving.next(rows)
        return np.where(found < self._stop(rows), found, NEVER)

    def is_open(self, rows: Ints) -> Bools:
        """Whether there is a last productive event whose work nothing completed up to the row."""
        last = self.last(rows)
        ordinal = np.maximum(self._working.until(rows) - 1, 0)
        return (last >= 0) & (self._closed[ordinal] > rows)

    def end(self, rows: Ints) -> Ints:
        """Latest end of the productive events up to each row; meaningless where `last` is -1."""
        return self._end[np.maximum(self._working.until(rows) - 1, 0)]

    def _begin(self, rows: Ints) -> Ints:
        return self._steps.starts[self._stream[rows]]

    def _stop(self, rows: Ints) -> Ints:
        return self._steps.starts[self._stream[rows] + 1]

    def _closing_rows(self, contents: Contents) -> Ints:
        """(productive events) row of the first event that completes their work; at least one row.

        Tasks are compared where both have one, else contexts where both have one; else what
        completes must carry neither (section 3 of the method).
        """
        content = self._steps.content
        done = np.flatnonzero(self.completing)
        last = self.last(done)
        done, last = done[last >= 0], last[last >= 0]
        task, worked_task = contents.task(content[done]), contents.task(content[last])
        context, worked_context = contents.context(content[done]), contents.context(content[last])
        closes = np.where(
            (task > 0) & (worked_task > 0),
            task == worked_task,
            np.where(
                (context > 0) & (worked_context > 0),
                context == worked_context,
                (task == 0) & (context == 0),
            ),
        )
        closed = np.full(max(1, len(self._working.rows)), NEVER, dtype=np.int64)
        np.minimum.at(closed, self._working.until(last[closes]) - 1, done[closes])
        return closed

    def _running_end(self) -> Ints:
        """(productive events) running maximum of their ends in their stream; at least one row."""
        rows, steps = self._working.rows, self._steps
        if len(rows) == 0:
            return np.zeros(1, dtype=np.int64)
        if steps.own_end is None:
            return steps.at[rows]
        bounds = np.searchsorted(rows, steps.starts)
        return running_maximum(steps.own_end[rows], bounds)


class Flagged:
    """The flagged rows of an array, found from any row on in both directions."""

    def __init__(self, flag: Bools) -> None:
        self.rows = np.flatnonzero(flag)
        self._count: Ints = np.cumsum(flag, dtype=np.int64)
        self._flag = flag

    def until(self, rows: Ints) -> Ints:
        """How many flagged rows there are at or before each row."""
        return self._count[rows]

    def last(self, rows: Ints) -> Ints:
        """The last flagged row at or before each row; -1 for none."""
        if len(self.rows) == 0:
            return np.full(len(rows), -1, dtype=np.int64)
        many = self._count[rows]
        return np.where(many > 0, self.rows[np.maximum(many - 1, 0)], -1)

    def next(self, rows: Ints) -> Ints:
        """The first flagged row at or after each row; `NEVER` for none."""
        if len(self.rows) == 0:
            return np.full(len(rows), NEVER, dtype=np.int64)
        before: Ints = self._count[rows] - self._flag[rows]
        there = before < len(self.rows)
        return np.where(there, self.rows[np.where(there, before, 0)], NEVER)
