"""The ratio of two per-user sums with its interval: the user is the independent unit."""

import math

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import MIN_INTERVAL_USERS
from resume_gap.distinct import picking
from resume_gap.stats.interval import Interval
from resume_gap.stats.student import t_quantile


def effective_users(weights: NDArray[np.int64] | NDArray[np.float64]) -> float:
    """How many equal users the users are worth: (sum n)^2 / sum n^2 (Kish); 0 for none.

    Args:
        weights: (users) n_u, 0 or more.
    """
    n = weights.astype(np.float64)
    squares = float((n * n).sum())
    return 0.0 if squares == 0 else float(n.sum()) ** 2 / squares


def ratio_of_sums(numerator: NDArray[np.int64], denominator: NDArray[np.int64]) -> Interval:
    """sum(numerator) / sum(denominator) with a 95 % interval over users.

    The variance is the delta method's: users' influences (y_u - r n_u) / sum n with the factor
    G / (G - 1); the quantile is Student's t with effective users - 1 degrees of freedom.

    Args:
        numerator: (users) integer sums y_u.
        denominator: (users) integer sums n_u; users with n_u = 0 take no part.

    Returns:
        The estimate in the units of the numerator per unit of the denominator; no interval from
        fewer than 25 users; all None when the denominators sum to 0.
    """
    there = picking(denominator > 0)
    y, n = numerator[there].astype(np.float64), denominator[there]
    total = int(n.sum())
    if total == 0:
        return Interval()
    estimate = float(int(numerator[there].sum()) / total)
    users = len(n)
    freedom = effective_users(n) - 1
    if users < MIN_INTERVAL_USERS.value or freedom <= 0:
        return Interval(estimate=estimate)
    influence = (y - estimate * n) / total
    error = float(np.sqrt(users / (users - 1) * float((influence * influence).sum())))
    half = t_quantile(freedom) * error
    if not math.isfinite(half):  # hardly more than one user's worth of data
        return Interval(estimate=estimate)
    return Interval(estimate=estimate, ci_lower=estimate - half, ci_upper=estimate + half)


def scaled(
    estimate: Interval, factor: float, *, low: float | None = None, high: float | None = None
) -> Interval:
    """An estimate in other units, its interval kept inside [low, high]."""

    def turn(value: float | None) -> float | None:
        if value is None:
            return None
        value *= factor
        value = value if low is None else max(low, value)
        return value if high is None else min(high, value)

    return Interval(
        estimate=turn(estimate.estimate),
        ci_lower=turn(estimate.ci_lower),
        ci_upper=turn(estimate.ci_upper),
    )
