"""The frozen results of `plan`: how many users and weeks a trial needs."""

from dataclasses import dataclass, field
from typing import Literal

from resume_gap.results.common import figure
from resume_gap.results.primary_cap import PrimaryCap
from resume_gap.results.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """What that many weeks can show."""

    weeks: float
    """Weeks of the trial."""
    trigger_rate: float
    """Share of the users with an interruption by then; beyond the log the middle of its range."""
    trigger_rate_lower: float
    trigger_rate_upper: float
    """Its 95 % range; beyond the log from nobody further to all going on as before."""
    extrapolated: bool
    """Longer than the log can be followed."""
    users: int
    """Triggered users in both arms together."""
    mde_seconds: float | None
    """Smallest effect found with the wanted power; None: too few users."""
    mde_lower_seconds: float | None
    mde_upper_seconds: float | None
    """From the least spread and the most users to the greatest spread and the fewest users that
    fit the log; None: too few users."""
    mde_cuped_seconds: float | None
    mde_looks_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """What that many users can show."""

    users: int
    """Triggered users in both arms together."""
    mde_seconds: float
    """Smallest effect found with the wanted power."""
    mde_lower_seconds: float | None
    mde_upper_seconds: float | None
    """With the spread at the ends of its interval."""
    mde_cuped_seconds: float | None
    mde_looks_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """Users needed for the wanted effect, triggered ones and assigned ones."""

    triggered_per_arm: int
    """Triggered users in each arm."""
    assigned_per_arm: int
    """Assigned users in each arm."""
    weeks: float | None
    """For the users to be assigned; None: they are too few however long it runs."""
    weeks_earliest: float | None
    weeks_latest: float | None
    """The same at the upper and at the lower end of the trigger rate's range."""

    @property
    @figure
    def triggered(self) -> int:
        """Interrupted users in both arms together."""
        return 2 * self.triggered_per_arm


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysOut:
    """Three ways out where the wanted effect takes too long to find."""

    weeks: float
    """Longest trial that is reckoned with."""
    assigned: int | None
    """More users: to be assigned, both arms together, to find it by then; None: nobody would be
    interrupted by then."""
    assigned_weeks: float | None
    """The shortest trial in which that many users find it."""
    effect_seconds: float | None
    """A larger effect: the smallest that the users at hand find by then; None: too few users."""
    cuped_effect_seconds: float | None
    """Less variance: the same, adjusted for what is known before the assignment; None: nothing is
    known that helps, or too few users."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchChange:
    """Shares of users interrupted within 7 days of the first and of the latest pseudo-launch."""

    first: float
    """Share of the users who were interrupted within seven days of the first pseudo-launch."""
    latest: float
    """The same of the latest one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot:
    """What the log shows of a trial like the one planned; None where it is too little."""

    users: int = 0
    """Users whose first return in the second half of the log gives the spread."""
    weeks: float | None = None
    """Weeks for which users can be followed from the first pseudo-launch on."""
    launches: int = 0
    """Pseudo-launches that give the trigger rate."""
    change: LaunchChange | None = None
    """Where the first and the latest launch differ by more than two standard errors: who uses the
    product is changing, and so will the trigger rate."""
    mean_seconds: float | None = None
    """Of the first re-orientation times, counted up to the primary cap."""
    mean_upper_seconds: float | None = None
    """Upper end of its 95 % interval: no marker can save more per first return."""
    sd_seconds: float | None = None
    """Standard deviation of the first re-orientation time between users."""
    sd_lower_seconds: float | None = None
    """Lower end of its 95 % interval."""
    sd_upper_seconds: float | None = None
    """Upper end of its 95 % interval."""
    cuped_share: float | None = None
    """Share of the variance that history explains; None: no history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How many users and weeks a trial needs, from the team's own interruptions."""

    reason: str | None
    """`no_productive_events`, `no_interruptions`, `few_users`, or the reason of `Measurability`;
    or None."""
    effect_seconds: float
    """The effect that the trial should find."""
    power: float
    """Chance of finding it."""
    alpha: float
    """Two-sided error."""
    looks: int
    """Looks at the trial."""
    users: int
    """Users to be assigned to both arms together: those active in the last 14 days of the log, or
    --users."""
    users_by: Literal["given", "log"]
    """Whether they are `given` or of the `log`."""
    primary_cap: PrimaryCap
    """Up to where the primary effect of the trial should count."""
    pilot: Pilot = field(default_factory=Pilot)
    """What the log shows of a trial like the one planned."""
    needed: Needed | None = None
    """What the trial needs."""
    needed_lower: Needed | None = None
    """With the spread at the lower end of its interval."""
    needed_upper: Needed | None = None
    """With the spread at the upper end of its interval."""
    needed_cuped: Needed | None = None
    """Adjusted for what is known before the assignment."""
    needed_looks: Needed | None = None
    """With the looks that are asked for."""
    rows: tuple[PlanRow, ...] = ()
    """At 1, 2, 4 and 8 weeks."""
    curve: tuple[PlanRow, ...] = ()
    """Week by week, to be drawn."""
    sizes: tuple[SizeRow, ...] = ()
    """Users against the smallest effect that they find, up to the effect that is asked for."""
    ways_out: WaysOut | None = None
    """Where the wanted effect takes longer than is reckoned with."""

    @property
    def most_seconds(self) -> float | None:
        """The most that a marker could save per first return, counted up to the primary cap.

        All of the search that `analyze` finds, and no more than the first returns take that the
        users of the trial are expected to have.
        """
        ends = (self.primary_cap.search.ci_upper, self.pilot.mean_upper_seconds)
        return min((end for end in ends if end is not None), default=None)

    def is_out_of_reach(self, seconds: float | None) -> bool:
        """Whether an effect is more than a marker could save."""
        most = self.most_seconds
        return seconds is not None and most is not None and seconds > most


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned(Run):
    """Everything `plan` found; one object behind JSON, terminal and page."""

    plan: Plan
