"""Figures of statsmodels' OLS for tests/stats/test_interrupted_series.py.

    pip install statsmodels==0.15.0
    python -m tests.oracles.series_by_statsmodels

prints the figures that stand there: `LOADING`, `EFFECT`, the placebo effects `PLACEBOS` and how far
Student's interval reaches, `REACH`, for a control that does not move after a date.
"""

import math

import numpy as np
from numpy.typing import NDArray

DAYS, LAUNCH, HORIZON, WINDOW = 150, 130, 14, 84
WEEKDAY = np.arange(3, DAYS + 3) % 7
PLACEBO_DATES = (28, 60, 116)


def series() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A measure and its control, seconds by day; a day of each is missing."""
    day = np.arange(DAYS)
    shared = 9 * np.sin(day / 11) + 4 * np.sin(day * day / 7)
    measure = 60 + 0.05 * day + 3 * (WEEKDAY > 4) + shared + 5 * np.sin(day * 12.9898)
    control = 40 - 0.02 * day + 2 * (WEEKDAY == 1) + 0.7 * shared + 3 * np.cos(day * 78.233)
    measure[[50, 133]] = np.nan
    control[70] = np.nan
    return measure, control


def terms(days: NDArray[np.int64]) -> NDArray[np.float64]:
    """A column for each weekday and one for the line."""
    return np.column_stack([WEEKDAY[days][:, None] == np.arange(7), days]).astype(float)


def main() -> None:
    """Print the figures."""
    import statsmodels.api as sm
    from scipy import stats

    measure, control = series()
    both = np.flatnonzero(np.isfinite(measure + control) & (np.arange(DAYS) < LAUNCH))
    rest = np.full((2, LAUNCH), np.nan)
    for row, values in zip(rest, (measure, control), strict=True):
        row[both] = sm.OLS(values[both], terms(both)).fit().resid
    weeks = np.array([np.nanmean(rest[:, i : i + 7], axis=1) for i in range(LAUNCH - 6)])
    loading = float(sm.OLS(weeks[:, 0], weeks[:, 1]).fit().params[0])
    print("LOADING =", repr(loading))  # noqa: T201
    adjusted = measure - loading * control

    def effect(date: int) -> tuple[float, float]:
        days = np.arange(max(0, date - WINDOW), date)
        days = days[np.isfinite(adjusted[days])]
        after = np.arange(date, date + HORIZON)
        after = after[np.isfinite(adjusted[after])]
        fit = sm.OLS(adjusted[days], terms(days)).fit()
        mean = terms(after).mean(axis=0)
        variance = 1 / len(after) + mean @ fit.normalized_cov_params @ mean
        return float(np.mean(adjusted[after] - fit.predict(terms(after)))), float(variance)

    print("EFFECT =", repr(effect(LAUNCH)[0]))  # noqa: T201
    print("PLACEBOS =", tuple(effect(date)[0] for date in PLACEBO_DATES))  # noqa: T201
    placebos = [effect(date) for date in range(28, LAUNCH - HORIZON + 1)]
    day = math.sqrt(sum(size**2 / variance for size, variance in placebos) / len(placebos))
    beside = (len(placebos) + HORIZON - 1) / HORIZON
    reach = stats.t.ppf(0.975, beside) * day * math.sqrt(effect(LAUNCH)[1])
    print("REACH =", repr(float(reach)))  # noqa: T201


if __name__ == "__main__":
    main()
