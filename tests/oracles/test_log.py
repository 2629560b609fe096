"""Tiny logs worked out by hand, and the laws the oracle itself must keep.

Times are microseconds from an arbitrary zero. Unless said otherwise the threshold is 30 minutes and
the cap is 15 minutes; `edit` and `submit` are productive, `submit` finishes, `close` leaves.
"""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest
from factories.effort import effort
from factories.strategies import THETAS, Log, logs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oracles.log import (
    DAY,
    FIRST_BIN,
    HOUR,
    MINUTE,
    SECOND,
    USER_SUMS,
    Learned,
    Measured,
    Roles,
    bin_of,
    cap_of,
    find_valleys,
    gap_class,
    gap_histogram,
    gaps,
    gaps_by_user,
    is_guarded,
    learn_threshold,
    measure,
    row_order,
    smooth,
    to_streams,
)

THETA = 30 * MINUTE
TAU = 15 * MINUTE
ROLES = Roles(
    productive=frozenset({"edit", "submit"}),
    completing=frozenset({"submit", "close"}),
    away=frozenset({"idle", "focus"}),
)
NO_WORK = Roles(completing=ROLES.completing, away=ROLES.away)


def row(at_us: int, event: str, user_id: str = "u", **columns: Any) -> dict[str, Any]:
    """Write one row of a log."""
    return {"user_id": user_id, "timestamp_us": at_us, "event": event, **columns}


def run(*rows: dict[str, Any], until_us: int | None = None, threshold_us: int = THETA) -> Measured:
    """Measure a log with the usual roles and threshold."""
    return measure(rows, ROLES, threshold_us, until_us)


def only_return(*rows: dict[str, Any], until_us: int | None = None) -> dict[str, Any]:
    """Measure a log with exactly one return and give that return."""
    (found,) = run(*rows, until_us=until_us).returns
    return found


def reason(*before: dict[str, Any], back_us: int = 2 * HOUR) -> str:
    """Give the reason of the return at `back_us` after these rows."""
    return str(only_return(*before, row(back_us, "view"))["reason"])


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


# --- Section 4: measures of one return --------------------------------------------------------


def test_the_lag_runs_from_the_return_to_the_first_work() -> None:
    at_once = only_return(row(0, "edit"), row(HOUR, "edit", target="t2"), until_us=2 * HOUR)
    assert (at_once["lag_us"], at_once["reorientation_us"], at_once["detours"]) == (0, 0, 0)
    # A finishing event that is productive is work, no leaving; starts count, not ends.
    submit = only_return(
        row(0, "edit"), row(HOUR, "view"), row(HOUR + 5, "submit", end_us=HOUR + 9)
    )
    assert (submit["lag_us"], submit["lag_end"]) == (5, "observed")
    # Later than cap: the lag is what it is, the re-orientation time is cap.
    late = only_return(row(0, "edit"), row(HOUR, "view"), row(HOUR + TAU + 1, "edit"))
    assert (late["lag_us"], late["reorientation_us"]) == (TAU + 1, TAU)
    users = run(row(0, "edit"), row(HOUR, "view"), row(HOUR + TAU + 1, "edit")).users["u"]
    assert (users["eligible"], users["productive"]) == (1, 0)
    just = run(row(0, "edit"), row(HOUR, "view"), row(HOUR + TAU, "edit")).users["u"]
    assert (just["productive"], just["zero"], just["reorientation_sum_us"]) == (1, 0, TAU)


def test_leaving_first_abandons_the_return() -> None:
    rows = [row(0, "edit"), row(HOUR, "view"), row(HOUR + 5, "close"), row(HOUR + 6, "edit")]
    left = only_return(*rows, until_us=DAY)
    assert (left["lag_us"], left["lag_end"]) == (None, "abandoned")
    assert (left["abandoned_by_leaving"], left["reorientation_us"]) == (True, TAU)
    assert (left["first_productive_event"], left["detours"]) == (None, None)
    # At the same instant the work comes first: completing events are last.
    tie = only_return(*rows[:2], row(HOUR + 6, "close"), row(HOUR + 6, "edit"))
    assert (tie["lag_us"], tie["abandoned_by_leaving"]) == (6, False)


def test_a_lag_is_never_bridged_over_the_next_long_gap() -> None:
    first, second = run(row(0, "edit"), row(HOUR, "view"), row(2 * HOUR, "edit")).returns
    assert (first["lag_us"], first["lag_end"]) == (None, "abandoned")
    assert first["abandoned_by_leaving"] is False
    assert (second["lag_us"], second["reason"]) == (0, "idle")


def test_a_silence_abandons_and_the_end_of_the_log_censors() -> None:
    rows = [row(0, "edit"), row(HOUR, "view")]
    for silence_us, lag_end, next_stop_us in [
        (TAU - 1, "log_end", None),
        (THETA, "log_end", None),
        (THETA + 1, "abandoned", HOUR),
    ]:
        found = only_return(*rows, until_us=HOUR + silence_us)
        assert (found["lag_end"], found["next_stop_at_us"]) == (lag_end, next_stop_us)
        assert found["reorientation_us"] == (None if silence_us < TAU else TAU)


@pytest.mark.parametrize(
    ("threshold_us", "cap_us"), [(THETA, TAU), (TAU, TAU), (TAU - 1, TAU - 1), (SECOND, SECOND)]
)
def test_a_return_is_followed_up_when_tau_fits_before_the_end_of_the_log(
    threshold_us: int, cap_us: int
) -> None:
    assert cap_of(threshold_us) == cap_us
    rows = [row(0, "edit"), row(HOUR, "edit")]
    for room_us, eligible in [(cap_us - 1, False), (cap_us, True)]:
        found = measure(rows, ROLES, threshold_us, HOUR + room_us)
        assert found.returns[0]["eligible"] is eligible
        assert found.returns[0]["lag_us"] == 0  # observed either way
        assert found.returns[0]["reorientation_us"] == (0 if eligible else None)
        assert found.counts["interruptions"] == 1
        assert found.users["u"]["eligible"] == found.users["u"]["zero"] == int(eligible)


def test_the_element_pointed_at_is_the_last_touched_of_the_session_before() -> None:
    # t1, then t2, then an event without an element: t2. The leaving at +1 cuts the lag, not S.
    rows = [
        row(0, "edit", target="t1"),
        row(1, "view", target="t2"),
        row(2, "view", target=None),
        row(HOUR, "view", target="t1"),
        row(HOUR + 1, "close", target=None),
        row(HOUR + 2, "view", target="t2"),
        row(HOUR + 3, "view", target="t2"),
    ]
    assert only_return(*rows)["target_return_us"] == 2
    # Touched by the return itself: 0. Touched only after the next long gap: nothing.
    assert only_return(rows[0], rows[3])["target_return_us"] == 0
    first, second = run(*rows[:4], row(3 * HOUR, "view", target="t2")).returns
    assert (first["target_return_us"], second["target_return_us"]) == (None, None)
    # No element before the gap: nothing, though the return's element is null too.
    bare = only_return(row(0, "edit", target=None), row(HOUR, "view", target=None))
    assert bare["target_return_us"] is None


def test_detours_are_the_other_elements_on_the_way() -> None:
    way = [
        row(HOUR + number, "view", target=target)
        for number, target in enumerate(["t2", "t3", None, "t3", "t4", "t1", "t5"])
    ]
    work = row(HOUR + 9, "edit", target="t2")
    after = row(HOUR + 10, "view", target="t6")
    # t3, t4, t5: not t2, where the work is, not t1, pointed at, and t3 once.
    assert only_return(row(0, "edit", target="t1"), *way, work, after)["detours"] == 3
    # Nothing pointed at, and work without an element: all five.
    bare = row(HOUR + 9, "edit", target=None)
    assert only_return(row(0, "edit", target=None), *way, bare)["detours"] == 5
    assert only_return(row(0, "edit"), row(HOUR, "view"))["detours"] is None


@pytest.mark.parametrize(
    ("stop", "back", "changed"),
    [("d1", "d1", False), ("d1", "d2", True), (None, "d1", None), ("d1", None, None)],
)
def test_a_device_changes_only_where_both_are_known(
    stop: str | None, back: str | None, *, changed: bool | None
) -> None:
    # Only the stop event and the return event are asked.
    found = only_return(
        row(0, "edit", device="d9"),
        row(1, "view", device=stop),
        row(HOUR, "view", device=back),
        row(HOUR + 1, "view", device="d9"),
    )
    assert found["device_changed"] is changed
    assert only_return(row(0, "edit"), row(HOUR, "view"))["device_changed"] is None


@pytest.mark.parametrize(
    ("gap_us", "name"),
    [
        (1, "up_to_1h"),
        (HOUR, "up_to_1h"),
        (HOUR + 1, "1h_4h"),
        (4 * HOUR, "1h_4h"),
        (4 * HOUR + 1, "4h_16h"),
        (16 * HOUR, "4h_16h"),
        (16 * HOUR + 1, "16h_72h"),
        (72 * HOUR, "16h_72h"),
        (72 * HOUR + 1, "over_72h"),
    ],
)
def test_gap_classes_hold_their_upper_limit(gap_us: int, name: str) -> None:
    assert gap_class(gap_us) == name


@pytest.mark.parametrize(
    ("back_us", "until_us", "followed", "returned"),
    [
        (7 * DAY, 7 * DAY, 1, 1),
        (7 * DAY + 1, 7 * DAY + 1, 1, 0),  # back, but later than 7 days
        (HOUR, 7 * DAY - 1, 0, 0),  # back, but the log ends before 7 days are over
        (HOUR, 7 * DAY, 1, 1),
    ],
)
def test_return_rate_is_over_mid_task_stops_with_seven_days_of_log(
    back_us: int, until_us: int, followed: int, returned: int
) -> None:
    found = run(row(0, "edit"), row(back_us, "view"), until_us=until_us)
    assert found.counts["midtask_stops_followed_7d"] == followed
    assert found.counts["midtask_stops_returned_7d"] == returned
    # Stops without a return count among the followed; stops that are not mid-task never do.
    assert run(row(0, "edit"), until_us=7 * DAY).users["u"]["followed_7d"] == 1
    assert run(row(0, "submit"), until_us=7 * DAY).users["u"]["followed_7d"] == 0


# --- Section 2: the histogram and the learned threshold ---------------------------------------


def at_bin(number: int) -> int:
    """Give a gap in the middle of a bin, in microseconds."""
    return round(2 ** ((number + 0.5) / 10) * SECOND)


def test_bins_are_tenths_of_a_doubling() -> None:
    assert [bin_of(seconds) for seconds in (1e-6, 0.5, 1.0, 1.07, 1.08, 2.0, 60.0)] == [
        -200,  # log2(1e-6) = -19.93
        -10,
        0,
        0,  # log2 = 0.098
        1,  # log2 = 0.111
        10,
        59,  # log2 = 5.907
    ]
    counts = gap_histogram({"u": [SECOND, SECOND, 2 * SECOND, 0, -5], "v": []})
    assert {FIRST_BIN + n: count for n, count in enumerate(counts) if count} == {0: 2.0, 10: 1.0}


def test_a_heavy_user_counts_for_at_most_two_thousand_gaps() -> None:
    counts = gap_histogram({"u": [SECOND] * 3000 + [2 * SECOND] * 1000 + [0] * 500, "v": [SECOND]})
    assert counts[-FIRST_BIN] == pytest.approx(3000 / 2 + 1)
    assert counts[10 - FIRST_BIN] == pytest.approx(1000 / 2)


def test_a_stamped_gap_is_spread_evenly_over_its_resolution() -> None:
    # 2 s stamped to the second: from 1.5 to 2.5 s. Bin 10 holds 2 to 2^1.1 = 2.1435 s, bin 13 from
    # 2^1.3 = 2.4623 to 2.5 s of it, bin 5 from 1.5 to 2^0.6 = 1.5157 s of it.
    counts = gap_histogram({"u": [2 * SECOND]}, {"u": 1.0})
    assert sum(counts) == pytest.approx(1.0)
    assert counts[10 - FIRST_BIN] == pytest.approx(2**1.1 - 2)
    assert counts[13 - FIRST_BIN] == pytest.approx(2.5 - 2**1.3)
    assert counts[5 - FIRST_BIN] == pytest.approx(2**0.6 - 1.5)
    assert [n + FIRST_BIN for n, count in enumerate(counts) if count] == list(range(5, 14))
    # Shorter than half its resolution: what would be negative stays, in the first bin.
    short = gap_histogram({"u": [SECOND]}, {"u": 60.0})
    assert sum(short) == pytest.approx(1.0)
    assert short[0] == pytest.approx(29 / 60, abs=1e-6)


def test_smoothing_keeps_the_mass_and_pads_with_zeros() -> None:
    curve = smooth([0.0] * 30 + [2.0] + [0.0] * 30)
    assert sum(curve) == pytest.approx(2.0)
    assert curve[30 - 5] / curve[30] == pytest.approx(math.exp(-0.5))
    assert (curve[9], curve[51]) == (0.0, 0.0)
    assert min(curve[10:51]) > 0
    assert smooth([1.0] + [0.0] * 30)[0] == pytest.approx(curve[30] / 2)


def two_peaks(low_bin: int, high_bin: int, users: int = 20) -> dict[str, list[int]]:
    """Give users with 40 gaps in one bin and 20 in another."""
    own = [at_bin(low_bin)] * 40 + [at_bin(high_bin)] * 20
    return {f"u{number}": own for number in range(users)}


def test_theta_is_the_middle_of_the_valley() -> None:
    # Peaks at bins 50 (33 s) and 90 (9 min), 2 to 1. Kernels reach 20 bins, so they touch at bin
    # 70 only. The floor is where f <= f(min) + 5 % of the lower rim, g being the kernel's height:
    #   f(70 - k) = 2 g(20 - k) <= .05 g(0) up to k = 6 (g(14) = .0198, g(13) = .0340, doubled)
    #   f(70 + k) = 1 g(20 - k) <= .05 g(0) up to k = 7 (g(13) = .0340, g(12) = .0561).
    # Where the two kernels overlap the sums are smaller still. Floor: bins 64 to 77, middle 71.
    learned = learn_threshold(two_peaks(50, 90))
    (valley,) = learned.valleys
    assert (valley.first_bin, valley.last_bin) == (64, 77)
    assert learned.threshold_us == round(2**7.1 * SECOND)
    assert valley.depth > 0.99
    assert not learned.guarded


def test_the_floor_is_clipped_to_the_range() -> None:
    # 2 s and 18 h with nothing between: the floor is clipped to bins 59 to 127, whose centres are
    # the first and last in [60 s, 2 h]; middle 93.5, so 2^9.35 s.
    learned = learn_threshold(two_peaks(10, 160))
    assert (learned.valleys[0].first_bin, learned.valleys[0].last_bin) == (59, 127)
    assert learned.threshold_us == round(2**9.35 * SECOND)
    # Stamps of 30 s: nothing under 90 s (bin 65 has its centre at 93.7 s, bin 64 at 87.4 s).
    users = two_peaks(10, 160) | {"coarse": [at_bin(160)]}
    assert learn_threshold(users, {"coarse": 30.0}).valleys[0].first_bin == 65


def test_a_valley_outside_the_range_is_none() -> None:
    # The minimum between 1 s and 33 s, and that between 2 h and a week.
    assert learn_threshold(two_peaks(0, 50)) == Learned(None, [], guarded=False)
    assert learn_threshold(two_peaks(129, 190)) == Learned(None, [], guarded=False)
    assert learn_threshold({}) == Learned(None, [], guarded=False)


def test_a_valley_needs_depth_and_gaps_to_its_right() -> None:
    # Equal peaks 12 bins apart (2.4 sigma): the middle holds 2 g(6) = .974, the rim is highest one
    # bin inside the peak, g(1) + g(11) = .980 + .089 = 1.069: 9 % deep.
    shallow = find_valleys(smooth(gap_histogram({"u": [at_bin(66), at_bin(78)]})))
    assert [round(valley.depth, 2) for valley in shallow] == [0.09]
    assert learn_threshold({"u": [at_bin(66), at_bin(78)] * 500}).valleys == []
    # 19 gaps to the right are too few, 20 are enough, of 20,000 at least.
    for right, below, enough in [(19, 500, 0), (20, 500, 1), (20, 19980, 1), (20, 19981, 0)]:
        users = {"u": [at_bin(30)] * below, "v": [at_bin(100)] * right}
        found = learn_threshold(users)
        assert len(found.valleys) == enough
    # 20 gaps of one user, all long: one of two users, so the valley separates users.
    assert learn_threshold({"u": [at_bin(30)] * 500, "v": [at_bin(100)] * 20}).guarded


def test_the_shortest_qualifying_valley_wins_and_ripples_are_part_of_a_deeper_one() -> None:
    own = [at_bin(30)] * 20 + [at_bin(80)] * 10 + [at_bin(120)] * 10
    found = learn_threshold({f"u{number}": own for number in range(20)})
    assert len(found.valleys) == 2
    assert found.threshold_us == found.valleys[0].threshold_us < found.valleys[1].threshold_us
    # One valley from 10 down to 2 and back: the ripple at 2.2 (limit 2.2 + .05 x 7.8 = 2.59) can
    # reach the 2.0 over the 2.3 between them, so it is no valley; the 2.0 is.
    start = 70 - FIRST_BIN
    curve = [0.0] * start + [10.0, 5.0, 2.2, 2.3, 2.0, 2.1, 6.0, 10.0] + [0.0] * 300
    (valley,) = find_valleys(curve)
    assert (valley.first_bin, valley.last_bin) == (72, 75)
    assert valley.depth == pytest.approx(0.8)
    # With a ridge of 4 between them they are two.
    curve[start + 3] = 4.0
    assert [each.first_bin for each in find_valleys(curve)] == [72, 74]


@pytest.mark.parametrize(("long_users", "guarded"), [(0, False), (2, False), (3, True)])
def test_the_guard_allows_a_tenth_of_the_users_to_have_mostly_long_gaps(
    long_users: int, *, guarded: bool
) -> None:
    # 20 users with 20 gaps: 2 of them are a tenth. Exactly half long is not over half, and users
    # with 19 gaps are not asked.
    short, long = SECOND, HOUR
    users = {f"a{n}": [short] * 10 + [long] * 10 for n in range(20 - long_users)}
    users |= {f"b{n}": [short] * 9 + [long] * 11 for n in range(long_users)}
    users |= {f"c{n}": [long] * 19 for n in range(50)}
    assert is_guarded(users, 60 * SECOND) is guarded


def test_gaps_of_a_user_are_those_over_zero_of_all_streams() -> None:
    rows = [
        row(0, "view", stream="s1", end_us=10),
        row(5, "view", stream="s1"),
        row(5, "idle", stream="s2"),
        row(17, "view", stream="s1"),
        row(0, "view", stream="s2"),
        row(0, "edit", stream="s2"),
        row(9, "view", stream="s2"),
    ]
    assert gaps_by_user(rows, ROLES) == {"u": [7, 9]}


# --- Laws -------------------------------------------------------------------------------------

quick = settings(
    max_examples=effort(30, 80), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def measured(log: Log, threshold_us: int | None = None) -> Measured:
    """Measure a random log, with its own threshold unless another is given."""
    return measure(log.rows, log.roles, threshold_us or log.threshold_us, log.until_us)


@pytest.mark.effort
@quick
@given(logs())
def test_sessions_are_streams_plus_returns(log: Log) -> None:
    counts = measured(log).counts
    assert counts["sessions"] == counts["streams"] + counts["returns"]
    assert counts["users_interrupted"] <= counts["users"] <= counts["streams"]
    assert counts["midtask_stops_returned_7d"] <= counts["midtask_stops_followed_7d"]


@pytest.mark.effort
@quick
@given(logs())
@pytest.mark.full
def test_a_longer_theta_never_finds_more_returns(log: Log) -> None:
    found = [
        measured(log, threshold_us) for threshold_us in sorted({*THETAS, log.threshold_us, 1, DAY})
    ]
    for shorter, longer in itertools.pairwise(found):
        assert shorter.counts["returns"] >= longer.counts["returns"]
        more = {(r["user_id"], r["stream"], r["return_at_us"]) for r in shorter.returns}
        assert more >= {(r["user_id"], r["stream"], r["return_at_us"]) for r in longer.returns}


@pytest.mark.effort
@quick
@given(logs())
def test_observed_and_censored_make_up_the_interruptions(log: Log) -> None:
    found = measured(log)
    ends = [each["lag_end"] for each in found.returns if each["is_interruption"]]
    observed = ends.count("observed")
    censored = ends.count("abandoned") + ends.count("log_end")
    assert observed + censored == found.counts["interruptions"]


@pytest.mark.effort
@quick
@given(logs(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(log: Log, random: Any) -> None:
    rows = list(log.rows)
    random.shuffle(rows)
    assert measure(rows, log.roles, log.threshold_us, log.until_us) == measured(log)


@pytest.mark.effort
@quick
@given(logs())
def test_every_return_keeps_its_bounds(log: Log) -> None:
    found = measured(log)
    for each in found.returns:
        assert each["gap_us"] == each["return_at_us"] - each["stop_at_us"] > log.threshold_us
        assert each["first_productive_at_us"] == (
            None if each["lag_us"] is None else each["return_at_us"] + each["lag_us"]
        )
        assert (each["lag_us"] is None) == (each["lag_end"] != "observed")
        assert (each["detours"] is None) == (each["lag_us"] is None)
        assert not each["abandoned_by_leaving"] or each["lag_end"] == "abandoned"
        assert 0 <= (each["reorientation_us"] or 0) <= cap_of(log.threshold_us)
        if each["next_stop_at_us"] is not None:
            assert each["next_stop_at_us"] >= each["return_at_us"] + (each["lag_us"] or 0)
    for name in ("sessions", "returns", "interruptions"):
        assert found.counts[name] == sum(user[name] for user in found.users.values())
    for user in found.users.values():
        assert user["zero"] <= user["productive"] <= user["eligible"] <= user["interruptions"]
        assert user["returned_7d"] <= user["followed_7d"] <= user["stops"]


@pytest.mark.effort
@quick
@given(logs())
def test_random_logs_hold_what_they_promise(log: Log) -> None:
    names = {"user_id", "timestamp_us", "event", *log.columns}
    assert all(set(each) == names for each in log.rows)
    assert len({tuple(each.values()) for each in log.rows}) == len(log.rows) <= 60
    ids = [each["event_id"] for each in log.rows if each.get("event_id") is not None]
    assert len(set(ids)) == len(ids)
    newest_us = max(each["timestamp_us"] for each in log.rows)
    assert log.until_us is None or log.until_us >= newest_us
