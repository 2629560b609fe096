"""Logs around a launch, written row by row, whose daily means are known by construction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIRST_DAY = date(2025, 3, 3)
WORK, DONE, LOOK, SHOWN = "edit_cell", "submit", "view_page", "marker_shown"
SETTINGS: dict[str, Any] = {"gap": "30m", "productive": WORK, "complete": DONE}
NIGHT_LAG = 5.0
"""Seconds to work on the first return of a day; the stop of the day before was in mid-task."""

_STEADY, _STEP = 9, 3.0
"""Events of steady work, an odd number so that the last is work, and seconds between them."""


@dataclass
class Day:
    """What is planted on one day of the log.

    Attributes:
        due: Seconds to work of the return at which the marker is due, one a user.
        control: Of the return from a finished task.
    """

    due: list[float] = field(default_factory=list)
    control: list[float] = field(default_factory=list)

    def mean(self, cap: float, *, first: bool) -> float:
        """Mean of the returns at which the marker is due, up to a cap; with the night's but one."""
        lags = self.due + ([] if first else [NIGHT_LAG] * len(self.due))
        return sum(min(lag, cap) for lag in lags) / len(lags)

    def control_mean(self, cap: float) -> float:
        """The same of the returns without a marker."""
        return sum(min(lag, cap) for lag in self.control) / len(self.control)


@dataclass(frozen=True)
class LaunchLog:
    """A log and what was planted.

    Attributes:
        rows: user_id, timestamp, event and team.
        days: What is planted, day by day.
        launch: Date of the launch.
    """

    rows: pl.DataFrame
    days: list[Day]
    launch: date

    def write(self, folder: Path) -> str:
        """Write it as a Parquet file; its path."""
        path = folder / "log.parquet"
        self.rows.write_parquet(path)
        return str(path)


def launch_log(
    *,
    users: int = 8,
    before: int = 98,
    after: int = 15,
    due: Callable[[int, float], float] = lambda day, drawn: drawn - 12.0 * (day >= 0),
    control: Callable[[int, float], float] = lambda _, drawn: drawn,
    weekends: bool = True,
    shown: bool = False,
    seed: int = 0,
) -> LaunchLog:
    """People who stop and come back twice a day, once in mid-task and once after a finished task.

    Args:
        users: How many.
        before: Days before the launch.
        after: Days from it on.
        due: Of the day (0: the launch) and a draw around 40 s, the seconds to work.
        control: The same of a draw around 10 s.
        weekends: Whether people work on Saturdays and Sundays.
        shown: Whether the marker is logged from the launch on.
        seed: Of the draws.
    """
    random = Random(seed)  # noqa: S311 - a log of a test is no secret
    rows: list[tuple[str, datetime, str, str]] = []
    days: list[Day] = []
    for number in range(before + after):
        day = Day()
        days.append(day)
        begins = datetime.combine(FIRST_DAY, datetime.min.time(), UTC) + timedelta(days=number)
        if not weekends and begins.weekday() >= 5:
            continue
        for user in range(users):
            lags = (
                due(number - before, random.gauss(40, 4)),
                control(number - before, random.gauss(10, 1)),
            )
            day.due.append(lags[0])
            day.control.append(lags[1])
            morning = begins + timedelta(hours=9, minutes=user)
            is_shown = shown and number >= before
            rows += [
                (f"u{user:02}", at, event, f"team {user % 3}")
                for at, event in _day(morning, lags, is_shown=is_shown)
            ]
    frame = pl.DataFrame(rows, schema=["user_id", "timestamp", "event", "team"], orient="row")
    return LaunchLog(frame, days, FIRST_DAY + timedelta(days=before))


def _day(
    morning: datetime, lags: tuple[float, float], *, is_shown: bool
) -> list[tuple[datetime, str]]:
    """Three visits: a return after the night, one in mid-task, one after a finished task."""
    back, later = morning + timedelta(hours=1), morning + timedelta(hours=2)
    work, last = (at + _seconds(lag) for at, lag in zip((back, later), lags, strict=True))
    return [
        (morning, LOOK),
        *([(morning + _seconds(0.2), SHOWN)] if is_shown else []),
        *_steady(morning + _seconds(NIGHT_LAG)),
        (back, LOOK),
        *([(back + _seconds(0.2), SHOWN)] if is_shown else []),
        *_steady(work),
        (work + _seconds(_STEADY * _STEP), DONE),
        (later, LOOK),
        *_steady(last),
    ]


def _steady(begins: datetime) -> list[tuple[datetime, str]]:
    """Work, with a look at the page after each step of it but the last."""
    return [(begins + _seconds(_STEP * n), LOOK if n % 2 else WORK) for n in range(_STEADY)]


def _seconds(seconds: float) -> timedelta:
    """Whole microseconds."""
    return timedelta(microseconds=round(seconds * 1e6))
