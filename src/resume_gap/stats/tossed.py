"""Whether the users of a company, a class ... were assigned to their arm together.

If users were assigned one by one, the treated among the users of each value are a draw without
replacement: a multivariate hypergeometric table.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import RATIO_ERROR, UNIT_TABLES

_CHUNK = 500
_CELLS = 2_000_000


class Together(NamedTuple):
    """How unlikely the arms of the values are if users were assigned one by one.

    Attributes:
        p: (tables at least as uneven + 1) / (tables + 1).
        values: Values that at least two users share.
        users: Their users.
    """

    p: float
    values: int
    users: int


def together(value: NDArray[np.int64], treated: NDArray[np.bool_], seed: int) -> Together | None:
    """Compare the arms of users who share a value with random tables of the same margins.

    The statistic is the sum over values of (treated - p n)^2 / n. Once so many tables are at least
    as uneven that no verdict could be withheld, no more are drawn.

    Args:
        value: (users) number of each one's value.
        treated: (users) who is in the treatment arm.
        seed: Of the tables.

    Returns:
        None where fewer than two values are shared, or the users are all of one arm.
    """
    _, place, sizes = np.unique(value, return_inverse=True, return_counts=True)
    shared = sizes >= 2
    mine = shared[place]
    counts = sizes[shared]
    arms = np.bincount(place[mine], weights=treated[mine], minlength=len(sizes))[shared]
    number = int(arms.sum())
    if len(counts) < 2 or not 0 < number < counts.sum():
        return None
    expected = number / counts.sum() * counts
    seen = float((np.square(arms - expected) / counts).sum())
    draw = np.random.default_rng(seed)
    tables = int(UNIT_TABLES.value)
    chunk = max(1, min(_CHUNK, _CELLS // len(counts)))
    enough = RATIO_ERROR.value * (tables + 1)
    beyond = drawn = 0
    while drawn < tables and beyond <= enough:
        n = min(chunk, tables - drawn)
        found = draw.multivariate_hypergeometric(counts, number, size=n, method="marginals")
        statistic = (np.square(found - expected) / counts).sum(axis=1)
        beyond += int((statistic >= seen * (1 - 1e-12)).sum())
        drawn += n
    return Together((beyond + 1) / (drawn + 1), len(counts), int(counts.sum()))
