"""The frozen results of `compare`: what a launch that was not randomized shows before and after.

Every estimate is what came after the launch less what was to be expected without it, in seconds.
A figure that cannot be had is None with a reason; when the verdict is `withheld` there is no effect
anywhere.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from resume_gap.results.common import INTERNAL, Estimate, figure
from resume_gap.results.evaluate import CapSource, Verdict
from resume_gap.results.predicted import MeasuredSaving, PredictedRow, held_against
from resume_gap.results.run import Run
from resume_gap.results.trust import TrustCheck

LaunchDesign = Literal["one_date", "staggered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchTrust:
    """When the marker came, to whom, and whether what is compared can be believed."""

    first_launched_at: str
    last_launched_at: str
    """The same for one date."""
    days_before: int
    """Days of the log before the (first) launch."""
    days_after: int
    """And from it on."""
    users_before: int
    """Users with a followed-up interruption before the first launch."""
    users_after: int
    """And from it on."""
    returns_before: int
    """Followed-up interruptions before the first launch."""
    returns_after: int
    control_returns_before: int
    """Followed-up returns at which the marker is never shown: work had not stopped in mid-task."""
    control_returns_after: int
    unit: str | None = None
    """Column of the units of a roll-out; `user` for users; None for one date."""
    units: int | None = None
    """Units of a roll-out that are compared."""
    launched_units: int | None = None
    """Of these, units that got the marker within the log."""
    short_units: int | None = None
    """Units of a roll-out with too few weeks before their launch, left out."""
    unknown_units: int | None = None
    """Units of the file without an event in the log."""
    unnamed_units: int | None = None
    """Units of the log that the file does not name, left out."""
    without_unit: int | None = None
    """Users of the log without a unit, left out."""
    checks: tuple[TrustCheck, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizonEffect:
    """What the days after the launch show up to one horizon."""

    horizon_days: int | None
    """None for a roll-out: all periods with the marker."""
    reason: str | None = None
    """Why figures are None: `withheld`, `short_history`, `no_control`, `no_days_after`,
    `few_units`, `everybody_launched` ...; or None."""
    measured: float | None = None
    """Mean of the days with the marker."""
    expected: float | None = None
    """And of the counterfactual on the same days."""
    estimate: float | None = None
    """Measured less expected."""
    ci_lower: float | None = None
    """Lower end of its 95 % interval."""
    ci_upper: float | None = None
    """Upper end of its 95 % interval."""
    p: float | None = None
    """By rank among launches that did not happen; None where there are too few."""
    placebos: int = 0
    """How many of these there are: placebo dates, or permuted roll-outs."""
    least_p: float | None = None
    """The smallest p-value that this number of them can give."""

    @property
    @figure
    def as_large(self) -> int | None:
        """How many of these show a change at least as large; None without a p-value."""
        return None if self.p is None else round(self.p * (self.placebos + 1)) - 1

    @property
    def interval(self) -> Estimate:
        """The estimate with its interval."""
        return Estimate(estimate=self.estimate, ci_lower=self.ci_lower, ci_upper=self.ci_upper)

    @property
    def saved(self) -> Estimate:
        """What the days after spare, with its interval."""
        return -self.interval


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesDay:
    """One day of 24 hours, counted from the launch; 0 is the first with the marker."""

    day: int
    """Its number; 0 is the first with the marker."""
    starts_on: str
    """Date of its beginning in the zone of the run."""
    returns: int
    """Followed-up interruptions."""
    seconds: float | None
    """Their mean time to productive work, up to the primary cap; None on a day without any."""
    control_returns: int
    """Returns at which the marker is never shown."""
    control_seconds: float | None
    """The same of the returns at which the marker is never shown."""
    expected_seconds: float | None = None
    """The counterfactual; None where none was fitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesWeek:
    """Seven days, counted from the launch: means over the days that have all of these figures."""

    week: int
    """0 is the first with the marker."""
    starts_on: str
    """Date of its beginning in the zone of the run."""
    returns: int
    """Followed-up interruptions."""
    seconds: float | None
    """None in a week without a day that has a return."""
    expected_seconds: float | None
    """The counterfactual."""
    control_seconds: float | None
    """Mean of the returns at which the marker is never shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutPeriod:
    """The effect in one period, counted from each unit's launch."""

    period: int
    """Below 0 before the launch, where nothing is expected."""
    estimate: float
    """Measured less expected, seconds."""
    ci_lower: float | None
    """Lower end of its 95 % interval."""
    ci_upper: float | None
    """Upper end of its 95 % interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondEstimate:
    """Another method's estimate of a roll-out: Callaway and Sant'Anna, compared with HonestDiD."""

    reason: str | None = None
    """Why figures are None: `not_installed`, `no_comparison`; or None."""
    estimate: float | None = None
    """The effect, seconds."""
    ci_lower: float | None = None
    """Lower end of its 95 % interval."""
    ci_upper: float | None = None
    """Upper end of its 95 % interval."""
    periods: tuple[RolloutPeriod, ...] = ()
    """The effect by the time from the launch, the week before it being the base."""
    honest_weeks: int = 0
    """How many of the first weeks the honest interval is about; 0 without one."""
    honest_lower: float | None = None
    honest_upper: float | None = None
    """Of the mean of those weeks, where units may drift apart from one week to the next by as much
    as they ever did in the weeks before their launch."""
    breakdown: float | None = None
    """How many times as much they would have to part before that interval includes 0."""
    is_least: bool = False
    """Whether it takes more than `breakdown`: larger multiples are not tried."""

    @property
    def interval(self) -> Estimate:
        """The estimate with its interval."""
        return Estimate(estimate=self.estimate, ci_lower=self.ci_lower, ci_upper=self.ci_upper)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchComparison:
    """Before and after a launch (section 8 of the method), in the order in which it is read."""

    design: LaunchDesign
    """`one_date` for everybody, or `staggered`: unit after unit."""
    verdict: Verdict
    """What changed with the launch, and why it is called so."""
    trust: LaunchTrust
    primary: HorizonEffect
    """The effect at the horizon that decides, or of the roll-out."""
    cap_seconds: float
    """Up to which a return is counted."""
    cap_source: CapSource
    """Where the cap is from, as in `evaluate`."""
    horizons: tuple[HorizonEffect, ...] = ()
    """The effect at the other horizons, without a word, the shortest first."""
    control_loading: float | None = None
    """By how much the measure moved with the control before the launch."""
    days: tuple[SeriesDay, ...] = ()
    """The daily series around one date."""
    weeks: tuple[SeriesWeek, ...] = ()
    """The same by week."""
    periods: tuple[RolloutPeriod, ...] = ()
    """Of a roll-out, the effect by the time from the launch."""
    second: SecondEstimate | None = None
    """Of a roll-out; None for one date, and where a check failed."""
    predicted: tuple[PredictedRow, ...] = ()
    """Predicted figures beside measured ones."""
    prediction_file: str | None = None
    """Seal (sha256) of the prediction it is compared with."""
    alpha: float
    """Two-sided error of the intervals."""

    @property
    @figure
    def measured_savings(self) -> tuple[MeasuredSaving, ...]:
        """What the marker saved per interruption, beside the scenarios of the prediction."""
        found = held_against(self.predicted)
        return tuple(replace(one, at="after_launch") for one in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared(Run):
    """Everything `compare` found; one object behind JSON, terminal and page."""

    comparison: LaunchComparison
    prediction: bytes | None = field(metadata=INTERNAL)
    """The prediction file that was used, word for word; copied into the folder."""
