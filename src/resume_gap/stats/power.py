"""How many users a trial needs, and what it can find with those it has.

Planned are two equal arms of users with one value each, like the first return's re-orientation
time.
"""

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import ALPHA, CONFIDENCE, MIN_INTERVAL_USERS, POWER, SPREAD_DRAWS
from resume_gap.stats.interval import Interval
from resume_gap.stats.sequential import half_width, rho

_SAME = 1e-12  # a spread this small beside the values is rounding
_WIDEST = 100.0  # an interval of a factor exp(100) says nothing
_AT_ONCE = 2_000_000  # drawn values held in memory at a time
_STEPS = 100  # in which a root is found
_SOLVED_FROM = 10  # users per arm; below, the normal formula is far under the least that counts


def users_per_arm(
    variance: float,
    effect: float,
    *,
    power: float = POWER.value,
    alpha: float = ALPHA.value,
    looks: bool = False,
) -> int:
    """Users that each arm needs to find an effect with this power.

    With one look n = 2 (z_a + z_b)^2 variance / effect^2 with Student's t in place of z (which
    adds one or two users). With several, the effect must reach c + z_b
    standard errors, c those of the confidence sequence at the last look: n = 2 (c + z_b)^2
    variance / effect^2.

    Args:
        variance: Of the users' values, squared units; above 0.
        effect: To be found, either sign, in units of the values; not 0.
        power: Chance of finding it.
        alpha: Two-sided error.
        looks: Whether the trial is looked at more than once.

    Returns:
        At least 25, under which no arm gets an interval.

    Raises:
        ValueError: When variance or effect is 0, or not finite.
    """
    if not (0 < variance < math.inf and 0 < abs(effect) < math.inf):
        raise ValueError(f"variance {variance} and effect {effect} must be finite and not 0")
    least = int(MIN_INTERVAL_USERS.value)
    reach = errors_of_looks(alpha) if looks else NormalDist().inv_cdf(1 - alpha / 2)
    needed = 2 * (reach + NormalDist().inv_cdf(power)) ** 2 * variance / effect**2
    if not looks and needed > _SOLVED_FROM:
        # Its noncentral t is a millionth off where users are very many: t never needs fewer.
        needed = max(needed, _users(variance, abs(effect), alpha, power) / 2)
    return max(least, math.ceil(needed))


def detectable(
    variance: float,
    users: int,
    *,
    power: float = POWER.value,
    alpha: float = ALPHA.value,
    looks: bool = False,
) -> float | None:
    """The smallest effect that so many users find with this power, units of the values.

    Args:
        variance: Of the users' values, squared units.
        users: Users of both arms together, half in each.
        power: Chance of finding it.
        alpha: Two-sided error.
        looks: Whether the trial is looked at more than once, with these users at the last.

    Returns:
        None under 25 users an arm.
    """
    if users < 2 * MIN_INTERVAL_USERS.value:
        return None
    if variance == 0:
        return 0.0
    if looks:
        error = math.sqrt(4 * variance / users)
        return (errors_of_looks(alpha) + NormalDist().inv_cdf(power)) * error
    return _effect(variance, users, alpha, power)


def errors_of_looks(alpha: float = ALPHA.value) -> float:
    """Half-width of the confidence sequence at its last look, in standard errors.

    The sequence is tuned to half the planned users, so this is the same for any number of them.
    """
    return half_width(1.0, 2, rho(1.0, alpha), alpha)


def _users(variance: float, effect: float, alpha: float, power: float) -> int:
    """Users of both arms together that find an effect above 0."""

    def lacking(users: float) -> float:
        return power - _power(variance, users, effect, alpha)

    return math.ceil(_root(lacking, 3, 10))


def _effect(variance: float, users: int, alpha: float, power: float) -> float:
    """The effect that so many users of both arms find."""

    def lacking(effect: float) -> float:
        return power - _power(variance, users, effect, alpha)

    return _root(lacking, 0, 10 * math.sqrt(variance / users))


def _power(variance: float, users: float, effect: float, alpha: float) -> float:
    """Chance that so many users of both arms find an effect by Welch's t.

    Asked one-sided with half the error: finding the effect on its wrong side has a chance of a
    millionth, and SciPy 1.17 has no number for it where the effect is many errors away. The same
    numbers, to the last bit, as tea-tasting's `Mean.solve_power`, which is ten times slower.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - only `plan` pays the import
    from scipy.stats import nct  # noqa: PLC0415

    square = variance / (users / 2)
    error = math.sqrt(square + square)
    freedom = (square + square) ** 2 / (2 * (square**2 / (users / 2 - 1)))
    critical = -float(stdtrit(freedom, alpha / 2)) * error
    return float(nct.sf(critical / error, freedom, effect / error))


def _root(lacking: Callable[[float], float], low: float, high: float) -> float:
    """Where nothing is lacking any more, above `low`; `high` is raised until it is beyond."""
    from scipy.optimize import brentq  # noqa: PLC0415 - only `plan` pays the import

    while lacking(high) > 0:
        high *= 10
    return float(brentq(lacking, low, high, maxiter=_STEPS))


def spread(
    values: NDArray[np.float64],
    *,
    seed: int,
    level: float = CONFIDENCE,
    draws: int = int(SPREAD_DRAWS.value),
) -> Interval:
    """Standard deviation over users with its interval.

    The studentized bootstrap (Efron 1982) of its logarithm over users, with the jackknife's error
    (Miller 1968): values are skewed and pile up at a cap, where chi-square is far off.

    Args:
        values: (users) one per user, finite.
        seed: Of the resamples.
        level: Of the interval.
        draws: Resamples of users.

    Returns:
        No interval from under 25 users, nor where so few differ that a resample may have no
        spread at all; all None from under two users.
    """
    users = len(values)
    if users < 2:
        return Interval()
    values = np.sort(values.astype(np.float64))
    estimate = float(values.std(ddof=1))
    if users < MIN_INTERVAL_USERS.value or estimate <= _SAME * float(np.abs(values).max()):
        return Interval(estimate=estimate)
    values = (values - values.mean()) / estimate
    error = float(_log_spread(values)[1])
    draw = np.random.default_rng(seed)
    parts = np.array_split(np.arange(draws), math.ceil(draws * users / _AT_ONCE))
    drawn = [_log_spread(values[draw.integers(0, users, (len(part), users))]) for part in parts]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.concatenate([logs / errors for logs, errors in drawn])
    if not (np.isfinite(t).all() and math.isfinite(error)):
        return Interval(estimate=estimate)
    high, low = np.quantile(t, [(1 - level) / 2, (1 + level) / 2]) * error
    if high < -_WIDEST:
        return Interval(estimate=estimate)
    return Interval(
        estimate=estimate,
        ci_lower=estimate * math.exp(-low),
        ci_upper=estimate * math.exp(-high),
    )


def _log_spread(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Logarithm of the standard deviation over the last axis, and its error by jackknife."""
    users = values.shape[-1]
    squares = np.square(values - values.mean(axis=-1, keepdims=True))
    total = squares.sum(axis=-1)
    # Without a user the sum of squares falls by G / (G - 1) (y - mean)^2.
    left = (total[..., np.newaxis] - users / (users - 1) * squares) / (users - 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(np.where(left > _SAME, left, 0.0)) / 2
        error = np.sqrt((users - 1) * logs.var(axis=-1))
        return np.log(total / (users - 1)) / 2, error
