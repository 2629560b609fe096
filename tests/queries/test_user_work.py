"""The work of a user: of all streams with an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .conftest import HandMade


def test_work_is_that_of_all_streams_with_events(runner: HandMade) -> None:
    runner.given(
        "streams",
        "user_no integer, stream_no integer",
        *[(2, 3), (1, 1), (1, 2), (1, 6), (4, 5), (5, 7)],
    )
    runner.given(
        "stream_stats",
        "stream_no integer, events bigint, first_us bigint, last_us bigint, productive_us bigint",
        (3, 5, 11, 12, 0),
        (1, 7, 20, 90, 30),
        (2, 8, 10, 80, 40),
        (6, 0, 1, 99, 9),
        (5, 0, 1, 2, 3),
        (7, 2, 14, 15, 1),
    )
    # User, streams, events, first, last, productive time.
    assert runner.rows("40_user_work") == [
        (1, 2, 15, 10, 90, 70),
        (2, 1, 5, 11, 12, 0),
        (5, 1, 2, 14, 15, 1),
    ]
