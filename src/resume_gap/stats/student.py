"""Student's t without SciPy, whose import costs more than all other statistics of a run.

Checked against `scipy.stats.t` to ten digits in the tests.
"""

import math
import sys
from functools import lru_cache
from statistics import NormalDist

from resume_gap.constants import CONFIDENCE

_TINY = 1e-300
_CLOSE = 1e-15
_MANY = 2_000
_CLOSE_QUANTILE = 1e-13
_LARGEST = math.sqrt(sys.float_info.max)
"""No quantile is larger, as its square has to be a number."""


@lru_cache(maxsize=4096)  # effects of one trial share their degrees of freedom
def t_quantile(freedom: float, level: float = CONFIDENCE) -> float:
    """The two-sided quantile: P(|T| <= q) = level for T with `freedom` degrees of freedom.

    Newton's method on P(|T| > t) = I_x(v/2, 1/2) with x = v / (v + t^2) (Abramowitz and Stegun
    26.5.27). It falls convexly in t, and the normal quantile lies below the one of T, so every step
    from there goes up and none beyond it. For many degrees of freedom the expansion around the
    normal quantile (26.7.5), whose next term is below 1e-8 there (levels up to 0.999).

    Args:
        freedom: Degrees of freedom, above 0; need not be whole.
        level: Share of the distribution inside [-q, q].

    Returns:
        At most 1.3e154, which only far below 0.01 degrees of freedom reach.
    """
    if not freedom > 0:
        raise ValueError(f"degrees of freedom must be above 0, not {freedom}")
    z = NormalDist().inv_cdf(0.5 + level / 2)
    if freedom > _MANY:
        first = (z**3 + z) / (4 * freedom)
        return z + first + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
    found, step = z, math.inf
    while step > _CLOSE_QUANTILE * found and found < _LARGEST:
        step = (beyond(found, freedom) - (1 - level)) / (2 * _density(found, freedom))
        found += step
    return min(found, _LARGEST)


def _density(t: float, freedom: float) -> float:
    """Density of T (Abramowitz and Stegun 26.7.1)."""
    constant = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)
    power = (freedom + 1) * math.log(math.hypot(1, t / math.sqrt(freedom)))
    return math.exp(constant - power - math.log(freedom * math.pi) / 2)


def beyond(t: float, freedom: float) -> float:
    """P(|T| > t), the two-sided p of a t at least 0.

    Args:
        t: The statistic, without its sign.
        freedom: Degrees of freedom, above 0; need not be whole.
    """
    x = freedom / (freedom + t * t)
    a, b = freedom / 2, 0.5
    front = (
        math.exp(
            math.lgamma(a + b)
            - math.lgamma(a)
            - math.lgamma(b)
            + a * math.log(x)
            + b * math.log1p(-x)
        )
        if 0 < x < 1
        else 0.0
    )
    if x >= 1:
        return 1.0
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Continued fraction of the incomplete beta function by Lentz's method (DLMF 8.17.22)."""
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / _away_from_zero(1 + even * d)
        c = _away_from_zero(1 + even / c)
        value *= c * d
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / _away_from_zero(1 + odd * d)
        c = _away_from_zero(1 + odd / c)
        value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
