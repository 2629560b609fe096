"""The loop of the first look at ordered rows, compiled on large logs."""

from typing import Final

from resume_gap.arrays import Ints
from resume_gap.compiled import kernel
from resume_gap.results.common import US
from resume_gap.sources.role_bits import PRODUCTIVE

TOTALS: Final = 3
"""Figures of all rows that `look_over` writes."""


@kernel("jiijnnIIIII")
def look_over(
    stream: Ints,
    at: Ints,
    content: Ints,
    kind_roles: Ints,
    close_us: int,
    divisor: int,
    starts: Ints,
    common: Ints,
    work: Ints,
    close: Ints,
    totals: Ints,
) -> int:
    """Look at every row once; return how many streams there are, -1 where rows are out of order.

    Args:
        stream: (rows) numbers of streams.
        at: (rows) instants.
        content: (rows)
        kind_roles: Role bits by kind.
        close_us: Rows this far apart are close.
        divisor: No larger common divisor is asked for.
        starts: (streams + 1) receives where each begins, and the rows.
        common: (streams) receives the greatest common divisor of the instants and `divisor`, or 1
            where an instant is finer than a second.
        work: (streams) receives the productive rows.
        close: (streams) receives the rows that are close to the one before.
        totals: `TOTALS`: receives rows that share their instant with the one before in their
            stream; those of them that share its content; all role bits.
    """
    row = streams = ties = alike = bits = 0
    while row < len(at):
        begin, divides, worked, near = row, divisor, 0, 0
        if begin > 0 and stream[begin] < stream[begin - 1]:
            return -1
        while row < len(at) and stream[row] == stream[begin]:
            roles = kind_roles[content[row] >> 32]
            bits |= roles
            worked += roles & PRODUCTIVE != 0
            if divides > 1:
                rest = at[row] if at[row] % US == 0 else 1
                while rest != 0:
                    divides, rest = rest, divides % rest
            if row > begin:
                step = at[row] - at[row - 1]
                if step < 0:
                    return -1
                near += step <= close_us
                if step == 0:
                    ties += 1
                    alike += content[row] == content[row - 1]
            row += 1
        starts[streams], common[streams] = begin, divides
        work[streams], close[streams] = worked, near
        streams += 1
    starts[streams] = row
    totals[0], totals[1], totals[2] = ties, alike, bits
    return streams
