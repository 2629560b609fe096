"""Quantiles of the users' values in two arms, compared by drawing users anew."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import (
    ATOM_SHARE,
    ATOM_USERS,
    CONFIDENCE,
    MIN_INTERVAL_USERS,
    QUANTILE_DRAWS,
)
from resume_gap.stats.difference import Difference

_ROUNDING = 1e-9


def quantile_difference(
    quantile: float,
    control: NDArray[np.float64],
    treatment: NDArray[np.float64],
    *,
    seed: int,
    level: float = CONFIDENCE,
    draws: int = int(QUANTILE_DRAWS.value),
) -> Difference:
    """A quantile in both arms and its difference, with a percentile interval over users.

    The quantile is the smallest value that at least this share of the users do not exceed. In a
    bootstrap sample of n users it is the k-th smallest of n draws with replacement, k = ceil(q n),
    so its rank is 1 + floor(n B) with B from Beta(k, n + 1 - k), the k-th of n uniform draws
    (David and Nagaraja 2003): users are drawn without drawing each of them.

    An atom is a value that over 5 % of an arm's users, and three of them, share, like 0 or the
    cap. Where one lies in that arm's own interval of the quantile, its ends included, the
    quantile jumps rather than moves and no bootstrap holds.

    Args:
        quantile: Between 0 and 1.
        control: (users) one value per user of the control arm, any order.
        treatment: (users) same of the treatment arm.
        seed: Of the draws.
        level: Of the interval.
        draws: Resamples, at least 1,000 for anything shown.

    Returns:
        Reason `no_rows` without a user in either arm, `few_users` under 25 in an arm, `atom`;
        each with the arms' quantiles and nothing else. Without p: the interval says it.
    """
    if not 0 < quantile < 1:
        raise ValueError(f"a quantile lies between 0 and 1, not at {quantile}")
    if not (np.isfinite(control).all() and np.isfinite(treatment).all()):
        raise ValueError("a value is finite; leave out users without one")
    first, second = np.sort(control.astype(np.float64)), np.sort(treatment.astype(np.float64))
    effect = Difference(
        reason="few_users" if len(first) + len(second) else "no_rows",
        control=_at(first, quantile),
        treatment=_at(second, quantile),
        n_control=len(first),
        n_treatment=len(second),
    )
    if min(len(first), len(second)) >= MIN_INTERVAL_USERS.value:
        draw = np.random.default_rng(seed)
        drawn = _drawn(first, quantile, draws, draw), _drawn(second, quantile, draws, draw)
        if _jumps(first, drawn[0], level) or _jumps(second, drawn[1], level):
            effect = replace(effect, reason="atom")
        else:
            effect = _compared(effect, *drawn, level=level)
    return effect


def _compared(
    effect: Difference,
    control: NDArray[np.float64],
    treatment: NDArray[np.float64],
    *,
    level: float,
) -> Difference:
    """The effect with the interval of its draws; a relative one where none of them is 0."""
    if effect.control is None or effect.treatment is None:
        return effect
    estimate = effect.treatment - effect.control
    low, high = _ends(treatment - control, level)
    share: tuple[float, float] | tuple[None, None] = (None, None)
    if control.min() > 0:
        share = _ends(treatment / control - 1, level)
    return replace(
        effect,
        reason=None,
        estimate=estimate,
        ci_lower=low,
        ci_upper=high,
        relative=estimate / effect.control if effect.control > 0 else None,
        relative_ci_lower=share[0],
        relative_ci_upper=share[1],
        method="bootstrap",
    )


def _rank(users: int, quantile: float) -> int:
    """From 1: the place of the quantile among so many sorted users."""
    return max(1, math.ceil(quantile * users - _ROUNDING))


def _at(values: NDArray[np.float64], quantile: float) -> float | None:
    return float(values[_rank(len(values), quantile) - 1]) if len(values) else None


def _drawn(
    values: NDArray[np.float64], quantile: float, draws: int, draw: np.random.Generator
) -> NDArray[np.float64]:
    """(draws) the quantile of as many resamples of the sorted values."""
    users = len(values)
    rank = _rank(users, quantile)
    place = np.floor(users * draw.beta(rank, users + 1 - rank, size=draws)).astype(np.int64)
    return values[np.minimum(place, users - 1)]


def _jumps(values: NDArray[np.float64], drawn: NDArray[np.float64], level: float) -> bool:
    """Whether an atom of the arm lies where its quantile may lie."""
    shared, users = np.unique(values, return_counts=True)
    atoms = shared[(users > ATOM_SHARE.value * len(values)) & (users >= ATOM_USERS.value)]
    low, high = _ends(drawn, level)
    return bool(((atoms >= low) & (atoms <= high)).any())


def _ends(drawn: NDArray[np.float64], level: float) -> tuple[float, float]:
    """The percentile interval of draws, each end one of them."""
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], method="inverted_cdf")
    return float(low), float(high)
