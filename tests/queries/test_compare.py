"""Queries around a launch: returns and events by day, markers before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .conftest import HandMade

DAY = 100
LAUNCH = 1_000
VARIABLES = {"launch_us": LAUNCH, "day_us": DAY, "primary_cap_us": 8, "longest_gap_us": 100}
RANGE = {"earliest_us": 10, "latest_us": 9_000}
LAGS = (
    "stream_no integer, return_us bigint, reason text, is_interruption boolean, eligible boolean,"
    " reorientation_us bigint, next_stop_us bigint, gap_us bigint"
)


@pytest.fixture(autouse=True)
def streams(runner: HandMade) -> None:
    """Users a and b, of whom a has two streams; one id is refused."""
    runner.given(
        "streams",
        "user_id text, user_no integer, stream_no integer",
        *[("a", 1, 1), ("a", 1, 2), ("b", 2, 3), ("refused", None, None)],
    )
    runner.given(
        "stream_stats",
        "stream_no integer, events integer, first_us bigint",
        *[(1, 9, 700), (2, 9, 650), (3, 9, 800)],
    )


def lag(stream: int, at: int, **more: Any) -> tuple[Any, ...]:
    """A return from an interruption, followed up."""
    row = {
        "stream_no": stream,
        "return_us": at,
        "reason": "mid_task",
        "is_interruption": True,
        "eligible": True,
        "reorientation_us": 5,
        "next_stop_us": at + 30,
        "gap_us": 1,
    }
    return tuple((row | more).values())


def test_returns_are_counted_by_user_day_and_kind(runner: HandMade) -> None:
    idle: dict[str, Any] = {"reason": "idle", "is_interruption": False}
    runner.given(
        "lags",
        LAGS,
        *[lag(1, LAUNCH, gap_us=10), lag(1, LAUNCH - 1, gap_us=2)],
        lag(2, LAUNCH + DAY - 1, reorientation_us=20, gap_us=1_000),
        *[lag(1, LAUNCH - DAY, reason="away_event"), lag(1, LAUNCH - DAY - 1)],
        *[lag(3, LAUNCH + DAY, **idle), lag(3, LAUNCH + DAY, eligible=False)],
        lag(3, LAUNCH, reason="unknown"),
    )
    found = runner.rows("84_compared_returns", **VARIABLES)
    assert found == [
        (1, -2, True, 1, 5, 0, 650),
        (1, -1, True, 2, 10, 693_147, 650),  # the logarithm of 2, and that of 1
        # 5 and 20, which counts up to the cap of 8; the logarithms of 10 and 100
        (1, 0, True, 2, 13, 2_302_585 + 4_605_170, 650),
        (2, 1, False, 1, 5, 0, 800),
    ]


def test_events_of_users_who_take_part_are_counted_by_day(runner: HandMade) -> None:
    runner.given(
        "log",
        "user_id text, event text, at_us bigint",
        *[("a", "edit", LAUNCH), ("b", "edit", LAUNCH + 1), ("a", "edit", LAUNCH - 1)],
        *[("a", "", LAUNCH), ("refused", "edit", LAUNCH), ("a", "edit", 9_001), ("a", "view", 10)],
    )
    found = runner.rows("85_event_days", **VARIABLES, **RANGE)
    assert found == [("edit", -1, 1), ("edit", 0, 2), ("view", -10, 1)]


def test_a_user_is_active_on_the_day_a_session_begins_or_ends(runner: HandMade) -> None:
    runner.given(
        "sessions",
        "stream_no integer, start_us bigint, end_us bigint",
        *[(1, LAUNCH - 1, LAUNCH), (2, LAUNCH, LAUNCH + 1), (3, LAUNCH + 2, LAUNCH + DAY)],
    )
    assert runner.rows("86_active_users", **VARIABLES) == [(-1, 1), (0, 2), (1, 1)]


UNITS = "user_no integer, user_id text, unit text, is_named boolean, launched_us bigint"


def test_markers_belong_to_the_latest_return(runner: HandMade) -> None:
    idle: dict[str, Any] = {"reason": "completed", "is_interruption": False}
    runner.let(launch_us=LAUNCH)
    runner.make("93_everybody_launched")
    runner.rename("everybody_launched", "user_units")
    runner.given(
        "lags",
        LAGS,
        *[lag(1, LAUNCH), lag(2, LAUNCH + 200, **idle), lag(3, LAUNCH + 300)],
        *[lag(3, LAUNCH + 500), lag(3, LAUNCH - 50), lag(1, LAUNCH + 600, eligible=False)],
    )
    runner.given(
        "log",
        "user_id text, event text, at_us bigint",
        *[("a", "shown", LAUNCH + 1), ("a", "shown", LAUNCH + 2), ("a", "shown", LAUNCH + 201)],
        *[("b", "shown", LAUNCH + 301), ("b", "shown", LAUNCH - 49), ("b", "shown", LAUNCH - 48)],
        # Long after its visit, before any return, and another event.
        *[("b", "shown", LAUNCH + 341), ("a", "shown", LAUNCH - 1), ("b", "view", LAUNCH + 501)],
    )
    found = runner.row_of(
        "87_launch_markers", **VARIABLES, **RANGE, shown_names=["shown"], threshold_us=10
    )
    assert found == {
        "shown": 5,
        "at_due": 3,
        "at_control": 1,
        "shown_before": 3,
        "users_before": 2,
        "due_shown": 2,
        "due_returns": 3,
    }


def test_a_marker_is_early_before_the_launch_of_its_own_unit(runner: HandMade) -> None:
    """a is launched later than b; c never is, and d is not named by the roll-out."""
    runner.given(
        "streams",
        "user_id text, user_no integer, stream_no integer",
        *[(name, n, n) for n, name in enumerate("abcd", start=1)],
    )
    launches = [(True, LAUNCH + 100), (True, LAUNCH), (True, None), (False, None)]
    runner.given(
        "user_units",
        UNITS,
        *[(n, name, name, *launches[n - 1]) for n, name in enumerate("abcd", start=1)],
    )
    runner.given("lags", LAGS, *[lag(n, LAUNCH + 50) for n in (1, 2, 3, 4)])
    rows = [(name, "shown", LAUNCH + 51) for name in "abcd"]
    runner.given("log", "user_id text, event text, at_us bigint", *rows)
    found = runner.row_of(
        "87_launch_markers", **VARIABLES, **RANGE, shown_names=["shown"], threshold_us=10
    )
    assert (found["shown"], found["shown_before"], found["users_before"]) == (1, 2, 2)
    assert (found["due_shown"], found["due_returns"]) == (1, 1)


def test_a_unit_has_the_earliest_of_its_times(runner: HandMade) -> None:
    runner.given(
        "rollout_rows",
        "user_id text, at_us bigint, at_given boolean",
        *[("b", 30, True), ("b", 20, True), ("a", None, False), ("c", None, True), ("", 20, True)],
        *[("d", 1, True), (None, 20, True), ("e", 100, True), ("e", 90, True)],
    )
    found = runner.rows("88_launched_units", clock_from_us=10, clock_before_us=100)
    assert found == [
        ("a", None, False),
        ("b", 20, False),
        ("c", None, True),
        ("d", None, True),
        ("e", 90, True),
    ]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (True, [(1, "a", "east", True, 30), (2, "b", None, False, None)]),
        (False, [(1, "a", "a", True, 40), (2, "b", "b", False, None)]),
    ],
)
def test_a_user_s_unit_is_the_first_value_or_the_user(
    runner: HandMade, named: bool, expected: list[tuple[Any, ...]]
) -> None:
    runner.given(
        "log",
        "user_id text, at_us bigint, unit text",
        *[("a", 20, "west"), ("a", 10, "east"), ("a", 5, " "), ("b", 5, ""), ("refused", 1, "x")],
    )
    runner.given(
        "launched_units",
        "unit text, launched_us bigint, is_unread boolean",
        *[("east", 30, False), ("a", 40, False)],
    )
    assert runner.rows("89_user_units", units_named=named) == expected
