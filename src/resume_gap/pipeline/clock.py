"""Which times of a log are believed: unreadable ones, ones out of range, far outliers."""

import math
from collections.abc import Collection

import numpy as np
import polars as pl

from resume_gap.constants import (
    MAX_BAD_TIMES,
    OUTLIER_EMPTY_DAYS,
    OUTLIER_SHARE,
    OUTLIER_TIMES_LONGEST,
)
from resume_gap.errors import DataError
from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import DAY_US, Check
from resume_gap.settings import Settings
from resume_gap.sources.times import CLOCK_BEFORE_US, CLOCK_FROM_US
from resume_gap.units import local_time, rows_that

_ANY_US = 1 << 62
FAR = {
    "end_far": ("end_out_of_range", "an end"),
    "received_at_far": ("received_at_out_of_range", "a time of arrival"),
}
"""Flags of `rows` for values out of range: the code of the check, and what they are."""


def spans(days: pl.DataFrame) -> pl.DataFrame:
    """Rows of each input, and the first and last of its times that are in range."""
    in_range = (pl.col("first_us") >= CLOCK_FROM_US) & (pl.col("last_us") < CLOCK_BEFORE_US)
    return (
        days.group_by("input_no")
        .agg(
            pl.col("n").sum(),
            pl.col("first_us").filter(in_range).min(),
            pl.col("last_us").filter(in_range).max(),
        )
        .sort("input_no")
    )


def days_in_range(days: pl.DataFrame) -> list[int]:
    """Days since 1970 that have rows and lie in the accepted years, in order."""
    in_range = pl.col("day").is_between(CLOCK_FROM_US // DAY_US, CLOCK_BEFORE_US // DAY_US - 1)
    return days.filter(in_range)["day"].unique().sort().to_list()


def check_far(runner: Runner, there: Collection[str], read: int) -> list[Check]:
    """Warn about ends and times of arrival that are out of range.

    Args:
        runner: Holds `log`, and the variables `clock_from_us` and `clock_before_us`.
        there: Columns of `rows`.
        read: Rows of the log.
    """
    checks: list[Check] = []
    if FAR.keys().isdisjoint(there):
        return checks
    for (code, column), count in zip(FAR.values(), runner.row("31_far_times"), strict=True):
        if count:
            checks.append(
                Check(
                    check=code,
                    severity="warn",
                    count=count,
                    share=count / read,
                    action="read as missing; the rows stay",
                    message=(
                        f"{rows_that(count, 'have', 'has')} {column} before 1990 or after 2037:"
                        " a wrong clock"
                    ),
                )
            )
    return checks


def refuse_bad_times(days: pl.DataFrame, read: int) -> None:
    """Refuse a log most of whose times cannot be read.

    Raises:
        DataError: Too many of them cannot.
    """
    unreadable = int(days.filter(pl.col("at_given") & pl.col("day").is_null())["n"].sum())
    if unreadable > MAX_BAD_TIMES.value * read:
        raise DataError(
            f"{unreadable:,} of {read:,} rows have a time that cannot be read; "
            "name the right column with --time COL, its unit with --time-unit s|ms|us|ns"
        )


def bound_clock(
    runner: Runner, settings: Settings, days: pl.DataFrame, checks: list[Check]
) -> tuple[int, int] | None:
    """Set the variables that bound the clock.

    Returns:
        The first and the last instant that are believed; None: all are.

    Raises:
        DataError: No row has a usable time.
    """
    since = -_ANY_US if settings.since_us is None else settings.since_us
    until = _ANY_US if settings.until_us is None else settings.until_us
    low, high = max(since, CLOCK_FROM_US), min(until, CLOCK_BEFORE_US - 1)
    runner.let(since_us=since, until_us=until)
    inside = (
        days.filter(pl.col("day").is_between(low // DAY_US, high // DAY_US))
        .group_by("day")
        .agg(pl.col("n").sum())
        .sort("day")
    )
    wrong = days.filter(
        (pl.col("last_us") < CLOCK_FROM_US) | (pl.col("first_us") >= CLOCK_BEFORE_US)
    )
    if inside.is_empty():
        raise DataError(_nothing_inside(days, wrong, settings.tz))
    if wrong.height:
        count = int(wrong["n"].sum())
        checks.append(
            Check(
                check="clock_out_of_range",
                severity="warn",
                count=count,
                share=count / int(days["n"].sum()),
                action="set aside",
                message=(
                    f"{rows_that(count, 'have', 'has')} a time before 1990 or after 2037: a wrong"
                    " clock"
                ),
            )
        )
    day, n = inside["day"].to_numpy(), inside["n"].to_numpy()
    first, last = without_outliers(day, n)
    first = 0 if settings.since_us is not None else first  # a bound that was given decides
    last = len(day) - 1 if settings.until_us is not None else last
    outliers = int(n[:first].sum() + n[last + 1 :].sum())
    earliest = max(low, int(day[first]) * DAY_US)
    latest = min(high, (int(day[last]) + 1) * DAY_US - 1)
    whole = days.filter((pl.col("first_us") >= earliest) & (pl.col("last_us") <= latest))
    all_in_range = whole.height == days.height  # a day of rows without a time has neither
    runner.let(earliest_us=earliest, latest_us=latest, all_in_range=all_in_range)
    if outliers:
        checks.append(
            Check(
                check="clock_outliers",
                severity="warn",
                count=outliers,
                share=outliers / int(n.sum()),
                action="set aside; --since and --until decide",
                message=(
                    f"{rows_that(outliers, 'lie', 'lies')} over"
                    f" {OUTLIER_EMPTY_DAYS.value:.0f} empty days from"
                    f" {1 - OUTLIER_SHARE.value:.0%} of the log: perhaps a wrong clock"
                ),
            )
        )
    return None if all_in_range else (earliest, latest)


def _nothing_inside(days: pl.DataFrame, wrong: pl.DataFrame, tz: str) -> str:
    """Why no time can be used."""
    timed = days.filter(pl.col("day").is_not_null())
    if timed.is_empty():
        return "no row has a time; name its column with --time COL"
    if wrong.height == timed.height:
        return (
            f"all {int(wrong['n'].sum()):,} times are before 1990 or after 2037: a wrong clock,"
            " column or unit; look at --time and --time-unit"
        )
    sound = timed.join(wrong, on="day", how="anti")
    first, last = (
        local_time(int(us), tz).date()  # type: ignore[arg-type]
        for us in (sound["first_us"].min(), sound["last_us"].max())
    )
    return (
        f"no row has a time inside the range; the log spans {first} to {last}; look at --since,"
        " --until, --time and --time-unit"
    )


def without_outliers(day: np.ndarray, n: np.ndarray) -> tuple[int, int]:
    """First and last index of the days that stay; those far from the core are set aside.

    The core is the shortest span of days that holds nearly all rows, the earliest of several.
    Outward from it, everything beyond a stretch without a row that is long, and much longer than
    any in the core, is an outlier: a sparse log has long ones of its own.

    Args:
        day: (k) days that have rows, ascending; k > 0.
        n: (k) their rows.
    """
    first, last = _core(n, day)
    empty = np.diff(day) - 1
    longest = int(empty[first:last].max(initial=0))
    limit = max(OUTLIER_EMPTY_DAYS.value, OUTLIER_TIMES_LONGEST.value * longest)
    far = np.flatnonzero(empty > limit)
    before, after = far[far < first], far[far >= last]
    return (
        int(before[-1]) + 1 if len(before) else 0,
        int(after[0]) if len(after) else len(day) - 1,
    )


def _core(n: np.ndarray, day: np.ndarray) -> tuple[int, int]:
    upto = np.concatenate([[0], np.cumsum(n)])
    wanted = math.ceil((1 - OUTLIER_SHARE.value) * upto[-1])
    firsts = np.flatnonzero(upto[:-1] + wanted <= upto[-1])
    lasts = np.searchsorted(upto, upto[firsts] + wanted) - 1
    shortest = int(np.argmin(day[lasts] - day[firsts]))
    return int(firsts[shortest]), int(lasts[shortest])
