"""How many users and weeks a trial needs, from a log in which everybody is control.

The spread is that of first returns after the middle of the log, as if a trial had begun there. How
many of its users a trial will see interrupted is from several instants of the log (`launches`).
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from resume_gap.arrays import Floats
from resume_gap.constants import ALPHA, MIN_INTERVAL_USERS, PLAN_WITHIN
from resume_gap.results.plan import (
    LaunchChange,
    Needed,
    Pilot,
    Plan,
    PlanRow,
    SizeRow,
    WaysOut,
)
from resume_gap.results.primary_cap import PrimaryCap
from resume_gap.settings import Settings
from resume_gap.stats.cuped import explained
from resume_gap.stats.interval import Interval
from resume_gap.stats.jackknife import jackknife
from resume_gap.stats.power import detectable, spread, users_per_arm
from resume_gap.stats.trigger_rate import PseudoLaunches, TriggerRate, TriggerRates, trigger_rates
from resume_gap.trial.data import Trial
from resume_gap.units import US, WEEK_US

_ROWS = (1, 2, 4, 8)
_CURVE = 12
_LONGEST = 104
_STEPS = (1, 2, 5)
_FEWEST = 100
_SIZES = 12


@dataclass(frozen=True)
class PilotLog:
    """What the log says of a trial like it.

    Attributes:
        trial: Everybody in one arm, assigned in the middle of the log.
        launches: Users at the pseudo-launches.
        seed: Of the resamples.
    """

    trial: Trial
    launches: PseudoLaunches
    seed: int

    @property
    def weeks(self) -> float:
        """How long users can be followed from the first pseudo-launch on."""
        return int(self.launches.followed_us.max()) / WEEK_US

    @cached_property
    def _rates(self) -> TriggerRates:
        horizons = [week * WEEK_US for week in range(1, _LONGEST + 1)]
        return trigger_rates(self.launches, horizons, seed=self.seed)

    def trigger_rate(self, weeks: int) -> TriggerRate:
        """Share of the assigned users with an interruption so many weeks after the assignment."""
        return self._rates.rates[weeks - 1]

    @property
    def change(self) -> LaunchChange | None:
        """What the first and the latest launch differ by, where it is shown."""
        change = self._rates.change
        if change is None or not change.is_shown:
            return None
        return LaunchChange(first=change.first, latest=change.latest)


@dataclass(frozen=True)
class _Sizing:
    """Squares of the spread, and what is asked for.

    Attributes:
        asked: Effect, power, looks, users.
        sd: The spread.
        left: Variance left by what is known before; None: nothing is known that helps.
    """

    asked: Plan
    sd: Interval
    left: float | None

    @property
    def variance(self) -> float:
        """Of one user's first return, as it was seen."""
        return _square(self.sd.estimate) or 0.0

    def found(self, square: float | None, users: float, *, looks: bool = False) -> float | None:
        """The smallest effect that so many triggered users find."""
        if square is None:
            return None
        asked = self.asked
        return detectable(
            square, math.floor(users), power=asked.power, alpha=asked.alpha, looks=looks
        )

    def per_arm(self, square: float, *, looks: bool = False) -> int:
        """Triggered users that each arm needs."""
        asked = self.asked
        return users_per_arm(
            square, asked.effect_seconds, power=asked.power, alpha=asked.alpha, looks=looks
        )


def asked_for(
    settings: Settings, log_users: int, primary_cap: PrimaryCap, *, reason: str | None = None
) -> Plan:
    """What is asked of a plan, before anything is known."""
    return Plan(
        reason=reason,
        primary_cap=primary_cap,
        effect_seconds=settings.worth if settings.effect is None else settings.effect,
        power=settings.power,
        alpha=ALPHA.value,
        looks=settings.looks,
        users=settings.users or log_users,
        users_by="log" if settings.users is None else "given",
    )


def plan_of(pilot: PilotLog, settings: Settings, primary_cap: PrimaryCap) -> Plan:
    """Users, weeks and the smallest effects found."""
    firsts = pilot.trial.firsts
    asked = asked_for(settings, pilot.launches.active, primary_cap)
    asked = replace(asked, pilot=Pilot(users=firsts.height))
    y = np.minimum(firsts["reorientation_us"].to_numpy() / US, primary_cap.seconds)
    sd = spread(y, seed=settings.seed)
    if firsts.height < MIN_INTERVAL_USERS.value or not sd.estimate:
        return replace(asked, reason="few_users" if firsts.height else "no_interruptions")
    if not pilot.trigger_rate(_LONGEST).estimate:
        return replace(asked, reason="few_users")
    history = pilot.trial.history(firsts)
    known = explained(y, history) if bool(firsts["has_history"].any()) else None
    left = None if known is None else sd.estimate**2 * (1 - known)
    sizing = _Sizing(asked, sd, left)

    def needed(square: float | None, *, looks: bool = False) -> Needed | None:
        if square is None or not square > 0:
            return None
        return _needed(pilot, sizing.per_arm(square, looks=looks), asked.users)

    once, several = needed(sizing.variance), needed(sizing.variance, looks=True)
    wanted = several if asked.looks > 1 else once
    by_week = tuple(_row(pilot, sizing, weeks) for weeks in range(1, _CURVE + 1))
    return replace(
        asked,
        pilot=Pilot(
            users=firsts.height,
            weeks=pilot.weeks,
            launches=len(pilot.launches.followed_us),
            change=pilot.change,
            mean_seconds=float(y.mean()),
            mean_upper_seconds=_mean_upper(y),
            sd_seconds=sd.estimate,
            sd_lower_seconds=sd.ci_lower,
            sd_upper_seconds=sd.ci_upper,
            cuped_share=known,
        ),
        needed=once,
        needed_lower=needed(_square(sd.ci_lower)),
        needed_upper=needed(_square(sd.ci_upper)),
        needed_cuped=needed(left),
        needed_looks=several,
        rows=tuple(by_week[weeks - 1] for weeks in _ROWS),
        curve=by_week,
        sizes=tuple(_sizes(sizing)),
        ways_out=_ways_out(pilot, sizing, wanted),
    )


def _mean_upper(y: Floats) -> float:
    """Upper end of the interval of a mean, users all alike."""
    mean = jackknife(np.rint(y * US).astype(np.int64), np.ones(len(y), dtype=np.int64), unit=US)
    return mean.upper(ALPHA.value / 2) if mean else 0.0


def _square(value: float | None) -> float | None:
    return None if value is None else value * value


def _row(pilot: PilotLog, sizing: _Sizing, weeks: int) -> PlanRow:
    rate, users = pilot.trigger_rate(weeks), sizing.asked.users
    triggered = users * rate.estimate
    return PlanRow(
        weeks=float(weeks),
        trigger_rate=rate.estimate,
        trigger_rate_lower=rate.lower,
        trigger_rate_upper=rate.upper,
        extrapolated=rate.beyond,
        users=math.floor(triggered),
        mde_seconds=sizing.found(sizing.variance, triggered),
        mde_lower_seconds=sizing.found(_square(sizing.sd.ci_lower), users * rate.upper),
        mde_upper_seconds=sizing.found(_square(sizing.sd.ci_upper), users * rate.lower),
        mde_cuped_seconds=sizing.found(sizing.left, triggered),
        mde_looks_seconds=sizing.found(sizing.variance, triggered, looks=True),
    )


def _needed(pilot: PilotLog, per_arm: int, users: int) -> Needed:
    """Assigned users for so many triggered ones, and the weeks that the users at hand take."""

    def weeks(rate: Callable[[TriggerRate], float]) -> int | None:
        return _first_week(pilot, per_arm, users, rate)

    taken = weeks(_estimate)
    seen = max(1, math.floor(pilot.weeks)) if taken is None else taken
    rate = pilot.trigger_rate(seen).estimate or pilot.trigger_rate(_LONGEST).estimate
    return Needed(
        triggered_per_arm=per_arm,
        assigned_per_arm=math.ceil(per_arm / rate),
        weeks=taken,
        weeks_earliest=weeks(lambda rate: rate.upper),
        weeks_latest=weeks(lambda rate: rate.lower),
    )


def _estimate(rate: TriggerRate) -> float:
    return rate.estimate


def _first_week(
    pilot: PilotLog, per_arm: int, users: int, rate: Callable[[TriggerRate], float]
) -> int | None:
    """The first week by which so many assigned users give the triggered ones; None: never."""
    enough = (
        week
        for week in range(1, _LONGEST + 1)
        if users * rate(pilot.trigger_rate(week)) >= 2 * per_arm
    )
    return next(enough, None)


def _sizes(sizing: _Sizing) -> Iterator[SizeRow]:
    """Rounded numbers of users up to those that find the effect; at most twelve."""
    steps = (step * _FEWEST * 10**power for power in range(_SIZES) for step in _STEPS)
    for users, _ in zip(steps, range(_SIZES), strict=False):
        found = sizing.found(sizing.variance, users)
        if found is None:
            continue
        several = sizing.found(sizing.variance, users, looks=True)
        yield SizeRow(
            users=users,
            mde_seconds=found,
            mde_lower_seconds=sizing.found(_square(sizing.sd.ci_lower), users),
            mde_upper_seconds=sizing.found(_square(sizing.sd.ci_upper), users),
            mde_cuped_seconds=sizing.found(sizing.left, users),
            mde_looks_seconds=several,
        )
        last = several if sizing.asked.looks > 1 else found
        if last is None or last <= sizing.asked.effect_seconds:
            return


def _ways_out(pilot: PilotLog, sizing: _Sizing, wanted: Needed | None) -> WaysOut | None:
    """More users, a larger effect, less variance: where the trial would take too long."""
    within = int(PLAN_WITHIN.value)
    if wanted is None or (wanted.weeks is not None and wanted.weeks <= within):
        return None
    rate = pilot.trigger_rate(within).estimate
    users, looks = sizing.asked.users * rate, sizing.asked.looks > 1
    helps = sizing.left is not None and sizing.left < sizing.variance
    per_arm = wanted.triggered_per_arm
    assigned = math.ceil(2 * per_arm / rate) if rate else None
    return WaysOut(
        weeks=float(within),
        assigned=assigned,
        assigned_weeks=assigned and _first_week(pilot, per_arm, assigned, _estimate),
        effect_seconds=sizing.found(sizing.variance, users, looks=looks),
        cuped_effect_seconds=sizing.found(sizing.left, users, looks=looks) if helps else None,
    )
