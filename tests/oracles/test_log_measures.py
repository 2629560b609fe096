"""What is measured of one return, on tiny logs worked out by hand."""

from __future__ import annotations

import pytest

from oracles.log import (
    DAY,
    HOUR,
    SECOND,
    cap_of,
    gap_class,
    measure,
)
from oracles.small_logs import ROLES, TAU, THETA, only_return, row, run


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
