"""Gates of a staggered roll-out (sections 8 and 10): units launched one after the other."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from benchmarks.calibration.gates import (
    Band,
    Experiment,
    Family,
    Figure,
    Gate,
    Record,
    Records,
    mean,
    percent,
    share,
)
from resume_gap.stats.imputation import RolloutEffect, staggered
from resume_gap.stats.imputed import Floats, Order

_BATCH: Final = 100
_ALPHA: Final = 0.05
_WEEKS: Final = 20
_FIRST: Final = 9
"""Weeks before anybody is launched, and one."""
_DRAWS: Final = 99
"""Orders behind a p; more change nothing about how often it is at most 0.05."""
_EFFECT: Final = -8.0


# --- what is drawn ---


def draw_rollouts(
    seed: int,
    replications: int,
    *,
    units: int,
    growing: bool,
    bend: bool = False,
    varied: bool = False,
    missing: float = 0.05,
    plain: bool = False,
    leads: bool = False,
) -> list[Record]:
    """Roll-outs over weeks; a third of the units is never launched.

    Args:
        seed: of the batch.
        replications: roll-outs.
        units: customers.
        growing: whether those are launched first whose measure rises fastest; else in any order.
        bend: whether they rise in a curve rather than on a line.
        varied: whether the planted effect differs between units and grows with time.
        missing: share of weeks of a unit without a return.
        plain: whether units without a line of their own are looked at, too.
        leads: whether the periods before the launches are.
    """
    records = []
    for world in range(replications):
        draw = np.random.default_rng([seed, world])
        panel, returns, launched = _panel(draw, units, growing=growing, bend=bend)
        panel[draw.random(panel.shape) < missing] = np.nan
        since = np.arange(_WEEKS) - launched[:, None]
        effect = _EFFECT * np.ones_like(panel)
        if varied:
            effect *= 1 + 0.5 * draw.normal(size=(units, 1)) + 0.05 * (since - 3)
        planted = panel + np.where(since >= 0, effect, 0.0)
        found = _judged(panel, returns, launched, world, leads=leads)
        other = _judged(planted, returns, launched, world)
        truth = _truth(effect, panel, returns, since >= 0)
        record: Record = {
            "alarm": _says(found),
            "found": _says(other),
            "covered": _holds(other, truth),
            "width": round((other.ci_upper or 0.0) - (other.ci_lower or 0.0), 6),
            "off": round(other.estimate - truth, 6),
        }
        if leads:
            record["lead"] = any(
                row.ci_lower is not None
                and row.ci_upper is not None
                and not row.ci_lower <= 0 <= row.ci_upper
                for row in found.leads[-1:]
            )
        if plain:
            alone = staggered(
                panel, returns, launched, lines=False, seed=world, draws=_DRAWS, periods_too=False
            )
            record["plain"] = _says(alone)
        records.append(record)
    return records


def _panel(
    draw: np.random.Generator, units: int, *, growing: bool, bend: bool
) -> tuple[Floats, Floats, Order]:
    """(units, weeks) mean seconds and returns, and the launches."""
    weeks = np.arange(_WEEKS)
    rises = draw.normal(0.0, 0.6, units)
    size = np.exp(draw.normal(3.5, 1.0, units))  # users differ, customers more so
    expected = size[:, None] * np.exp(0.05 * rises[:, None] * weeks)
    returns = np.maximum(1, draw.poisson(expected)).astype(np.float64)
    curve = 4.0 * np.sqrt(weeks) if bend else weeks
    panel = draw.normal(60.0, 12.0, (units, 1)) + rises[:, None] * curve
    panel += np.cumsum(draw.normal(0.0, 1.0, _WEEKS))  # all units together
    weather = draw.normal(size=panel.shape)
    for week in range(1, _WEEKS):
        weather[:, week] = 0.4 * weather[:, week - 1] + 0.9 * weather[:, week]
    panel += 2.0 * weather + 30.0 * draw.normal(size=panel.shape) / np.sqrt(returns)
    never = units // 3
    dates = np.append(
        np.sort(draw.integers(_FIRST, _WEEKS - 3, units - never)), np.full(never, _WEEKS)
    )
    if not growing:
        return panel, returns, draw.permutation(dates)
    launched = np.empty(units, dtype=np.int64)
    launched[np.argsort(-(rises + 0.2 * draw.normal(size=units)))] = dates
    return panel, returns, launched


def _judged(
    panel: Floats, returns: Floats, launched: Order, seed: int, *, leads: bool = False
) -> RolloutEffect:
    return staggered(panel, returns, launched, seed=seed, draws=_DRAWS, periods_too=leads)


def _truth(effect: Floats, panel: Floats, returns: Floats, after: np.ndarray[Any, Any]) -> float:
    """What the estimate is of: the mean over the launched weeks, by the root of their returns."""
    counted = after & np.isfinite(panel)
    return float(np.average(effect[counted], weights=np.sqrt(returns[counted])))


def _says(found: RolloutEffect) -> bool:
    if found.p is None:
        raise AssertionError(f"a roll-out of this size has a p: {found.reason}")
    return found.p <= _ALPHA


def _holds(found: RolloutEffect, truth: float) -> bool:
    if found.ci_lower is None or found.ci_upper is None:
        raise AssertionError("where there is a p there is an interval")
    return found.ci_lower <= truth <= found.ci_upper


# --- the situations ---

_UNITS: Final = (12, 30)
_ORDERS: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "random": ("launched in any order", {"growing": False}),
    "growing": ("growing customers first", {"growing": True, "plain": True}),
    "varied": ("growing customers first, effects differ", {"growing": True, "varied": True}),
}
_BENT: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "bent": ("growing customers first, along a curve", {"growing": True, "bend": True}),
}


def _of(planted: Mapping[str, tuple[str, Mapping[str, Any]]]) -> list[tuple[Experiment, str]]:
    return [
        (
            Experiment(
                f"compare_rollout.{key}_{units}",
                _BATCH,
                draw_rollouts,
                {**parameters, "units": units, "leads": units == _UNITS[0]},
            ),
            f"{label}, {units} units",
        )
        for key, (label, parameters) in planted.items()
        for units in _UNITS
    ]


_STRAIGHT: Final = _of(_ORDERS)
_CURVED: Final = _of(_BENT)


# --- what is asked ---


def _shares(records: Records, name: str, some: Sequence[tuple[Experiment, str]]) -> list[Figure]:
    return [
        share(e.key, label, [r[name] for r in records[e.key]])
        for e, label in some
        if name in records[e.key][0]
    ]


def _means(records: Records, name: str) -> list[Figure]:
    return [
        mean(e.key, label, [r[name] for r in records[e.key]]) for e, label in [*_STRAIGHT, *_CURVED]
    ]


def _weak(figures: Mapping[str, Sequence[Figure]]) -> str:
    plain = figures["Roll-out that does nothing, without own lines"]
    bent = figures["Roll-out that does nothing, growth along a curve"]
    found = figures["A planted effect of 8 s is found"]
    return f"""\
- **Lines are straight.** Where customers that grow along a curve are launched first, the tool
  reports an effect of nothing in {percent(bent[0])} ({bent[0].label}) and {percent(bent[1])}
  ({bent[1].label}); the leads and the second estimate are there to be looked at.
- Without own lines it would be {percent(plain[0])} and {percent(plain[1])} even on straight lines.
- Twelve units are few: an effect of 8 s is found in {percent(found[0])}.
- p is as if the order of the launches were chance; it is not, and no p knows why it was chosen."""


FAMILY: Final = Family(
    name="compare_rollout",
    planted="""\
Customers over 20 weeks, launched from the tenth week on; a third never is. Each has a level and a
line of its own, weather of its own that is kept from week to week, and returns by the size of its
business, which grows with its line; all share what happens in a week. In truth the launches do
nothing; where an effect is planted, it is 8 s faster. They come in any order, or earliest where
the measure rises fastest. One in twenty weeks of a unit has no return.
`stats.imputation.staggered` judges each roll-out by itself, with 99 random orders.""",
    experiments=tuple(e for e, _ in [*_STRAIGHT, *_CURVED]),
    gates=(
        Gate(
            name="Roll-out that does nothing",
            what="Share with p at most 0.05.",
            band=Band(0.03, 0.07),
            unit="share",
            figures=lambda records: _shares(records, "alarm", _STRAIGHT),
        ),
        Gate(
            name="Interval of a roll-out",
            what="Share of the intervals that hold the mean of the planted effects.",
            band=Band(0.92, 0.98),
            unit="share",
            figures=lambda records: _shares(records, "covered", _STRAIGHT),
        ),
        Gate(
            name="Roll-out that does nothing, growth along a curve",
            what="The first figure where own lines do not fit.",
            band=None,
            unit="share",
            figures=lambda records: _shares(records, "alarm", _CURVED),
        ),
        Gate(
            name="Roll-out that does nothing, without own lines",
            what="What imputation alone would say on straight lines.",
            band=None,
            unit="share",
            figures=lambda records: _shares(records, "plain", _STRAIGHT),
        ),
        Gate(
            name="The last lead excludes 0",
            what="The period before the launch, in its own 95 % interval.",
            band=None,
            unit="share",
            figures=lambda records: _shares(records, "lead", [*_STRAIGHT, *_CURVED]),
        ),
        Gate(
            name="A planted effect of 8 s is found",
            what="Share with p at most 0.05.",
            band=None,
            unit="share",
            figures=lambda records: _shares(records, "found", _STRAIGHT),
        ),
        Gate(
            name="Width of the interval of a roll-out",
            what="Mean, both sides together.",
            band=None,
            unit="s",
            figures=lambda records: _means(records, "width"),
        ),
        Gate(
            name="Estimate less the planted effect, roll-outs",
            what="Mean over the roll-outs.",
            band=None,
            unit="s",
            figures=lambda records: _means(records, "off"),
        ),
    ),
    weak=_weak,
)
