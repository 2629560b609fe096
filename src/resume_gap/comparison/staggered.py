"""A roll-out: its effect by imputation, and that of returns at which the marker is never shown."""

import math
from typing import NamedTuple

import numpy as np

from resume_gap.comparison.panel import UnitWeeks
from resume_gap.results.compare import HorizonEffect, RolloutPeriod
from resume_gap.stats.imputation import RelativePeriod, RolloutEffect, staggered


class RolledOut(NamedTuple):
    """What a roll-out shows.

    Attributes:
        effect: Over all weeks with the marker.
        periods: By weeks from a unit's launch.
        units: Units that take part.
        launched_units: Of these, units that got the marker within the log.
        left_out: Units with too few weeks before their launch.
    """

    effect: HorizonEffect
    periods: tuple[RolloutPeriod, ...]
    units: int
    launched_units: int
    left_out: int


def rolled_out(panel: UnitWeeks, *, seed: int) -> RolledOut:
    """The effect of a roll-out.

    Args:
        panel: Means by unit and week.
        seed: Of the orders of launches that are drawn.
    """
    found = staggered(panel.means, panel.returns.astype(np.float64), panel.launched, seed=seed)
    return RolledOut(
        effect=_effect(found, panel),
        periods=tuple(map(_period, (*found.leads, *found.lags))),
        units=found.units,
        launched_units=found.treated_units,
        left_out=found.left_out,
    )


def _effect(found: RolloutEffect, panel: UnitWeeks) -> HorizonEffect:
    if math.isnan(found.estimate):
        return HorizonEffect(horizon_days=None, reason=found.reason)
    weeks = np.arange(panel.means.shape[1])
    after = (weeks >= panel.launched[:, None]) & (panel.returns > 0)
    measured = float(np.average(panel.means[after], weights=panel.returns[after]))
    return HorizonEffect(
        horizon_days=None,
        reason=found.reason or None,
        measured=measured,
        expected=measured - found.estimate,
        estimate=found.estimate,
        ci_lower=_known(found.ci_lower),
        ci_upper=_known(found.ci_upper),
        p=found.p,
        placebos=found.permutations,
        least_p=found.least_p,
    )


def _period(one: RelativePeriod) -> RolloutPeriod:
    return RolloutPeriod(
        period=one.period,
        estimate=one.estimate,
        ci_lower=_known(one.ci_lower),
        ci_upper=_known(one.ci_upper),
    )


def _known(value: float | None) -> float | None:
    """A limit; None where it is open."""
    return None if value is None or not math.isfinite(value) else value
