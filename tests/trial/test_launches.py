"""Who is at a pseudo-launch, and how long each waits for an interruption, from rows by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import polars as pl
import pytest

from resume_gap.arrays import NEVER
from resume_gap.pipeline.queries import Runner
from resume_gap.trial.launches import LogSpan, launch_times, read_launches
from resume_gap.units import DAY_US

if TYPE_CHECKING:
    from resume_gap.stats.trigger_rate import PseudoLaunches


def span(days: float, first: float = 0.0) -> LogSpan:
    return LogSpan(round(first * DAY_US), round((first + days) * DAY_US), 60)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (2.0, [1.0]),  # in the middle
        (14.0, [7.0]),
        (21.0, [14.0]),  # seven days before the end, 14 after the beginning
        (27.9, [20.9]),  # one more would have under 14 days before it
        (28.0, [14.0, 21.0]),
        (365.0, [358.0 - 7 * back for back in range(11, -1, -1)]),  # twelve at most
    ],
)
def test_launches_are_weekly(days: float, expected: list[float]) -> None:
    assert launch_times(span(days, first=3.0)) == [round((3 + day) * DAY_US) for day in expected]


def launched(
    sessions: list[tuple[int, float, float]],
    interruptions: list[tuple[int, float]],
    days: float = 21.0,
) -> PseudoLaunches:
    """The launches of a log of these sessions (user, from, to) and interruptions (user, day)."""
    with duckdb.connect() as con:
        runner = Runner(con)

        def store(name: str, rows: list[tuple[object, ...]], columns: list[str]) -> None:
            frame = pl.DataFrame(rows, schema=columns, orient="row")
            runner.store(name, frame.to_arrow())

        users = sorted({user for user, *_ in sessions})
        # Stream numbers are others than those of users.
        store("streams", [(100 + user, user) for user in users], ["stream_no", "user_no"])
        store(
            "sessions",
            [(100 + u, round(a * DAY_US), round(b * DAY_US)) for u, a, b in sessions],
            ["stream_no", "start_us", "end_us"],
        )
        lags = [(100 + user, round(day * DAY_US), True, True) for user, day in interruptions]
        # Neither what was no interruption nor what could not be followed up counts.
        lags += [(100, round(14.5 * DAY_US), False, True), (100, round(14.6 * DAY_US), True, False)]
        store("lags", lags, ["stream_no", "return_us", "is_interruption", "eligible"])
        return read_launches(runner, span(days))


def many(*users: int) -> list[tuple[int, float, float]]:
    """All of 26 users work on days 10, 13 and 20; these have nothing else."""
    return [(user, day, day + 0.1) for user in users for day in (10.0, 13.0, 20.0)]


def test_users_of_the_last_14_days_wait_for_their_next_interruption() -> None:
    """One launch on day 14 of a log of 21 days: users 30, 31 and 32 are not there."""
    others = [
        (30, 14.0, 14.2),  # begins at the launch
        (31, 15.0, 15.2),
        (32, 19.0, 19.2),
        (33, 13.9, 14.2),  # goes on over the launch
        (0, 0.0, 0.1),
    ]
    backs = [(user, 10.5) for user in range(26)]
    backs += [(user, 15.0 + user / 10) for user in range(25)]
    backs += [(0, 16.0), (31, 15.1), (33, 14.0)]
    seen = launched([*many(*range(26)), *others], backs)
    assert seen.launch.tolist() == [0] * 27
    assert seen.user.tolist() == list(range(27))
    days = [round(wait / DAY_US, 6) for wait in seen.wait_us.tolist()[:25]]
    assert days == [round(1.0 + user / 10, 6) for user in range(25)]
    assert seen.wait_us.tolist()[25:] == [NEVER, 0]
    assert seen.followed_us.tolist() == [7 * DAY_US - 60]
    # At the end of the log all 30 of the last 14 days are there.
    assert seen.active == 30


def test_long_ago_is_not_active() -> None:
    """The end is day 28: 27 users were there before day 14 only."""
    gone = [(user, 1.0, 13.9) for user in range(40, 67)]
    backs = [(user, 15.0) for user in range(26)]
    seen = launched([*many(*range(26)), *gone], backs, days=28.0)
    assert seen.followed_us.tolist() == [14 * DAY_US - 60, 7 * DAY_US - 60]
    assert [int((seen.launch == n).sum()) for n in (0, 1)] == [53, 53]
    assert seen.active == 26
    # Of the second launch nobody is interrupted any more.
    assert (seen.wait_us[seen.launch == 1] == NEVER).all()


def test_where_too_few_come_back_everybody_counts_from_the_first_event() -> None:
    backs = [(user, 15.0) for user in range(24)]
    newcomers = [(user, 14.0, 14.1) for user in range(40, 50)]
    seen = launched([*many(*range(26)), *newcomers], backs)
    assert seen.launch.tolist() == [0] * 36
    assert seen.followed_us.tolist() == [21 * DAY_US - 60]
    assert (seen.wait_us != NEVER).sum() == 24
    assert seen.active == 36
