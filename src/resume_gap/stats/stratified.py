"""Whether one kind of row is more common in one place than in another, within users."""

import math

import numpy as np
from numpy.typing import NDArray

from resume_gap.stats.student import beyond

Tallies = NDArray[np.int64]


def more_common_p(both: Tallies, here: Tallies, marked: Tallies, total: Tallies) -> float:
    """One-sided p of a t test over users: are marked rows more common here than elsewhere?

    A user's deviation is the number of marked rows here less that of the hypergeometric law, so
    that users with many rows here and many marked rows show nothing by that alone; how far the
    deviations spread is taken from the users themselves, so that more rows of the same people are
    no further evidence.

    Args:
        both: (users) marked rows here.
        here: (users) rows here.
        marked: (users) marked rows anywhere.
        total: (users) all rows.

    Returns:
        1 where fewer than two users can be compared.
    """
    there = (total > 0) & (here > 0) & (here < total) & (marked > 0) & (marked < total)
    a, n, m, t = (values[there].astype(np.float64) for values in (both, here, marked, total))
    return above_zero_p(a - n * m / t)


def above_zero_p(deviations: NDArray[np.float64]) -> float:
    """One-sided p of a t test over users: is their mean deviation above 0?

    Args:
        deviations: (users) one of each.

    Returns:
        1 where fewer than two users can be compared.
    """
    users = len(deviations)
    if users < 2 or deviations.sum() <= 0:
        return 1.0
    spread = float(np.std(deviations, ddof=1))
    if spread == 0:
        return 0.0
    return beyond(float(deviations.mean()) / spread * math.sqrt(users), users - 1) / 2


def mcnemar_z(first_only: int, second_only: int) -> float:
    """The z of McNemar for pairs in which one of two things happened, corrected for continuity.

    Args:
        first_only: Pairs, of users that are not known, in which the first happened and the second
            did not.
        second_only: The other way round, of such users.
    """
    pairs = first_only + second_only
    if not pairs:
        return 0.0
    more = first_only - second_only
    return math.copysign(max(0.0, abs(more) - 1.0), more) / math.sqrt(pairs)
