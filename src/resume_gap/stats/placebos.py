"""What a daily series did after a date beyond what was expected, and after every earlier one.

What is expected after a date is a mean for each weekday and a line, fitted by least squares to
the twelve weeks before it. Earlier dates with enough days before and after them, all before the
launch, are placebos: they show how large such an effect is without a cause.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import (
    ALPHA,
    PLACEBOS_LEAST,
    SERIES_DAYS,
    SERIES_PRESENT,
    SERIES_WINDOW,
)

Floats = NDArray[np.float64]
Weekdays = NDArray[np.integer]
_TIE = 1e-9  # placebos this close to the effect are equal to it
_RANK = 1e-9  # of the largest eigenvalue: below, a term is not there


class Dated(NamedTuple):
    """Effects at the placebo dates, in their order, and at the launch, last.

    Attributes:
        effects: (dates) seconds, mean over the horizon of measured minus expected; NaN where over
            half of the days before or after are missing.
        variances: (dates) of each effect, for days that vary independently by 1.
        expected: (days) what is expected by the fit before the launch; NaN before the days that
            it was fitted to, and on weekdays that these do not hold.
    """

    effects: Floats
    variances: Floats
    expected: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """The launch's effect among those of earlier dates.

    Attributes:
        estimate: At the launch, seconds; NaN where there is none.
        scale: How much less certain it is than a placebo of the same size, by itself; 1 or more.
        placebos: (dates) effects at the earlier dates, each divided by its own scale.
    """

    estimate: float
    scale: float
    placebos: Floats

    @property
    def enough(self) -> bool:
        """Whether there are placebos enough for a p."""
        return len(self.placebos) >= PLACEBOS_LEAST.value and not math.isnan(self.estimate)

    @property
    def p(self) -> float:
        """(1 + placebos at least as far from 0) / (placebos + 1)."""
        return (1 + self._as_far()) / (len(self.placebos) + 1)

    @property
    def is_least(self) -> bool:
        """Whether no placebo is as far from 0, so that p is the least there can be."""
        return self._as_far() == 0

    def half_width(self) -> float:
        """Distance from the estimate of the furthest effect that has a p above 0.05, seconds."""
        allowed = math.floor(round(ALPHA.value * (len(self.placebos) + 1), 9)) - 1
        return self.scale * float(np.sort(np.abs(self.placebos))[-1 - allowed])

    @property
    def spread(self) -> float:
        """Root mean square of the placebos, seconds."""
        return math.sqrt(float(np.square(self.placebos).mean())) if len(self.placebos) else 0.0

    def _as_far(self) -> int:
        """How many placebos are at least as far from 0."""
        far = abs(self.estimate) / self.scale * (1 - _TIE)
        return int((np.abs(self.placebos) >= far).sum())


def ranked(series: Floats, weekday: Weekdays, launch: int, horizon: int) -> Ranked:
    """The effect of `dated` at the launch among those at the earlier dates.

    Args:
        series: (days) seconds, or whatever else is had by day; NaN: missing.
        weekday: (days) 0 to 6.
        launch: Index of the first day after it.
        horizon: Days after a date that count.
    """
    return rank_among(dated(series, weekday, launch, horizon).effects)


def rank_among(effects: Floats, scales: Floats | None = None) -> Ranked:
    """The last effect among the others.

    Args:
        effects: (dates) at the placebo dates and at the launch, seconds; NaN: none.
        scales: (dates) how much less certain each is; None: all alike.
    """
    sure = np.ones(len(effects)) if scales is None else scales
    there = np.isfinite(effects[:-1])
    placebos = effects[:-1][there] / sure[:-1][there]
    return Ranked(float(effects[-1]), float(sure[-1]), placebos)


def dated(series: Floats, weekday: Weekdays, launch: int, horizon: int) -> Dated:
    """The effect at the launch and at every earlier date with 28 days before it.

    Args:
        series: (days) seconds; NaN: missing.
        weekday: (days) 0 to 6.
        launch: Index of the first day after it.
        horizon: Days after a date that count; those of an earlier one end before the launch.

    Returns:
        With no day missing there are launch - horizon - 27 placebo dates. Where the launch has
        fewer than 28 days before it or its horizon reaches beyond the series, its effect is NaN,
        and there are no placebos.
    """
    days, least = len(series), int(SERIES_DAYS.value)
    if launch < least or launch + horizon > days or horizon < 1:
        return Dated(np.full(1, np.nan), np.ones(1), np.full(days, np.nan))
    dates = np.append(np.arange(least, launch - horizon + 1), launch)
    begins = np.maximum(0, dates - int(SERIES_WINDOW.value))
    terms = calendar(weekday)
    there = np.isfinite(series)
    values = np.where(there, series, 0.0)
    kept = terms * there[:, None]
    inside = _windows(kept[:, :, None] * kept[:, None, :], begins, dates)
    inverse = _inverse(inside)
    fitted = (inverse @ _windows(kept * values[:, None], begins, dates)[..., None])[..., 0]
    seen = np.diagonal(inside, axis1=1, axis2=2) > 0  # (dates, terms)

    after = dates[:, None] + np.arange(horizon)
    counts = there[after] & np.take_along_axis(seen, weekday[after], axis=1)
    measured = np.maximum(counts.sum(axis=1), 1)
    mean_terms = (terms[after] * counts[..., None]).sum(axis=1) / measured[:, None]
    effects = (values[after] * counts).sum(axis=1) / measured
    effects -= (mean_terms * fitted).sum(axis=1)
    variances = 1 / measured + np.einsum("dj,djk,dk->d", mean_terms, inverse, mean_terms)
    effects[~_enough(there, begins, dates, counts)] = np.nan

    expected = terms @ fitted[-1]
    expected[: begins[-1]] = np.nan
    expected[~seen[-1][weekday]] = np.nan
    if math.isnan(effects[-1]):
        expected[:] = np.nan
    return Dated(effects, variances, expected)


def calendar(weekday: Weekdays) -> Floats:
    """(days, 8) one column for each weekday and the line, in twelve weeks, 0 at the end.

    Args:
        weekday: (days) 0 to 6.
    """
    days = np.arange(len(weekday)) - len(weekday)
    return np.column_stack([weekday[:, None] == np.arange(7), days / SERIES_WINDOW.value])


def _inverse(systems: Floats) -> Floats:
    """Of each; the pseudo-inverse where a weekday is missing, or no weekday is there twice."""
    days = np.diagonal(systems, axis1=1, axis2=2)[:, :7]
    if (days > 0).all() and (days.sum(axis=1) > 7).all():
        return np.asarray(np.linalg.inv(systems))
    return np.asarray(np.linalg.pinv(systems, rcond=_RANK, hermitian=True))


def _enough(
    there: NDArray[np.bool_],
    begins: NDArray[np.integer],
    dates: NDArray[np.integer],
    counts: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """(dates) which have half of the days after them and half of those their fit needs."""
    before = _windows(there.astype(np.float64), begins, dates)
    needed = np.minimum(dates - begins, SERIES_DAYS.value) * SERIES_PRESENT.value
    after: NDArray[np.bool_] = counts.mean(axis=1) >= SERIES_PRESENT.value
    return after & (before >= needed)


def _windows(rows: Floats, begins: NDArray[np.integer], ends: NDArray[np.integer]) -> Floats:
    """Sums of the rows from each begin to before each end."""
    summed = np.concatenate([np.zeros((1, *rows.shape[1:])), np.cumsum(rows, axis=0)])
    return summed[ends] - summed[begins]
