"""What units would have been after their launch, from the periods of all before theirs."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Order = NDArray[np.int64]
TIE = 1e-9
"""Effects of two orders this close, relative to one of them, are equal."""
_NONE = 1e-9  # of a period's weight: below, nothing is left of it
_CELLS = 1_000_000  # at once; what is held stays small
_SUMS = 4_000_000  # of all orders that are solved at once
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
            NaN where no cell is looked at, or one that cannot be imputed.
        by_period: (orders, periods) the first of them by periods since the cells begin; empty
            where it was not asked for.
    """

    effects: Floats
    by_period: Floats


class _Sums(NamedTuple):
    """What units add up to in each order: the normal equations, and what is linear in them."""

    system: Floats  # (orders, periods, periods)
    sums: Floats  # (orders, periods, 2)
    effects: Floats  # (orders, 2) with nothing in common between the units
    shares: Floats  # (orders, periods) by which what is in common moves the effects
    telling: Floats  # (orders, periods) weights of the cells that tell
    counted: Floats  # (orders, periods) weights of the cells that are looked at
    since: Floats  # (orders, periods) effects by periods since the begin, nothing in common
    mass: Floats  # (orders, periods) weights of those cells
    moved: Floats  # (orders, periods, periods) by which what is in common moves them


def rank(estimate: float, dealt: Floats) -> float:
    """(1 + orders at least as far from 0) / (orders + 1).

    Args:
        estimate: Of the order found.
        dealt: (orders) of the random ones; NaN is as far as can be.
    """
    beyond = ~(np.abs(dealt) < abs(estimate) * (1 - TIE))
    return (1 + int(beyond.sum())) / (len(dealt) + 1)


def periods_before(there: NDArray[np.bool_], launched: Order) -> Order:
    """(units) periods measured before each one's launch.

    Args:
        there: (units, periods) what was measured.
        launched: (units) index of the first launched period.
    """
    return (there & (np.arange(there.shape[1]) < launched[:, None])).sum(axis=1)


def known(panel: Panel) -> NDArray[np.bool_]:
    """(periods) which tell what all units have in common: those with a cell before its launch."""
    before = np.arange(panel.values.shape[1]) < panel.launched[:, None]
    return np.asarray((panel.weights * before).sum(axis=0) > 0)


def imputed(
    panel: Panel, orders: Order, *, back: int = 0, lines: bool, periods_too: bool = True
) -> Imputed:
    """Fit by weighted least squares to the cells before a launch; look at those after it.

    Args:
        panel: All units, each with cells before its launch.
        orders: (orders, units) launches as in the panel, dealt to the units.
        back: 0; or so many periods before each launch are looked at instead, and do not tell.
        lines: Whether each unit has its own line; without, only its own level.
        periods_too: Whether effects are wanted by period as well.
    """
    periods = panel.values.shape[1]
    if not len(orders):
        return Imputed(np.zeros((0, 2)), np.zeros((0, periods)))
    sizes = _sizes(periods, periods_too=periods_too)
    most = max(1, _SUMS // sum(sizes))
    if len(orders) > most:
        parts = [
            imputed(panel, orders[i : i + most], back=back, lines=lines, periods_too=periods_too)
            for i in range(0, len(orders), most)
        ]
        return Imputed(*map(np.concatenate, zip(*parts, strict=True)))
    dates, codes = np.unique(orders, return_inverse=True)
    codes = codes.reshape(orders.shape)
    whole = np.zeros((len(orders), sum(sizes)))
    together = max(1, _CELLS // (len(dates) * sum(sizes)))
    for first in range(0, len(panel.values), together):
        block = slice(first, first + together)
        some = Panel(panel.values[block], panel.weights[block], panel.launched[block])
        adds = _adds(some, dates, back=back, lines=lines, periods_too=periods_too)
        for unit, rows in enumerate(adds, first):
            whole += rows[codes[:, unit]]
    summed = _split(whole, sizes)
    common = _common(summed, lines=lines)
    unknown = ((summed.telling <= 0) & (summed.counted > 0)).any(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        effects = summed.effects - np.einsum("ot,otr->or", summed.shares, common)
        effects /= summed.counted.sum(axis=1, keepdims=True)
        by_period = summed.since - np.einsum("ort,ot->or", summed.moved, common[..., 0])
        by_period /= summed.mass
    effects[unknown] = np.nan
    by_period[unknown] = np.nan
    return Imputed(effects, by_period)


def _adds(some: Panel, dates: Order, *, back: int, lines: bool, periods_too: bool) -> Floats:
    """(units, dates, sums) what each unit adds to an order that gives it a date."""
    units, periods = some.values.shape
    at = np.arange(periods)
    never = dates >= periods
    begins = np.where(never, periods, dates - back)
    ends = np.where(never | (back == 0), periods, dates)
    before = at < begins[:, None]
    telling = some.weights[:, None] * before
    counted = some.weights[:, None] * (~before & (at < ends[:, None]))
    launched = (at >= some.launched[:, None]).astype(np.float64)
    outcomes = np.stack([some.values, launched], axis=-1)[:, None]  # units, 1, periods, 2
    shapes = _shapes(telling, lines=lines)  # units, dates, kinds, periods
    held = shapes * telling[:, :, None]
    own = held @ outcomes
    reach = shapes * counted[:, :, None]
    sums = telling[..., None] * outcomes - held.swapaxes(2, 3) @ own
    effects = counted[:, :, None] @ outcomes - reach.sum(axis=3)[:, :, None] @ own
    shares = counted[:, :, None] - reach.sum(axis=3)[:, :, None] @ held
    system = -(held.swapaxes(2, 3) @ held)
    system[:, :, at, at] += telling
    parts = [system, sums, effects, shares, telling, counted]
    if periods_too:
        shifted = np.minimum(begins[:, None] + at, periods)  # dates, periods since the begin
        since = counted * some.values[:, None] - (reach * own[..., :1]).sum(axis=2)
        moved = -(reach.swapaxes(2, 3) @ held)
        moved[:, :, at, at] += counted
        parts += [_since(part, shifted) for part in (since, counted, moved)]
    return np.concatenate([part.reshape(units, len(dates), -1) for part in parts], axis=2)


def _since(cells: Floats, shifted: Order) -> Floats:
    """Cells by periods since the begin of each date, in place of by period; 0 after the last."""
    beyond = np.concatenate([cells, np.zeros_like(cells[:, :, :1])], axis=2)
    return np.stack([beyond[:, date, rows] for date, rows in enumerate(shifted)], axis=1)


def _sizes(periods: int, *, periods_too: bool) -> tuple[int, ...]:
    """How many columns each of `_Sums` has."""
    square, path = periods * periods, periods if periods_too else 0
    return (square, 2 * periods, 2, periods, periods, periods, path, path, path * periods)


def _split(whole: Floats, sizes: tuple[int, ...]) -> _Sums:
    """The sums, which stand side by side."""
    system, sums, effects, shares, telling, counted, since, mass, moved = np.split(
        whole, np.cumsum(sizes)[:-1], axis=1
    )
    orders, periods = shares.shape
    return _Sums(
        system.reshape(orders, periods, periods),
        sums.reshape(orders, periods, 2),
        effects,
        shares,
        telling,
        counted,
        since,
        mass,
        moved.reshape(orders, since.shape[1], periods),
    )


def _shapes(weights: Floats, *, lines: bool) -> Floats:
    """(..., 1 or 2, periods) level and line, orthonormal over the weights of each row.

    With one period there is a level only, with none neither.
    """
    at = np.arange(weights.shape[-1]) - weights.shape[-1] / 2
    mass = weights.sum(axis=-1, keepdims=True)
    safe = np.where(mass > 0, mass, 1.0)
    level: Floats = np.where(mass > 0, 1 / np.sqrt(safe), 0.0)
    levels = np.broadcast_to(level, weights.shape)
    if not lines:
        return levels[..., None, :]
    apart = at - (weights @ at)[..., None] / safe
    spread = (weights * apart**2).sum(axis=-1, keepdims=True)
    moves = spread > _NONE * mass
    sloped: Floats = np.where(moves, apart / np.sqrt(np.where(moves, spread, 1.0)), 0.0)
    return np.stack([levels, sloped], axis=-2)


def _common(summed: _Sums, *, lines: bool) -> Floats:
    """(orders, periods, outcomes) what all units have in common in each period.

    A level, and with lines a slope, can move between units and periods without changing what is
    imputed; here the periods have none.
    """
    scale = summed.telling.max(axis=1, keepdims=True)
    shown = summed.telling > 0
    at = np.arange(shown.shape[1])
    system = summed.system.copy()
    system[:, at, at] += np.where(shown, _PULL * scale, scale)
    free = _shapes(shown.astype(np.float64), lines=lines) * shown[:, None]
    system += scale[..., None] * (free.transpose(0, 2, 1) @ free)
    return np.linalg.solve(system, summed.sums).astype(np.float64, copy=False)
