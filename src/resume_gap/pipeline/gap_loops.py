"""The loops that count gaps by length, compiled on large logs."""

from typing import Final

from resume_gap.arrays import Ints
from resume_gap.compiled import kernel

CELL_BITS: Final = 6
"""A gap loses so many of its lowest bits at a time until it is one of `CELLS`."""
CELLS: Final = 1 << 12
PLACE_BITS: Final = 4
"""A place in `RESOLUTIONS` fits into so many bits."""
_MIXER: Final = 2_654_435_769
"""Spreads gaps over the slots of a table (2**32 over the golden ratio)."""


@kernel("iiiiniinnijiiiIJJI")
def count_gaps(
    starts: Ints,
    stream_no: Ints,
    at: Ints,
    gap: Ints,
    before_us: int,
    bin_begin: Ints,
    cell_bin: Ints,
    first_bin: int,
    each: int,
    place: Ints,
    which: Ints,
    spread_begin: Ints,
    spread_bin: Ints,
    spread_parts: Ints,
    counter: Ints,
    to_stream: Ints,
    to_bin: Ints,
    parts: Ints,
) -> int:
    """Count the gaps of each stream and bin; return how many pairs of them there are.

    Streams are in their order, and the bins of each in that in which they come first.

    Args:
        starts: (streams + 1) offsets of the streams in the rows.
        stream_no: (streams) their numbers.
        at: (rows) instants.
        gap: (rows) gap before each row.
        before_us: Gaps count that end before this.
        bin_begin: (bins + 1) shortest gap of each bin; none is longer than the last.
        cell_bin: The bin in which each cell begins, `CELLS` for every time that bits are lost.
        first_bin: The number of the first bin.
        each: What a gap counts.
        place: (streams) 0 where gaps are not spread.
        which: (rows) which spread a gap has, where it has one.
        spread_begin: (spreads + 1) where each begins in the next two.
        spread_bin: Bins, numbered as those of `to_bin`.
        spread_parts: What the gap counts in each; more than 0.
        counter: (bins) zeros, which they are again in the end.
        to_stream: (pairs + 1, at least) number of the stream.
        to_bin: (as many) number of the bin.
        parts: (as many) what its gaps count.
    """
    found = 0
    for stream in range(len(starts) - 1):
        first = found
        for i in range(starts[stream] + 1, starts[stream + 1]):
            if gap[i] <= 0 or at[i] >= before_us:
                continue
            if place[stream] > 0:
                for k in range(spread_begin[which[i]], spread_begin[which[i] + 1]):
                    to_bin[found] = spread_bin[k] - first_bin
                    found += counter[to_bin[found]] == 0
                    counter[spread_bin[k] - first_bin] += spread_parts[k]
                continue
            rest, cell = gap[i], 0
            while rest >= CELLS:
                rest >>= CELL_BITS
                cell += CELLS
            number = cell_bin[cell + rest]
            while gap[i] >= bin_begin[number + 1]:
                number += 1
            to_bin[found] = number
            found += counter[number] == 0
            counter[number] += each
        for pair in range(first, found):
            number = to_bin[pair]
            to_stream[pair], to_bin[pair] = stream_no[stream], first_bin + number
            parts[pair] = counter[number]
            counter[number] = 0
    return found


@kernel("iiiinJJI")
def number_gaps(
    starts: Ints,
    at: Ints,
    gap: Ints,
    place: Ints,
    before_us: int,
    table: Ints,
    which: Ints,
    distinct: Ints,
) -> int:
    """Number the distinct gaps of streams whose gaps are spread; return how many there are.

    Args:
        starts: (streams + 1) offsets of the streams in the rows.
        at: (rows) instants.
        gap: (rows) gap before each row.
        place: (streams) how its gaps are spread; 0: they are not.
        before_us: Gaps are asked for that end before this.
        table: Zeros; its length is a power of two, at least twice that of `gap`.
        which: (rows) receives the number of the gap, from 0 on, where it is asked for.
        distinct: (gaps) receives each with the place of its stream in the lowest bits.
    """
    found = 0
    for stream in range(len(starts) - 1):
        if place[stream] == 0:
            continue
        for i in range(starts[stream] + 1, starts[stream + 1]):
            if gap[i] <= 0 or at[i] >= before_us:
                continue
            key = gap[i] << PLACE_BITS | place[stream]
            slot = (key * _MIXER >> 15) & (len(table) - 1)
            while table[slot] != 0 and distinct[table[slot] - 1] != key:
                slot = (slot + 1) & (len(table) - 1)
            if table[slot] == 0:
                distinct[found] = key
                found += 1
                table[slot] = found
            which[i] = table[slot] - 1
    return found
