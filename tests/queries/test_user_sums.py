"""The sums of a user: of all streams, with 0 where there is nothing to add."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .conftest import HandMade


def test_sums_are_those_of_all_streams_and_0_without_rows(runner: HandMade) -> None:
    """User 2 reaches no work in time, 3 is not interrupted, 4 has no events, 5 no return."""
    runner.given(
        "streams",
        "user_no integer, stream_no integer",
        (1, 1),
        (1, 2),
        (2, 3),
        (3, 4),
        (4, 5),
        (5, 6),
    )
    runner.given(
        "stream_stats",
        "stream_no integer, events bigint, first_us bigint, last_us bigint, productive_us bigint",
        (1, 7, 20, 90, 30),
        (2, 8, 10, 80, 40),
        (3, 5, 11, 12, 0),
        (4, 1, 13, 13, 0),
        (5, 0, 1, 2, 3),
        (6, 2, 14, 15, 1),
    )
    runner.given(
        "lags",
        "stream_no integer, is_interruption boolean, eligible boolean, lag_us bigint,"
        " reorientation_us bigint",
        (1, True, True, 0, 5),
        (2, True, True, 10, 6),
        (2, True, True, 11, 7),
        (1, True, True, 2, 8),
        (1, True, False, 3, 9),
        (1, False, True, 0, 50),
        (3, False, True, 4, 50),
        (3, True, True, 11, 4),
        (4, False, False, 1, 50),
    )
    runner.given(
        "stops",
        "stream_no integer, reason text, stop_us bigint, log_end_us bigint, return_us bigint",
        (1, "mid_task", 0, 100, None),
        (2, "unknown", 0, 100, 100),
        (2, "mid_task", 0, 100, 101),
        (1, "idle", 0, 100, 1),
        (1, "mid_task", 1, 100, 2),
    )
    found = runner.rows("40_user_sums", cap_us=10, follow_up_us=100)
    # User, streams, events, first, last, productive time; stops, not returned, followed up and
    # returned; returns, interruptions, eligible, productive, at once; the two sums.
    assert found == [
        (1, 2, 15, 10, 90, 70, 5, 1, 3, 1, 6, 5, 4, 3, 1, 35, 12),
        (2, 1, 5, 11, 12, 0, 0, 0, 0, 0, 2, 1, 1, 0, 0, 4, 0),
        (3, 1, 1, 13, 13, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
        (5, 1, 2, 14, 15, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    ]
