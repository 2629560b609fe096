"""The frozen results of `plan`: how many users and weeks a trial needs."""

from dataclasses import dataclass, field
from typing import Literal

from resume_gap.results.primary_cap import PrimaryCap
from resume_gap.results.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """What so many weeks can show."""

    weeks: float
    trigger_rate: float
    """Share of the users with an interruption by then."""
    extrapolated: bool
    """Longer than the log."""
    users: int
    """Triggered users in both arms together."""
    mde_seconds: float | None
    """Smallest effect found with the wanted power; None: too few users."""
    mde_lower_seconds: float | None
    mde_upper_seconds: float | None
    """Range from the log's own uncertainty about the spread."""
    mde_cuped_seconds: float | None
    mde_looks_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """Users needed for the wanted effect, triggered ones and assigned ones."""

    triggered_per_arm: int
    assigned_per_arm: int
    weeks: float | None
    """For the users of the log; None: they are too few however long it runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot:
    """What the log shows of a trial like the one planned; None where it is too little."""

    users: int = 0
    """Users whose first return in the second half of the log gives the spread."""
    weeks: float | None = None
    """Weeks of the log that give the trigger rate."""
    mean_seconds: float | None = None
    """Of the first re-orientation times, counted up to the primary cap."""
    sd_seconds: float | None = None
    """Standard deviation of the first re-orientation time between users."""
    sd_lower_seconds: float | None = None
    sd_upper_seconds: float | None = None
    """Its 95 % interval."""
    cuped_share: float | None = None
    """Share of the variance that history explains; None: no history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How many users and weeks a trial needs, from the team's own interruptions."""

    reason: str | None
    """`no_productive_events`, `no_interruptions`, `few_users`, or the reason of `Measurability`;
    or None."""
    effect_seconds: float
    power: float
    alpha: float
    looks: int
    users: int
    """Users to be assigned to both arms together: those of the log, or --users."""
    users_by: Literal["given", "log"]
    primary_cap: PrimaryCap
    """Up to where the primary effect of the trial should count."""
    pilot: Pilot = field(default_factory=Pilot)
    needed: Needed | None = None
    needed_lower: Needed | None = None
    needed_upper: Needed | None = None
    """With the spread at the ends of its interval."""
    needed_cuped: Needed | None = None
    needed_looks: Needed | None = None
    rows: tuple[PlanRow, ...] = ()
    """At 1, 2, 4 and 8 weeks."""
    curve: tuple[PlanRow, ...] = ()
    """Week by week, to be drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned(Run):
    """Everything `plan` found; one object behind JSON, terminal and page."""

    plan: Plan
