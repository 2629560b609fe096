"""A roll-out: its effect by imputation, and that of returns at which the marker is never shown."""

import math
from typing import NamedTuple

import numpy as np

from resume_gap.comparison.panel import UnitWeeks
from resume_gap.comparison.second_opinion import parted, second_opinion
from resume_gap.constants import BREAKDOWN_MOST
from resume_gap.results.compare import HorizonEffect, RolloutPeriod, SecondEstimate
from resume_gap.stats.imputation import RelativePeriod, RolloutEffect, staggered


class RolledOut(NamedTuple):
    """What a roll-out shows.

    Attributes:
        effect: Over all weeks with the marker.
        periods: By weeks from a unit's launch.
        units: Units that take part.
        launched_units: Of these, units that got the marker within the log.
        left_out: Units with too few weeks before their launch.
        found: The same as the statistics give it.
    """

    effect: HorizonEffect
    periods: tuple[RolloutPeriod, ...]
    units: int
    launched_units: int
    left_out: int
    found: RolloutEffect

    def hidden(self) -> "RolledOut":
        """The same without a figure of an effect."""
        return self._replace(effect=HorizonEffect(horizon_days=None, reason="withheld"), periods=())


class OtherMethod(NamedTuple):
    """Another method on the same roll-out.

    Attributes:
        estimate: As the result reports it.
        is_parted: It lies further from the first than the half-width of either interval.
    """

    estimate: SecondEstimate
    is_parted: bool


def second_look(panel: UnitWeeks, first: RolloutEffect) -> OtherMethod:
    """The roll-out by another method, where the library for it is installed.

    Args:
        panel: Means by unit and week.
        first: What imputation says.
    """
    if math.isnan(first.estimate):
        return OtherMethod(SecondEstimate(reason="no_comparison"), is_parted=False)
    found = second_opinion(panel.means, panel.begun)
    if found.reason:
        return OtherMethod(SecondEstimate(reason=found.reason), is_parted=False)
    beyond = found.breakdown is not None and math.isinf(found.breakdown)
    return OtherMethod(
        SecondEstimate(
            estimate=found.estimate,
            ci_lower=found.ci_lower,
            ci_upper=found.ci_upper,
            periods=tuple(map(_period, (*found.leads, *found.lags))),
            honest_weeks=found.honest_lags,
            honest_lower=found.honest_lower,
            honest_upper=found.honest_upper,
            breakdown=BREAKDOWN_MOST.value if beyond else found.breakdown,
            is_least=beyond,
        ),
        is_parted=parted(first, found),
    )


def rolled_out(panel: UnitWeeks, *, seed: int) -> RolledOut:
    """The effect of a roll-out.

    Args:
        panel: Means by unit and week.
        seed: Of the orders of launches that are drawn.
    """
    found = staggered(panel.means, panel.returns.astype(np.float64), panel.launched, seed=seed)
    return RolledOut(
        effect=_effect(found),
        periods=tuple(map(_period, (*found.leads, *found.lags))),
        units=found.units,
        launched_units=found.treated_units,
        left_out=found.left_out,
        found=found,
    )


def _effect(found: RolloutEffect) -> HorizonEffect:
    if math.isnan(found.estimate):
        # Launched units that are left out are no units without returns.
        young = found.reason == "no_units_after" and found.left_out > 0
        return HorizonEffect(horizon_days=None, reason="short_history" if young else found.reason)
    return HorizonEffect(
        horizon_days=None,
        reason=found.reason or None,
        measured=found.measured,
        expected=found.measured - found.estimate,
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
