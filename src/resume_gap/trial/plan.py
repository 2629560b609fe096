"""How many users and weeks a trial needs, from a log in which everybody is control.

The log is cut in the middle, as if a trial began there: what comes before is history, the first
return after it is what the trial would measure.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from resume_gap.constants import ALPHA, MIN_INTERVAL_USERS
from resume_gap.results.plan import Needed, Pilot, Plan, PlanRow
from resume_gap.results.primary_cap import PrimaryCap
from resume_gap.settings import Settings
from resume_gap.stats.cuped import explained
from resume_gap.stats.power import detectable, spread, users_per_arm
from resume_gap.trial.data import Floats, Trial
from resume_gap.units import US, WEEK_US

_ROWS = (1, 2, 4, 8)
_CURVE = 12
_LONGEST = 104


@dataclass(frozen=True)
class PilotLog:
    """What the log says of a trial like it.

    Attributes:
        trial: Everybody in one arm, assigned in the middle of the log.
        begins_us: That instant.
        until_us: End of the log.
        per_week: (users) interruptions a week over the whole log.
    """

    trial: Trial
    begins_us: int
    until_us: int
    per_week: Floats

    @property
    def weeks(self) -> float:
        """Length of the part that stands for the trial."""
        return (self.until_us - self.begins_us) / WEEK_US

    def trigger_rate(self, weeks: float) -> float:
        """Share of the users with a followed-up interruption so long after the assignment.

        Seen in the log as far as it goes; beyond, every user goes on at their own pace: 1 - mean
        of exp(-pace x weeks), never below what was seen.
        """
        users = self.trial.users.height
        by = self.begins_us + min(weeks, self.weeks) * WEEK_US
        seen = self.trial.firsts.filter(pl.col("return_us") <= by).height / users
        if weeks <= self.weeks:
            return seen
        return max(seen, float(1 - np.exp(-self.per_week * weeks).mean()))


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
    asked = asked_for(settings, pilot.trial.users.height, primary_cap)
    asked = replace(asked, pilot=Pilot(users=firsts.height))
    users, effect = asked.users, asked.effect_seconds
    y = np.minimum(firsts["reorientation_us"].to_numpy() / US, primary_cap.seconds)
    sd = spread(y, seed=settings.seed)
    if firsts.height < MIN_INTERVAL_USERS.value or not sd.estimate:
        return replace(asked, reason="few_users" if firsts.height else "no_interruptions")
    variance = sd.estimate**2
    history = pilot.trial.history(firsts)
    known = explained(y, history) if bool(firsts["has_history"].any()) else None
    left = None if known is None else variance * (1 - known)

    def needed(square: float | None, *, looks: bool = False) -> Needed | None:
        if square is None or not square > 0:
            return None
        n = users_per_arm(square, effect, power=settings.power, alpha=ALPHA.value, looks=looks)
        return _needed(pilot, n, users)

    def row(weeks: float) -> PlanRow:
        rate = pilot.trigger_rate(weeks)
        triggered = math.floor(users * rate)

        def found(square: float | None, *, looks: bool = False) -> float | None:
            if square is None:
                return None
            return detectable(
                square, triggered, power=settings.power, alpha=ALPHA.value, looks=looks
            )

        return PlanRow(
            weeks=weeks,
            trigger_rate=rate,
            extrapolated=weeks > pilot.weeks,
            users=triggered,
            mde_seconds=found(variance),
            mde_lower_seconds=found(_square(sd.ci_lower)),
            mde_upper_seconds=found(_square(sd.ci_upper)),
            mde_cuped_seconds=found(left),
            mde_looks_seconds=found(variance, looks=True),
        )

    return replace(
        asked,
        pilot=Pilot(
            users=firsts.height,
            weeks=pilot.weeks,
            mean_seconds=float(y.mean()),
            sd_seconds=sd.estimate,
            sd_lower_seconds=sd.ci_lower,
            sd_upper_seconds=sd.ci_upper,
            cuped_share=known,
        ),
        needed=needed(variance),
        needed_lower=needed(_square(sd.ci_lower)),
        needed_upper=needed(_square(sd.ci_upper)),
        needed_cuped=needed(left),
        needed_looks=needed(variance, looks=True),
        rows=tuple(row(float(weeks)) for weeks in _ROWS),
        curve=tuple(row(float(weeks)) for weeks in range(1, _CURVE + 1)),
    )


def _square(value: float | None) -> float | None:
    return None if value is None else value * value


def _needed(pilot: PilotLog, per_arm: int, users: int) -> Needed:
    """Assigned users for so many triggered ones, and the weeks that the users at hand take."""
    weeks = _first(lambda w: users * pilot.trigger_rate(w) >= 2 * per_arm)
    rate = pilot.trigger_rate(pilot.weeks if weeks is None else weeks)
    return Needed(
        triggered_per_arm=per_arm,
        assigned_per_arm=math.ceil(per_arm / rate),
        weeks=weeks,
    )


def _first(enough: Callable[[float], bool]) -> float | None:
    """The first whole week that is enough; None: none within two years."""
    return next((float(w) for w in range(1, _LONGEST + 1) if enough(float(w))), None)
