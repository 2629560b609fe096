"""A controlled interrupted time series: one launch date, one daily series, one control series.

The measure less `loading` times the control is the adjusted series; its effect at the launch is
ranked among those at earlier dates (`stats.placebos`). The loading is fitted before the launch. A
control that moves at a date makes what is expected there less certain, as the loading is only
known so well; each effect is divided by how much.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from resume_gap.constants import (
    CONTROL_JUMP,
    CONTROL_LEAST,
    CONTROL_NOISE,
    SERIES_DAYS,
    SERIES_PRESENT,
    SERIES_SMOOTH,
)
from resume_gap.stats.placebos import (
    Dated,
    Floats,
    Ranked,
    Weekdays,
    calendar,
    dated,
    rank_among,
    ranked,
)
from resume_gap.stats.student import t_quantile

_MEDIAN = 0.6745  # of the absolute values of a standard normal
_STILL = 1e-18  # of a control's mean square: with less its means do not move


class SeriesEffect(NamedTuple):
    """What followed a launch beyond what was expected.

    Attributes:
        estimate: Seconds, after minus expected; NaN: no figure, `reason` says why.
        ci_lower: Lower limit of the effects that have a p above 0.05 or are within Student's
            interval, which allows for placebos that share days; None without p.
        ci_upper: The upper one.
        p: Rank of the effect among the placebos, two-sided; None: none is due.
        placebos: Earlier dates that had enough days before and after them.
        least_p: The smallest p that as many placebos could give; None without p.
        expected: (days) seconds expected without the launch: fitted before it, extrapolated
            after; NaN before the days it was fitted to, and where the control is missing.
        control_p: The control's own rank at the launch; None without control or too few placebos.
        control_estimate: What the control did at the launch, seconds; NaN without a rank.
        control_days: Days after the launch over which it did: the horizon, or three where those
            tell a jump more surely; 0 without a rank.
        loading: Seconds of the measure for one of the control; None without control.
        reason: Empty; or `no_days_after`, `short_history`, `few_days` (no figure), or
            `no_control`, `few_placebos` (no p).
    """

    estimate: float
    ci_lower: float | None
    ci_upper: float | None
    p: float | None
    placebos: int
    least_p: float | None
    expected: Floats
    control_p: float | None
    control_estimate: float
    control_days: int
    loading: float | None
    reason: str


class Loading(NamedTuple):
    """How a measure follows its control.

    Attributes:
        seconds: Of the measure for one of the control.
        mass: What the control's means have moved before the launch, a sum of squares, less what
            its noise from day to day makes of it.
    """

    seconds: float
    mass: float


def one_date(
    measure: Floats, control: Floats | None, weekday: Weekdays, launch: int, horizon: int
) -> SeriesEffect:
    """The effect of a launch on a daily series.

    Args:
        measure: (days) mean seconds of consecutive calendar days; NaN: a day without returns.
        control: (days) the same of returns that the launch cannot have touched; None: there are
            none.
        weekday: (days) 0 to 6.
        launch: Index of the first day with what was launched.
        horizon: Days after it that count.

    Returns:
        The effect over the horizon. No p without a control, as shared ups and downs would pass
        for effects, nor under 53 placebos.
    """
    inside = min(launch, len(measure))
    loading = None if control is None else follows(measure, control, weekday, inside)
    if control is None or loading is None:
        alone = dated(measure, weekday, launch, horizon)
        found = rank_among(alone.effects)
        reason = _no_figure(found, launch, horizon, len(measure)) or "no_control"
        return _effect(found, alone.expected, reason)
    adjusted = dated(measure - loading.seconds * control, weekday, launch, horizon)
    there = np.where(np.isfinite(measure), control, np.nan)
    moved = dated(there, weekday, launch, horizon)
    scales = less_certain(adjusted, moved, loading)
    found = rank_among(adjusted.effects, scales)
    reason = _no_figure(found, launch, horizon, len(measure)) or (
        "" if found.enough else "few_placebos"
    )
    half = None if reason else max(found.half_width(), _reach(adjusted, scales, horizon))
    effect = _effect(found, adjusted.expected + loading.seconds * control, reason, half)
    jump, days = control_jump(control, weekday, launch, horizon)
    return effect._replace(
        control_p=jump.p if jump.enough else None,
        control_estimate=jump.estimate if jump.enough else math.nan,
        control_days=days if jump.enough else 0,
        loading=loading.seconds,
    )


def _no_figure(found: Ranked, launch: int, horizon: int, days: int) -> str:
    """Why there is no figure; empty where there is."""
    if launch < SERIES_DAYS.value:
        return "short_history"
    if math.isnan(found.estimate):
        return "few_days" if launch + horizon <= days else "no_days_after"
    return ""


def _reach(dates: Dated, scales: Floats, horizon: int) -> float:
    """How far Student's interval reaches from the effect at the launch, seconds.

    Placebos one day apart share most of their days, so they are few in truth: as many as horizons
    fit side by side into the days after their dates.
    """
    errors = scales * np.sqrt(dates.variances)
    there = np.isfinite(dates.effects[:-1])
    placebos = (dates.effects / errors)[:-1][there]
    beside = (len(placebos) + horizon - 1) / horizon
    day = math.sqrt(float(np.square(placebos).mean()))
    return t_quantile(beside) * day * float(errors[-1])


def _effect(
    found: Ranked, expected: Floats, reason: str, half: float | None = None
) -> SeriesEffect:
    """Without what is known of a control."""
    return SeriesEffect(
        estimate=found.estimate,
        ci_lower=None if half is None else found.estimate - half,
        ci_upper=None if half is None else found.estimate + half,
        p=None if reason else found.p,
        placebos=len(found.placebos),
        least_p=None if reason else 1 / (len(found.placebos) + 1),
        expected=expected,
        control_p=None,
        control_estimate=math.nan,
        control_days=0,
        loading=None,
        reason=reason,
    )


def follows(measure: Floats, control: Floats, weekday: Weekdays, launch: int) -> Loading | None:
    """How the measure follows its control before the launch.

    Both lose their weekdays and their line; the loading is the slope of their 7-day means. Single
    days are noisy in the control as well, which would draw the slope towards 0 and leave a part of
    what both share in the adjusted series. Seven days leave a part of that noise, by which the
    loading is known less well.

    Args:
        measure: (days) seconds; NaN: missing.
        control: (days) the same.
        weekday: (days) 0 to 6.
        launch: Days from here on are not looked at.

    Returns:
        None where too few days have both, or the control does not move.
    """
    if launch < SERIES_DAYS.value:
        return None
    size = int(SERIES_SMOOTH.value)
    both = np.stack([measure[:launch], control[:launch]])
    there = np.asarray(np.isfinite(both).all(axis=0))
    if int(there.sum()) < SERIES_DAYS.value * SERIES_PRESENT.value:
        return None
    rest = np.zeros((2, launch))
    rest[:, there] = _left(both[:, there], calendar(weekday[:launch])[there])
    counted = sliding_window_view(there, size).sum(axis=1)
    full = counted >= size * SERIES_PRESENT.value
    means = sliding_window_view(rest, size, axis=1).sum(axis=2)[:, full] / counted[full]
    mass = float(means[1] @ means[1])
    level = float(np.square(both[1, there]).mean())
    if int(full.sum()) < CONTROL_LEAST.value or mass <= _STILL * level * int(full.sum()):
        return None
    steps = np.diff(rest[1])[there[1:] & there[:-1]]
    noise = float(np.median(np.abs(steps)) / _MEDIAN) ** 2 / 2 if len(steps) else 0.0
    noisy = min(CONTROL_NOISE.value, noise * float((1 / counted[full]).sum()) / mass)
    return Loading(float(means[0] @ means[1]) / mass, mass * (1 - noisy) ** 2)


def _left(values: Floats, terms: Floats) -> Floats:
    """(series, days) what least squares on the terms leaves of each."""
    left: Floats = values - values @ np.linalg.pinv(terms).T @ terms.T
    return left


def less_certain(adjusted: Dated, moved: Dated, loading: Loading) -> Floats:
    """(dates) how much wider an effect is where the control moved: its loading is not exact.

    Args:
        adjusted: The adjusted series at all dates.
        moved: The control at the same dates.
        loading: Of the measure on the control.
    """
    there = np.isfinite(moved.effects)
    shift = np.square(np.where(there, moved.effects, 0.0)) / loading.mass
    scale: Floats = np.sqrt(1 + shift / adjusted.variances)
    return scale


def control_jump(
    control: Floats, weekday: Weekdays, launch: int, horizon: int
) -> tuple[Ranked, int]:
    """Whether the control itself moved at the launch, and over how many days that is seen.

    A control that jitters from day to day tells a jump by the mean of many days; one that drifts
    by the few days at the date. Of both, that counts whose placebos are smaller.

    Args:
        control: (days) seconds; NaN: missing.
        weekday: (days) 0 to 6.
        launch: Index of the first day after it.
        horizon: Days after a date that count.
    """
    long = ranked(control, weekday, launch, horizon)
    days = int(CONTROL_JUMP.value)
    there = np.isfinite(control)
    before = int(there[:launch].sum())
    if not long.enough or int(there[launch:].sum()) < days:
        return long, horizon
    terms = calendar(weekday)[there]
    fitted = np.linalg.lstsq(terms[:before], control[there][:before], rcond=None)[0]
    rest = control[there] - terms @ fitted
    means = sliding_window_view(rest, days).mean(axis=1)
    steps = means[days:] - means[:-days]  # at the measured days `days` and on
    short = rank_among(np.append(steps[: before - 2 * days + 1], steps[before - days]))
    if short.enough and short.spread < long.spread:
        return short, days
    return long, horizon
