"""One launch date: the measure against its counterfactual, with a control of the product's own."""

import math
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np

from resume_gap.comparison.series import Floats, LaunchedReturns
from resume_gap.constants import COMPARED_DAYS, COMPARED_DAYS_LONG, COMPARED_DAYS_SHORT
from resume_gap.results.compare import HorizonEffect, SeriesDay, SeriesWeek
from resume_gap.stats.interrupted_series import SeriesEffect, one_date

WEEK_DAYS: Final = 7


class ControlEffect(NamedTuple):
    """What the returns at which the marker is never shown did at the launch.

    Attributes:
        p: Its rank among earlier dates; None where it cannot be had.
        seconds: The change; None as well.
        days: Over how many days from the launch on.
        placebos: Earlier dates that the measure is ranked among.
    """

    p: float | None
    seconds: float | None
    days: int
    placebos: int


class DatedEffect(NamedTuple):
    """What one launch date shows.

    Attributes:
        primary: The effect at the horizon that decides.
        others: At the others, the shortest first.
        days: The series behind it, with its counterfactual.
        weeks: The same in weeks.
        control: What the control did at the launch; without figures where that cannot be had.
        loading: By how much the measure moved with the control before the launch.
    """

    primary: HorizonEffect
    others: tuple[HorizonEffect, ...]
    days: tuple[SeriesDay, ...]
    weeks: tuple[SeriesWeek, ...]
    control: ControlEffect
    loading: float | None

    def hidden(self) -> "DatedEffect":
        """The control alone, without a figure of an effect or anything that one follows from."""
        return DatedEffect(
            primary=_hidden(self.primary),
            others=tuple(_hidden(one) for one in self.others),
            days=tuple(replace(day, seconds=None, expected_seconds=None) for day in self.days),
            weeks=tuple(replace(week, seconds=None, expected_seconds=None) for week in self.weeks),
            control=self.control,
            loading=None,
        )


def dated_effect(returns: LaunchedReturns, zone: str) -> DatedEffect:
    """The effect at every horizon.

    Args:
        returns: Followed-up returns around the launch.
        zone: Time zone whose weekdays count.
    """
    measure = returns.mean(is_due=True)
    control = returns.mean(is_due=False) if returns.has_control else None
    weekday = returns.weekday(zone)
    found = {
        int(horizon.value): one_date(measure, control, weekday, returns.launch, int(horizon.value))
        for horizon in (COMPARED_DAYS_SHORT, COMPARED_DAYS, COMPARED_DAYS_LONG)
    }
    decisive = int(COMPARED_DAYS.value)
    effects = {days: _effect(one, returns, measure, days) for days, one in found.items()}
    if effects[decisive].estimate is None:  # then no other figure stands alone
        reason = effects[decisive].reason
        effects = {days: HorizonEffect(horizon_days=days, reason=reason) for days in effects}
    days = _days(returns, measure, found[decisive], zone)
    return DatedEffect(
        primary=effects.pop(decisive),
        others=tuple(effects.values()),
        days=days,
        weeks=_weeks(days),
        control=ControlEffect(
            p=found[decisive].control_p,
            seconds=_known(found[decisive].control_estimate),
            days=found[decisive].control_days,
            placebos=found[decisive].placebos,
        ),
        loading=found[decisive].loading,
    )


def _hidden(effect: HorizonEffect) -> HorizonEffect:
    return HorizonEffect(horizon_days=effect.horizon_days, reason="withheld")


def _effect(
    found: SeriesEffect, returns: LaunchedReturns, measure: Floats, horizon: int
) -> HorizonEffect:
    """An effect as the result reports it; without figures where there is no estimate."""
    if math.isnan(found.estimate):
        return HorizonEffect(horizon_days=horizon, reason=found.reason or "no_days_after")
    after = slice(returns.launch, returns.launch + horizon)
    seen = ~np.isnan(measure[after])
    return HorizonEffect(
        horizon_days=horizon,
        reason=found.reason or None,
        measured=float(measure[after][seen].mean()),
        expected=float(measure[after][seen].mean()) - found.estimate,
        estimate=found.estimate,
        ci_lower=found.ci_lower,
        ci_upper=found.ci_upper,
        p=found.p,
        placebos=found.placebos,
        least_p=found.least_p,
    )


def _days(
    returns: LaunchedReturns, measure: Floats, found: SeriesEffect, zone: str
) -> tuple[SeriesDay, ...]:
    control = returns.mean(is_due=False)
    due, never = (returns.returns(is_due=is_due) for is_due in (True, False))
    expected = (
        found.expected if len(found.expected) == returns.days else np.full_like(measure, np.nan)
    )
    return tuple(
        SeriesDay(
            day=returns.first_day + place,
            starts_on=begins.date().isoformat(),
            returns=int(due[place]),
            seconds=_known(measure[place]),
            control_returns=int(never[place]),
            control_seconds=_known(control[place]),
            expected_seconds=_known(expected[place]),
        )
        for place, begins in enumerate(returns.begins(zone))
    )


def _weeks(days: tuple[SeriesDay, ...]) -> tuple[SeriesWeek, ...]:
    """Means of seven days, each day weighing alike, as it does in the effect."""
    found = []
    for week, some in groupby(days, key=lambda day: day.day // WEEK_DAYS):
        mine = list(some)
        fitted = [day for day in mine if None not in (day.seconds, day.expected_seconds)]
        found.append(
            SeriesWeek(
                week=week,
                starts_on=mine[0].starts_on,
                returns=sum(day.returns for day in mine),
                seconds=_mean(day.seconds for day in fitted or mine),
                expected_seconds=_mean(day.expected_seconds for day in fitted),
                control_seconds=_mean(day.control_seconds for day in mine),
            )
        )
    return tuple(found)


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
