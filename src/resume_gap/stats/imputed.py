"""What units would have been after their launch, from the periods of all before theirs."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Order = NDArray[np.int64]
_NONE = 1e-9  # of a period's weight: below, nothing is left of it
_PULL = 1e-11  # on what the panel cannot tell, towards 0


class Panel(NamedTuple):
    """Units by periods.

    Attributes:
        values: (units, periods) mean seconds; 0 where nothing was measured.
        weights: (units, periods) what each mean weighs; 0 where nothing was measured.
        launched: (units) index of the first launched period; `periods`: never.
    """

    values: Floats
    weights: Floats
    launched: Order


class Imputed(NamedTuple):
    """Effects for several orders of the launches.

    Attributes:
        effects: (orders, 2) seconds measured less imputed, averaged by weight over the cells that
            are looked at; the same for a panel of 0 that is 1 in the periods launched in truth.
            NaN where no cell can be imputed.
        by_period: (orders, periods) the first of them by periods since the cells begin.
    """

    effects: Floats
    by_period: Floats


def periods_before(there: NDArray[np.bool_], launched: Order) -> Order:
    """(units) periods measured before each one's launch."""
    return (there & (np.arange(there.shape[1]) < launched[:, None])).sum(axis=1)


def imputed(panel: Panel, begins: Order, ends: Order, *, lines: bool) -> Imputed:
    """Fit by weighted least squares to the cells before `begins`; look at those before `ends`.

    Args:
        panel: All units, each with cells before its begin.
        begins: (orders, units) first period that does not tell what a unit would have been.
        ends: (orders, units) first period that is not looked at.
        lines: Whether each unit has its own line; without, only its own level.

    Returns:
        Cells count whose period is known from other units' cells.
    """
    at = np.arange(panel.values.shape[1])
    weights = np.where(at < begins[:, :, None], panel.weights, 0.0)
    true = (at >= panel.launched[:, None]) & (panel.weights > 0)
    outcomes = np.stack([panel.values, true.astype(np.float64)])
    shapes = _shapes(weights, lines=lines)
    held = weights[:, None] * shapes
    shown = np.einsum("okut,rut->okur", held, outcomes, optimize=True)
    sums = np.einsum("out,rut->otr", weights, outcomes, optimize=True)
    sums -= np.einsum("okut,okur->otr", held, shown, optimize=True)
    in_all = weights.sum(axis=1)
    common = _common(in_all, held, sums, lines=lines)
    shown -= np.einsum("okut,otr->okur", held, common, optimize=True)

    known = in_all > _NONE * in_all.max(axis=1, keepdims=True)
    looked = (at >= begins[:, :, None]) & (at < ends[:, :, None]) & known[:, None, :]
    counted = np.where(looked, panel.weights, 0.0)
    left = np.einsum("out,rut->or", counted, outcomes, optimize=True)
    left -= np.einsum("out,otr->or", counted, common, optimize=True)
    left -= np.einsum("out,okut,okur->or", counted, shapes, shown, optimize=True)
    whole = counted.sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        effects = left / whole[:, None]
    apart = panel.values - common[:, None, :, 0]
    apart -= np.einsum("okut,oku->out", shapes, shown[..., 0], optimize=True)
    return Imputed(effects, _by_period(apart * counted, counted, begins))


def _shapes(weights: Floats, *, lines: bool) -> Floats:
    """(orders, 1 or 2, units, periods) level and line, orthonormal over the weights of each unit.

    A unit with one cell has a level only, one without any has none.
    """
    at = np.arange(weights.shape[2]) - weights.shape[2] / 2
    mass = weights.sum(axis=2, keepdims=True)
    mean = (weights @ at)[..., None] / np.where(mass > 0, mass, 1.0)
    apart = at - mean
    spread = np.einsum("out,out->ou", weights, apart**2)[..., None]
    level: Floats = np.where(mass > 0, 1 / np.sqrt(np.where(mass > 0, mass, 1.0)), 0.0)
    levels = np.broadcast_to(level, weights.shape)
    if not lines:
        return levels[:, None]
    moves = spread > _NONE * mass
    sloped: Floats = np.where(moves, apart / np.sqrt(np.where(moves, spread, 1.0)), 0.0)
    return np.stack([levels, sloped], axis=1)


def _common(in_all: Floats, held: Floats, sums: Floats, *, lines: bool) -> Floats:
    """(orders, periods, outcomes) what all units have in common in each period.

    A level, and with lines a slope, can move between units and periods without changing what is
    imputed; here the periods have none.
    """
    orders, kinds, units, periods = held.shape
    flat = held.reshape(orders, kinds * units, periods)
    system = -(flat.transpose(0, 2, 1) @ flat)
    scale = in_all.max(axis=1)
    known = in_all > _NONE * scale[:, None]
    at = np.arange(periods)
    system[:, at, at] += np.where(known, in_all, scale[:, None]) + _PULL * scale[:, None]
    free = _shapes(known[:, None, :].astype(np.float64), lines=lines)[:, :, 0] * known[:, None, :]
    system += scale[:, None, None] * (free.transpose(0, 2, 1) @ free)
    return np.linalg.solve(system, sums).astype(np.float64, copy=False)


def _by_period(effects: Floats, weights: Floats, begins: Order) -> Floats:
    """(orders, periods) weighted means by periods since the begin; NaN where there is no cell."""
    orders, _, periods = effects.shape
    since = np.arange(periods) - begins[:, :, None]
    place = np.arange(orders)[:, None, None] * periods + since
    inside = weights > 0
    size = orders * periods
    summed = np.bincount(place[inside], effects[inside], minlength=size)
    mass = np.bincount(place[inside], weights[inside], minlength=size)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (summed / mass).reshape(orders, periods)
