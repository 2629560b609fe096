"""The loop that finds candidates for matched controls, compiled on large logs."""

from typing import Final

from resume_gap.arrays import Bools, Ints
from resume_gap.compiled import kernel

HASH_BITS: Final = 53
"""Of an instant's hash."""
_FIRST_FACTOR: Final = 0xBF58476D1CE4E5B9 - (1 << 64)
_SECOND_FACTOR: Final = 0x94D049BB133111EB - (1 << 64)
_UPPER_34: Final = (1 << 34) - 1
_UPPER_37: Final = (1 << 37) - 1
_UPPER_33: Final = (1 << 33) - 1
_HASH: Final = (1 << HASH_BITS) - 1


@kernel("iiiiibiinnnnnnJJJ")
def find_moments(
    starts: Ints,
    stream_no: Ints,
    at: Ints,
    end: Ints,
    gap: Ints,
    is_open: Bools,
    worked_until: Ints,
    keys: Ints,
    below: int,
    cut_us: int,
    events: int,
    step_us: int,
    window_us: int,
    idle_too: int,
    rows: Ints,
    to_stream: Ints,
    burst: Ints,
) -> int:
    """Write the rows that may be controls, in their order; return how many there are.

    Args:
        starts: (streams + 1) offsets of the streams in the rows.
        stream_no: (streams) their numbers.
        at: (rows) instants.
        end: (rows) running end of the stream.
        gap: (rows) gap before each row.
        is_open: (rows) whether work is going on.
        worked_until: (rows) where its latest event ends.
        keys: (streams) by which instants are hashed; of no length: all instants are kept.
        below: Instants are kept whose hash, of `HASH_BITS` bits, is smaller.
        cut_us: A longer gap begins a burst.
        events: How many lie before a candidate in its stream.
        step_us: A longer step leads to it.
        window_us: The work before it ends at most so long before the event before.
        idle_too: 1: without work in progress, too.
        rows: (candidates) their rows.
        to_stream: (candidates) numbers of their streams.
        burst: (candidates) their bursts, numbered from 0 on over all streams.
    """
    found, bursts = 0, -1
    for stream in range(len(starts) - 1):
        bursts += 1
        for i in range(starts[stream] + 1, starts[stream + 1]):
            if gap[i] > cut_us:
                bursts += 1
            if i - starts[stream] < events or at[i] - at[i - 1] <= step_us:
                continue
            if idle_too == 0 and not (
                is_open[i - 1] and worked_until[i - 1] >= end[i - 1] - window_us
            ):
                continue
            if len(keys) > 0:
                # The finaliser of SplitMix64 (Steele, Lea and Flood 2014): every bit depends on
                # every bit. The lower 64 bits are those of unsigned numbers, whatever the sign.
                mixed = keys[stream] + at[i]
                mixed = (mixed ^ (mixed >> 30 & _UPPER_34)) * _FIRST_FACTOR
                mixed = (mixed ^ (mixed >> 27 & _UPPER_37)) * _SECOND_FACTOR
                mixed ^= mixed >> 31 & _UPPER_33
                if mixed >> (64 - HASH_BITS) & _HASH >= below:
                    continue
            rows[found], to_stream[found], burst[found] = i, stream_no[stream], bursts
            found += 1
    return found
