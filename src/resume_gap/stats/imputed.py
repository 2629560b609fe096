"""What units would have been after their launch, from the periods of all before theirs."""

from collections.abc import Iterable
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
            NaN where no cell is looked at, or one that cannot be imputed.
        by_period: (orders, periods) the first of them by periods since the cells begin; empty
            where it was not asked for.
    """

    effects: Floats
    by_period: Floats


class _Unit(NamedTuple):
    """One unit at each date that an order may give it, and what it adds to the sums of an order.

    Attributes:
        values: (periods, 2) outcomes: what was measured, and 1 in the periods launched in truth.
        shapes: (dates, kinds, periods) its level and line, orthonormal over the cells that tell.
        held: (dates, kinds, periods) the same by the weights of those cells.
        own: (dates, kinds, 2) the outcomes' share of each, without what all units share.
        counted: (dates, periods) weights of the cells that are looked at.
        adds: (dates, sums) in the order of `_Sums`.
    """

    values: Floats
    shapes: Floats
    held: Floats
    own: Floats
    counted: Floats
    adds: Floats


class _Sums(NamedTuple):
    """What units add up to in each order: the normal equations, and what is linear in them."""

    system: Floats  # (orders, periods, periods)
    sums: Floats  # (orders, periods, 2)
    effects: Floats  # (orders, 2) with nothing in common between the units
    shares: Floats  # (orders, periods) by which what is in common moves the effects
    telling: Floats  # (orders, periods) weights of the cells that tell
    counted: Floats  # (orders, periods) weights of the cells that are looked at


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
    if not len(orders):
        return Imputed(np.zeros((0, 2)), np.zeros((0, panel.values.shape[1])))
    dates, codes = np.unique(orders, return_inverse=True)
    codes = codes.reshape(orders.shape)
    rows = list(zip(*panel, strict=True))
    whole = np.zeros(())
    for unit, row in enumerate(rows):
        whole = whole + _unit(*row, dates, back=back, lines=lines).adds[codes[:, unit]]
    summed = _split(whole, panel.values.shape[1])
    common = _common(summed, lines=lines)
    unknown = ((summed.telling <= 0) & (summed.counted > 0)).any(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        effects = summed.effects - np.einsum("ot,otr->or", summed.shares, common)
        effects /= summed.counted.sum(axis=1, keepdims=True)
    effects[unknown] = np.nan
    by_period = np.zeros((len(orders), 0))
    if periods_too:
        parts = (_unit(*row, dates, back=back, lines=lines) for row in rows)
        by_period = _by_period(parts, codes, dates - back, common[..., 0])
        by_period[unknown] = np.nan
    return Imputed(effects, by_period)


def _unit(
    values: Floats, weights: Floats, launch: int, dates: Order, *, back: int, lines: bool
) -> _Unit:
    """Everything of a unit that an order's date decides."""
    periods = len(values)
    at = np.arange(periods)
    never = dates >= periods
    begins = np.where(never, periods, dates - back)[:, None]
    ends = np.where(never | (back == 0), periods, dates)[:, None]
    telling = np.where(at < begins, weights, 0.0)
    counted = np.where((at >= begins) & (at < ends), weights, 0.0)
    outcomes = np.column_stack([values, at >= launch]).astype(np.float64)
    shapes = _shapes(telling, lines=lines)
    held = shapes * telling[:, None]
    own = held @ outcomes
    reach = np.einsum("gkt,gt->gk", shapes, counted)
    sums = telling[..., None] * outcomes - np.einsum("gkt,gkr->gtr", held, own)
    effects = counted @ outcomes - np.einsum("gk,gkr->gr", reach, own)
    shares = counted - np.einsum("gk,gkt->gt", reach, held)
    system = -(held.transpose(0, 2, 1) @ held)
    system[:, at, at] += telling
    flat = [part.reshape(len(dates), -1) for part in (system, sums, effects, shares)]
    return _Unit(outcomes, shapes, held, own, counted, np.hstack([*flat, telling, counted]))


def _split(whole: Floats, periods: int) -> _Sums:
    """The sums, which stand side by side."""
    ends = np.cumsum([periods * periods, 2 * periods, 2, periods, periods])
    system, sums, effects, shares, telling, counted = np.split(whole, ends, axis=1)
    orders = len(whole)
    return _Sums(
        system.reshape(orders, periods, periods),
        sums.reshape(orders, periods, 2),
        effects,
        shares,
        telling,
        counted,
    )


def _shapes(weights: Floats, *, lines: bool) -> Floats:
    """(rows, 1 or 2, periods) level and line, orthonormal over the weights of each row.

    With one period there is a level only, with none neither.
    """
    at = np.arange(weights.shape[1]) - weights.shape[1] / 2
    mass = weights.sum(axis=1, keepdims=True)
    safe = np.where(mass > 0, mass, 1.0)
    level: Floats = np.where(mass > 0, 1 / np.sqrt(safe), 0.0)
    levels = np.broadcast_to(level, weights.shape)
    if not lines:
        return levels[:, None]
    apart = at - (weights @ at)[:, None] / safe
    spread = (weights * apart**2).sum(axis=1, keepdims=True)
    moves = spread > _NONE * mass
    sloped: Floats = np.where(moves, apart / np.sqrt(np.where(moves, spread, 1.0)), 0.0)
    return np.stack([levels, sloped], axis=1)


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


def _by_period(parts: Iterable[_Unit], codes: Order, begins: Order, common: Floats) -> Floats:
    """(orders, periods) weighted means by periods since the begin; NaN where there is no cell."""
    periods = common.shape[1]
    summed, mass = np.zeros_like(common), np.zeros_like(common)
    for unit, part in enumerate(parts):
        for code, begin in enumerate(begins.tolist()):
            rows = np.flatnonzero(codes[:, unit] == code)
            weights = part.counted[code, begin:]
            if not len(rows) or not weights.any():
                continue
            own = part.own[code, :, 0] - common[rows] @ part.held[code].T
            apart = part.values[begin:, 0] - common[rows, begin:]
            apart -= own @ part.shapes[code][:, begin:]
            summed[rows, : periods - begin] += weights * apart
            mass[rows, : periods - begin] += weights
    with np.errstate(invalid="ignore", divide="ignore"):
        means: Floats = summed / mass
    return means
