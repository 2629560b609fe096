"""Candidates for matched controls: uninterrupted work that looks like a return (section 5).

Which of them count depends on the threshold and is asked later, by step numbers. On large logs
they are thinned by a hash of the stream and the instant, which no outcome can sway.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.arrays import NEVER, NEVER_ROW, Bools, Ints, int32
from resume_gap.constants import MID_TASK_WINDOW, MOMENT_EVENTS, MOMENT_STEP
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.runs import owners
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
        mixed = self.stream_keys[stream_no]
        mixed += at.astype(np.uint64)
        _mix(mixed)
        mixed >>= np.uint64(11)
        return mixed < np.uint64(round(self.share * (1 << 53)))


def _mix(value: NDArray[np.uint64]) -> None:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every bit depends on every bit."""
    value ^= value >> np.uint64(30)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(27)
    value *= np.uint64(0x94D049BB133111EB)
    value ^= value >> np.uint64(31)


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
    rows = _candidates(steps, None if thinning.idle_too else work)
    stream = owners(rows, steps.starts)
    kept = np.flatnonzero(thinning.keeps(steps.stream_no[stream], at[rows]))
    rows, stream = rows[kept], stream[kept]
    before, following = rows - 1, work.next[rows]
    there = following != NEVER_ROW
    return pa.table(
        {
            "stream_no": int32(steps.stream_no[stream]),
            "burst": int32(np.searchsorted(first, rows, side="right") - 1),
            "step": int32(rows),
            "at_us": at[rows],
            "gap_us": np.maximum(gap[rows], 0),
            "before_event_no": int32(contents.event(steps.content[before])),
            "event_no": int32(contents.event(steps.content[rows])),
            "worked_step": work.last[before],
            "next_work_step": following,
            "next_work_us": np.where(there, at[np.where(there, following, 0)], NEVER),
            "next_leaving_step": work.next_leaving[rows],
        }
    )


def _candidates(steps: Steps, work: Work | None) -> Ints:
    """Rows a step after the one before, deep in their stream, and during work if it is given."""
    found = np.zeros(len(steps.at), dtype=np.bool_)
    np.greater(np.diff(steps.at), MOMENT_STEP.us, out=found[1:])
    for begin in range(int(MOMENT_EVENTS.value)):
        found[np.minimum(steps.starts[:-1] + begin, steps.starts[1:] - 1)] = False
    if work is not None:
        found[1:] &= work.is_open[:-1]
        found[1:] &= work.end[:-1] >= steps.end[:-1] - MID_TASK_WINDOW.us
    return np.flatnonzero(found)
