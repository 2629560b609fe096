"""Candidates for matched controls: uninterrupted work that looks like a return (section 5).

Which of them count depends on the threshold and is asked later, by step numbers. On large logs
they are thinned by a hash of the stream and the instant, which no outcome can sway.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.arrays import NEVER, NEVER_ROW, Ints, int32
from resume_gap.compiled import pays
from resume_gap.constants import MID_TASK_WINDOW, MOMENT_EVENTS, MOMENT_STEP
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.moment_loops import HASH_BITS, find_moments
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


class _CandidateRows(NamedTuple):
    """Candidates in order, c of them: their rows, numbers of streams, and bursts."""

    row: Ints
    stream_no: Ints
    burst: Ints


def moments(
    steps: Steps,
    contents: Contents,
    work: Work,
    thinning: Thinning,
    *,
    gap: Ints,
    cut_us: int,
) -> pa.Table:
    """One row per event that may serve as a control at some threshold.

    Bursts and steps are numbered from 0 on.

    Args:
        steps: Whole streams.
        contents: Meaning of the contents.
        work: What was worked on.
        thinning: Which instants are kept.
        gap: (rows) gap before each row.
        cut_us: The burst cut.
    """
    if thinning.stream_keys is None and not pays(gap):
        found = _by_arrays(steps, work, thinning, gap, cut_us)
    else:
        found = _by_loop(steps, work, thinning, gap, cut_us)
    at, rows = steps.at, found.row
    before, following = rows - 1, work.next[rows]
    there = following != NEVER_ROW
    return pa.table(
        {
            "stream_no": found.stream_no,
            "burst": found.burst,
            "step": rows,
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


def _by_loop(
    steps: Steps, work: Work, thinning: Thinning, gap: Ints, cut_us: int
) -> _CandidateRows:
    found = _CandidateRows(*(np.empty(len(gap), dtype=np.int32) for _ in _CandidateRows._fields))
    keys = np.zeros(0, dtype=np.int64)
    if thinning.stream_keys is not None:
        keys = thinning.stream_keys[steps.stream_no].view(np.int64)
    many = find_moments(
        steps.starts if thinning.share > 0 else steps.starts[:1],
        steps.stream_no,
        steps.at,
        steps.end,
        gap,
        work.is_open,
        work.end,
        keys,
        round(thinning.share * (1 << HASH_BITS)),
        cut_us,
        int(MOMENT_EVENTS.value),
        MOMENT_STEP.us,
        MID_TASK_WINDOW.us,
        thinning.idle_too,
        *found,
    )
    return _CandidateRows(*(values[:many] for values in found))


def _by_arrays(
    steps: Steps, work: Work, thinning: Thinning, gap: Ints, cut_us: int
) -> _CandidateRows:
    """The same for few rows, of which all are kept or none."""
    is_candidate = np.zeros(len(gap), dtype=np.bool_)
    np.greater(np.diff(steps.at), MOMENT_STEP.us, out=is_candidate[1:])
    for begin in range(int(MOMENT_EVENTS.value)):
        is_candidate[np.minimum(steps.starts[:-1] + begin, steps.starts[1:] - 1)] = False
    if not thinning.idle_too:
        is_candidate[1:] &= work.is_open[:-1]
        is_candidate[1:] &= work.end[:-1] >= steps.end[:-1] - MID_TASK_WINDOW.us
    rows = np.flatnonzero(is_candidate) if thinning.share > 0 else np.zeros(0, dtype=np.int64)
    burst = np.cumsum(steps.opens() | (gap > cut_us))[rows] - 1
    stream_no = steps.stream_no[owners(rows, steps.starts)]
    return _CandidateRows(int32(rows), int32(stream_no), int32(burst))
