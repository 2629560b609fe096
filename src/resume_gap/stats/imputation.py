"""A staggered roll-out by imputation (Borusyak, Jaravel and Spiess 2024), with own lines.

Periods not yet launched tell what a unit would have been: its own level, its own line, and what
all units have in common in each period. The effect is what was measured after a launch less that,
averaged over the launched periods by their weights. Units keep their figures and are dealt each
other's launch dates: p is the rank of the effect among those of random orders, and its interval
holds the constant effects that the orders do not reject.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import (
    ALPHA,
    ROLLOUT_CELLS,
    ROLLOUT_DRAWS,
    ROLLOUT_DRAWS_LEAST,
    ROLLOUT_LEADS,
    ROLLOUT_PERIODS,
    ROLLOUT_UNITS,
)
from resume_gap.stats.before_launch import BeforeLaunch, before_launch
from resume_gap.stats.imputed import (
    TIE,
    Floats,
    Order,
    Panel,
    imputed,
    known,
    periods_before,
    rank,
)

_LEAST_BEFORE = 4  # periods left to tell a line when leads are looked at


class RelativePeriod(NamedTuple):
    """The effect so many periods after the launch, or before it.

    Attributes:
        period: 0: the first launched one; below 0: before the launch, expected to show nothing.
        estimate: Seconds, as measured minus imputed.
        ci_lower: Lower limit of what random orders do not reject; None without p.
        ci_upper: The upper one.
    """

    period: int
    estimate: float
    ci_lower: float | None
    ci_upper: float | None


class RolloutEffect(NamedTuple):
    """What followed the launches beyond what was expected.

    Attributes:
        estimate: Seconds, measured minus imputed; NaN: no figure, `reason` says why.
        ci_lower: Lower limit of the constant effects that random orders do not reject; None
            without p.
        ci_upper: The upper one.
        p: Rank among random orders of the launches, two-sided; None: none is due.
        permutations: Orders drawn.
        least_p: The smallest p that they, or all orders there are, could give; None without p.
        units: Units that take part.
        treated_units: Of these, launched within the panel.
        left_out: Units without periods enough before their launch.
        leads: Relative periods below 0, as if the launches had been earlier.
        lags: Relative periods from 0 on.
        reason: Empty; or `short_history`, `no_units_after`, `no_comparison` (no figure), or
            `all_launched`, `few_units`, `few_orders` (no p).
    """

    estimate: float
    ci_lower: float | None
    ci_upper: float | None
    p: float | None
    permutations: int
    least_p: float | None
    units: int
    treated_units: int
    left_out: int
    leads: tuple[RelativePeriod, ...]
    lags: tuple[RelativePeriod, ...]
    reason: str
    measured: float = math.nan
    """Mean seconds of the launched cells behind the estimate, by the same weights."""
    before: BeforeLaunch | None = None
    """The periods right before the launches; None without p, or where they are not wanted."""


def staggered(
    panel: Floats,
    weights: Floats | None,
    launched: Order,
    *,
    lines: bool = True,
    seed: int,
    draws: int | None = None,
    periods_too: bool = True,
) -> RolloutEffect:
    """The effect of launches at different times.

    Args:
        panel: (units, periods) mean seconds; NaN: nothing measured.
        weights: (units, periods) returns behind each mean, which weighs their square root: between
            all units alike and all returns alike, of which one is wide and the other lets few
            large units decide; None: all alike.
        launched: (units) index of the first launched period; periods or more: never.
        lines: Whether each unit has its own line; without, only its own level.
        seed: Of the orders drawn.
        draws: How many of them; by default as many as the units allow, at most ROLLOUT_DRAWS.
        periods_too: Whether leads and lags are wanted; without them it is quicker.

    Returns:
        The average effect over the launched periods that can be imputed.
    """
    whole, left_out = taking_part(panel, weights, launched, lines=lines)
    launched = whole.launched
    units, periods = whole.values.shape
    treated = int((launched < periods).sum())
    reason = _no_figure(whole, treated)
    if reason:
        return _nothing(units, treated, left_out, reason)
    drawn = _draws(units) if draws is None else draws
    least = max(1 / (drawn + 1), math.exp(-_log_orders(launched)))
    reason = _no_p(units, treated, least)
    orders = np.vstack([launched, _orders(launched, 0 if reason else drawn, seed)])
    whole = whole._replace(weights=whole.weights * known(whole))
    effects = imputed(whole, orders, lines=lines, periods_too=False).effects
    estimate = float(effects[0, 0])
    if math.isnan(estimate):
        return _nothing(units, treated, left_out, "no_comparison")
    lower, upper = (None, None) if reason else _accepted(estimate, effects[1:])
    rest = _without(whole, estimate)
    leads, lags = _by_period(rest, orders, estimate, lines=lines) if periods_too else ((), ())
    return RolloutEffect(
        estimate=estimate,
        ci_lower=lower,
        ci_upper=upper,
        p=None if reason else rank(estimate, effects[1:, 0]),
        permutations=len(orders) - 1,
        least_p=None if reason else least,
        units=units,
        treated_units=treated,
        left_out=left_out,
        leads=leads,
        lags=lags,
        reason=reason,
        measured=_measured(whole),
        before=before_launch(rest, orders, lines=lines) if periods_too and not reason else None,
    )


def _draws(units: int) -> int:
    """Orders drawn for so many units; many of them take long, and need no finer p."""
    return int(
        np.clip(ROLLOUT_CELLS.value // units, ROLLOUT_DRAWS_LEAST.value, ROLLOUT_DRAWS.value)
    )


def _after(whole: Panel) -> NDArray[np.bool_]:
    """(units, periods) which are launched."""
    return np.asarray(np.arange(whole.values.shape[1]) >= whole.launched[:, None])


def _without(whole: Panel, estimate: float) -> Panel:
    """The panel without the effect, as random orders are to see it."""
    return whole._replace(values=whole.values - np.where(_after(whole), estimate, 0.0))


def _measured(whole: Panel) -> float:
    after = _after(whole)
    return float(np.average(whole.values[after], weights=whole.weights[after]))


def taking_part(
    panel: Floats, weights: Floats | None, launched: Order, *, lines: bool
) -> tuple[Panel, int]:
    """The units with periods enough before their launch, and how many have not.

    Args:
        panel: (units, periods) mean seconds; NaN: nothing measured.
        weights: (units, periods) returns behind each mean; None: all alike.
        launched: (units) index of the first launched period.
        lines: Whether eight periods are needed for a line, or one for a level.
    """
    there = np.isfinite(panel)
    weighed = np.where(there, 1.0 if weights is None else np.sqrt(weights), 0.0)
    there &= weighed > 0
    dates = np.clip(launched, 0, panel.shape[1])
    least = ROLLOUT_PERIODS.value if lines else 1
    used = periods_before(there, dates) >= least
    values = np.where(there, panel, 0.0)
    whole = Panel(values[used], weighed[used], dates[used])
    return whole, int((~used).sum())


def _no_figure(whole: Panel, treated: int) -> str:
    if not len(whole.values):
        return "short_history"
    if not treated:
        return "no_units_after"
    after = _after(whole)
    return "" if bool((whole.weights[after] > 0).any()) else "no_units_after"


def _no_p(units: int, treated: int, least: float) -> str:
    if treated == units:
        return "all_launched"
    if units < ROLLOUT_UNITS.value:
        return "few_units"
    return "few_orders" if least > ALPHA.value else ""


def _nothing(units: int, treated: int, left_out: int, reason: str) -> RolloutEffect:
    return RolloutEffect(
        math.nan, None, None, None, 0, None, units, treated, left_out, (), (), reason
    )


def _log_orders(launched: Order) -> float:
    """The logarithm of how many orders of the launches there are."""
    _, sizes = np.unique(launched, return_counts=True)
    return math.lgamma(len(launched) + 1) - sum(math.lgamma(n + 1) for n in sizes.tolist())


def _orders(launched: Order, draws: int, seed: int) -> Order:
    """(draws, units) the launches, dealt anew to the units."""
    draw = np.random.default_rng(seed)
    return draw.permuted(np.tile(launched, (draws, 1)), axis=1)


def _accepted(estimate: float, dealt: Floats) -> tuple[float, float]:
    """The limits of the constant effects that have a p above 0.05.

    An order rejects no effect d with |its own - d x share| >= |estimate - d|, which is an interval
    around the estimate; its ends are sorted.

    Args:
        estimate: Of the order found, to which a constant effect adds itself.
        dealt: (orders, 2) the effect of each, and what a constant effect of 1 adds to it.
    """
    own, share = dealt[:, 0], dealt[:, 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        one = (estimate - own) / (1 - share)
        other = (estimate + own) / (1 + share)
    same = ~(np.abs(share) < 1 - TIE)  # it accepts whatever the order found does
    lower = np.where(same, -np.inf, np.minimum(one, other))
    upper = np.where(same, np.inf, np.maximum(one, other))
    needed = math.floor(round(ALPHA.value * (len(own) + 1), 9))
    return float(np.sort(lower)[needed - 1]), float(np.sort(upper)[-needed])


def _by_period(
    rest: Panel, orders: Order, estimate: float, *, lines: bool
) -> tuple[tuple[RelativePeriod, ...], tuple[RelativePeriod, ...]]:
    """Leads and lags.

    Leads are imputed as if the launches had been some periods earlier, as many as leave four
    periods of every unit to tell its line; they show nothing where units are alike up to their
    launch.

    Args:
        rest: The panel without the effect.
        orders: (orders, units) that of the panel, and random ones.
        estimate: Seconds, of the effect.
        lines: Whether each unit has its own line.
    """
    lags = imputed(rest, orders, lines=lines).by_period
    leads: tuple[RelativePeriod, ...] = ()
    back = min(int(ROLLOUT_LEADS.value), int(rest.launched.min()) - _LEAST_BEFORE)
    if back > 0:
        before = imputed(rest, orders, back=back, lines=lines).by_period[:, :back]
        leads = _relative(before[0], before[1:], -back)
    return leads, _relative(lags[0] + estimate, lags[1:], 0)


def _relative(found: Floats, dealt: Floats, first: int) -> tuple[RelativePeriod, ...]:
    """The periods that have an effect, with what random orders do not reject."""
    rows = []
    for i in np.flatnonzero(np.isfinite(found)).tolist():
        others = np.sort(np.abs(dealt[:, i][np.isfinite(dealt[:, i])]))
        allowed = math.floor(round(ALPHA.value * (len(others) + 1), 9)) - 1
        half = float(others[-1 - allowed]) if allowed >= 0 else None
        value = float(found[i])
        ends = (None, None) if half is None else (value - half, value + half)
        rows.append(RelativePeriod(first + i, value, *ends))
    return tuple(rows)
