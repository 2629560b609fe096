"""A clock that runs days ahead does not move the end of the log; a quiet end does not either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pytest

import resume_gap
from resume_gap.constants import LOG_END_SHARE
from resume_gap.quality.thin_end import LogEnd, log_end
from resume_gap.units import DAY_US

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOUR_US = 3_600_000_000
Visits = dict[int, int]
"""User to the newest instant of the user."""


class Days:
    """Stands for a log: answers with the days, and notes what it is asked."""

    def __init__(self, rows: list[tuple[int, int, int, int]]) -> None:
        self.rows = rows
        self.asked: list[str] = []
        self.day_end_us = 0

    def bursts(self, columns: Sequence[str]) -> Iterator[pa.Table]:
        """Two of each user at the beginning of each day."""
        self.asked.append("bursts")
        users = range(max(row[1] for row in self.rows))
        rows = [
            {"stream_no": user, "start_us": day * DAY_US + again}
            for user in users
            for day, many, *_ in self.rows
            for again in (0, 1)
            if user < many
        ]
        for part in (rows[: 2 * len(self.rows)], rows[2 * len(self.rows) :]):
            yield pa.table({name: [row[name] for row in part] for name in columns})

    def let(self, *, day_end_us: int) -> None:
        self.day_end_us = day_end_us

    def row(self, name: str) -> tuple[int, int, int]:
        self.asked.append(name)
        before = [row[3] for row in self.rows if row[3] < self.day_end_us]
        beyond = [row[2] for row in self.rows if row[3] >= self.day_end_us]
        return max(before), sum(beyond), sum(row[2] for row in self.rows)


def found(rows: list[tuple[int, int, int, int]], late: int, users: int = 300) -> LogEnd:
    """Days as users, rows and newest instant; so many of the users are there on the last day."""
    newest = max(row[3] for row in rows)
    newest_of = [newest if user < late else 0 for user in range(users)]
    stats = pl.DataFrame({"user_no": range(users), "newest_us": newest_of})
    days: Any = Days(rows)
    return log_end(days, days.bursts, stats, newest)


USUAL = [(day, 250, 9_000, day * DAY_US + 20 * HOUR_US) for day in range(5)]


def test_a_clock_ahead_is_reported_and_does_not_move_the_end() -> None:
    end = found([*USUAL, (18, 2, 40, 18 * DAY_US + HOUR_US)], late=2)
    assert end.at_us == 4 * DAY_US + 20 * HOUR_US
    (check,) = end.checks
    assert (check.check, check.severity, check.count) == ("thin_end", "warn", 40)
    assert check.share == 40 / 45_040
    assert check.names == ("1970-01-05",)


def test_several_thin_days_are_all_behind_the_end() -> None:
    thin = [(day, 1, 1, day * DAY_US) for day in (6, 7, 18)]
    end = found([*USUAL, *thin], late=1)
    assert (end.at_us, end.checks[0].count) == (4 * DAY_US + 20 * HOUR_US, 3)


def test_one_percent_of_a_median_day_is_enough() -> None:
    last = (18, 3, 40, 18 * DAY_US)
    assert LOG_END_SHARE.value * 250 <= 3
    assert found([*USUAL, last], late=2) == LogEnd(18 * DAY_US)


def test_a_weekend_with_hardly_anybody_changes_nothing() -> None:
    begun_us = 5 * DAY_US  # the day after the last one with enough users
    for beyond_us, is_end in ((-1, True), (0, False)):
        newest = begun_us + 4 * DAY_US + beyond_us
        assert (found([*USUAL, (6, 1, 2, newest)], late=1).at_us == newest) == is_end


def test_work_past_midnight_changes_nothing() -> None:
    assert found([*USUAL, (5, 1, 2, 5 * DAY_US + HOUR_US)], late=1) == LogEnd(5 * DAY_US + HOUR_US)


@pytest.mark.parametrize("late", [3, 300])
def test_nothing_is_counted_where_the_last_day_has_enough_of_all(late: int) -> None:
    days: Any = Days([])
    newest = 9 * DAY_US
    stats = pl.DataFrame(
        {"user_no": range(300), "newest_us": [newest if n < late else 0 for n in range(300)]}
    )
    end = log_end(days, days.bursts, stats, newest)
    assert end == LogEnd(newest)
    assert days.asked == []


def test_a_whole_log_with_one_clock_ahead(tmp_path: Any) -> None:
    def rows(user: int, ahead: int) -> list[str]:
        return [
            f"u{user},{1_772_442_000 + (day + ahead) * 86_400 + hour * 3_600 + user},edit"
            for day in range(1 if ahead else 4)
            for hour in (0, 2)
        ]

    path = tmp_path / "log.csv"
    lines = [line for user in range(150) for line in rows(user, 14 * (user == 7))]
    path.write_text("\n".join(["user_id,timestamp,event", *lines]))
    seen = resume_gap.analyze(path, gap="30m", productive=["edit"])
    (check,) = [one for one in seen.data_quality if one.check == "thin_end"]
    assert check.count == 2
    assert "2026-03-05" in check.message
    assert seen.rows.used == 149 * 8 + 2
