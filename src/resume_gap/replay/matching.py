"""Matched controls: the same person, in the same state, without an interruption (section 5).

An interruption has five slots; they take the next five moments after the return in the same cell,
which is an event name and a half of the day. Steps number the events of all streams in order, so
"later in the same stream" is a range of steps.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from resume_gap.arrays import NEVER, Bools, Ints, narrow
from resume_gap.constants import MOMENT_EVENTS, MOMENT_LATE, STEP_GAP
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.runs import run_heads
from resume_gap.replay.chunks import Chunk, Sessions
from resume_gap.stats.excess import SLOTS
from resume_gap.stats.excess_range import LOW_BITS, StepSums

_STEP_BITS = 40
_CELL_BITS = 32


@dataclass(frozen=True, slots=True)
class Asking:
    """Returns (or what stands for them) that look for controls; r of them.

    Attributes:
        user_no: Whose they are.
        cell: The cell in which moments are sought.
        step: Controls must come later.
        last_step: And no later than this, the end of the stream.
        y_us: Their own re-orientation time.
    """

    user_no: Ints
    cell: Ints
    step: Ints
    last_step: Ints
    y_us: Ints

    def some(self, which: Bools) -> "Asking":
        """Only these."""
        return Asking(
            self.user_no[which],
            self.cell[which],
            self.step[which],
            self.last_step[which],
            self.y_us[which],
        )


@dataclass(frozen=True, slots=True)
class Matched:
    """What the slots of some returns found; r of them.

    Attributes:
        asking: The returns.
        found: (r) slots filled with a moment, at most five.
        found_us: (r) sum of the re-orientation times of those moments.
        found_end_us: (r) the same with the clock from the end of the event before each.
        slots_us: (slots found) every one's re-orientation time.
        slots_cell: (slots found) and its cell.
    """

    asking: Asking
    found: Ints
    found_us: Ints
    found_end_us: Ints
    slots_us: Ints
    slots_cell: Ints


class Controls:
    """The moments of a chunk that count at one threshold.

    Attributes:
        y_us: (m) re-orientation time of each candidate, measured like a return's.
        end_us: (m) the same from the end of the event before, at most the cap.
        index: (m) events between the beginning of its session and it.
        counts: (m) whether it counts.
    """

    def __init__(
        self, matcher: "Matcher", sessions: Sessions, *, cap_us: int, all_returns: bool
    ) -> None:
        chunk = matcher.chunk
        moments, bursts = chunk.moments, chunk.bursts
        session = sessions.of_burst[moments.burst]
        first = sessions.first[session]
        began = bursts.first_step[first]
        self.index = moments.step - began
        after_return = bursts.gap_us[first] != NEVER
        in_time = moments.at_us + cap_us <= bursts.log_end_us[moments.burst]
        working = all_returns | (moments.worked_step >= began)
        self.counts = (self.index >= int(MOMENT_EVENTS.value)) & after_return & in_time & working
        reached = (moments.next_work_step <= bursts.last_step[sessions.last[session]]) & (
            moments.next_work_step < moments.next_leaving_step
        )
        lag = np.where(reached, moments.next_work_us - moments.at_us, cap_us)
        self.y_us = np.minimum(lag, cap_us)
        self.end_us = np.minimum(moments.gap_us + self.y_us, cap_us)
        self._matcher = matcher

    def after_stop(self, asking: Asking) -> Matched:
        """Controls whose event before is named like the stop event."""
        return self._match(asking, self._matcher.by_stop, self.counts)

    def after_first_back(self, asking: Asking) -> Matched:
        """Controls that are named like the first event back."""
        return self._match(asking, self._matcher.by_first_back, self.counts)

    def steps(self) -> StepSums:
        """All controls by user and cell, for the step begun anew."""
        gap_us = self._matcher.chunk.moments.gap_us
        key, order = self._matcher.by_user_and_cell
        rows = order[(self.counts & (gap_us <= STEP_GAP.us))[order]]
        key = key[rows]
        heads = run_heads(key)
        gap, end = gap_us[rows], self.end_us[rows]

        def added(values: Ints) -> Ints:
            return np.add.reduceat(values, heads) if len(heads) else values

        return StepSums(
            user=key[heads] >> _CELL_BITS,
            cell=key[heads] & ((1 << _CELL_BITS) - 1),
            many=added(np.ones(len(rows), dtype=np.int64)),
            us=added(end),
            gap_us=added(gap),
            weighted_high=added(gap * (end >> LOW_BITS)),
            weighted_low=added(gap * (end & ((1 << LOW_BITS) - 1))),
        )

    def control(self) -> Matched:
        """Early moments as if they were returns, against the later ones."""
        moments, matcher = self._matcher.chunk.moments, self._matcher
        late = self.index >= int(MOMENT_LATE.value)
        early = np.flatnonzero(self.counts & ~late)
        asking = Asking(
            user_no=matcher.user_no[moments.burst[early]],
            cell=matcher.by_stop.cell[early],
            step=moments.step[early],
            last_step=matcher.stream_last_step[moments.burst[early]],
            y_us=self.y_us[early],
        )
        return self._match(asking, matcher.by_stop, self.counts & late)

    def _match(self, asking: Asking, cells: "_Cells", counts: Bools) -> Matched:
        chosen = cells.order[counts[cells.order]]
        key, y_us = cells.key[chosen], self.y_us[chosen]
        lifted = asking.cell << _STEP_BITS
        low = np.searchsorted(key, lifted | asking.step, side="right")
        ahead = np.append(key, np.full(SLOTS, NEVER))[low[:, None] + np.arange(SLOTS)]
        found = (ahead <= (lifted | asking.last_step)[:, None]).sum(axis=1)
        slot = np.repeat(low - (np.cumsum(found) - found), found) + np.arange(int(found.sum()))

        def of_slots(values: Ints) -> Ints:
            upto = np.concatenate([[0], np.cumsum(values)])
            return upto[low + found] - upto[low]

        return Matched(
            asking=asking,
            found=found,
            found_us=of_slots(y_us),
            found_end_us=of_slots(self.end_us[chosen]),
            slots_us=y_us[slot],
            slots_cell=np.repeat(asking.cell, found),
        )


@dataclass(frozen=True, slots=True)
class _Cells:
    """The candidates of a chunk by cell and step.

    Attributes:
        cell: (m) cell of each.
        key: (m) cell and step in one number.
        order: (m) indices in order of the key.
    """

    cell: Ints
    key: Ints
    order: Ints

    @classmethod
    def of(cls, event: Ints, half: Ints, step: Ints) -> "_Cells":
        cell = cell_of(event, half)
        key = (cell << _STEP_BITS) | step
        # Candidates stand in order of their steps, so that a stable sort by cell is one by key.
        return cls(cell, key, np.argsort(narrow(cell), kind="stable"))


class Matcher:
    """Matches a chunk at any threshold."""

    def __init__(self, chunk: Chunk, contents: Contents, user_of_stream: Ints, tz: str) -> None:
        moments, bursts = chunk.moments, chunk.bursts
        half = half_of_day(moments.at_us, tz)
        self.chunk = chunk
        self.by_stop = _Cells.of(moments.before_event, half, moments.step)
        self.by_first_back = _Cells.of(moments.event, half, moments.step)
        self.user_no = user_of_stream[bursts.stream]
        ends = np.append(np.flatnonzero(np.diff(bursts.stream)), len(bursts.stream) - 1)
        self.stream_last_step = bursts.last_step[
            ends[np.searchsorted(ends, np.arange(len(bursts.stream)))]
        ]
        key = (self.user_no[moments.burst].astype(np.int64) << _CELL_BITS) | self.by_stop.cell
        self.by_user_and_cell = key, np.argsort(key, kind="stable")
        self._contents = contents
        self._tz = tz

    def asking(self, sessions: Sessions, y_us: Ints) -> tuple[Asking, Asking]:
        """All returns, by the stop event's name and by the first event back's."""
        bursts = self.chunk.bursts
        first, last = sessions.first[sessions.returns], sessions.last[sessions.stops]
        half = half_of_day(bursts.start_us[first], self._tz)
        event = self._contents.event

        def by(content: Ints) -> Asking:
            return Asking(
                user_no=self.user_no[first],
                cell=cell_of(event(content), half),
                step=bursts.first_step[first],
                last_step=self.stream_last_step[first],
                y_us=y_us,
            )

        return by(bursts.last_content[last]), by(bursts.first_content[first])


def cell_of(event: Ints, half: Ints) -> Ints:
    """Event number and half of the day in one number."""
    return (event.astype(np.int64) << 1) | half


def half_of_day(at_us: Ints, tz: str) -> Ints:
    """0 before noon in that zone, 1 from noon on."""
    local = pl.Series(at_us, dtype=pl.Int64).cast(pl.Datetime("us", "UTC"))
    return (local.dt.convert_time_zone(tz).dt.hour() >= 12).to_numpy().astype(np.int64)
