"""Candidates for matched controls: uninterrupted work that looks like a return (section 5).

Which of them count depends on the threshold and is asked later, by step numbers. On large logs
they are thinned by a hash of the stream and the instant, which no outcome can sway.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.arrays import NEVER, Bools, Ints, int32, rows32
from resume_gap.constants import MID_TASK_WINDOW, MOMENT_EVENTS, MOMENT_STEP
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps
from resume_gap.pipeline.work import Work


@dataclass(frozen=True, slots=True)
class Thinning:
    """Which instants of which streams may be controls.

    Attributes:
        share: Share of the instants that is kept.
        stream_keys: Hash of every stream's id and the seed, by stream_no; None: all are kept, or
            none with a share of 0.
        idle_too: Also outside of work in progress (where every return counts).
    """

    share: float = 1.0
    stream_keys: NDArray[np.uint64] | None = None
    idle_too: bool = False

    def keeps(self, stream_no: Ints, at: Ints) -> Bools:
        """Whether each instant is kept."""
        if self.stream_keys is None:
            return np.full(len(at), self.share > 0)
        mixed = _mix(at.astype(np.uint64) + self.stream_keys[stream_no])
        return (mixed >> np.uint64(11)) < np.uint64(round(self.share * (1 << 53)))


def _mix(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every bit depends on every bit."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def moments(
    steps: Steps,
    contents: Contents,
    work: Work,
    thinning: Thinning,
    *,
    gap: Ints,
    first: Ints,
) -> pa.Table:
    """One row per event that may serve as a control at some threshold.

    Bursts and steps are numbered from 0 on.

    Args:
        steps: Whole streams.
        contents: Meaning of the contents.
        work: What was worked on.
        thinning: Which instants are kept.
        gap: (rows) gap before each row.
        first: (bursts) first row of each burst.
    """
    at = steps.at
    slow = np.zeros(len(at), dtype=np.bool_)
    np.greater(at[1:] - at[:-1], MOMENT_STEP.us, out=slow[1:])
    rows = np.flatnonzero(slow)
    stream = work.stream(rows)
    late = rows - steps.starts[stream] >= int(MOMENT_EVENTS.value)
    rows, stream = rows[late], stream[late]
    kept = thinning.keeps(steps.stream_no[stream], at[rows])
    rows, stream = rows[kept], stream[kept]
    before = rows - 1
    if not thinning.idle_too:
        lately = work.end(before) >= steps.end[before] - MID_TASK_WINDOW.us
        going_on = work.is_open(before) & lately
        rows, stream, before = rows[going_on], stream[going_on], before[going_on]
    following = work.next(rows)
    there = following != NEVER
    return pa.table(
        {
            "stream_no": int32(steps.stream_no[stream]),
            "burst": int32(np.searchsorted(first, rows, side="right") - 1),
            "step": int32(rows),
            "at_us": at[rows],
            "gap_us": np.maximum(gap[rows], 0),
            "before_event_no": int32(contents.event(steps.content[before])),
            "event_no": int32(contents.event(steps.content[rows])),
            "worked_step": int32(work.last(before)),
            "next_work_step": rows32(following),
            "next_work_us": np.where(there, at[np.where(there, following, 0)], NEVER),
            "next_leaving_step": rows32(work.next_leaving(rows)),
        }
    )
