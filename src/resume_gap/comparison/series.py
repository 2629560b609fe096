"""The measure and its control day by day, from returns counted by user, day and kind.

A day is 24 hours long and counted from the launch, so that no day is half with the marker. A day
without a return is missing, never 0.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from resume_gap.comparison.launch import LoggedSpan
from resume_gap.constants import GAPS_COUNTED
from resume_gap.pipeline.queries import Runner
from resume_gap.units import DAY_US, US, local_time

Floats = NDArray[np.float64]
DayCounts = NDArray[np.int64]


@dataclass(frozen=True)
class LaunchedReturns:
    """Followed-up returns around a launch.

    Attributes:
        rows: One row per user, day and kind of return (queries/84_compared_returns.sql).
        launch_us: The instant from which days are counted.
        first_day: Day of the log's first event, 0 or below.
        last_day: Day of its last one.
    """

    rows: pl.DataFrame
    launch_us: int
    first_day: int
    last_day: int

    @property
    def days(self) -> int:
        """Days of the log."""
        return self.last_day - self.first_day + 1

    @property
    def launch(self) -> int:
        """Place of the first day with the marker."""
        return -self.first_day

    def returns(self, *, is_due: bool) -> DayCounts:
        """(days) returns at which the marker is due, or is never shown."""
        return self._sums("returns", is_due=is_due)

    def mean(self, *, is_due: bool) -> Floats:
        """(days) their mean wait in seconds; NaN on days without any."""
        returns = self.returns(is_due=is_due)
        waited = self._sums("waited_us", is_due=is_due)
        found = np.full(self.days, np.nan)
        np.divide(waited / US, returns, out=found, where=returns > 0)
        return found

    def mean_log_gap(self) -> Floats:
        """(days) mean natural logarithm of the gaps before returns at which the marker is due.

        Gaps are in seconds, up to the longest that counts; NaN on days without any.
        """
        returns = self.returns(is_due=True)
        found = np.full(self.days, np.nan)
        millionths = self._sums("log_gaps", is_due=True)
        np.divide(millionths / 1e6, returns, out=found, where=returns > 0)
        return found - math.log(US)

    @cached_property
    def has_control(self) -> bool:
        """Whether any return is known at which the marker is never shown."""
        return bool((~self.rows["is_due"]).any())

    def weekday(self, zone: str) -> DayCounts:
        """(days) day of the week on which each begins in a zone, Monday 0."""
        return np.array([at.weekday() for at in self.begins(zone)], dtype=np.int64)

    def begins(self, zone: str) -> list[datetime]:
        """(days) when each begins, in a zone."""
        numbers = range(self.first_day, self.last_day + 1)
        return [local_time(self.launch_us + day * DAY_US, zone) for day in numbers]

    def users(self, *, is_after: bool) -> int:
        """Users with a return at which the marker is due, from the launch on or before it."""
        side = (pl.col("day") >= 0) == is_after
        return self.rows.filter(side & pl.col("is_due"))["user_no"].n_unique()

    def _sums(self, column: str, *, is_due: bool) -> DayCounts:
        mine = self.rows.filter(pl.col("is_due") == is_due)
        sums = mine.group_by("day").agg(pl.col(column).sum())
        found = np.zeros(self.days, dtype=np.int64)
        found[sums["day"].to_numpy() - self.first_day] = sums[column].to_numpy()
        return found


def read_returns(
    runner: Runner, span: LoggedSpan, *, launch_us: int, cap_us: int
) -> LaunchedReturns:
    """Followed-up returns by user, day and kind.

    Args:
        runner: Holds `lags`, `streams` and `stream_stats` of the headline threshold.
        span: Of the log.
        launch_us: The (first) launch.
        cap_us: Waits count up to this.
    """
    runner.let(
        launch_us=launch_us,
        primary_cap_us=cap_us,
        day_us=DAY_US,
        longest_gap_us=int(GAPS_COUNTED.value) * US,
    )
    return LaunchedReturns(
        rows=runner.read("84_compared_returns").pl(),
        launch_us=launch_us,
        first_day=(span.first_us - launch_us) // DAY_US,
        last_day=(span.last_us - launch_us) // DAY_US,
    )
