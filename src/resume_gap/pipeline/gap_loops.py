"""The loop that counts gaps by length, compiled on large logs."""

from typing import Final

from resume_gap.arrays import Ints
from resume_gap.compiled import kernel

CELL_BITS: Final = 6
"""A gap loses so many of its lowest bits at a time until it is one of `CELLS`."""
CELLS: Final = 1 << 12


@kernel("iiiiniinnIJJI")
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
    counter: Ints,
    to_stream: Ints,
    to_bin: Ints,
    parts: Ints,
) -> int:
    """Count the gaps of each stream and bin, in their order; return how many pairs there are.

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
        counter: (bins) zeros, which they are again in the end.
        to_stream: (pairs) number of the stream.
        to_bin: (pairs) number of the bin.
        parts: (pairs) what its gaps count.
    """
    found = 0
    for stream in range(len(starts) - 1):
        low, high = len(counter), -1
        for i in range(starts[stream] + 1, starts[stream + 1]):
            if gap[i] <= 0 or at[i] >= before_us:
                continue
            rest, cell = gap[i], 0
            while rest >= CELLS:
                rest >>= CELL_BITS
                cell += CELLS
            place = cell_bin[cell + rest]
            while gap[i] >= bin_begin[place + 1]:
                place += 1
            counter[place] += 1
            low, high = min(low, place), max(high, place)
        for place in range(low, high + 1):
            if counter[place] > 0:
                to_stream[found], to_bin[found] = stream_no[stream], first_bin + place
                parts[found] = counter[place] * each
                counter[place] = 0
                found += 1
    return found
