"""Arms compared by units that were assigned at random as wholes: companies, classes.

Users of a unit are alike, so the units are what is independent. The measure stays one of users;
its error is that of the units' sums of residuals, each divided by sqrt(1 - its share of its arm's
users) (Bell and McCaffrey 2002 for a mean), with Kish effective units - 1 degrees of freedom an arm
and Satterthwaite's for the difference.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.stats.blocks import Combined
from resume_gap.stats.moments import Center, Floats, Users, center, together

_WHOLE = 1e-12  # a unit this close to being the whole arm has no error of its own


class _Side(NamedTuple):
    """One arm of one block: its measure, the square of its error, degrees of freedom."""

    mean: float
    square: float
    freedom: float


def by_unit(
    control: Users,
    treatment: Users,
    units: tuple[NDArray[np.int64], NDArray[np.int64]],
    blocks: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> Combined:
    """Both arms by units, within blocks where there are any; a block weighs by its users.

    Args:
        control: Means of users or ratios of sums, with or without a covariate.
        treatment: Likewise.
        units: (users) number of each user's unit, at least two of each arm in a block.
        blocks: (users) number of each user's block; only for means. None: one block.
    """
    common = center(together(control, treatment))
    arms = (control, treatment)
    one = [np.zeros(len(arm.numerators), dtype=np.int64) for arm in arms]
    block = blocks or (one[0], one[1])
    numbers, sizes = np.unique(np.concatenate(block), return_counts=True)
    weights = sizes / sizes.sum()
    means, squares, terms = np.zeros(2), np.zeros(2), 0.0
    for number, weight in zip(numbers, weights, strict=True):
        for arm in range(2):
            mine = block[arm] == number
            side = _side(_some(arms[arm], mine), units[arm][mine], common)
            share = weight * weight * side.square
            means[arm] += weight * side.mean
            squares[arm] += share
            terms += share * share / side.freedom
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = np.square(squares.sum()) / np.float64(terms)
    return Combined(
        (means[0], means[1]),
        (squares[0], squares[1]),
        freedom,
    )


def _some(users: Users, mine: NDArray[np.bool_]) -> Users:
    covariate = None if users.covariate is None else users.covariate[mine]
    return Users(users.numerators[mine], users.denominators[mine], covariate)


def _side(users: Users, units: NDArray[np.int64], common: Center) -> _Side:
    """One arm of one block."""
    count = len(users.numerators)
    total = float(users.denominators.sum())
    ratio = float(users.numerators.sum()) / total
    influence = (users.numerators - ratio * users.denominators) * (count / total)
    mean = ratio
    if users.covariate is not None:
        apart = common.coefficient * (users.covariate - common.covariate)
        mean -= float(apart.mean())
        influence = influence - (apart - apart.mean())
    _, place = np.unique(units, return_inverse=True)
    sums = np.bincount(place, weights=influence)
    shares = np.bincount(place, weights=users.denominators) / total
    left = np.maximum(1 - shares, _WHOLE)
    square = float((sums * sums / left).sum()) / (count * count)
    freedom = 1 / float((shares * shares).sum()) - 1
    return _Side(mean, square, max(freedom, _WHOLE))


def unit_count(units: NDArray[np.int64], weights: Floats | None) -> int:
    """Units with a user behind the measure.

    Args:
        units: (users) number of each one's unit.
        weights: (users) denominators; None: everybody counts.
    """
    return len(np.unique(units if weights is None else units[weights > 0]))
