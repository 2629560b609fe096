"""The measure of a roll-out: a mean for each unit and week, weeks counted from the first launch.

A week that a launch cuts counts neither as before nor as after it, so it is missing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from resume_gap.comparison.rollout import Rollout
from resume_gap.comparison.series import Floats, LaunchedReturns
from resume_gap.units import HOUR_US, US, WEEK_US

_CLOCK_US: Final = HOUR_US
"""A launch so close to the beginning of a week is at it: clocks are changed by so much."""


@dataclass(frozen=True, slots=True)
class UnitWeeks:
    """A roll-out as a panel.

    Attributes:
        means: (units, weeks) seconds; NaN where nothing was measured, or a launch cuts the week.
        returns: (units, weeks) how many returns; 0 where the mean is missing.
        launched: (units) index of the first whole week with the marker; weeks: never.
        begun: (units) index of the week in which it was launched, cut or whole.
        first_week: Week of the first column, 0 or below: counted from the first launch.
    """

    means: Floats
    returns: NDArray[np.int64]
    launched: NDArray[np.int64]
    begun: NDArray[np.int64]
    first_week: int


def panel_of(returns: LaunchedReturns, rollout: Rollout, *, is_due: bool) -> UnitWeeks:
    """Means by unit and week.

    Args:
        returns: Followed-up returns by user and day, counted from the first launch.
        rollout: The units.
        is_due: Of returns at which the marker is due, or is never shown.
    """
    named = rollout.users.filter("is_named")
    units = named.group_by("unit").agg(pl.col("launched_us").first()).sort("unit")
    numbered = named.join(units.with_row_index("place").select("unit", "place"), on="unit")
    first, last = returns.first_day // 7, returns.last_day // 7
    shape = (units.height, last - first + 1)
    sums = (
        returns.rows.filter(pl.col("is_due") == is_due)
        .join(numbered.select("user_no", "place"), on="user_no")
        .group_by("place", pl.col("day").floordiv(7).alias("week"))
        .agg(pl.col("returns").sum(), pl.col("waited_us").sum())
    )
    place = sums["place"].to_numpy(), sums["week"].to_numpy() - first
    counted, waited = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    counted[place], waited[place] = sums["returns"].to_numpy(), sums["waited_us"].to_numpy()
    launched, cut = _launches(units["launched_us"], returns.launch_us, first, shape[1])
    rows = np.flatnonzero(cut >= 0)
    counted[rows, cut[rows]] = 0
    means = np.full(shape, np.nan)
    np.divide(waited / US, counted, out=means, where=counted > 0)
    return UnitWeeks(means, counted, launched, np.where(cut >= 0, cut, launched), first)


def _launches(
    launched_us: pl.Series, origin_us: int, first: int, weeks: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(units) index of the first whole week with the marker, and of the week that is cut or -1."""
    index = np.full(len(launched_us), weeks, dtype=np.int64)
    cut = np.full(len(launched_us), -1, dtype=np.int64)
    known = np.flatnonzero(~launched_us.is_null().to_numpy())
    since = launched_us.drop_nulls().to_numpy() - origin_us
    nearest = np.rint(since / WEEK_US).astype(np.int64)
    whole = np.abs(since - nearest * WEEK_US) <= _CLOCK_US
    week = np.where(whole, nearest, since // WEEK_US) - first
    index[known] = np.clip(np.where(whole, week, week + 1), 0, weeks)
    halved = ~whole & (week >= 0) & (week < weeks)
    cut[known[halved]] = week[halved]
    return index, cut
