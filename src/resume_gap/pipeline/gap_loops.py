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
            rest, cell = gap[i], 0
            while rest >= CELLS:
                rest >>= CELL_BITS
                cell += CELLS
            place = cell_bin[cell + rest]
            while gap[i] >= bin_begin[place + 1]:
                place += 1
            to_bin[found] = place
            found += counter[place] == 0
            counter[place] += 1
        for pair in range(first, found):
            place = to_bin[pair]
            to_stream[pair], to_bin[pair] = stream_no[stream], first_bin + place
            parts[pair] = counter[place] * each
            counter[place] = 0
    return found
