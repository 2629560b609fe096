"""Tiny logs worked out by hand, and the laws the oracle itself must keep.

Times are microseconds from an arbitrary zero. Unless said otherwise the threshold is 30 minutes and
the cap is 15 minutes; `edit` and `submit` are productive, `submit` finishes, `close` leaves.
"""

from __future__ import annotations

from typing import Any

import pytest

from oracles.log import (
    DAY,
    HOUR,
    MINUTE,
    USER_SUMS,
    Roles,
    gaps,
    measure,
    row_order,
    to_streams,
)
from oracles.small_logs import NO_WORK, ROLES, THETA, only_return, reason, row, run

# --- A whole log ------------------------------------------------------------------------------


def test_one_log_from_end_to_end() -> None:
    # 0:00 open t1, 0:01 edit t1 (stop), gap of 1 h 59 min, 2:00 view t2, 2:01 view t3,
    # 2:02 view t1, 2:03 edit t2 (stop), and 8 days later the log of another user ends.
    found = run(
        row(0, "open", target="t1", context="c1", device="d1"),
        row(1 * MINUTE, "edit", target="t1", context="c1", device="d1"),
        row(120 * MINUTE, "view", target="t2", context="c1", device="d2"),
        row(121 * MINUTE, "view", target="t3", context="c1", device="d2"),
        row(122 * MINUTE, "view", target="t1", context="c1", device="d2"),
        row(123 * MINUTE, "edit", target="t2", context="c1", device="d2"),
        row(8 * DAY, "view", user_id="v"),
    )
    assert found.returns == [
        {
            "user_id": "u",
            "stream": None,
            "stop_at_us": 1 * MINUTE,
            "return_at_us": 120 * MINUTE,
            "gap_us": 119 * MINUTE,
            "gap_class": "1h_4h",
            "reason": "mid_task",
            "is_interruption": True,
            "stop_event": "edit",
            "stop_target": "t1",
            "stop_context": "c1",
            "return_event": "view",
            "return_target": "t2",
            "first_productive_at_us": 123 * MINUTE,
            "first_productive_event": "edit",
            "first_productive_target": "t2",
            "lag_us": 3 * MINUTE,
            "lag_end": "observed",
            "abandoned_by_leaving": False,
            "eligible": True,
            "reorientation_us": 3 * MINUTE,
            "target_return_us": 2 * MINUTE,
            "detours": 1,  # t3: not t2, the work's own, and not t1, the one pointed at
            "next_stop_at_us": 123 * MINUTE,
            "device_changed": True,
        }
    ]
    assert found.counts == {
        "users": 2,
        "streams": 2,
        "sessions": 3,
        "returns": 1,
        "interruptions": 1,
        "not_returned": 1,
        "users_interrupted": 1,
        # Both stops of u are mid-task; 8 days - 123 min is over 7 days, and the first came back.
        "midtask_stops_followed_7d": 2,
        "midtask_stops_returned_7d": 1,
    }
    assert found.users == {
        "u": {
            "sessions": 2,
            "stops": 2,
            "returns": 1,
            "interruptions": 1,
            "eligible": 1,
            "productive": 1,
            "zero": 0,
            "reorientation_sum_us": 3 * MINUTE,
            "followed_7d": 2,
            "returned_7d": 1,
        },
        "v": dict.fromkeys(USER_SUMS, 0) | {"sessions": 1},
    }


def test_an_empty_log_measures_nothing() -> None:
    found = run()
    assert (found.returns, set(found.counts.values()), found.users) == ([], {0}, {})


# --- Section 1: order, ends, absence ----------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # time before everything, sequence before roles, as numbers, nulls last
        (row(0, "view", sequence=9), row(1, "view", sequence=1)),
        (row(0, "close", sequence=9), row(0, "view", sequence=10)),
        (row(0, "view", sequence=2), row(0, "edit", sequence=None)),
        # completing last, then the name of the event, bytewise: capitals first, Ü after z
        (row(0, "view"), row(0, "close")),
        (row(0, "close"), row(0, "submit")),
        (row(0, "View"), row(0, "edit")),
        (row(0, "z"), row(0, "Ü")),
        # then content in its order: target before context before task, nulls last
        (row(0, "view", target="t1", context="c2"), row(0, "view", target="t2", context="c1")),
        (row(0, "view", target="t9"), row(0, "view", target=None)),
        (row(0, "view", context="c1", task="k2"), row(0, "view", context="c2", task="k1")),
        # the end as given: -9 before 0, though both intervals end at 0; a null end last
        (row(0, "view", end_us=-9), row(0, "view", end_us=0)),
        (row(0, "view", end_us=99), row(0, "view", end_us=None)),
        (row(0, "view", end_us=1, device="d2"), row(0, "view", end_us=2, device="d1")),
        (
            row(0, "view", event_id="e1", received_at_us=2, variant="A", position=9),
            row(0, "view", event_id="e1", received_at_us=2, variant="A", position=10),
        ),
    ],
)
def test_ties_are_broken_by_sequence_then_completing_then_content(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    assert row_order(first, ROLES) < row_order(second, ROLES)
    for pair in ([first, second], [second, first]):
        (stream,) = to_streams(pair, ROLES)
        assert [event.event for event in stream.events] == [first["event"], second["event"]]


def test_an_end_before_its_start_or_no_end_is_the_start() -> None:
    (stream,) = to_streams(
        [row(10, "view", end_us=3), row(20, "view", end_us=None), row(30, "view")], ROLES
    )
    assert [event.end_us for event in stream.events] == [10, 20, 30]


def test_a_gap_runs_from_the_running_maximum_of_ends() -> None:
    # The interval from 0 to 100 outlasts the one from 10 to 20: 150 - 100, not 150 - 20.
    (stream,) = to_streams(
        [row(0, "view", end_us=100), row(10, "view", end_us=20), row(150, "view")], ROLES
    )
    assert gaps(stream.events) == [-90, 50]
    spell = only_return(
        row(0, "edit", end_us=1 * HOUR),
        row(10 * MINUTE, "view", end_us=20 * MINUTE),
        row(2 * HOUR, "view"),
    )
    # The stop is at the end of the long interval, the stop event is the last event in order.
    assert (spell["stop_at_us"], spell["gap_us"], spell["stop_event"]) == (HOUR, HOUR, "view")


def test_idle_cuts_the_intervals_that_run_and_leaves_the_stream() -> None:
    # idle at 10 min cuts the interval from 0; what starts at 10 min runs on, to 12 min.
    found = only_return(
        row(0, "edit", end_us=3 * HOUR),
        row(10 * MINUTE, "idle"),
        row(10 * MINUTE, "view", end_us=12 * MINUTE),
        row(3 * HOUR, "view"),
    )
    assert found["stop_at_us"] == 12 * MINUTE
    assert found["reason"] == "mid_task"  # the absence at 10 min lies before the stop
    # Two absences: the first cuts. The focus that ends the absence is no return.
    found = only_return(
        row(0, "edit", end_us=3 * HOUR),
        row(2 * HOUR, "focus"),
        row(10 * MINUTE, "idle"),
        row(3 * HOUR, "view"),
    )
    assert (found["stop_at_us"], found["return_at_us"]) == (10 * MINUTE, 3 * HOUR)
    assert (found["return_event"], found["reason"]) == ("view", "away_event")


def test_idle_alone_makes_no_gap_long() -> None:
    # Locked for 20 minutes: the gap to the next other event is not longer than threshold.
    assert run(row(0, "edit"), row(60, "idle"), row(20 * MINUTE, "edit")).returns == []


def test_a_user_who_is_only_ever_away_does_not_exist_but_moves_the_end_of_the_log() -> None:
    found = run(row(0, "edit"), row(THETA + 1, "idle", user_id="v"))
    assert set(found.users) == {"u"}
    assert (found.counts["users"], found.counts["sessions"]) == (1, 1)
    assert found.counts["not_returned"] == 1


# --- Sections 2 and 3: long gaps, stops, the end of the log -----------------------------------


@pytest.mark.parametrize(
    ("gap_us", "returns"), [(THETA - 1, 0), (THETA, 0), (THETA + 1, 1), (2 * THETA, 1)]
)
def test_a_gap_is_long_when_it_is_longer_than_theta(gap_us: int, returns: int) -> None:
    found = run(row(0, "edit"), row(gap_us, "view"))
    assert (found.counts["returns"], found.counts["sessions"]) == (returns, 1 + returns)
    # The same from the end of an interval.
    spell = run(row(0, "edit", end_us=77), row(77 + gap_us, "view"))
    assert spell.counts["returns"] == returns


@pytest.mark.parametrize(("silence_us", "lost"), [(THETA, 0), (THETA + 1, 1)])
def test_a_silence_longer_than_theta_up_to_the_end_of_the_log_is_a_stop(
    silence_us: int, lost: int
) -> None:
    by_until = run(row(0, "edit", end_us=9), until_us=9 + silence_us)
    by_newest = run(row(0, "edit"), row(silence_us, "view", user_id="v"))
    by_until_with_stream = run(row(0, "edit", stream="s"), until_us=silence_us)
    for found in (by_until, by_newest, by_until_with_stream):
        assert found.counts["not_returned"] == lost
        assert found.users["u"]["stops"] == lost


def test_ends_of_intervals_do_not_move_the_end_of_the_log() -> None:
    found = run(row(0, "edit"), row(60, "edit", user_id="v", end_us=DAY))
    assert found.counts["not_returned"] == 0


def test_a_stream_ends_with_its_own_newest_time() -> None:
    # s1 ends at 0 by its own clock, whatever s2 does; s2 ends with its absence.
    found = run(
        row(0, "edit", stream="s1"), row(0, "edit", stream="s2"), row(2 * HOUR, "idle", stream="s2")
    )
    assert (found.counts["streams"], found.counts["not_returned"]) == (2, 1)


def test_streams_are_apart_and_the_user_stays_the_unit() -> None:
    # Three streams of one user, the nameless one among them and last; times interleave, and the
    # absence of s1 says nothing about s2.
    found = run(
        *(
            each
            for stream in (None, "s2", "s1")
            for each in (row(0, "edit", stream=stream), row(HOUR, "edit", stream=stream))
        ),
        row(30 * MINUTE, "view", stream="s3"),
        row(60, "idle", stream="s1"),
    )
    assert [each["stream"] for each in found.returns] == ["s1", "s2", None]
    assert [each["reason"] for each in found.returns] == ["away_event", "mid_task", "mid_task"]
    assert (found.counts["users"], found.counts["streams"]) == (1, 4)
    assert found.counts["sessions"] == found.users["u"]["sessions"] == 7
    assert found.counts["users_interrupted"] == 1


def test_returns_are_ordered_by_the_bytes_of_the_user_then_time() -> None:
    rows = [
        row(hours * HOUR, "edit", user_id=user)
        for user in ("Ü", "b", "a", "B")
        for hours in (4, 0, 2)
    ]
    found = run(*rows).returns
    assert [each["user_id"] for each in found] == ["B", "B", "a", "a", "b", "b", "Ü", "Ü"]
    assert [each["return_at_us"] for each in found] == [2 * HOUR, 4 * HOUR] * 4


# --- Section 3: mid-task, and the reasons -----------------------------------------------------


@pytest.mark.parametrize(
    ("since_us", "expected"),
    [(10 * MINUTE - 1, "mid_task"), (10 * MINUTE, "mid_task"), (10 * MINUTE + 1, "idle")],
)
def test_work_counts_for_ten_minutes(since_us: int, expected: str) -> None:
    assert reason(row(0, "edit"), row(since_us, "view")) == expected
    # A productive interval counts until its end; so does the stop, here at the end of looking.
    assert reason(row(0, "edit", end_us=MINUTE), row(since_us + MINUTE, "view")) == expected
    assert reason(row(0, "edit"), row(9, "view", end_us=since_us)) == expected


def test_any_work_of_the_session_may_reach_into_the_ten_minutes() -> None:
    # The last productive event in order ended long before; an earlier interval ends at the stop.
    rows = [row(0, "edit", end_us=25 * MINUTE), row(60, "edit"), row(61, "view")]
    assert reason(*rows) == "mid_task"
    # Without the interval all work is 25 minutes old.
    assert reason(row(0, "edit"), row(25 * MINUTE, "view")) == "idle"


def test_work_of_the_session_before_does_not_count() -> None:
    # threshold is a minute: the edit lies in the ten minutes, but in another session.
    found = run(
        row(0, "edit"), row(2 * MINUTE, "view"), row(4 * MINUTE, "view"), threshold_us=MINUTE
    ).returns
    assert [each["reason"] for each in found] == ["mid_task", "idle"]


@pytest.mark.parametrize(
    ("work", "completing", "expected"),
    [
        # both carry a task: tasks decide, whatever the contexts say
        ({"task": "k1", "context": "c1"}, {"task": "k1", "context": "c2"}, "completed"),
        ({"task": "k1", "context": "c1"}, {"task": "k2", "context": "c1"}, "mid_task"),
        # else both carry a context: contexts decide
        ({"task": None, "context": "c1"}, {"task": "k1", "context": "c1"}, "completed"),
        ({"task": "k1", "context": "c1"}, {"task": None, "context": "c1"}, "completed"),
        ({"task": "k1", "context": "c1"}, {"task": None, "context": "c2"}, "mid_task"),
        # else the completing event must carry neither
        ({"task": "k1", "context": "c1"}, {"task": None, "context": None}, "completed"),
        ({}, {}, "completed"),
        ({"task": None, "context": None}, {"task": "k1", "context": None}, "mid_task"),
        ({"task": "k1", "context": None}, {"task": None, "context": "c1"}, "mid_task"),
        ({"task": None, "context": None}, {"task": None, "context": "c1"}, "mid_task"),
    ],
)
def test_what_a_completing_event_ends(
    work: dict[str, Any], completing: dict[str, Any], expected: str
) -> None:
    assert reason(row(0, "edit", **work), row(60, "close", **completing)) == expected


def test_only_what_comes_at_or_after_the_last_work_completes_it() -> None:
    assert reason(row(0, "submit")) == "completed"  # the work itself
    assert reason(row(0, "submit", task="k1", context="c1")) == "completed"
    assert reason(row(0, "submit"), row(1, "edit")) == "mid_task"  # taken up again
    assert reason(row(0, "edit"), row(0, "close")) == "completed"  # a tie: completing is last
    assert reason(row(0, "edit"), row(60, "close"), row(61, "view")) == "completed"
    # Of two completing events one ends the work; of two works the last one counts.
    foreign, own = row(60, "close", task="k2"), row(61, "close", task="k1")
    assert reason(row(0, "edit", task="k1"), foreign, own) == "completed"
    assert reason(row(0, "edit", task="k2"), row(1, "edit", task="k1"), foreign) == "mid_task"


@pytest.mark.parametrize(
    ("away_us", "expected"),
    [
        (60, "mid_task"),  # strictly before the stop
        (120, "away_event"),  # at the stop
        (HOUR, "away_event"),
        (2 * HOUR, "away_event"),  # at the return
        (2 * HOUR + 1, "mid_task"),
    ],
)
def test_an_idle_in_the_gap_is_the_reason(away_us: int, expected: str) -> None:
    found = only_return(
        row(0, "edit"), row(120, "view"), row(away_us, "idle"), row(2 * HOUR, "view")
    )
    assert (found["reason"], found["is_interruption"]) == (expected, True)
    # Another user's absence says nothing.
    found = only_return(
        row(0, "edit"), row(120, "view"), row(away_us, "idle", user_id="v"), row(2 * HOUR, "view")
    )
    assert found["reason"] == "mid_task"


def test_reasons_have_an_order() -> None:
    away = row(HOUR, "idle")
    assert reason(row(0, "submit"), away, row(0, "view")) == "completed"
    assert reason(row(0, "submit"), row(20 * MINUTE, "view"), away) == "idle"
    assert not only_return(row(0, "submit"), away, row(2 * HOUR, "edit"))["is_interruption"]


def test_without_work_reasons_are_unknown_and_lags_nothing() -> None:
    # `idle` as the only productive name: it is absence, and absence is not work.
    rows = [row(0, "edit", target="t1"), row(HOUR, "view"), row(HOUR + 7, "view", target="t1")]
    rows.append(row(8 * DAY, "idle"))
    for roles in (NO_WORK, Roles(productive=frozenset({"idle"}), away=ROLES.away)):
        found = measure(rows, roles, THETA)
        (back,) = found.returns
        assert (back["reason"], back["is_interruption"]) == ("unknown", False)
        assert (back["lag_us"], back["lag_end"], back["reorientation_us"]) == (None, None, None)
        assert (back["detours"], back["first_productive_at_us"]) == (None, None)
        assert (back["eligible"], back["target_return_us"]) == (True, 7)
        assert found.counts["midtask_stops_followed_7d"] == 0
        assert found.users["u"] == dict.fromkeys(USER_SUMS, 0) | {
            "sessions": 2,
            "stops": 2,
            "returns": 1,
        }
    # One productive event of anybody makes it known.
    known = run(row(0, "view"), row(HOUR, "view"), row(0, "edit", user_id="v")).returns
    assert (known[0]["reason"], known[0]["lag_end"]) == ("idle", "log_end")
