"""A controlled interrupted time series: one launch date, one daily series, one control series.

The measure less `loading` times the control is the adjusted series. What it would have been after
a date is a mean for each weekday and a line, fitted to the days before that date; the effect is
what was measured less what was expected, averaged over the horizon. How large such an effect is
without a cause is seen at every earlier date (placebos): p is the launch's rank among them.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from resume_gap.constants import (
    CONTROL_LEAST,
    PLACEBOS_LEAST,
    SERIES_DAYS,
    SERIES_PRESENT,
    SERIES_SMOOTH,
    SERIES_WINDOW,
)

Floats = NDArray[np.float64]
_ALPHA = 0.05
_TIE = 1e-9  # placebos this close to the effect are equal to it
_RANK = 1e-9  # of the largest eigenvalue: below, a term is not there


class SeriesEffect(NamedTuple):
    """What followed a launch beyond what was expected.

    Attributes:
        estimate: Seconds, after minus expected; NaN: no figure, `reason` says why.
        ci_lower: Lower limit of the effects that 95 % of the placebos do not reject; None
            without p.
        ci_upper: The upper one.
        p: Rank of the effect among the placebos, two-sided; None: none is due.
        placebos: Earlier dates that had enough days before and after them.
        least_p: The smallest p that so many could give; None without p.
        expected: (days) seconds expected without the launch: fitted before it, extrapolated
            after; NaN before the days it was fitted to, and where the control is missing.
        control_p: The control's own rank at the launch; None without control or too few placebos.
        control_estimate: What the control did at the launch, seconds; NaN as for the estimate.
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
    loading: float | None
    reason: str


class Ranked(NamedTuple):
    """A date's effect among those of earlier dates.

    Attributes:
        estimate: At the launch; NaN where there are too few days.
        placebos: (dates) at the earlier ones.
        expected: (days) what the launch's own fit expects; NaN before the days it was fitted to.
    """

    estimate: float
    placebos: Floats
    expected: Floats

    @property
    def p(self) -> float:
        """(1 + placebos at least as far from 0) / (placebos + 1)."""
        beyond = np.abs(self.placebos) >= abs(self.estimate) * (1 - _TIE)
        return (1 + int(beyond.sum())) / (len(self.placebos) + 1)

    @property
    def enough(self) -> bool:
        """Whether there are placebos enough for a p."""
        return len(self.placebos) >= PLACEBOS_LEAST.value and not math.isnan(self.estimate)

    def half_width(self) -> float:
        """Distance from the estimate of the furthest effect that has a p above 0.05."""
        allowed = math.floor(round(_ALPHA * (len(self.placebos) + 1), 9)) - 1
        return float(np.sort(np.abs(self.placebos))[-1 - allowed])


def one_date(
    measure: Floats,
    control: Floats | None,
    weekday: NDArray[np.integer],
    launch: int,
    horizon: int,
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
        The effect over the horizon. No p without a control, which lets shared ups and downs pass
        for effects, nor under 53 placebos.
    """
    days = len(measure)
    inside = min(launch, days)
    loading = None if control is None else follows(measure, control, weekday, inside)
    adjusted = measure if control is None or loading is None else measure - loading * control
    found = ranked(adjusted, weekday, launch, horizon)
    own = None
    expected = found.expected
    if control is not None and loading is not None:
        own = ranked(control, weekday, launch, horizon)
        expected = expected + loading * control
    reason = _reason(found, launch, horizon, days, controlled=own is not None)
    half = None if reason else found.half_width()
    return SeriesEffect(
        estimate=found.estimate,
        ci_lower=None if half is None else found.estimate - half,
        ci_upper=None if half is None else found.estimate + half,
        p=None if reason else found.p,
        placebos=len(found.placebos),
        least_p=None if reason else 1 / (len(found.placebos) + 1),
        expected=expected,
        control_p=own.p if own is not None and own.enough else None,
        control_estimate=math.nan if own is None else own.estimate,
        loading=loading,
        reason=reason,
    )


def _reason(found: Ranked, launch: int, horizon: int, days: int, *, controlled: bool) -> str:
    """Why there is no figure or no p; empty where there is."""
    if launch < SERIES_DAYS.value:
        return "short_history"
    if launch + horizon > days:
        return "no_days_after"
    if math.isnan(found.estimate):
        return "few_days"
    if not controlled:
        return "no_control"
    return "" if found.enough else "few_placebos"


def follows(
    measure: Floats, control: Floats, weekday: NDArray[np.integer], launch: int
) -> float | None:
    """Seconds of the measure for one of its control, before the launch.

    Both lose their weekdays and their line; the slope is that of their 7-day means. Single days
    are noisy in the control as well, which would draw the slope towards 0 and leave half of what
    both share in the adjusted series.

    Args:
        measure: (days) seconds; NaN: missing.
        control: (days) the same.
        weekday: (days) 0 to 6.
        launch: Days from here on are not looked at.

    Returns:
        The slope; None where too few days have both, or the control does not move.
    """
    size = int(SERIES_SMOOTH.value)
    if launch < SERIES_DAYS.value:
        return None
    both = np.stack([measure[:launch], control[:launch]])
    there = np.isfinite(both).all(axis=0)
    if int(there.sum()) < SERIES_DAYS.value * SERIES_PRESENT.value:
        return None
    terms = _terms(weekday[:launch])[there]
    rest = np.zeros((2, launch))
    rest[:, there] = both[:, there] - both[:, there] @ np.linalg.pinv(terms).T @ terms.T
    counted = sliding_window_view(there, size).sum(axis=1)
    full = counted >= size * SERIES_PRESENT.value
    means = sliding_window_view(rest, size, axis=1).sum(axis=2)[:, full] / counted[full]
    moves = float(means[1] @ means[1])
    level = float(np.square(both[1, there]).mean())
    if int(full.sum()) < CONTROL_LEAST.value or moves <= _RANK**2 * level * int(full.sum()):
        return None
    return float(means[0] @ means[1]) / moves


def ranked(series: Floats, weekday: NDArray[np.integer], launch: int, horizon: int) -> Ranked:
    """The effect at the launch and at every earlier date with 28 days before it.

    Args:
        series: (days) seconds; NaN: missing.
        weekday: (days) 0 to 6.
        launch: Index of the first day after it.
        horizon: Days after a date that count; those of an earlier one end before the launch.

    Returns:
        Dates whose days are missing by more than half have no effect. With no day missing there
        are launch - horizon - 27 placebos.
    """
    days, least = len(series), int(SERIES_DAYS.value)
    nothing = Ranked(math.nan, np.zeros(0), np.full(days, np.nan))
    if launch < least or launch + horizon > days or horizon < 1:
        return nothing
    dates = np.append(np.arange(least, launch - horizon + 1), launch)
    begins = np.maximum(0, dates - int(SERIES_WINDOW.value))
    terms = _terms(weekday)
    there = np.isfinite(series)
    values = np.where(there, series, 0.0)
    kept = terms * there[:, None]
    inside = _windows(kept[:, :, None] * kept[:, None, :], begins, dates)
    sums = _windows(kept * values[:, None], begins, dates)
    fitted = (np.linalg.pinv(inside, rcond=_RANK, hermitian=True) @ sums[..., None])[..., 0]
    after = dates[:, None] + np.arange(horizon)
    seen = np.take_along_axis(np.diagonal(inside, axis1=1, axis2=2), weekday[after], axis=1) > 0
    counts = there[after] & seen
    apart = values[after] - np.einsum("dhk,dk->dh", terms[after], fitted)
    measured = counts.sum(axis=1)
    enough = measured >= horizon * SERIES_PRESENT.value
    enough &= _windows(there.astype(np.float64), begins, dates) >= (
        np.minimum(dates - begins, least) * SERIES_PRESENT.value
    )
    effects = np.where(counts, apart, 0.0).sum(axis=1) / np.maximum(measured, 1)
    effects[~enough] = np.nan
    if math.isnan(effects[-1]):
        return nothing
    expected = terms @ fitted[-1]
    expected[: begins[-1]] = np.nan
    expected[~(np.diagonal(inside[-1])[weekday] > 0)] = np.nan
    return Ranked(float(effects[-1]), effects[:-1][enough[:-1]], expected)


def _terms(weekday: NDArray[np.integer]) -> Floats:
    """(days, 8) one column for each weekday and the line, in twelve weeks, 0 at the end."""
    days = np.arange(len(weekday)) - len(weekday)
    return np.column_stack([weekday[:, None] == np.arange(7), days / SERIES_WINDOW.value])


def _windows(rows: Floats, begins: NDArray[np.integer], ends: NDArray[np.integer]) -> Floats:
    """Sums of the rows from each begin to before each end."""
    summed = np.concatenate([np.zeros((1, *rows.shape[1:])), np.cumsum(rows, axis=0)])
    return summed[ends] - summed[begins]
