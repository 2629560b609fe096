"""Mean and variance of an arm from sums over its users, for one arm or for many at once.

A mean of users is a ratio of sums with denominators 1, so there is one formula. With r = sum y /
sum n, the influence of a user is a = (y - r n) / mean n; a covariate takes away c (x - mean x).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Users:
    """Per-user figures; arrays of shape (users)."""

    numerators: Floats
    denominators: Floats
    """1 for a mean of users."""
    covariate: Floats | None


@dataclass(frozen=True, slots=True)
class Center:
    """What both arms together say; the same however users are dealt to arms."""

    ratio: float
    """sum y / sum n."""
    covariate: float
    """Mean of x; 0 without a covariate."""
    coefficient: float
    """c, CUPED's; 0 without a covariate."""
    plain: bool
    """Whether all denominators are 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """The measure of an arm's users and the square of its error; shape () or (draws)."""

    mean: Floats
    variance: Floats


def together(control: Users, treatment: Users) -> Users:
    """The users of both arms, control first; a covariate only where both have one."""
    covariate = None
    if control.covariate is not None and treatment.covariate is not None:
        covariate = np.concatenate([control.covariate, treatment.covariate])
    return Users(
        np.concatenate([control.numerators, treatment.numerators]),
        np.concatenate([control.denominators, treatment.denominators]),
        covariate,
    )


def center(users: Users) -> Center:
    """Ratio, mean covariate and CUPED's coefficient over both arms together.

    c = cov(a, x) / var(x) with the influences a of the ratio (Deng et al. 2013, Deng, Knoblich
    and Lu 2018), as tea-tasting takes it; blind to arms.

    Args:
        users: Of both arms; the denominators sum to more than 0.
    """
    plain = bool((users.denominators == 1).all())
    ratio = float(users.numerators.sum() / users.denominators.sum())
    if users.covariate is None:
        return Center(ratio, 0.0, 0.0, plain)
    mean = float(users.covariate.mean())
    apart = users.covariate - mean
    spread = float((apart * apart).sum())
    influence = (users.numerators - ratio * users.denominators) / users.denominators.mean()
    coefficient = float((influence * apart).sum()) / spread if spread > 0 else 0.0
    return Center(ratio, mean, coefficient, plain)


def columns(users: Users, common: Center) -> Floats:
    """(users, 5 or 9) the products whose sums over an arm give its moments.

    With z = y - ratio n and v = c (x - mean): z, n, zz, zn, nn and, with a covariate, v, vv, vz,
    vn. Centered by what both arms share, so that nothing cancels.
    """
    n = users.denominators
    z = users.numerators - common.ratio * n
    if users.covariate is None:
        return np.stack([z, n, z * z, z * n, n * n], axis=1)
    v = common.coefficient * (users.covariate - common.covariate)
    if common.plain:  # a mean of users: the covariate's part goes from each value
        z = z - v
        return np.stack([z, n, z * z, z * n, n * n], axis=1)
    return np.stack([z, n, z * z, z * n, n * n, v, v * v, v * z, v * n], axis=1)


def moments(sums: Floats, users: int, common: Center) -> Moments:
    """The measure of an arm and its squared error, factor G / (G - 1) over its G users.

    Args:
        sums: (5 or 9) or (draws, 5 or 9) sums of `columns` over the arm's users.
        users: Their number G, at least 2.
        common: What the columns are centered by.

    Returns:
        Not finite where the denominators of an arm sum to 0.
    """
    z, n, zz, zn, nn = (sums[..., i] for i in range(5))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio, per_user = z / n, n / users
        square = (zz - 2 * ratio * zn + ratio * ratio * nn) / (per_user * per_user)
        mean = common.ratio + ratio
        if sums.shape[-1] > 5:
            v, vv, vz, vn = (sums[..., i] for i in range(5, 9))
            mean = mean - v / users
            square += vv - v * v / users - 2 * (vz - ratio * vn) / per_user
    return Moments(mean, np.maximum(square, 0.0) / (users - 1) / users)
