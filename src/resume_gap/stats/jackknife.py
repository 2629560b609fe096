"""Ratios of per-user sums by leaving out one user at a time (Quenouille 1949, Tukey 1958).

Serves where the decision wants one-sided limits, and where a figure is a sum of such ratios over
one denominator; the interval of a mean that stands alone is `stats.ratio`'s.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import CONFIDENCE, MIN_INTERVAL_USERS
from resume_gap.distinct import picking
from resume_gap.stats.interval import Interval
from resume_gap.stats.ratio import effective_users
from resume_gap.stats.student import t_quantile


@dataclass(frozen=True, slots=True, eq=False)
class Ratio:
    """A ratio of sums over users with its error.

    Attributes:
        estimate: The ratio, in the units of the numerator per unit of the denominator.
        error: Its standard error, sqrt((G - 1) / G sum (r_(u) - mean r_(.))^2) over the G users.
        freedom: Degrees of freedom, effective users - 1; 0 for one user.
        without: (users) the ratio r_(u) without each user.
    """

    estimate: float
    error: float
    freedom: float
    without: NDArray[np.float64]

    @property
    def users(self) -> int:
        """Users with a denominator above 0."""
        return len(self.without)

    def half_width(self, one_sided: float) -> float:
        """Distance of a limit that errs on its side with this probability; may be infinite."""
        if self.freedom <= 0:
            return math.inf
        half = t_quantile(self.freedom, 1 - 2 * one_sided) * self.error
        return half if math.isfinite(half) else math.inf

    def lower(self, one_sided: float) -> float:
        """The lower limit that errs with this probability; -inf where nothing is known."""
        return self.estimate - self.half_width(one_sided)

    def upper(self, one_sided: float) -> float:
        """The upper limit that errs with this probability; inf where nothing is known."""
        return self.estimate + self.half_width(one_sided)

    def interval(self, level: float = CONFIDENCE) -> tuple[float, float]:
        """Both limits, together erring with 1 - level; infinite where nothing is known."""
        one_sided = (1 - level) / 2
        return self.lower(one_sided), self.upper(one_sided)

    def to_estimate(self) -> Interval:
        """For people: no interval from under 25 users, nor an infinite one."""
        lower, upper = self.interval()
        if self.users < MIN_INTERVAL_USERS.value or not math.isfinite(upper - lower):
            return Interval(estimate=self.estimate)
        return Interval(estimate=self.estimate, ci_lower=lower, ci_upper=upper)


def jackknife(
    numerator: NDArray[np.int64], denominator: NDArray[np.int64], *, unit: int = 1
) -> Ratio | None:
    """sum(numerator) / sum(denominator) / unit with the jackknife over users.

    Args:
        numerator: (users) integer sums y_u.
        denominator: (users) integer sums n_u; users with n_u = 0 take no part.
        unit: Units of the numerator in one of the result's (1,000,000 turns us to seconds).

    Returns:
        The ratio, None when the denominators sum to 0. Totals are exact integers before the
        first division.
    """
    there = picking(denominator > 0)
    y, n = numerator[there], denominator[there]
    total = int(n.sum())
    if total == 0:
        return None
    estimate = int(y.sum()) / (total * unit)
    if len(n) == 1:
        return Ratio(estimate, 0.0, 0.0, np.array([estimate]))
    without = (y.sum() - y) / ((total - n) * unit)
    return left_out(estimate, without, effective_users(n) - 1)


def combined(terms: Sequence[tuple[float, Ratio]]) -> Ratio:
    """The sum of factor x ratio, for ratios over one and the same denominator.

    Args:
        terms: (factor, ratio), at least one; all ratios over the same users and denominators.
    """
    first = terms[0][1]
    estimate = sum(factor * ratio.estimate for factor, ratio in terms)
    without = np.zeros(first.users)
    for factor, ratio in terms:
        without += factor * ratio.without
    return left_out(estimate, without, first.freedom)


def left_out(estimate: float, without: NDArray[np.float64], freedom: float) -> Ratio:
    """A figure with its error.

    Args:
        estimate: The figure.
        without: (users) what it is without each user.
        freedom: Degrees of freedom, effective users - 1.
    """
    users = len(without)
    apart = without - estimate  # exactly 0 for users who are all alike
    apart -= apart.mean()
    error = math.sqrt((users - 1) / users * float((apart * apart).sum()))
    return Ratio(estimate, error, freedom, without)


def wilson(hits: NDArray[np.int64], n: NDArray[np.int64]) -> Interval:
    """The share sum(hits) / sum(n) with Wilson's 95 % interval (1927), made for users.

    In place of the count stands n_eff = p (1 - p) / SE^2 with the jackknife's SE, in place of z
    Student's t with effective users - 1. Where p (1 - p) or SE is 0, n_eff is the effective users.

    Args:
        hits: (users) successes, at most n.
        n: (users) trials; users without one take no part.

    Returns:
        The share, its interval inside [0, 1]; no interval from under 25 users; all None when
        there is no trial.
    """
    ratio = jackknife(hits, n)
    if ratio is None:
        return Interval()
    p = ratio.estimate
    if ratio.users < MIN_INTERVAL_USERS.value or ratio.freedom <= 0:
        return Interval(estimate=p)
    spread = p * (1 - p)
    known = spread > 0 and ratio.error > 0
    worth = spread / ratio.error**2 if known else ratio.freedom + 1
    t = t_quantile(ratio.freedom)
    if not math.isfinite(t * t):  # hardly more than one user's worth of data
        return Interval(estimate=p)
    center = (worth * p + t * t / 2) / (worth + t * t)
    half = t * math.sqrt(worth * spread + t * t / 4) / (worth + t * t)
    return Interval(
        estimate=p,
        ci_lower=max(0.0, min(p, center - half)),
        ci_upper=min(1.0, max(p, center + half)),
    )
