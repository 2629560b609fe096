"""Gaps counted in bins of log2 seconds: what the threshold is learned from."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, Self

import numpy as np
import pyarrow as pa

from resume_gap.arrays import NEVER, Bools, Ints, int32
from resume_gap.compiled import pays
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.gap_loops import CELL_BITS, CELLS, PLACE_BITS, count_gaps, number_gaps
from resume_gap.pipeline.runs import owners
from resume_gap.pipeline.stamps import RESOLUTIONS
from resume_gap.pipeline.steps import Steps
from resume_gap.results.common import US

GAP_PARTS = 1 << 16
"""A gap counts this much in `gap_counts`, so that a spread gap still sums in integers."""
BINS_PER_OCTAVE = 10
FIRST_BIN = -200
"""Below the bin of a microsecond (floor of 10 log2 1e-6)."""
_BINS_END = 320
"""A bin beyond any gap: it begins after 136 years."""
READ_OF_BURSTS = ("start_us", "gap_us", "last_content")
"""What is asked of bursts, to say which events gaps follow."""
_PLACE_MASK = (1 << PLACE_BITS) - 1


def gap_counts(steps: Steps, gap: Ints, opens: Bools, *, before_us: int = NEVER) -> pa.Table:
    """One row per stream and bin; a gap stamped to r seconds is spread over +- r/2.

    Only gaps that end before `before_us` count.
    """
    if pays(gap):
        return _counted(steps, gap, before_us)
    counted = np.flatnonzero(~opens & (gap > 0) & (steps.at < before_us))
    stream = owners(counted, steps.starts)
    is_coarse = steps.resolution[stream] > 0
    fine, coarse = np.flatnonzero(~is_coarse), np.flatnonzero(is_coarse)
    bins = np.searchsorted(_bins().begin, gap[counted[fine]], side="right") - 1 + FIRST_BIN
    parts = np.full(len(fine), GAP_PARTS, dtype=np.int64)
    if len(coarse):
        which, coarse_bins, coarse_parts = spread_gaps(
            gap[counted[coarse]], steps.resolution[stream[coarse]]
        )
        stream = np.concatenate([stream[fine], stream[coarse][which]])
        bins = np.concatenate([bins, coarse_bins])
        parts = np.concatenate([parts, coarse_parts])
    if len(bins) == 0:
        return pa.table({"stream_no": int32(stream), "bin": int32(bins), "parts": parts})
    low = int(bins.min())
    width = int(bins.max()) - low + 1
    key = stream * width + (bins - low)
    cells = (len(steps.starts) - 1) * width
    if cells <= 16 * len(key) + 1024:
        dense = np.bincount(key, weights=parts, minlength=cells)
        key = np.flatnonzero(dense)
        total = dense[key]
    else:
        key, inverse = np.unique(key, return_inverse=True)
        total = np.bincount(inverse, weights=parts, minlength=len(key))
    return pa.table(
        {
            "stream_no": int32(steps.stream_no[key // width]),
            "bin": int32(key % width + low),
            "parts": total.astype(np.int64),
        }
    )


class _Bins(NamedTuple):
    """The bins from `FIRST_BIN` on, numbered from 0.

    Attributes:
        begin: Shortest gap of each, microseconds.
        of_cell: The bin in which each cell of `count_gaps` begins.
    """

    begin: Ints
    of_cell: Ints


@cache
def _bins() -> _Bins:
    """Both, which take less than a millisecond to make."""
    octaves = np.arange(FIRST_BIN, _BINS_END + 1) / BINS_PER_OCTAVE
    begin = np.ceil(2.0**octaves * US).astype(np.int64)
    cells = np.arange(CELLS, dtype=np.int64)
    lost = range(0, int(begin[-1]).bit_length() - CELL_BITS, CELL_BITS)
    shortest = np.concatenate([cells << bits for bits in lost])
    of_cell = np.searchsorted(begin, shortest, side="right") - 1
    return _Bins(begin, np.maximum(of_cell, 0))


def _counted(steps: Steps, gap: Ints, before_us: int) -> pa.Table:
    """The same of many gaps; (rows) gap before each row."""
    bins = _bins()
    place = np.searchsorted(RESOLUTIONS, steps.resolution)
    which, spreads = _numbered(steps, gap, place, before_us)
    # A gap has one bin, or those of its spread; a stream has no more than there are.
    widest = np.where(place > 0, np.diff(spreads.begin).max(initial=1), 1)
    most = np.minimum(np.diff(steps.starts) * widest, len(bins.begin)).sum() + 1
    columns: dict[str, Ints] = {
        "stream_no": np.empty(most, dtype=np.int32),
        "bin": np.empty(most, dtype=np.int32),
        "parts": np.empty(most, dtype=np.int64),
    }
    found = count_gaps(
        steps.starts,
        steps.stream_no,
        steps.at,
        gap,
        before_us,
        *bins,
        FIRST_BIN,
        GAP_PARTS,
        place,
        which,
        *spreads,
        np.zeros(len(bins.begin), dtype=np.int64),
        *columns.values(),
    )
    return pa.table({name: values[:found] for name, values in columns.items()})


class _Spreads(NamedTuple):
    """The parts of distinct gaps, g of them.

    Attributes:
        begin: (g + 1) where those of each gap begin.
        bin: The bin of each part.
        parts: How much it is; those of a gap sum to `GAP_PARTS`.
    """

    begin: Ints
    bin: Ints
    parts: Ints

    @classmethod
    def of(cls, distinct: Ints) -> Self:
        """The parts of gaps (us), each with the place of its resolution in the lowest bits."""
        g = (distinct >> PLACE_BITS) / US
        r = np.array(RESOLUTIONS)[distinct & _PLACE_MASK].astype(np.float64)
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
        begin = np.searchsorted(owner[keep], np.arange(len(g) + 1))
        return cls(begin, bins[keep], parts[keep])


def _numbered(steps: Steps, gap: Ints, place: Ints, before_us: int) -> tuple[Ints, _Spreads]:
    """(rows) which spread each gap has, where it has one, and the spreads."""
    if not place.any():
        return np.zeros(0, dtype=np.int32), _Spreads.of(np.zeros(0, dtype=np.int64))
    which, distinct = np.empty(len(gap), dtype=np.int32), np.empty(len(gap), dtype=np.int64)
    table = np.zeros(2 << len(gap).bit_length(), dtype=np.int32)
    many = number_gaps(steps.starts, steps.at, gap, place, before_us, table, which, distinct)
    return which, _Spreads.of(distinct[:many])


def spread_gaps(gap: Ints, resolution: Ints) -> tuple[Ints, Ints, Ints]:
    """Spread gaps (us) known to r seconds evenly over [g - r/2, g + r/2].

    Returns:
        (index of the gap, bin, parts): a gap's parts sum to `GAP_PARTS`.
    """
    places = np.searchsorted(RESOLUTIONS, resolution)
    distinct, inverse = np.unique(gap << PLACE_BITS | places, return_inverse=True)
    spreads = _Spreads.of(distinct)
    # Back from the distinct gaps to the gaps as given.
    inverse = inverse.ravel()
    each = np.diff(spreads.begin)[inverse]
    which = np.repeat(np.arange(len(gap)), each)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(each) - each, each)
    rows = spreads.begin[inverse][which] + offset
    return which, spreads.bin[rows], spreads.parts[rows]


def gaps_after_events(
    bursts: Iterable[pa.Table], contents: Contents, *, above_us: int, up_to_us: int, before_us: int
) -> Ints:
    """By event_no (0 unused) how many gaps above one length, and up to another, follow it.

    Args:
        bursts: Whole streams, with the columns of `READ_OF_BURSTS`.
        contents: Meaning of the contents.
        above_us: Longer gaps count.
        up_to_us: No longer ones do.
        before_us: Gaps count that end before this.
    """
    many = np.zeros(int(contents.kind_event.max(initial=0)) + 1, dtype=np.int64)
    for batch in bursts:
        gap = batch.column("gap_us").to_numpy()
        is_before = batch.column("start_us").to_numpy() < before_us
        rows = np.flatnonzero((gap > above_us) & (gap <= up_to_us) & is_before)
        followed = batch.column("last_content").to_numpy()[rows - 1]
        many += np.bincount(contents.event(followed), minlength=len(many))
    return many
