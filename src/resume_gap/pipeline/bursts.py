"""The one heavy pass: ordered events to bursts and what stands beside them.

Neither the threshold nor a session is known here. A burst is a run of a stream's events without
a gap longer than the burst cut; every longer limit only merges bursts. What leaves this module
are five relations, all additive over streams:

bursts         one row per burst: first and last of each kind of event, as step numbers
touches        one row per burst and element
completions    one row per burst, task and context with a completing event
gap_counts     one row per stream and bin of log2 gap seconds
stream_stats   one row per stream

A step number is the position of an event in the order of all events; it only serves to compare.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from resume_gap.judgement import BOT_HOURS, FALLBACK_GAP, PRODUCTIVE_STEP_CAP
from resume_gap.model import DAY_US, US
from resume_gap.pipeline.steps import COMPLETING, PRODUCTIVE, Bools, Contents, Ints, Steps

GAP_PARTS = 1 << 16
"""A gap counts this much in `gap_counts`, so that a spread gap still sums in integers."""
BINS_PER_OCTAVE = 10
FIRST_BIN = -200
"""Below the bin of a microsecond (floor of 10 log2 1e-6)."""
_MINUTE = 60 * US
_HOUR = 3600 * US


@dataclass(frozen=True, slots=True)
class Reduced:
    """The relations of some whole streams, as Arrow tables."""

    bursts: pa.Table
    touches: pa.Table
    completions: pa.Table
    gap_counts: pa.Table
    stream_stats: pa.Table


def reduce_steps(batches: Iterator[Steps], contents: Contents, *, cut_us: int) -> Iterator[Reduced]:
    """Each batch of whole streams to its relations; numbering goes on over the batches."""
    step = burst = 0
    for steps in batches:
        if len(steps.at) == 0:
            continue
        reduced = _reduce(steps, contents, cut_us=cut_us, first_step=step, first_burst=burst)
        step += len(steps.at)
        burst += reduced.bursts.num_rows
        yield reduced


def _reduce(
    steps: Steps, contents: Contents, *, cut_us: int, first_step: int, first_burst: int
) -> Reduced:
    at, starts = steps.at, steps.starts
    n = len(at)
    gap = _gaps(steps)
    opens = np.zeros(n, dtype=np.bool_)
    opens[starts[:-1]] = True
    first = np.flatnonzero(opens | (gap > cut_us))
    last = np.append(first[1:], n) - 1
    length = last - first + 1
    burst_no = first_burst + 1 + np.arange(len(first))
    burst_stream = np.searchsorted(starts, first, side="right") - 1

    roles = contents.roles(steps.content)
    productive = (roles & PRODUCTIVE) != 0
    completing = (roles & COMPLETING) != 0
    element = contents.element(steps.content)
    own_end = at if steps.own_end is None else steps.own_end
    credit = _productive_us(steps, productive)

    first_work, last_work, has_work = _first_last(productive, first, last)
    first_leave, _, has_leave = _first_last(completing & ~productive, first, last)
    _, last_touch, has_touch = _first_last(element > 0, first, last)
    device = steps.device
    columns = {
        "stream_no": _int32(steps.stream_no[burst_stream]),
        "first_burst_no": burst_no,
        "last_burst_no": burst_no,
        "start_us": at[first],
        "end_us": steps.end[last],
        "gap_us": _masked(gap[first], opens[first]),
        "away_before_us": (
            _masked(at[first], np.ones(len(first), np.bool_))
            if steps.away_before is None
            else _masked(steps.away_before[first], steps.away_before[first] < 0)
        ),
        "first_content": steps.content[first],
        "last_content": steps.content[last],
        "last_element_no": _masked(element[last_touch], ~has_touch),
        "first_device_no": _int32(np.zeros(len(first)) if device is None else device[first]),
        "last_device_no": _int32(np.zeros(len(first)) if device is None else device[last]),
        "first_productive_step": _masked(first_step + first_work, ~has_work),
        "first_productive_us": _masked(at[first_work], ~has_work),
        "first_productive_content": _masked(steps.content[first_work], ~has_work),
        "last_productive_step": _masked(first_step + last_work, ~has_work),
        "last_productive_content": _masked(steps.content[last_work], ~has_work),
        "productive_end_us": _masked(
            np.maximum.reduceat(np.where(productive, own_end, np.iinfo(np.int64).min), first),
            ~has_work,
        ),
        "first_leaving_step": _masked(first_step + first_leave, ~has_leave),
    }
    done = np.flatnonzero(completing)
    of_row = np.repeat(np.arange(len(first)), length)
    return Reduced(
        bursts=pa.table(columns),
        touches=_touches(at, element, of_row, burst_no, first_step),
        completions=_completions(
            steps.content[done], of_row, burst_no, contents, rows=done, first_step=first_step
        ),
        gap_counts=_gap_counts(steps, gap, opens),
        stream_stats=_stream_stats(steps, credit, own_end),
    )


def _gaps(steps: Steps) -> Ints:
    """(n) time from the running end of what came before to each event; meaningless at starts.

    Minute stamps that carry a second per event are floored, for gaps only.
    """
    at, end = steps.at, steps.end
    if steps.indexed.any():
        floored = np.repeat(steps.indexed, np.diff(steps.starts))
        at = np.where(floored, at - at % _MINUTE, at)
        end = np.where(floored, end - end % _MINUTE, end)
    gap = np.empty_like(at)
    gap[0] = 0
    np.subtract(at[1:], end[:-1], out=gap[1:])
    return gap


def _first_last(flag: Bools, first: Ints, last: Ints) -> tuple[Ints, Ints, Bools]:
    """Rows of the first and last flagged event of each burst, and whether there is one."""
    rows = np.flatnonzero(flag)
    if len(rows) == 0:
        nothing = np.zeros(len(first), dtype=np.int64)
        return nothing, nothing, nothing.astype(np.bool_)
    count = np.concatenate([[0], np.cumsum(flag)])
    before, upto = count[first], count[last + 1]
    top = len(rows) - 1
    return rows[np.minimum(before, top)], rows[np.maximum(upto - 1, 0)], upto > before


def _productive_us(steps: Steps, productive: Bools) -> Ints:
    """(n) time to the stream's next event, capped, for productive events; 0 for the others."""
    following = np.append(steps.at[1:], steps.at[-1:])
    following[steps.starts[1:] - 1] = steps.at[steps.starts[1:] - 1]
    return np.where(productive, np.minimum(following - steps.at, PRODUCTIVE_STEP_CAP.us), 0)


def _touches(at: Ints, element: Ints, of_row: Ints, burst_no: Ints, first_step: int) -> pa.Table:
    """One row per burst and element touched in it."""
    rows = np.flatnonzero(element > 0)
    key = (of_row[rows] << 32) | element[rows]
    # Runs of one element are common; they are folded before anything is sorted.
    heads = np.flatnonzero(np.diff(key, prepend=-1))
    run_key, run_first = key[heads], rows[heads]
    order = np.argsort(run_key, kind="stable")
    sorted_key = run_key[order]
    groups = np.flatnonzero(np.diff(sorted_key, prepend=-1))
    # Stable order: the first run of a group is its earliest.
    first_row = run_first[order][groups]
    group_key = sorted_key[groups]
    return pa.table(
        {
            "burst_no": burst_no[group_key >> 32],
            "element_no": _int32(group_key & 0xFFFFFFFF),
            "first_us": at[first_row],
            "first_step": first_step + first_row,
        }
    )


def _completions(
    completed: Ints,
    of_row: Ints,
    burst_no: Ints,
    contents: Contents,
    *,
    rows: Ints,
    first_step: int,
) -> pa.Table:
    """One row per burst, task and context in which something was completed.

    Args:
        completed: Contents of the completing events.
        of_row: Burst of every event.
        burst_no: Number of every burst.
        contents: Meaning of the contents.
        rows: Positions of the completing events.
        first_step: Step number of position 0.
    """
    task, context = contents.task(completed), contents.context(completed)
    order = np.lexsort((rows, context, task, of_row[rows]))
    rows, task, context = rows[order], task[order], context[order]
    burst = of_row[rows]
    changes = (np.diff(burst) != 0) | (np.diff(task) != 0) | (np.diff(context) != 0)
    ends = np.append(np.flatnonzero(changes), len(rows) - 1) if len(rows) else rows
    return pa.table(
        {
            "burst_no": burst_no[burst[ends]],
            "task_no": _masked(_int32(task[ends]), task[ends] == 0),
            "context_no": _masked(_int32(context[ends]), context[ends] == 0),
            "last_step": first_step + rows[ends],
        }
    )


def _gap_counts(steps: Steps, gap: Ints, opens: Bools) -> pa.Table:
    """One row per stream and bin; a gap stamped to r seconds is spread over +- r/2."""
    counted = np.flatnonzero(~opens & (gap > 0))
    stream = np.repeat(np.arange(len(steps.stream_no)), np.diff(steps.starts))[counted]
    spread = steps.resolution[stream] > 0
    bins = np.floor(np.log2(gap[counted] / US) * BINS_PER_OCTAVE).astype(np.int64)
    parts = np.full(len(counted), GAP_PARTS, dtype=np.int64)
    if spread.any():
        coarse = np.flatnonzero(spread)
        which, coarse_bins, coarse_parts = spread_gaps(
            gap[counted[coarse]], steps.resolution[stream[coarse]]
        )
        stream = np.concatenate([stream[~spread], stream[coarse][which]])
        bins = np.concatenate([bins[~spread], coarse_bins])
        parts = np.concatenate([parts[~spread], coarse_parts])
    if len(bins) == 0:
        return pa.table({"stream_no": _int32(bins), "bin": _int32(bins), "parts": bins})
    low = int(bins.min())
    width = int(bins.max()) - low + 1
    key = stream * width + (bins - low)
    cells = (len(steps.starts) - 1) * width
    if not spread.any():
        key, total = _count(key, cells)
        total = total * GAP_PARTS
    elif cells <= 16 * len(key) + 1024:
        dense = np.bincount(key, weights=parts, minlength=cells)
        key = np.flatnonzero(dense)
        total = dense[key]
    else:
        key, inverse = np.unique(key, return_inverse=True)
        total = np.bincount(inverse, weights=parts, minlength=len(key))
    return pa.table(
        {
            "stream_no": _int32(steps.stream_no[key // width]),
            "bin": _int32(key % width + low),
            "parts": total.astype(np.int64),
        }
    )


def _count(key: Ints, cells: int) -> tuple[Ints, Ints]:
    """Distinct keys below `cells` and how often each comes."""
    if cells > 16 * len(key) + 1024:
        return np.unique(key, return_counts=True)
    dense = np.bincount(key, minlength=cells)
    found = np.flatnonzero(dense)
    return found, dense[found]


def spread_gaps(gap: Ints, resolution: Ints) -> tuple[Ints, Ints, Ints]:
    """Spread gaps (us) known to r seconds evenly over [g - r/2, g + r/2].

    Returns:
        (index of the gap, bin, parts): a gap's parts sum to `GAP_PARTS`.
    """
    distinct, inverse = np.unique(gap << 6 | resolution, return_inverse=True)
    g, r = (distinct >> 6) / US, (distinct & 63).astype(np.float64)
    low, high = g - r / 2, g + r / 2
    # What lies below the first bin, lengths below zero included, counts in the first bin.
    first = np.floor(np.log2(np.maximum(low, 1e-9)) * BINS_PER_OCTAVE).astype(np.int64)
    last = np.ceil(np.log2(high) * BINS_PER_OCTAVE).astype(np.int64) - 1
    first = np.maximum(first, FIRST_BIN)
    many = np.maximum(last - first, 0) + 1
    owner = np.repeat(np.arange(len(g)), many)
    inner = np.arange(len(owner)) - np.repeat(np.cumsum(many) - many, many)
    bins = first[owner] + inner
    upper = np.clip((2.0 ** ((bins + 1) / BINS_PER_OCTAVE) - low[owner]) / r[owner], 0, 1)
    upper[np.cumsum(many) - 1] = 1.0
    cumulated = np.rint(upper * GAP_PARTS).astype(np.int64)
    parts = np.diff(cumulated, prepend=0)
    heads = np.cumsum(many) - many
    parts[heads] = cumulated[heads]
    keep = parts > 0
    owner, bins, parts = owner[keep], bins[keep], parts[keep]
    # Back from the distinct gaps to the gaps as given.
    inverse = inverse.ravel()
    begin = np.searchsorted(owner, np.arange(len(g)))
    count = np.searchsorted(owner, np.arange(len(g)), side="right") - begin
    each = count[inverse]
    which = np.repeat(np.arange(len(gap)), each)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(each) - each, each)
    rows = begin[inverse][which] + offset
    return which, bins[rows], parts[rows]


def _stream_stats(steps: Steps, credit: Ints, own_end: Ints) -> pa.Table:
    """One row per stream: what does not depend on any cut."""
    begin, stop = steps.starts[:-1], steps.starts[1:]
    return pa.table(
        {
            "stream_no": _int32(steps.stream_no),
            "events": stop - begin,
            "first_us": steps.at[begin],
            "last_us": steps.at[stop - 1],
            "newest_us": steps.newest,
            "productive_us": np.add.reduceat(credit, begin),
            "spells": np.add.reduceat((own_end > steps.at).astype(np.int64), begin),
            "long_spells": np.add.reduceat(
                (own_end - steps.at > FALLBACK_GAP.us).astype(np.int64), begin
            ),
            "resolution": _int32(steps.resolution),
            "indexed": steps.indexed,
            "restless_days": _restless_days(steps),
        }
    )


def _restless_days(steps: Steps) -> Ints:
    """(k) days (UTC) on which a stream is active in more hours than anybody works."""
    hour = steps.at // _HOUR
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


def _int32(values: NDArray[Any]) -> Ints:
    return values.astype(np.int32, copy=False)


def _masked(values: Ints, null: Bools) -> pa.Array:
    """An Arrow array that is null where `null` is set."""
    return pa.array(values, mask=null)
