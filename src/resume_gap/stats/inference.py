"""What the users of two arms show: measures, errors, and how far the intervals reach.

By Welch's t (tea-tasting), by permuted users, or within blocks of assignment days.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import ALPHA
from resume_gap.stats.blocks import Blocks, Combined
from resume_gap.stats.clusters import by_unit
from resume_gap.stats.moments import Users, center, columns, moments, together
from resume_gap.stats.permutation import critical, permuted, share_beyond
from resume_gap.stats.student import beyond, t_quantile
from resume_gap.stats.welch import Reach, welch, welch_of_moments

_SAME = 1e-12  # a figure this small beside the users' is rounding
_CANCELLED = 1e-6  # an error this small beside them is lost where squares are subtracted
_WIDE = 5.0  # relative change with such an error of its logarithm says nothing
_WIDEST = 100.0  # nor does an interval of a factor exp(100) either way
_ONE_SIDED = 1 - 2 * ALPHA.value  # the ends of this interval are one-sided limits


class Inferred(NamedTuple):
    """What the users of two arms show.

    Attributes:
        means: Measures of control and treatment.
        error: Standard error of their difference; 0 where nothing varies.
        log_error: Of log(treatment / control); None where it says nothing.
        wide: Two-sided interval at the level that was asked for; None where nothing varies.
        one_sided: Its ends are one-sided limits at 95 %; likewise.
    """

    means: tuple[float, float]
    error: float
    log_error: float | None
    wide: Reach | None
    one_sided: Reach | None


class Terms(NamedTuple):
    """How it is inferred.

    Attributes:
        permute: Whether permuted users decide, not Welch's t.
        seed: Of the permutations.
        level: Of the two-sided interval.
        draws: Permutations.
    """

    permute: bool
    seed: int
    level: float
    draws: int


def inferred(control: Users, treatment: Users, terms: Terms) -> Inferred:
    """The arms as wholes.

    Args:
        control: Users of the control arm, at least 2.
        treatment: Likewise.
        terms: How.
    """
    both = together(control, treatment)
    common = center(both)
    scale = float(np.abs(both.numerators).sum() / both.denominators.sum())
    sides = columns(control, common), columns(treatment, common)
    first, second = (moments(side.sum(axis=0), len(side), common) for side in sides)
    means = _snapped(first.mean, scale), _snapped(second.mean, scale)
    squares = float(first.variance), float(second.variance)
    error = math.sqrt(sum(squares))
    if error <= _SAME * scale:
        return Inferred(means, 0.0, None, None, None)
    log_error = _log_error(means, squares)
    if terms.permute:
        dealt = permuted(*sides, common, draws=terms.draws, seed=terms.seed)
        wide, one_sided = _by_permutation(means, error, log_error, dealt, terms.level)
    else:
        # tea-tasting's variances are differences of large numbers where arms hardly vary.
        plain = log_error is not None and min(squares) > (_CANCELLED * scale) ** 2
        wide, one_sided = (
            welch(control, treatment, level=share)
            if plain
            else welch_of_moments(means, squares, (len(sides[0]), len(sides[1])), level=share)
            for share in (terms.level, _ONE_SIDED)
        )
    return Inferred(means, error, log_error, wide, one_sided)


def inferred_in_blocks(
    control: Users,
    treatment: Users,
    numbers: tuple[NDArray[np.int64], NDArray[np.int64]],
    terms: Terms,
) -> Inferred:
    """The arms within blocks of days: mean of the blocks' differences, weighted by users.

    Welch's t with Welch-Satterthwaite degrees of freedom, or users permuted within their block.

    Args:
        control: Means of users.
        treatment: Likewise.
        numbers: (users) block of each user of control and treatment.
        terms: How.
    """
    scale = float(np.abs(together(control, treatment).numerators).mean())
    blocks = Blocks(control, treatment, numbers)
    found = blocks.combined()
    if not terms.permute:
        return _by_freedom(found, scale, terms.level)
    means = _snapped(found.means[0], scale), _snapped(found.means[1], scale)
    squares = float(found.squares[0]), float(found.squares[1])
    error = math.sqrt(sum(squares))
    if error <= _SAME * scale:
        return Inferred(means, 0.0, None, None, None)
    log_error = _log_error(means, squares)
    dealt = blocks.dealt(terms.draws, terms.seed)
    return Inferred(
        means, error, log_error, *_by_permutation(means, error, log_error, dealt, terms.level)
    )


def inferred_by_unit(
    control: Users,
    treatment: Users,
    units: tuple[NDArray[np.int64], NDArray[np.int64]],
    blocks: tuple[NDArray[np.int64], NDArray[np.int64]] | None,
    level: float,
) -> Inferred:
    """The arms by units that were assigned as wholes (`stats.clusters`).

    Args:
        control: Means of users or ratios of sums.
        treatment: Likewise.
        units: (users) unit of each user of control and treatment.
        blocks: (users) block of days of each; None: one block.
        level: Of the two-sided interval.
    """
    both = together(control, treatment)
    scale = float(np.abs(both.numerators).sum() / both.denominators.sum())
    return _by_freedom(by_unit(control, treatment, units, blocks), scale, level)


def _by_freedom(found: Combined, scale: float, level: float) -> Inferred:
    """Student's t with its own degrees of freedom."""
    means = _snapped(found.means[0], scale), _snapped(found.means[1], scale)
    squares = float(found.squares[0]), float(found.squares[1])
    error = math.sqrt(sum(squares))
    if error <= _SAME * scale:
        return Inferred(means, 0.0, None, None, None)
    log_error = _log_error(means, squares)
    freedom = float(found.freedom)
    p = beyond(abs(means[1] - means[0]) / error, freedom)
    wide, one_sided = (
        _reach(p, t_quantile(freedom, share), error, log_error) for share in (level, _ONE_SIDED)
    )
    return Inferred(means, error, log_error, wide, one_sided)


def _by_permutation(
    means: tuple[float, float],
    error: float,
    log_error: float | None,
    dealt: NDArray[np.float64],
    level: float,
) -> tuple[Reach, Reach]:
    p = share_beyond((means[1] - means[0]) / error, dealt)
    wide, one_sided = (
        _reach(p, critical(dealt, share), error, log_error) for share in (level, _ONE_SIDED)
    )
    return wide, one_sided


def _snapped(mean: NDArray[np.float64], scale: float) -> float:
    """The measure, 0 where it differs from 0 by rounding only."""
    return float(mean) if abs(float(mean)) > _SAME * scale else 0.0


def _reach(p: float, quantile: float, error: float, log_error: float | None) -> Reach:
    """An interval of so many standard errors to either side."""
    if log_error is None or not quantile * log_error < _WIDEST:
        return Reach(p, quantile * error, None)
    return Reach(p, quantile * error, math.exp(quantile * log_error))


def _log_error(means: tuple[float, float], squares: tuple[float, float]) -> float | None:
    """Standard error of log(treatment / control), None where it says nothing."""
    if min(means) <= 0:
        return None
    error = math.hypot(*(math.sqrt(s) / m for s, m in zip(squares, means, strict=True)))
    return error if error < _WIDE else None
