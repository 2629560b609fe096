"""What one look at ordered rows shows: where streams begin, and what has to be looked at closer."""

from typing import NamedTuple

import numpy as np

from resume_gap.arrays import Ints
from resume_gap.compiled import pays
from resume_gap.constants import FLUSH_GAP
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.stamps import RESOLUTIONS
from resume_gap.pipeline.survey_loops import TOTALS, look_over
from resume_gap.results.common import US
from resume_gap.sources.role_bits import PRODUCTIVE


class OrderError(RuntimeError):
    """The engine handed rows over out of order; a fault of ours, never of the data."""


class Survey(NamedTuple):
    """What one look shows; n rows of k streams.

    Attributes:
        starts: (k + 1) offsets of the streams in the rows.
        common: (k) what divides all instants of a stream; of their common divisors all seconds
            of `RESOLUTIONS` divide it that divide any.
        work: (k) productive rows.
        close: (k) rows at most `FLUSH_GAP` after the one before.
        ties: Rows that share their instant with the row before, in one stream.
        alike: Those of them that share its content, too.
        roles: All role bits that occur.
    """

    starts: Ints
    common: Ints
    work: Ints
    close: Ints
    ties: int
    alike: int
    roles: int


def survey(stream: Ints, at: Ints, content: Ints, contents: Contents) -> Survey:
    """Look at ordered rows.

    Args:
        stream: (n) numbers of streams.
        at: (n) instants.
        content: (n)
        contents: Meaning of the contents.

    Raises:
        OrderError: They are out of order.
    """
    if not pays(at):
        return _by_arrays(stream, at, content, contents)
    n, totals = len(at), np.empty(TOTALS, dtype=np.int64)
    starts = np.empty(n + 1, dtype=np.int64)
    common, work, close = (np.empty(n, dtype=np.int64) for _ in range(3))
    many = look_over(
        stream,
        at,
        content,
        contents.kind_roles,
        FLUSH_GAP.us,
        RESOLUTIONS[-1] * US,
        starts,
        common,
        work,
        close,
        totals,
    )
    if many < 0:
        raise OrderError("events came out of order")
    # Copies, as there may be far fewer streams than rows.
    return Survey(
        starts[: many + 1].copy(),
        common[:many].copy(),
        work[:many].copy(),
        close[:many].copy(),
        *totals.tolist(),
    )


def _by_arrays(stream: Ints, at: Ints, content: Ints, contents: Contents) -> Survey:
    """The same for few rows, for which a plain loop takes longer than arrays."""
    same_stream, step = stream[1:] == stream[:-1], at[1:] - at[:-1]
    if bool((stream[1:] < stream[:-1]).any()) or bool((same_stream & (step < 0)).any()):
        raise OrderError("events came out of order")
    begin = np.concatenate([[0], np.flatnonzero(~same_stream) + 1])
    roles = contents.roles(content)
    tied = same_stream & (step == 0)
    close = np.concatenate([[0], same_stream & (step <= FLUSH_GAP.us)])
    return Survey(
        starts=np.append(begin, len(at)),
        common=np.gcd.reduceat(at, begin),
        work=np.add.reduceat((roles & PRODUCTIVE != 0).astype(np.int64), begin),
        close=np.add.reduceat(close, begin),
        ties=int(tied.sum()),
        alike=int((tied & (content[1:] == content[:-1])).sum()),
        roles=int(np.bitwise_or.reduce(roles)),
    )
