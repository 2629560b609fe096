"""Whether the arms are as large as they should be, and whether shares differ between them.

Counts are counts of users; a count of interruptions has no business here.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import TABLE_EXPECTED


def sample_ratio(
    control: int, treatment: int, expected: tuple[float, float] = (1.0, 1.0)
) -> float | None:
    """The p of so uneven arms if users were assigned as expected: chi-square with one degree.

    By tea-tasting's `SampleRatio` without continuity correction, whose squared z is chi-square.

    Args:
        control: Users of the control arm.
        treatment: Users of the treatment arm.
        expected: Their expected shares, up to a factor; both above 0.

    Returns:
        None without a user.
    """
    if not min(expected) > 0:
        raise ValueError(f"expected shares are above 0, not {expected}")
    if control + treatment == 0:
        return None
    # The import costs two seconds; only `evaluate` and `plan` pay them.
    from tea_tasting.aggr import Aggregates  # noqa: PLC0415
    from tea_tasting.metrics import SampleRatio  # noqa: PLC0415

    metric = SampleRatio(expected[1] / expected[0], method="norm", correction=False)
    arms: dict[object, Aggregates] = {
        "control": Aggregates(count_=control),
        "treatment": Aggregates(count_=treatment),
    }
    return float(metric.analyze(arms, "control", "treatment").pvalue)


def sample_ratio_of_all(users: Sequence[int], expected: Sequence[float]) -> float | None:
    """The p of so uneven arms if users were assigned as expected: Pearson's chi-square.

    Args:
        users: (k) of each of three arms or more.
        expected: (k) their expected shares, up to a factor; all above 0.

    Returns:
        None without a user.
    """
    if not min(expected) > 0:
        raise ValueError(f"expected shares are above 0, not {tuple(expected)}")
    if not sum(users):
        return None
    from scipy.stats import chisquare  # noqa: PLC0415

    shares = np.asarray(expected, dtype=np.float64)
    return float(chisquare(users, shares / shares.sum() * sum(users)).pvalue)


def independence(control: tuple[int, int], treatment: tuple[int, int]) -> float | None:
    """The p of shares so different between the arms if they were the same.

    Pearson's chi-square without continuity correction; Fisher's exact test where under 5 users
    are expected in a field.

    Args:
        control: Users of the control arm with and without, like users who triggered an event.
        treatment: Users of the treatment arm with and without.

    Returns:
        None when an arm is empty, or nobody or everybody has it: there is nothing to compare.
    """
    table = np.array([control, treatment], dtype=np.int64)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    if (rows == 0).any() or (columns == 0).any():
        return None
    from scipy.stats import chi2_contingency, fisher_exact  # noqa: PLC0415

    expected = np.outer(rows, columns) / table.sum()
    if expected.min() < TABLE_EXPECTED.value:
        return float(fisher_exact(table).pvalue)
    return float(chi2_contingency(table, correction=False).pvalue)


def more_in_second(first: tuple[int, int], second: tuple[int, int]) -> float | None:
    """The p of a share so much greater in the second arm: Fisher's exact test, one-sided.

    Args:
        first: Users of one arm with and without.
        second: Users of the other arm with and without.

    Returns:
        None when an arm is empty, or nobody or everybody has it.
    """
    table = np.array([second, first], dtype=np.int64)
    if (table.sum(axis=1) == 0).any() or (table.sum(axis=0) == 0).any():
        return None
    from scipy.stats import fisher_exact  # noqa: PLC0415

    return float(fisher_exact(table, alternative="greater").pvalue)


def over_time(
    days: NDArray[np.int64], treated: NDArray[np.bool_]
) -> tuple[float | None, NDArray[np.int64]]:
    """Whether the split of the arms stays the same from day to day: p, and counts by block.

    Neighboring days are merged, in order, until at least 5 users of each arm are expected in every
    block; then Pearson's chi-square with one degree of freedom less than blocks.

    Args:
        days: (users) day of the assignment.
        treated: (users) who is in the treatment arm.

    Returns:
        p, None where there are not two blocks, and (blocks, 2) users of control and treatment.
    """
    each, place = np.unique(days, return_inverse=True)
    counts = np.stack(
        [np.bincount(place[arm], minlength=len(each)) for arm in (~treated, treated)], axis=1
    )
    share = counts.sum(axis=0) / max(int(counts.sum()), 1)
    blocks: list[NDArray[np.int64]] = []
    open_block = np.zeros(2, dtype=np.int64)
    for day in counts:
        open_block = open_block + day
        if (open_block.sum() * share).min() >= TABLE_EXPECTED.value:
            blocks.append(open_block)
            open_block = np.zeros(2, dtype=np.int64)
    if not blocks:
        return None, counts.sum(axis=0, keepdims=True)
    blocks[-1] = blocks[-1] + open_block
    table = np.stack(blocks)
    if len(table) < 2:
        return None, table
    from scipy.stats import chi2_contingency  # noqa: PLC0415

    return float(chi2_contingency(table, correction=False).pvalue), table
