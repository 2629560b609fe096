"""Days counted from a launch: sums become means, and a day without returns is missing."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import numpy as np
import polars as pl

from resume_gap.comparison.series import LaunchedReturns
from resume_gap.units import DAY_US, US

LAUNCH_US = int(datetime(2025, 6, 23, tzinfo=UTC).timestamp()) * US


def returns(*rows: tuple[int, int, bool, int, float], **more: int) -> LaunchedReturns:
    """Rows of user, day, whether the marker is due, returns and their seconds together."""
    frame = pl.DataFrame(
        [(user, day, is_due, n, round(seconds * US), 0) for user, day, is_due, n, seconds in rows],
        schema={
            "user_no": pl.Int64,
            "day": pl.Int64,
            "is_due": pl.Boolean,
            "returns": pl.Int64,
            "waited_us": pl.Int64,
            "first_us": pl.Int64,
        },
        orient="row",
    )
    span = {"launch_us": LAUNCH_US, "first_day": -3, "last_day": 2} | more
    return LaunchedReturns(rows=frame, **span)


HAND_WRITTEN = returns(
    (1, -3, True, 2, 30.0),
    (2, -3, True, 1, 60.0),
    (1, -1, False, 4, 10.0),
    (1, 0, True, 1, 7.0),
    (2, 2, True, 3, 9.0),
    (2, 2, False, 1, 2.0),
)


def test_a_day_has_the_mean_of_its_returns() -> None:
    due = HAND_WRITTEN.mean(is_due=True)
    control = HAND_WRITTEN.mean(is_due=False)
    missing = np.nan
    np.testing.assert_array_equal(due, [30.0, missing, missing, 7.0, missing, 3.0])
    np.testing.assert_array_equal(control, [missing, missing, 2.5, missing, missing, 2.0])


def test_returns_and_users_are_counted_on_both_sides() -> None:
    np.testing.assert_array_equal(HAND_WRITTEN.returns(is_due=True), [3, 0, 0, 1, 0, 3])
    assert HAND_WRITTEN.users(is_after=False) == 2
    assert HAND_WRITTEN.users(is_after=True) == 2
    assert (HAND_WRITTEN.days, HAND_WRITTEN.launch) == (6, 3)


def test_without_other_returns_there_is_no_control() -> None:
    assert HAND_WRITTEN.has_control
    assert not returns((1, 0, True, 1, 1.0)).has_control


def test_a_day_begins_at_the_hour_of_the_launch_in_the_zone_of_the_run() -> None:
    begins = HAND_WRITTEN.begins("Europe/Berlin")
    assert begins[3].isoformat() == "2025-06-23T02:00:00+02:00"
    assert HAND_WRITTEN.weekday("UTC").tolist() == [4, 5, 6, 0, 1, 2]
    # Ten hours behind it is still Sunday when the day of the launch begins.
    assert HAND_WRITTEN.weekday("Pacific/Honolulu").tolist() == [3, 4, 5, 6, 0, 1]


def test_a_day_is_24_hours_also_where_clocks_are_changed() -> None:
    # Berlin's clocks go forward on 30 March 2025, an hour before this launch at 3:30.
    launch = int(datetime(2025, 3, 30, 1, 30, tzinfo=UTC).timestamp()) * US
    begins = returns((1, 0, True, 1, 1.0), launch_us=launch).begins("Europe/Berlin")
    assert [at.hour for at in begins] == [2, 2, 2, 3, 3, 3]
    assert {(b - a).total_seconds() * US for a, b in itertools.pairwise(begins)} <= {
        DAY_US,
        DAY_US - 3600 * US,  # of the wall clock
        DAY_US + 3600 * US,
    }
