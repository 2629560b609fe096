"""The one heavy pass: ordered events to bursts and what stands beside them.

Neither the threshold nor a session is known here. A burst is a run of a stream's events without
a gap longer than the burst cut; every longer threshold only merges bursts. What leaves this module
are five relations, all additive over streams:

bursts         one row per burst: its ends, the work as of its end, what comes from its start on
touches        one row per part of a burst and element
moments        one row per event that may be a control
gap_counts     one row per stream and bin of log2 gap seconds
stream_stats   one row per stream

A step number is the position of an event among those of its batch, which holds whole streams; it
only serves to compare. What does not come is `NEVER` or `NEVER_ROW`, and what was not there is -1.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from resume_gap.arrays import NEVER, NEVER_ROW, Bools, Ints, int32
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.gap_counts import gap_counts
from resume_gap.pipeline.moments import Thinning, moments
from resume_gap.pipeline.runs import run_ends
from resume_gap.pipeline.steps import Steps
from resume_gap.pipeline.stream_stats import stream_stats
from resume_gap.pipeline.touches import touches
from resume_gap.pipeline.work import Work, work_of
from resume_gap.units import MINUTE_US


@dataclass(frozen=True, slots=True)
class HistorySplit:
    """Where history ends and a trial begins.

    Attributes:
        at_us: By stream_no the instant from which work counts for the trial; `NEVER` for streams
            outside of it.
        learn_before_us: The threshold is learned from gaps that end before this.
    """

    at_us: Ints
    learn_before_us: int


@dataclass(frozen=True, slots=True)
class Reduced:
    """The relations of some whole streams, as Arrow tables."""

    bursts: pa.Table
    touches: pa.Table
    moments: pa.Table
    gap_counts: pa.Table
    stream_stats: pa.Table


def reduce_steps(
    batches: Iterator[Steps],
    contents: Contents,
    thinning: Thinning,
    *,
    cut_us: int,
    split: HistorySplit | None = None,
) -> Iterator[Reduced]:
    """Each batch of whole streams to its relations."""
    for steps in batches:
        if len(steps.at):
            yield _reduce(steps, contents, thinning, cut_us=cut_us, split=split)


def _reduce(
    steps: Steps,
    contents: Contents,
    thinning: Thinning,
    *,
    cut_us: int,
    split: HistorySplit | None,
) -> Reduced:
    gap = gaps(steps)
    opens = steps.opens()
    first = np.flatnonzero(opens | (gap > cut_us))
    work = work_of(steps, contents)
    return Reduced(
        bursts=_bursts(
            steps,
            work,
            gap=gap,
            opens=opens,
            first=first,
        ),
        touches=touches(
            steps,
            contents,
            productive=work.productive,
            gap=gap,
            cut_us=cut_us,
        ),
        moments=moments(
            steps,
            contents,
            work,
            thinning,
            gap=gap,
            cut_us=cut_us,
        ),
        gap_counts=gap_counts(
            steps, gap, opens, before_us=NEVER if split is None else split.learn_before_us
        ),
        stream_stats=stream_stats(
            steps, work.productive, assigned_us=None if split is None else split.at_us
        ),
    )


def _bursts(
    steps: Steps,
    work: Work,
    *,
    gap: Ints,
    opens: Bools,
    first: Ints,
) -> pa.Table:
    """One row per burst: its ends, what was worked on as of its end, what comes from its start."""
    at, content = steps.at, steps.content
    last = run_ends(first, len(at))
    stream = np.cumsum(opens[first]) - 1
    worked, following = work.last[last], work.next[first]
    there = following != NEVER_ROW
    next_row = np.where(there, following, 0)
    columns = {
        "stream_no": int32(steps.stream_no[stream]),
        "start_us": at[first],
        "end_us": steps.end[last],
        "gap_us": np.where(opens[first], NEVER, gap[first]),
        "first_step": int32(first),
        "last_step": int32(last),
        "first_content": content[first],
        "last_content": content[last],
        "worked_step": int32(worked),
        "worked_until_us": np.where(worked < 0, -1, work.end[last]),
        "is_open": work.is_open[last],
        "next_work_step": int32(following),
        "next_work_us": np.where(there, at[next_row], NEVER),
        "next_work_content": np.where(there, content[next_row], 0),
        "next_leaving_step": int32(work.next_leaving[first]),
        "away_before_us": np.full(len(first), -1, dtype=np.int64)
        if steps.away_before is None
        else steps.away_before[first],
    }
    none = np.zeros(len(first), dtype=np.int32)
    device = steps.device
    columns["first_device_no"] = none if device is None else int32(device[first])
    columns["last_device_no"] = none if device is None else int32(device[last])
    if steps.position is not None:
        columns["next_work_position"] = np.where(there, steps.position[next_row], np.nan)
    columns["begins_in_batch"] = (
        none.astype(np.bool_) if steps.in_batch is None else steps.in_batch[first]
    )
    columns |= {name: int32(values[last]) for name, values in steps.segments.items()}
    return pa.table(columns)


def gaps(steps: Steps) -> Ints:
    """(n) time from the running end of what came before to each event; meaningless at starts.

    Minute stamps that carry a second per event are floored, for gaps only.
    """
    at, end = steps.at, steps.end
    if steps.indexed.any():
        floored = np.repeat(steps.indexed, np.diff(steps.starts))
        at = np.where(floored, at - at % MINUTE_US, at)
        end = np.where(floored, end - end % MINUTE_US, end)
    gap = np.empty_like(at)
    gap[0] = 0
    np.subtract(at[1:], end[:-1], out=gap[1:])
    return gap
