"""Whether the users of two arms are alike in more than their means."""

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import MIN_INTERVAL_USERS


def same_shape(control: NDArray[np.float64], treatment: NDArray[np.float64]) -> float | None:
    """Two-sided p of Kolmogorov and Smirnov, which many users of one value do not make smaller.

    Args:
        control: (users of control) one value of each.
        treatment: (users of treatment) likewise.

    Returns:
        None under 25 users in an arm.
    """
    if min(len(control), len(treatment)) < MIN_INTERVAL_USERS.value:
        return None
    from scipy.stats import ks_2samp  # noqa: PLC0415

    return float(ks_2samp(control, treatment, method="asymp").pvalue)
