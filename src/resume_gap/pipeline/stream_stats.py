"""What each stream comes to, whatever the cut."""

import numpy as np
import pyarrow as pa

from resume_gap.arrays import Bools, Ints, int32
from resume_gap.compiled import pays
from resume_gap.constants import ASSIGNED_AT_RETURN, BOT_HOURS, FALLBACK_GAP, PRODUCTIVE_STEP_CAP
from resume_gap.pipeline.steps import Steps
from resume_gap.pipeline.stream_loops import sum_up_streams
from resume_gap.units import DAY_US, HOUR_US

_SUMS = ("productive_us", "intervals", "long_intervals", "restless_days")
"""What the loop writes, by stream."""


def stream_stats(steps: Steps, productive: Bools, *, assigned_us: Ints | None = None) -> pa.Table:
    """One row per stream.

    Args:
        steps: Whole streams, n rows.
        productive: (n) whether each row is productive.
        assigned_us: By stream_no the instant from which work counts for a trial; None: there is
            none, and no column that needs it.
    """
    begin, stop = steps.starts[:-1], steps.starts[1:]
    sums = _by_loop(steps, productive) if pays(steps.at) else _by_arrays(steps, productive)
    after = {}
    if assigned_us is not None:
        from_us = np.repeat(assigned_us[steps.stream_no], stop - begin)
        # Whether a return just before made the assignment is only known above the threshold.
        just_us = from_us - ASSIGNED_AT_RETURN.us
        credit = _productive_us(steps, productive)
        after = {
            "productive_after_us": _sums_of(credit, steps.at >= from_us, begin),
            "productive_just_before_us": _sums_of(
                credit, (steps.at >= just_us) & (steps.at < from_us), begin
            ),
        }
    return pa.table(
        after
        | {
            "stream_no": int32(steps.stream_no),
            "events": stop - begin,
            "first_us": steps.at[begin],
            "last_us": steps.at[stop - 1],
            "newest_us": steps.newest,
            **sums,
            "resolution": int32(steps.resolution),
            "indexed": steps.indexed,
            "batch_events": np.zeros(len(begin), dtype=np.int64)
            if steps.in_batch is None
            else np.add.reduceat(steps.in_batch.astype(np.int64), begin),
        }
    )


def _by_loop(steps: Steps, productive: Bools) -> dict[str, Ints]:
    sums: dict[str, Ints] = {name: np.empty(len(steps.stream_no), dtype=np.int64) for name in _SUMS}
    sum_up_streams(
        steps.starts,
        steps.at,
        steps.at if steps.own_end is None else steps.own_end,
        productive,
        PRODUCTIVE_STEP_CAP.us,
        FALLBACK_GAP.us,
        int(BOT_HOURS.value),
        *sums.values(),
    )
    return sums


def _by_arrays(steps: Steps, productive: Bools) -> dict[str, Ints]:
    """The same for few rows, for which plain loops take longer than arrays."""
    begin = steps.starts[:-1]
    own_end = steps.at if steps.own_end is None else steps.own_end
    return {
        "productive_us": np.add.reduceat(_productive_us(steps, productive), begin),
        "intervals": np.add.reduceat((own_end > steps.at).astype(np.int64), begin),
        "long_intervals": np.add.reduceat(
            (own_end - steps.at > FALLBACK_GAP.us).astype(np.int64), begin
        ),
        "restless_days": _restless_days(steps),
    }


def _productive_us(steps: Steps, productive: Bools) -> Ints:
    """(n) time to the stream's next event, capped, for productive events; 0 for the others."""
    credit = np.empty_like(steps.at)
    np.subtract(steps.at[1:], steps.at[:-1], out=credit[:-1])
    credit[steps.starts[1:] - 1] = 0
    np.minimum(credit, PRODUCTIVE_STEP_CAP.us, out=credit)
    credit *= productive
    return credit


def _sums_of(values: Ints, rows: Bools, begin: Ints) -> Ints:
    """(k) sums by stream over some rows."""
    return np.add.reduceat(np.where(rows, values, 0), begin)


def _restless_days(steps: Steps) -> Ints:
    """(k) days (UTC) on which a stream is active in more hours than anybody works."""
    hour = steps.at // HOUR_US
    fresh = np.ones(len(hour), dtype=np.bool_)
    fresh[1:] = hour[1:] != hour[:-1]
    fresh[steps.starts[:-1]] = True
    rows = np.flatnonzero(fresh)
    stream = np.searchsorted(steps.starts, rows, side="right") - 1
    day = steps.at[rows] // DAY_US
    heads = np.flatnonzero((np.diff(day, prepend=-1) != 0) | (np.diff(stream, prepend=-1) != 0))
    hours = np.diff(heads, append=len(rows))
    busy = stream[heads][hours > BOT_HOURS.value]
    return np.bincount(busy, minlength=len(steps.starts) - 1).astype(np.int64)
