"""Whether one kind of row is more common in one place than in another, within users."""

import math

import numpy as np
from numpy.typing import NDArray

Tallies = NDArray[np.int64]


def mantel_haenszel_z(both: Tallies, here: Tallies, marked: Tallies, total: Tallies) -> float:
    """The z of Cochran, Mantel and Haenszel: are marked rows more common here than elsewhere?

    Each stratum is compared with itself, so that strata with many rows here and many marked rows
    show nothing by that alone. With correction for continuity.

    Args:
        both: (k) by stratum, marked rows here.
        here: (k) rows here.
        marked: (k) marked rows anywhere.
        total: (k) all rows.

    Returns:
        Above 0 where they are more common here; 0 where nothing can be compared.
    """
    there = total > 1
    a, n, m, t = (values[there].astype(np.float64) for values in (both, here, marked, total))
    expected = n * m / t
    variance = float((expected * (t - n) * (t - m) / (t * (t - 1))).sum())
    more = float((a - expected).sum())
    if variance <= 0:
        return 0.0
    return math.copysign(max(0.0, abs(more) - 0.5), more) / math.sqrt(variance)


def mcnemar_z(first_only: int, second_only: int) -> float:
    """The z of McNemar for pairs in which one of two things happened, corrected for continuity.

    Args:
        first_only: Pairs in which the first happened and the second did not.
        second_only: The other way round.
    """
    pairs = first_only + second_only
    if not pairs:
        return 0.0
    more = first_only - second_only
    return math.copysign(max(0.0, abs(more) - 1.0), more) / math.sqrt(pairs)
