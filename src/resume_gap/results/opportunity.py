"""What a resume marker could save: bounds, scenarios, and what the assumptions move."""

from dataclasses import dataclass
from typing import Literal

from resume_gap.results.common import NO_ESTIMATE, Estimate, figure

BoundAssumption = Literal["nothing", "never_hurts", "not_faster", "only_where_right", "only_search"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Bounds on the seconds per interruption that a marker could spare, under one assumption."""

    rung: int
    """Number of the bound; each has one assumption more than the one before."""
    assumption: BoundAssumption
    """What is assumed in addition; `report.text.bounds` has its clause."""
    lower: float | None
    """None where it may hurt, by nobody knows how much."""
    upper: float | None
    """None without an interruption."""
    ci_lower: float | None
    """Lower end of the 95 % interval of `upper` over users."""
    ci_upper: float | None
    """Upper end of the 95 % interval of `upper` over users."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Seconds per interruption under three assumed numbers; below 0 it costs time."""

    name: str
    """`low`, `middle` or `high`."""
    noticed: float
    """Share of the markers that are noticed (--noticed)."""
    removed: float
    """Share of the search that a hit removes (--search-removed)."""
    wrong_cost_seconds: float
    """What a miss costs (--wrong-arrow-cost)."""
    saving_seconds: float
    """What the marker saves per interruption under these numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoRow:
    """One assumption at its low and at its high value, the others in the middle."""

    name: str
    """The assumption."""
    low: float
    """Its low value."""
    high: float
    """Its high value."""
    saving_at_low_seconds: float
    """What the marker saves per interruption at the low value."""
    saving_at_high_seconds: float
    """What the marker saves per interruption at the high value."""

    @property
    @figure
    def swing_seconds(self) -> float:
        """How far the assumption alone moves the middle scenario."""
        return abs(self.saving_at_high_seconds - self.saving_at_low_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """How much a marker of the best policy could save at most (section 7 of the method)."""

    reason: str | None
    """Why there is no figure, as in `marker`; or None."""
    policy: str | None = None
    """The target rule that it is for."""
    bounds: tuple[Bound, ...] = ()
    """How much it could save at most, each under one more assumption."""
    search_upper_seconds: float | None = None
    """The most that it could save per interruption: the upper end of bound 4's interval."""
    minutes_per_user_week: float | None = None
    """The same upper bound in minutes per user and week."""
    minutes_per_100_users_week: float | None = None
    """The same upper bound in minutes per 100 users and week."""
    interruptions_per_user_week: float | None = None
    """Interruptions per user and week."""
    scenarios: tuple[Scenario, ...] = ()
    """What it saves under low, middle and high assumptions."""
    tornado: tuple[TornadoRow, ...] = ()
    """How far each assumption alone moves the middle scenario."""
    joint_lower_seconds: float | None = None
    """Least saving per interruption over all corners of the assumptions."""
    joint_upper_seconds: float | None = None
    """Greatest saving per interruption over all corners of the assumptions."""
    middle: Estimate = NO_ESTIMATE
    """The middle scenario with its interval over users, the assumptions held."""
    break_even_hit: float | None = None
    """Hit rate at which the marker saves as much as it costs, by the middle assumptions."""
    gave_up_right: int | None = None
    """Left again although the marker would have been right: interruptions."""
    abandoned: int | None = None
    """Left again before any work, followed-up interruptions."""
    give_ups_share: float | None = None
    """Of the two shares of right markers among them, the one behind `with_give_ups`."""
    with_give_ups: Estimate = NO_ESTIMATE
    """Bound 4 with the time of those that a right marker could have kept, seconds per interruption;
    at most bound 1."""
