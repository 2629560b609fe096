"""Whether the split of the arms is the same for every value of a column.

Counts are counts of users. Where the arms are uneven in the same way everywhere, no value stands
out, however uneven they are.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import PLACE_USERS, PLACE_VALUES, TABLE_EXPECTED

REST = -1
"""Number of the rare values taken together."""


class Split(NamedTuple):
    """Users of both arms by value.

    Attributes:
        values: (k) numbers of the values; the rare ones together are `REST`.
        counts: (k, 2) users of control and treatment.
        p: Of a split that differs so between the values if it were the same.
    """

    values: NDArray[np.int64]
    counts: NDArray[np.int64]
    p: float


def split_by_value(value: NDArray[np.int64], treated: NDArray[np.bool_]) -> Split | None:
    """Pearson's chi-square of value by arm, with k - 1 degrees of freedom.

    Values that too few users have, or of which too few are expected in one arm, are counted
    together, and so are those beyond the 50 most frequent; together they count as a value of their
    own where they are enough.

    Args:
        value: (users) number of each one's value, from 0.
        treated: (users) who is in the treatment arm.

    Returns:
        None where there are not two such values, or nobody in one of the arms.
    """
    numbers, place = np.unique(value, return_inverse=True)
    counts = np.stack(
        [np.bincount(place[arm], minlength=len(numbers)) for arm in (~treated, treated)], axis=1
    ).astype(np.int64)
    sizes, arms = counts.sum(axis=1), counts.sum(axis=0)
    if not arms.all():
        return None
    enough = (sizes >= PLACE_USERS.value) & (
        sizes * arms.min() >= TABLE_EXPECTED.value * arms.sum()
    )
    kept = np.flatnonzero(enough)
    kept = np.sort(kept[np.argsort(-sizes[kept], kind="stable")][: int(PLACE_VALUES.value)])
    rest = counts.sum(axis=0) - counts[kept].sum(axis=0)
    table, values = counts[kept], numbers[kept]
    large = rest.sum() >= PLACE_USERS.value
    if large and rest.sum() * arms.min() >= TABLE_EXPECTED.value * arms.sum():
        table, values = np.vstack([table, rest]), np.append(values, REST)
    if len(table) < 2 or not table.sum(axis=0).all():
        return None
    from scipy.stats import chi2_contingency  # noqa: PLC0415

    return Split(values, table, float(chi2_contingency(table, correction=False).pvalue))
