"""Matched controls: the same person, in the same state, without an interruption (section 5).

An interruption has five slots; they take the next five moments after the return in the same cell,
which is an event name and a half of the day. Steps number the events of all streams in order, so
"later in the same stream" is a range of steps.
"""

from dataclasses import dataclass

import numpy as np

from resume_gap.arrays import NEVER, Bools, Ints, int32
from resume_gap.compiled import pays
from resume_gap.constants import MOMENT_EVENTS, MOMENT_LATE
from resume_gap.pipeline.contents import Contents
from resume_gap.replay.chunks import Chunk, Sessions
from resume_gap.replay.half_days import half_of_day
from resume_gap.replay.match_loops import fill_slots, follow_moments
from resume_gap.replay.user_cells import AskedPairs, step_sums
from resume_gap.stats.excess import SLOTS
from resume_gap.stats.excess_range import StepSums

_STEP_BITS = 40


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
    """

    asking: Asking
    found: Ints
    found_us: Ints
    found_end_us: Ints
    slots_us: Ints

    @property
    def slots_cell(self) -> Ints:
        """(slots found) the cell of every one."""
        return np.repeat(self.asking.cell, self.found)


class Controls:
    """The moments of a chunk that count at one threshold.

    Attributes:
        y_us: (m) re-orientation time of each candidate, measured like a return's.
        end_us: (m) the same from the end of the event before, at most the cap.
        counts: (m) whether it counts.
        is_late: (m) whether so many events of its session come before it that it would be a late
            one.
    """

    def __init__(
        self, matcher: "Matcher", sessions: Sessions, *, cap_us: int, all_returns: bool
    ) -> None:
        self._matcher = matcher
        self._sessions = sessions
        many = len(matcher.chunk.moments.step)
        if pays(matcher.chunk.moments.step):
            self.y_us, self.end_us = np.empty((2, many), dtype=np.int64)
            self.counts: Bools
            self.is_late: Bools
            self.counts, self.is_late = np.empty((2, many), dtype=np.bool_)
            self._follow_by_loop(cap_us=cap_us, all_returns=all_returns)
        else:
            self._follow(cap_us=cap_us, all_returns=all_returns)

    def _follow(self, *, cap_us: int, all_returns: bool) -> None:
        """Measure every candidate."""
        chunk, sessions = self._matcher.chunk, self._sessions
        moments, bursts = chunk.moments, chunk.bursts
        session = sessions.of_burst[moments.burst]
        first = sessions.first[session]
        began = bursts.first_step[first]
        index = moments.step - began
        self.is_late = index >= int(MOMENT_LATE.value)
        after_return = bursts.gap_us[first] != NEVER
        in_time = moments.at_us + cap_us <= bursts.log_end_us[moments.burst]
        working = all_returns | (moments.worked_step >= began)
        self.counts = (index >= int(MOMENT_EVENTS.value)) & after_return & in_time & working
        reached = (moments.next_work_step <= bursts.last_step[sessions.last[session]]) & (
            moments.next_work_step < moments.next_leaving_step
        )
        lag = np.where(reached, moments.next_work_us - moments.at_us, cap_us)
        self.y_us = np.minimum(lag, cap_us)
        self.end_us = np.minimum(moments.gap_us + self.y_us, cap_us)

    def _follow_by_loop(self, *, cap_us: int, all_returns: bool) -> None:
        """The same into arrays that are there."""
        chunk, sessions = self._matcher.chunk, self._sessions
        moments, bursts = chunk.moments, chunk.bursts
        follow_moments(
            moments.burst,
            moments.step,
            moments.at_us,
            moments.gap_us,
            moments.worked_step,
            moments.next_work_step,
            moments.next_work_us,
            moments.next_leaving_step,
            bursts.log_end_us,
            sessions.of_burst,
            bursts.first_step[sessions.first],
            bursts.last_step[sessions.last],
            bursts.gap_us[sessions.first] != NEVER,
            int(MOMENT_EVENTS.value),
            int(MOMENT_LATE.value),
            all_returns,
            cap_us,
            self.y_us,
            self.end_us,
            self.counts,
            self.is_late,
        )

    def after_stop(self, asking: Asking) -> Matched:
        """Controls whose event before is named like the stop event."""
        return self._match(asking, self._matcher.by_stop, self.counts)

    def after_first_back(self, asking: Asking) -> Matched:
        """Controls that are named like the first event back."""
        return self._match(asking, self._matcher.by_first_back, self.counts)

    def steps(self, asked: AskedPairs) -> StepSums:
        """All controls that are asked for, by user and cell, for the step begun anew."""
        matcher, moments = self._matcher, self._matcher.chunk.moments
        return step_sums(
            matcher.user_no,
            moments.burst,
            matcher.by_stop,
            counts=self.counts,
            gap_us=moments.gap_us,
            end_us=self.end_us,
            asked=asked,
        )

    def control(self) -> Matched:
        """Early moments as if they were returns, against the later ones."""
        moments, matcher = self._matcher.chunk.moments, self._matcher
        early = np.flatnonzero(self.counts & ~self.is_late)
        asking = Asking(
            user_no=matcher.user_no[moments.burst[early]],
            cell=matcher.by_stop[early],
            step=moments.step[early],
            last_step=matcher.stream_last_step[moments.burst[early]],
            y_us=self.y_us[early],
        )
        return self._match(asking, matcher.by_stop, self.counts & self.is_late)

    def _match(self, asking: Asking, cell: Ints, counts: Bools) -> Matched:
        if pays(cell, asking.cell):
            return self._match_by_loop(asking, cell, counts)
        chosen = np.flatnonzero(counts)
        chosen = chosen[np.argsort(cell[chosen], kind="stable")]
        key = (cell[chosen].astype(np.int64) << _STEP_BITS) | self._matcher.chunk.moments.step[
            chosen
        ]
        lifted = asking.cell.astype(np.int64) << _STEP_BITS
        low = np.searchsorted(key, lifted | asking.step, side="right")
        ahead = np.append(key, np.full(SLOTS, NEVER))[low[:, None] + np.arange(SLOTS)]
        found = (ahead <= (lifted | asking.last_step)[:, None]).sum(axis=1)
        slot = np.repeat(low - (np.cumsum(found) - found), found) + np.arange(int(found.sum()))

        def of_slots(values: Ints) -> Ints:
            upto = np.concatenate([[0], np.cumsum(values)])
            return upto[low + found] - upto[low]

        y_us = self.y_us[chosen]
        return Matched(
            asking=asking,
            found=found,
            found_us=of_slots(y_us),
            found_end_us=of_slots(self.end_us[chosen]),
            slots_us=y_us[slot],
        )

    def _match_by_loop(self, asking: Asking, cell: Ints, counts: Bools) -> Matched:
        many, returns = len(cell), len(asking.cell)
        found, found_us, found_end_us = np.empty((3, returns), dtype=np.int64)
        cells = 1 + max(int(cell.max(initial=0)), int(asking.cell.max(initial=0)))
        slots_us = np.empty(SLOTS * returns, dtype=np.int64)
        filled = fill_slots(
            cell,
            self._matcher.chunk.moments.step,
            counts,
            self.y_us,
            self.end_us,
            asking.cell,
            asking.step,
            asking.last_step,
            SLOTS,
            np.full(cells, -1, dtype=np.int32),
            np.empty(many, dtype=np.int32),
            np.empty(returns, dtype=np.int32),
            found,
            found_us,
            found_end_us,
            slots_us,
        )
        return Matched(
            asking=asking,
            found=found,
            found_us=found_us,
            found_end_us=found_end_us,
            slots_us=slots_us[:filled],
        )


class Matcher:
    """Matches a chunk at any threshold.

    Attributes:
        by_stop: (candidates) the cell by the event before each,
        by_first_back: and by its own event.
        user_no: (bursts) whose they are.
        stream_last_step: (bursts) the last step of their stream.
    """

    def __init__(self, chunk: Chunk, contents: Contents, user_of_stream: Ints, tz: str) -> None:
        moments, bursts = chunk.moments, chunk.bursts
        half = half_of_day(moments.at_us, tz)
        self.chunk = chunk
        self.by_stop = cell_of(moments.before_event, half)
        self.by_first_back = cell_of(moments.event, half)
        self.user_no = user_of_stream[bursts.stream]
        ends = np.append(np.flatnonzero(np.diff(bursts.stream)), len(bursts.stream) - 1)
        self.stream_last_step = bursts.last_step[
            ends[np.searchsorted(ends, np.arange(len(bursts.stream)))]
        ]
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
    return int32(event) << 1 | half
