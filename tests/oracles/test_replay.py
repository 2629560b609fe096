"""Tiny logs that explain the replay and the excess of the oracle, worked out by hand.

Theta is 30 minutes unless said otherwise, so that cap is 15 minutes; the log goes on for two days,
so that every return is followed up. `edit` and `submit` are productive, `submit` finishes, `close`
leaves. Most logs stop on an edit at the second 0 and come back at `BACK`, two hours later.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from factories.effort import effort
from factories.strategies import Log, logs
from hypothesis import HealthCheck, given, settings

from oracles import log as oracle
from oracles.log import DAY, HOUR, MINUTE, SECOND, Roles
from oracles.replay import POLICIES, Excess, excess, replay, slots

THETA = 30 * MINUTE
TAU = 15 * MINUTE
BACK = 2 * HOUR
UNTIL = 2 * DAY
ROLES = Roles(
    productive=frozenset({"edit", "submit"}),
    completing=frozenset({"submit", "close"}),
    away=frozenset({"idle"}),
)


def row(at_us: int, event: str, target: str | None = None, **columns: Any) -> dict[str, Any]:
    """Write one row of a log."""
    return {"user_id": "u", "timestamp_us": at_us, "event": event, "target": target, **columns}


def only(*rows: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Replay a log with exactly one return."""
    (found,) = run(*rows, **options)
    return found


def run(
    *rows: dict[str, Any], threshold_us: int = THETA, until_us: int | None = UNTIL, **options: Any
) -> list[dict[str, Any]]:
    """Replay a log with the usual roles."""
    return replay(rows, ROLES, threshold_us, until_us, **options)


def pointed(*before: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Give what each policy points at when these rows come before the last return."""
    last = run(*before, row(DAY, "view", "back"))[-1]
    return {name: last[name]["elements"] for name in POLICIES}


# --- A whole return ---------------------------------------------------------------------------


def test_one_return_from_end_to_end() -> None:
    found = run(
        row(0, "view", "t1"),  # 10 s on t1
        row(10 * SECOND, "edit", "t2"),  # 20 s on t2
        row(30 * SECOND, "view", "t1"),  # 15 s on t1, 25 s in all
        row(45 * SECOND, "view", "t3"),  # the stop
        row(BACK, "view", "t4"),
        row(BACK + 40 * SECOND, "view", "t2"),
        row(BACK + 100 * SECOND, "edit", "t2"),  # the place
    )
    miss = {
        "pointed": True,
        "already_there": False,
        "hit": False,
        "hit_in_3": False,
        "in_context": False,
        "addressable": False,
        "search_us": 0,
        "gave_up_right": False,
    }
    # t2 is first touched after 40 s, of which looking for a second would have stayed.
    hit = miss | {"hit": True, "hit_in_3": True, "addressable": True, "search_us": 39 * SECOND}
    assert found == [
        {
            "user_id": "u",
            "stream": None,
            "return_at_us": BACK,
            "place": "t2",
            "last_touched": miss | {"elements": ("t3",)},
            "last_productive": hit | {"elements": ("t2",)},
            "longest_dwell": miss | {"elements": ("t1",)},
            "most_used": miss | {"elements": ("t1",)},
            "recent_three": hit | {"elements": ("t3", "t1", "t2")},
            "habit_hit": False,  # t1
            "chance": 840,  # one of three
            "chance_three": 2520,  # three of three
        }
    ]


# --- Pointers ---------------------------------------------------------------------------------


def test_the_last_touched_element_passes_over_events_without_one() -> None:
    found = pointed(row(0, "edit", "t1"), row(1, "view", "t2"), row(2, "view", None))
    assert found["last_touched"] == ("t2",)


def test_the_last_productive_element_passes_over_productive_events_without_one() -> None:
    found = pointed(row(0, "edit", "t1"), row(1, "edit", None), row(2, "view", "t2"))
    assert found["last_productive"] == ("t1",)
    assert pointed(row(0, "edit", None), row(1, "view", "t2"))["last_productive"] == ()


def test_only_the_session_before_the_gap_counts_but_for_the_list_of_three() -> None:
    found = pointed(row(0, "edit", "t1"), row(HOUR, "edit", None))
    assert found == dict.fromkeys(POLICIES, ()) | {"recent_three": ("t1",)}
    last = run(row(0, "edit", "t1"), row(HOUR, "edit", None), row(BACK, "view"))[-1]
    assert not last["last_touched"]["pointed"]
    assert last["recent_three"]["pointed"]


def test_dwell_lasts_until_the_start_of_the_next_event_of_the_session() -> None:
    # t1: 5 s, though it lasts 60 s. Then 50 s that nobody gets, for no element is touched.
    # t2: 6 s. t3 is last: 0 s, whatever its interval.
    found = pointed(
        row(0, "edit", "t1", end_us=60 * SECOND),
        row(5 * SECOND, "view", None),
        row(55 * SECOND, "view", "t2"),
        row(61 * SECOND, "view", "t3", end_us=500 * SECOND),
    )
    assert found["longest_dwell"] == ("t2",)


def test_equal_dwell_goes_to_the_element_touched_latest() -> None:
    # t1: 1 + 1 s, t2: 2 s, t1 later.
    found = pointed(
        row(0, "edit", "t1"),
        row(1 * SECOND, "view", "t2"),
        row(3 * SECOND, "view", "t1"),
        row(4 * SECOND, "view", None),
    )
    assert found["longest_dwell"] == ("t1",)
    # Nothing but zeros: the last one, too.
    assert pointed(row(0, "edit", "t1"), row(0, "view", "t2"))["longest_dwell"] == ("t2",)


def test_equal_use_goes_to_the_element_touched_latest() -> None:
    rows = [row(n, "edit", target) for n, target in enumerate(["t1", "t2", "t2", "t1", "t3"])]
    assert pointed(*rows)["most_used"] == ("t1",)
    assert pointed(*rows, row(5, "edit", "t2"))["most_used"] == ("t2",)


def test_the_list_holds_the_last_three_elements_of_all_sessions_the_latest_first() -> None:
    found = pointed(
        row(0, "edit", "t1"),
        row(1, "edit", "t2"),
        row(2, "edit", "t3"),
        row(HOUR, "view", "t1"),
        row(HOUR + 1, "view", "t4"),
        row(HOUR + 2, "view", "t4"),
    )
    assert found["recent_three"] == ("t4", "t1", "t3")


def test_idle_events_and_other_streams_are_not_looked_at() -> None:
    rows = [row(0, "edit", "t1", stream="s1"), row(BACK, "view", stream="s1")]
    idle = row(1, "idle", "t2", stream="s1")
    other = row(2, "edit", "t3", stream="s2")
    found = only(*rows, idle, other)
    assert [found[name]["elements"] for name in POLICIES] == [("t1",)] * len(POLICIES)
    assert (found["user_id"], found["stream"]) == ("u", "s1")


# --- The place, and the plain hit -------------------------------------------------------------


@pytest.mark.parametrize(("lag_us", "place"), [(0, "t1"), (1, "t1"), (TAU, "t1"), (TAU + 1, None)])
def test_the_place_is_the_element_of_the_first_work_within_tau(
    lag_us: int, place: str | None
) -> None:
    start = [row(0, "edit", "t1"), row(BACK, "view", "t2", sequence=0)]
    found = only(*start, row(BACK + lag_us, "edit", "t1", sequence=1))
    assert found["place"] == place
    assert found["last_touched"]["hit"] == (place is not None)
    assert found["last_touched"]["hit_in_3"] == (place is not None)
    assert found["habit_hit"] == (place is not None)
    assert (found["chance"] > 0) == (found["chance_three"] > 0) == (place is not None)
    # A cap that is kept from the headline takes the place of threshold's own.
    if lag_us > 0:
        shorter = only(*start, row(BACK + lag_us, "edit", "t1"), cap_us=lag_us - 1)
        assert shorter["place"] is None


def test_work_without_an_element_or_no_work_at_all_is_no_place() -> None:
    start = [row(0, "edit", "t1"), row(BACK, "view", "t1")]
    bare = only(*start, row(BACK + 1, "edit", None), row(BACK + 2, "edit", "t1"))
    assert (bare["place"], bare["last_touched"]["hit"]) == (None, False)
    # Work was reached in time, and t1 is among the first elements worked on.
    assert bare["last_touched"]["hit_in_3"]
    left = only(*start, row(BACK + 1, "close", "t1"), row(BACK + 2, "edit", "t1"))
    assert (left["place"], left["last_touched"]["hit"]) == (None, False)


def test_already_there_is_the_first_event_back_whatever_follows() -> None:
    found = only(row(0, "edit", "t1"), row(BACK, "view", "t1"), row(BACK + 1, "edit", "t2"))
    assert found["last_touched"]["already_there"]
    assert not found["last_touched"]["hit"]
    nothing = only(row(0, "edit", None), row(BACK, "view", None))
    assert not nothing["last_touched"]["already_there"]


def test_addressable_is_a_hit_that_is_not_there_already_and_takes_time() -> None:
    before = row(0, "edit", "t1")
    there = only(before, row(BACK, "view", "t1"), row(BACK + MINUTE, "edit", "t1"))
    assert (there["last_touched"]["hit"], there["last_touched"]["addressable"]) == (True, False)
    at_once = only(before, row(BACK, "view", "t2"), row(BACK, "submit", "t1"))
    assert at_once["last_touched"]["hit"]
    assert not at_once["last_touched"]["already_there"]
    assert not at_once["last_touched"]["addressable"]
    later = only(before, row(BACK, "view", "t2"), row(BACK + 1, "edit", "t1"))
    assert later["last_touched"]["addressable"]


def test_search_is_the_way_to_the_element_less_one_second() -> None:
    start = [row(0, "edit", "t1"), row(BACK, "view", "t2")]
    touch = row(BACK + 5 * SECOND, "view", "t1")
    work = row(BACK + 9 * SECOND, "edit", "t1")
    assert only(*start, touch, work)["last_touched"]["search_us"] == 4 * SECOND
    assert only(*start, work)["last_touched"]["search_us"] == 8 * SECOND
    # Under a second nothing can be saved; on a miss nothing either.
    soon = row(BACK + SECOND - 1, "view", "t1")
    assert only(*start, soon, work)["last_touched"]["search_us"] == 0
    elsewhere = row(BACK + 9 * SECOND, "edit", "t2")
    assert only(*start, touch, elsewhere)["last_touched"]["search_us"] == 0


def test_the_list_searches_for_the_element_that_hits() -> None:
    # t2 is in the list and touched after 3 s, but the place is t1, touched after 7 s.
    found = only(
        row(0, "edit", "t1"),
        row(1, "edit", "t2"),
        row(BACK, "view", "t9"),
        row(BACK + 3 * SECOND, "view", "t2"),
        row(BACK + 7 * SECOND, "edit", "t1"),
    )
    assert found["recent_three"]["search_us"] == 6 * SECOND


# --- Hit among the first three, same context --------------------------------------------------


def worked_on(*targets: str | None, event: str = "edit") -> bool:
    """Return whether t1 is among the first three when these are worked on after the return."""
    work = [row(BACK + n, event, target) for n, target in enumerate(targets)]
    return bool(only(row(0, "edit", "t1"), *work)["last_touched"]["hit_in_3"])


def test_hit_in_three_asks_for_the_first_three_distinct_elements_worked_on() -> None:
    assert worked_on("t2", "t3", "t1")
    assert not worked_on("t2", "t3", "t4", "t1")
    assert worked_on("t2", "t2", None, "t3", "t2", "t1")
    # Elements that are only looked at neither count nor take a place.
    views = [row(BACK + 1 + n, "view", f"t{n}") for n in range(5, 9)]
    start = [row(0, "edit", "t1"), row(BACK, "edit", "t2")]
    assert not only(*start, row(BACK + 1, "view", "t1"))["last_touched"]["hit_in_3"]
    assert only(*start, *views, row(BACK + 9, "edit", "t1"))["last_touched"]["hit_in_3"]


def test_hit_in_three_may_come_after_tau_but_in_the_same_session() -> None:
    start = [row(0, "edit", "t1"), row(BACK, "edit", "t2")]
    late = only(*start, row(BACK + TAU + 1, "edit", "t1"))
    assert late["last_touched"]["hit_in_3"]
    first, _ = run(*start, row(BACK + HOUR, "edit", "t1"))
    assert not first["last_touched"]["hit_in_3"]


def test_a_context_hits_when_it_is_that_of_the_last_touch() -> None:
    def in_context(before: str | None, work: str | None, lag_us: int = 1) -> bool:
        found = only(
            row(0, "edit", "t1", context="c0"),
            row(1, "edit", "t1", context=before),
            row(2, "view", None, context="c0"),  # no touch
            row(BACK, "view", "t3", context="c0"),
            row(BACK + lag_us, "edit", None, context=work),
        )
        assert found["place"] is None  # the work needs no element
        return bool(found["last_touched"]["in_context"])

    assert in_context("c1", "c1")
    assert not in_context("c1", "c0")
    assert not in_context(None, None)
    assert in_context("c1", "c1", lag_us=TAU)
    assert not in_context("c1", "c1", lag_us=TAU + 1)


# --- Giving up although the arrow was right ---------------------------------------------------


def test_gave_up_right_looks_for_the_next_work_whatever_lies_between() -> None:
    start = [row(0, "edit", "t1"), row(BACK, "view", "t2")]
    first, second = run(*start, row(2 * BACK, "edit", "t1"))
    assert (first["last_touched"]["gave_up_right"], first["place"]) == (True, None)
    assert not second["last_touched"]["gave_up_right"]  # observed, not abandoned
    # Left in the same session, and two long gaps later.
    left = row(BACK + 1, "close")
    assert only(*start, left, row(BACK + 2, "edit", "t1"))["last_touched"]["gave_up_right"]
    far = [row(2 * BACK, "view", "t2"), row(3 * BACK, "edit", "t1")]
    assert run(*start, *far)[0]["last_touched"]["gave_up_right"]


def test_gave_up_right_needs_an_abandoned_and_eligible_return_and_the_right_element() -> None:
    start = [row(0, "edit", "t1"), row(BACK, "view", "t2"), row(BACK + 1, "close")]
    right, wrong, bare = (row(BACK + 2, "edit", target) for target in ("t1", "t2", None))
    for next_rows in ([], [wrong], [bare], [bare, row(BACK + 3, "edit", "t1")]):
        assert not only(*start, *next_rows)["last_touched"]["gave_up_right"]
    just = only(*start, right, until_us=BACK + TAU)
    assert just["last_touched"]["gave_up_right"]
    ineligible = only(*start, right, until_us=BACK + TAU - 1)
    assert not ineligible["last_touched"]["gave_up_right"]
    kept = only(*start, right, until_us=BACK + TAU - 1, cap_us=TAU - 1)
    assert kept["last_touched"]["gave_up_right"]
    # Work before the return is not the next work.
    assert not only(*start[:2])["last_touched"]["gave_up_right"]


# --- Near -------------------------------------------------------------------------------------


def near_hit(
    before: tuple[str | None, float | None], work: tuple[str | None, float | None], near: float = 5
) -> bool:
    """Return whether t1 hits t2, both given by their context and position."""
    found = only(
        row(0, "edit", "t1", context=before[0], position=before[1]),
        row(BACK, "edit", "t2", context=work[0], position=work[1]),
        near=near,
    )
    return bool(found["last_touched"]["hit"])


def test_near_is_the_same_context_and_at_most_n_apart() -> None:
    assert near_hit(("c1", 10), ("c1", 15))
    assert near_hit(("c1", 15), ("c1", 10))
    assert not near_hit(("c1", 10), ("c1", 16))
    assert not near_hit(("c1", 10), ("c2", 10))
    assert near_hit(("c1", 10), ("c1", 10), near=0)


def test_near_takes_unknown_contexts_as_equal_but_unknown_positions_as_misses() -> None:
    assert near_hit((None, 10), (None, 10))
    assert not near_hit((None, 10), ("c1", 10))
    assert not near_hit(("c1", None), ("c1", 10))
    assert not near_hit(("c1", 10), ("c1", None))
    assert not near_hit(("c1", None), ("c1", None))


def test_near_misses_the_very_element_when_it_has_moved_too_far() -> None:
    rows = [row(0, "edit", "t1", position=10), row(BACK, "edit", "t1", position=16)]
    found = only(*rows, near=5)
    assert not found["last_touched"]["hit"]
    assert found["last_touched"]["already_there"]  # which is about the element
    assert only(*rows, near=6)["last_touched"]["hit"]
    assert only(*rows)["last_touched"]["hit"]


def test_near_asks_for_the_position_of_the_last_touch_itself() -> None:
    old = row(0, "edit", "t1", position=10)
    back = row(BACK, "edit", "t2", position=10)
    assert only(old, back, near=0)["last_touched"]["hit"]
    assert not only(old, row(1, "view", "t1"), back, near=0)["last_touched"]["hit"]
    moved = row(1, "view", "t1", position=99)
    assert not only(old, moved, back, near=0)["last_touched"]["hit"]
    # What the pointer chose by is not what is compared: the last edit was at 10, the touch at 99.
    assert not only(old, moved, back, near=0)["last_productive"]["hit"]


def test_near_still_needs_an_element_at_the_place() -> None:
    rows = [row(0, "edit", "t1", position=1), row(BACK, "edit", None, position=1)]
    assert not only(*rows, near=5)["last_touched"]["hit"]


def test_near_search_is_never_longer_than_the_lag() -> None:
    start = [row(0, "edit", "t1", position=1), row(BACK, "view", "t9")]
    work = row(BACK + 9 * SECOND, "edit", "t2", position=2)

    def search(*rows: dict[str, Any]) -> Any:
        return only(*start, *rows, near=1)["last_touched"]["search_us"]

    assert search(work) == 8 * SECOND  # t1 is never touched again
    assert search(work, row(BACK + 20 * SECOND, "view", "t1")) == 8 * SECOND
    assert search(row(BACK + 4 * SECOND, "view", "t1"), work) == 3 * SECOND


def test_near_hit_in_three_compares_with_the_first_work_on_each_element() -> None:
    start = [
        row(0, "edit", "t1", position=10),
        row(BACK, "edit", "t2", position=50),
        row(BACK + 1, "edit", "t3", position=60),
    ]
    assert not only(*start, row(BACK + 2, "edit", "t2", position=10), near=5)["last_touched"][
        "hit_in_3"
    ]
    third = row(BACK + 3, "edit", "t4", position=12)
    assert only(*start, third, near=5)["last_touched"]["hit_in_3"]
    fourth = row(BACK + 2, "edit", "t5", position=70)
    assert not only(*start, fourth, third, near=5)["last_touched"]["hit_in_3"]


def test_near_judges_the_next_work_of_those_who_gave_up() -> None:
    start = [row(0, "edit", "t1", position=1), row(BACK, "close")]
    for position, right in ((3, True), (4, False)):
        found = only(*start, row(BACK + 1, "edit", "t2", position=position), near=2)
        assert found["last_touched"]["gave_up_right"] == right


# --- Habit ------------------------------------------------------------------------------------


def test_habit_is_the_most_used_element_of_all_recent_bursts() -> None:
    # t1 once before the gap, t2 twice in the session before that: the habit is t2.
    rows = [row(0, "edit", "t2"), row(1, "edit", "t2"), row(HOUR, "edit", "t1")]
    last = run(*rows, row(BACK, "edit", "t2"))[-1]
    assert last["habit_hit"]
    assert not last["most_used"]["hit"]
    # Of equals the one touched latest.
    assert run(*rows, row(HOUR + 1, "edit", "t1"), row(BACK, "edit", "t1"))[-1]["habit_hit"]
    assert not only(row(0, "edit", None), row(BACK, "edit", "t1"))["habit_hit"]


@pytest.mark.parametrize(("early_us", "counts"), [(0, True), (1, False)])
def test_habit_reaches_back_24_hours_from_the_stop(early_us: int, *, counts: bool) -> None:
    # Two bursts: t2 twice, which ends 24 hours (and a microsecond) before the stop on t1.
    stop_us = 25 * HOUR
    end_us = stop_us - DAY - early_us
    rows = [row(end_us - 1, "edit", "t2"), row(end_us, "edit", "t2"), row(stop_us, "edit", "t1")]
    last = run(*rows, row(stop_us + HOUR, "edit", "t2"))[-1]
    assert last["habit_hit"] == counts


@pytest.mark.parametrize(("gap_us", "counts"), [(0, True), (1, False)])
def test_habit_cuts_bursts_at_gaps_over_30_seconds(gap_us: int, *, counts: bool) -> None:
    # t2, t2, and 30 s later t3, with which they are one burst; it is t3 that ends just in time.
    stop_us = 25 * HOUR
    end_us = stop_us - DAY
    start_us = end_us - 30 * SECOND - gap_us
    rows = [row(start_us, "edit", "t2"), row(start_us, "view", "t2"), row(end_us, "edit", "t3")]
    last = run(*rows, row(stop_us, "edit", None), row(stop_us + HOUR, "edit", "t2"))[-1]
    assert last["habit_hit"] == counts


def test_a_burst_ends_with_its_longest_interval() -> None:
    # The interval of t2 reaches the 24 hours, the last event of the burst does not.
    stop_us = 25 * HOUR
    rows = [
        row(HOUR - MINUTE, "edit", "t2", end_us=HOUR),
        row(HOUR - 50 * SECOND, "view", "t3"),
        row(HOUR - 40 * SECOND, "view", "t2"),
        row(stop_us, "edit", None),
    ]
    assert run(*rows, row(stop_us + HOUR, "edit", "t2"))[-1]["habit_hit"]


@pytest.mark.parametrize(("back_us", "counts"), [(30 * SECOND, False), (31 * SECOND, True)])
def test_a_burst_that_runs_on_after_the_stop_is_no_habit_yet(back_us: int, *, counts: bool) -> None:
    found = only(row(0, "edit", "t1"), row(back_us, "edit", "t1"), threshold_us=10 * SECOND)
    assert found["last_touched"]["hit"]
    assert found["habit_hit"] == counts


def test_near_judges_the_habit_too() -> None:
    rows = [row(0, "edit", "t1", position=1), row(BACK, "edit", "t2", position=2)]
    assert only(*rows, near=1)["habit_hit"]
    assert not only(*rows, near=0)["habit_hit"]


# --- Chance -----------------------------------------------------------------------------------


def chances(*targets: str, place: str, **options: Any) -> tuple[int, int]:
    """Give both chances of a return to `place` after these elements, at positions 0, 1, 2..."""
    rows = [row(n, "edit", target, position=n) for n, target in enumerate(targets)]
    found = only(*rows, row(BACK, "edit", place, position=0), **options)
    return found["chance"], found["chance_three"]


def test_chance_is_one_in_the_elements_before_the_return_at_most_ten() -> None:
    assert chances("t1", place="t1") == (2520, 2520)
    assert chances("t1", "t2", place="t1") == (1260, 2520)
    # 1 - C(3,3) / C(4,3) = 3/4.
    assert chances("t1", "t2", "t3", "t4", place="t1") == (630, 1890)
    assert chances("t1", "t2", "t3", "t4", place="t5") == (0, 0)
    ten = [f"t{n}" for n in range(1, 11)]
    # 1 - C(9,3) / C(10,3) = 1 - 84/120 = 3/10.
    assert chances(*ten, place="t1") == (252, 756)
    assert chances(*ten, "t11", place="t1") == (0, 0)
    # Touched again, t1 is the last of ten.
    assert chances(*ten, "t11", "t1", place="t1") == (252, 756)


def test_near_chance_counts_all_elements_that_would_hit() -> None:
    # Positions 0 to 4 against 0: t1 and t2 are within 1. 1 - C(3,3) / C(5,3) = 9/10.
    five = ["t1", "t2", "t3", "t4", "t5"]
    assert chances(*five, place="t9", near=1) == (1008, 2268)
    assert chances(*five, place="t9", near=2) == (1512, 2520)
    assert chances("t1", "t2", place="t9", near=0) == (1260, 2520)


def test_chance_is_zero_without_elements_or_place() -> None:
    nothing = only(row(0, "edit", None), row(BACK, "edit", "t1"))
    assert (nothing["chance"], nothing["chance_three"]) == (0, 0)
    no_place = only(row(0, "edit", "t1"), row(BACK, "view", "t1"))
    assert (no_place["chance"], no_place["chance_three"]) == (0, 0)


# --- Moments and slots ------------------------------------------------------------------------

START = row(0, "edit")
"""A session of one edit: the return after it is an interruption with the stop event edit."""


def steps(start_us: int, count: int, event: str = "edit", **columns: Any) -> list[dict[str, Any]]:
    """Write events that are ten seconds apart."""
    return [row(start_us + n * 10 * SECOND, event, **columns) for n in range(count)]


def beats(start_us: int, *waits_s: int) -> list[dict[str, Any]]:
    """Write edit, 10 s, view, a wait, edit, 10 s, view, a wait, and so on, with an edit at last.

    Edits have even indexes. The view before wait n has the index 2n + 1; as a moment it follows an
    edit and takes its wait.
    """
    rows = []
    for wait_s in waits_s:
        rows += [row(start_us, "edit"), row(start_us + 10 * SECOND, "view")]
        start_us += (10 + wait_s) * SECOND
    return [*rows, row(start_us, "edit")]


def find(
    *rows: dict[str, Any], threshold_us: int = THETA, until_us: int = UNTIL, **options: Any
) -> dict[str, list[dict[str, Any]]]:
    """Find the slots of a log with the usual roles."""
    return slots(rows, ROLES, threshold_us, until_us, **options)


def stop_slots(*rows: dict[str, Any], **options: Any) -> tuple[int, ...]:
    """Give the slots of the first interruption, by its stop event."""
    found: tuple[int, ...] = find(*rows, **options)["stop"][0]["found"]
    return found


def seconds(*values: int) -> tuple[int, ...]:
    """Turn seconds into microseconds."""
    return tuple(value * SECOND for value in values)


def test_the_slots_are_the_next_five_moments_by_either_cell() -> None:
    # Back with a view, on which 20 s later the first of the waits' edits follows: the return has
    # index 0, so the edits are odd and the views even, the first moment among them index 10.
    back = row(HOUR, "view")
    rows = beats(HOUR + 20 * SECOND, 90, 90, 90, 90, 15, 18, 16, 19, 17, 5)
    found = find(START, back, *rows)
    entry = {"user_id": "u", "stream": None, "at_us": HOUR, "y_us": 20 * SECOND}
    # After an edit: the views from index 10 on, which wait 15 s, 18 s, ... for their edits.
    stop = entry | {"cell": ("edit", 0), "found": seconds(15, 18, 16, 19, 17)}
    assert found["stop"] == [stop]
    # Beginning with a view, like the return: the same moments.
    assert found["first_back"] == [stop | {"cell": ("view", 0)}]


def test_the_two_cells_differ_in_the_event_that_is_compared() -> None:
    # Back with an edit after an edit: by the stop, moments after an edit (the views, which wait);
    # by the first event back, moments that are edits (and take no time).
    found = find(START, *beats(HOUR, 90, 90, 90, 90, 90, 15, 16, 17, 18, 19, 20))
    assert found["stop"][0]["cell"] == found["first_back"][0]["cell"] == ("edit", 0)
    assert found["stop"][0]["found"] == seconds(15, 16, 17, 18, 19)
    assert found["first_back"][0]["found"] == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(("count", "found"), [(10, 0), (11, 1), (13, 3), (15, 5), (16, 5)])
def test_a_moment_is_at_least_ten_events_after_the_return(count: int, found: int) -> None:
    assert len(stop_slots(START, *steps(HOUR, count))) == found


@pytest.mark.parametrize(("apart_us", "found"), [(2 * SECOND, 0), (2 * SECOND + 1, 1)])
def test_a_moment_starts_over_two_seconds_after_the_row_before(apart_us: int, found: int) -> None:
    ten = steps(HOUR, 10)
    assert len(stop_slots(START, *ten, row(ten[-1]["timestamp_us"] + apart_us, "edit"))) == found


@pytest.mark.parametrize(("short_us", "found"), [(0, 1), (1, 0)])
def test_a_moment_is_followed_up_for_tau(short_us: int, found: int) -> None:
    rows = steps(HOUR, 11)
    end_us = rows[-1]["timestamp_us"] + TAU - short_us
    assert len(stop_slots(START, *rows, until_us=end_us)) == found
    # A shorter cap, kept from the headline, follows up for less.
    assert len(stop_slots(START, *rows, until_us=end_us, cap_us=TAU - 1)) == 1


def test_a_moment_is_mid_task_by_what_came_before_it() -> None:
    ten = steps(HOUR, 10)
    at_us = ten[-1]["timestamp_us"]
    done = row(at_us + 10 * SECOND, "submit")
    more = [row(at_us + (n + 2) * 10 * SECOND, "view") for n in range(3)]
    # The submit itself comes while the work is open. After it nothing is, until the next edit.
    assert stop_slots(START, *ten, done) == (0,)
    after = find(row(0, "view"), row(1, "edit"), row(2, "view"), *ten, done, *more)
    assert after["stop"][0]["cell"] == ("view", 0)
    assert after["stop"][0]["found"] == ()
    again = [row(at_us + 50 * SECOND, "edit"), row(at_us + 60 * SECOND, "edit")]
    reopened = find(START, *ten, done, *more, *again)
    assert reopened["stop"][0]["found"] == (0, 0)  # the submit, and the edit after the edit
    # With all returns the work need not be open: the two views after a view count too.
    every = find(
        row(0, "view"), row(1, "edit"), row(2, "view"), *ten, done, *more, all_returns=True
    )
    assert len(every["stop"][0]["found"]) == 2


@pytest.mark.parametrize(("late_us", "found"), [(0, 1), (1, 0)])
def test_a_moment_needs_work_in_the_ten_minutes_before(late_us: int, found: int) -> None:
    # One edit back, then views, the last but one 10 minutes after the edit: the work is judged
    # there, and the last is the moment.
    views = steps(HOUR + SECOND, 8, "view")
    previous = row(HOUR + 10 * MINUTE + late_us, "view")
    last = row(HOUR + 11 * MINUTE, "view")
    rows = [row(0, "edit"), row(1, "view"), row(HOUR, "edit"), *views, previous, last]
    assert len(stop_slots(*rows)) == found
    assert len(stop_slots(*rows, all_returns=True)) == 1


def test_a_moment_is_measured_like_a_return() -> None:
    ten = steps(HOUR, 10)
    at_us = ten[-1]["timestamp_us"] + MINUTE
    view = row(at_us, "view")
    soon, late = row(at_us + 20 * SECOND, "edit"), row(at_us + TAU + 1, "edit")
    # To the work; capped; never reached; and left before it.
    assert stop_slots(START, *ten, view, soon)[0] == 20 * SECOND
    assert stop_slots(START, *ten, view, late)[0] == TAU
    assert stop_slots(START, *ten, view) == (TAU,)
    assert stop_slots(START, *ten, view, row(at_us + 1, "close"), soon)[0] == TAU
    # A moment may be the leaving itself, or the finishing, which is work.
    assert stop_slots(START, *ten, row(at_us, "close")) == (TAU,)
    assert stop_slots(START, *ten, row(at_us, "submit")) == (0,)
    # The next long gap is never bridged. The cap of the headline caps.
    assert stop_slots(START, *ten, view, row(at_us + HOUR, "edit"))[0] == TAU
    assert stop_slots(START, *ten, view, soon, cap_us=5 * SECOND)[0] == 5 * SECOND


def test_a_slot_is_in_the_same_half_of_the_day() -> None:
    # Back at 11:58; the twelfth step is at 11:59:50, the thirteenth at noon.
    back_us = 12 * HOUR - 2 * MINUTE
    found = find(START, *steps(back_us, 15))
    assert found["stop"][0]["cell"] == ("edit", 0)
    assert len(found["stop"][0]["found"]) == len(found["first_back"][0]["found"]) == 2
    # Back at noon: the afternoon, whatever the stop was.
    noon = find(START, *steps(12 * HOUR, 15))
    assert noon["stop"][0]["cell"] == noon["first_back"][0]["cell"] == ("edit", 1)
    assert len(noon["stop"][0]["found"]) == 5


def test_slots_come_from_all_later_sessions_and_none_from_earlier() -> None:
    # Sessions from 0, 1 h and 2 h with 30, 12 and 13 edits: the first has no moments though it is
    # long, the other two have 2 and 3. The second interruption cannot look back.
    rows = [*steps(0, 30), *steps(HOUR, 12), *steps(2 * HOUR, 13)]
    found = find(*rows)
    assert [each["at_us"] for each in found["stop"]] == [HOUR, 2 * HOUR]
    assert [len(each["found"]) for each in found["stop"]] == [5, 3]


def test_slots_stay_inside_the_stream() -> None:
    first = [START | {"stream": "s1"}, *steps(HOUR, 11, stream="s1")]
    second = [START | {"stream": "s2"}, *steps(HOUR + 1, 12, stream="s2")]
    found = find(*first, *second)["stop"]
    assert [(each["stream"], len(each["found"])) for each in found] == [("s1", 1), ("s2", 2)]


def test_only_eligible_interruptions_look_for_slots_unless_all_returns_do() -> None:
    rows = [row(0, "view"), row(HOUR, "edit"), row(2 * HOUR, "edit")]
    for options, at_us in (
        ({}, [2 * HOUR]),  # the stop at 0 was not mid-task
        ({"all_returns": True}, [HOUR, 2 * HOUR]),
        ({"until_us": 2 * HOUR + TAU - 1}, []),
        ({"until_us": 2 * HOUR + TAU - 1, "cap_us": TAU - 1}, [2 * HOUR]),
    ):
        found = find(*rows, **options)
        assert [each["at_us"] for each in found["stop"]] == at_us
        assert [each["at_us"] for each in found["first_back"]] == at_us


def test_an_interruption_with_an_idle_looks_for_slots_too() -> None:
    found = find(START, row(MINUTE, "idle"), *steps(HOUR, 11))
    assert len(found["stop"][0]["found"]) == 1


def test_without_productive_events_there_is_nothing_to_compare() -> None:
    found = find(row(0, "view"), *steps(HOUR, 30, "view"), all_returns=True)
    assert found == {"stop": [], "first_back": [], "control": []}


def test_the_control_lets_early_controls_be_returns_and_late_ones_slots() -> None:
    # 12 steps back: the views at 11, 13, 15, 17, 19 act as returns, those from 21 on are slots.
    # (So do the edits, after views, in their own cell, and they take no time.)
    waits = [90, 90, 90, 90, 90, 11, 12, 13, 14, 15, 21, 22, 23, 24, 25, 26]
    found = find(START, *beats(HOUR, *waits))["control"]
    assert [each["cell"][0] for each in found] == ["view", "edit"] * 5
    after_edit = [each for each in found if each["cell"] == ("edit", 0)]
    assert [each["y_us"] for each in after_edit] == [n * SECOND for n in (11, 12, 13, 14, 15)]
    assert {each["found"] for each in after_edit} == {seconds(21, 22, 23, 24, 25)}
    after_view = [each for each in found if each["cell"] == ("view", 0)]
    assert {(each["y_us"], each["found"]) for each in after_view} == {(0, (0, 0, 0, 0, 0))}


def test_the_control_needs_no_slot_and_knows_no_first_session() -> None:
    # Indexes 10 and 11 act as returns and find nothing; 30 steps from 0 are the first session.
    found = find(*steps(0, 30), *steps(HOUR, 12))["control"]
    assert [each["found"] for each in found] == [(), ()]
    assert [each["at_us"] for each in found] == [HOUR + 100 * SECOND, HOUR + 110 * SECOND]


# --- The excess -------------------------------------------------------------------------------


def slot(user_id: str, y_us: int, *found: int, cell: str = "edit") -> dict[str, Any]:
    """Write one interruption with the slots that it found."""
    return {"user_id": user_id, "y_us": y_us, "cell": (cell, 0), "found": found}


FULL = slot("a", 100, 10, 10, 10, 10, 10)
THIN = slot("b", 50, 40)
LOST = slot("c", 30, cell="view")


def test_an_empty_slot_takes_the_mean_of_its_cell() -> None:
    # Found in the cell: five of 10 and one of 40, mean 15. D of a: 100 - 10 = 90. D of b:
    # 50 - (40 + 4 x 15) / 5 = 30. e = 60. Of b's cell 4 slots are empty and 6 found, so that
    # I_a = 1/2 x [30 - 4/5/6 x (50 - 5 x 15)] / (1 - 1/2) = 30 + 10/3 = 100/3,
    # I_b = 1/2 x [-30 - 4/5/6 x (40 - 15)] / (1 - 1/2) = -100/3, SE^2 = 2/1 x 2 x (100/3)^2.
    found = excess([FULL, THIN])
    assert found.estimate_us == 60
    assert found.se_us == pytest.approx(200 / 3, rel=1e-15)
    assert (found.users, found.own_slots, found.own_returns) == (2, Fraction(6, 10), Fraction(1))


def test_a_cell_without_any_slot_takes_the_mean_of_all_found_slots() -> None:
    # c: 30 - 15 = 15, so that e = (90 + 30 + 15) / 3 = 45. Its 5 empty slots depend on all 6 found:
    # I_a = 1/3 x [45 - 4/5/6 x -25 - 5/5/6 x -25] / (2/3) = (45 + 10/3 + 25/6) / 2 = 26.25,
    # I_b = (-15 - 10/3 - 25/6) / 2 = -11.25, I_c = (15 - 45) / 2 = -15.
    found = excess([FULL, THIN, LOST])
    assert found.estimate_us == 45
    squares = 26.25**2 + 11.25**2 + 15**2
    assert found.se_us == pytest.approx(math.sqrt(3 / 2 * squares), rel=1e-15)
    assert (found.own_slots, found.own_returns) == (Fraction(6, 15), Fraction(2, 3))


def test_cells_have_means_of_their_own() -> None:
    # In the cell "view": mean 70. D of c = 30 - 70 = -40; b keeps the 15 of its own cell.
    found = excess([FULL, THIN, slot("c", 30, 70, cell="view")])
    assert found.estimate_us == Fraction(90 + 30 - 40, 3)


def test_the_half_of_the_day_tells_cells_apart() -> None:
    afternoon = slot("c", 30, 70) | {"cell": ("edit", 1)}
    assert excess([FULL, THIN, afternoon]).estimate_us == Fraction(90 + 30 - 40, 3)


def test_users_weigh_by_their_interruptions() -> None:
    # All slots full: a has D 90 twice, b has D 0 once; e = 60.
    # I_a = 1/3 x 60 / (1 - 2/3) = 60, I_b = 1/3 x -60 / (1 - 1/3) = -30.
    found = excess([FULL, FULL, slot("b", 10, 10, 10, 10, 10, 10)])
    assert found.estimate_us == 60
    assert found.se_us == pytest.approx(math.sqrt(2 * (60**2 + 30**2)), rel=1e-15)
    assert found.users == 2


def test_streams_of_a_user_are_one_user() -> None:
    two = excess([FULL | {"stream": "s1"}, THIN | {"user_id": "a", "stream": "s2"}])
    assert (two.users, two.estimate_us, two.se_us) == (1, Fraction(60), None)


def test_full_slots_leave_the_plain_mean_of_d() -> None:
    # Ten users with D 0, 10, .. 90: e = 45 and I = (D - 45) / 9.
    entries = [slot(f"u{n}", 10 * n + 7, 7, 7, 7, 7, 7) for n in range(10)]
    found = excess(entries)
    squares = sum((10 * n - 45) ** 2 for n in range(10))
    assert found.estimate_us == 45
    assert found.se_us == pytest.approx(math.sqrt(10 / 9 * squares / 81), rel=1e-15)


def test_a_slot_that_two_have_found_counts_twice() -> None:
    # 10, 10 and 40: mean 20, and not 25.
    entries = [slot("a", 0, 10), slot("a", 0, 10, 40)]
    assert excess(entries).estimate_us == -Fraction((10 + 4 * 20) + (50 + 3 * 20), 10)


def test_without_slots_there_is_no_estimate_and_with_one_user_no_error() -> None:
    assert excess([]) == Excess(None, None, 0, None, None)
    assert excess([LOST, LOST | {"user_id": "d"}]) == Excess(
        None, None, 2, Fraction(0), Fraction(0)
    )
    assert excess([FULL]) == Excess(Fraction(90), None, 1, Fraction(1), Fraction(1))


# --- Laws -------------------------------------------------------------------------------------

quick = settings(
    max_examples=effort(25, 60), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.effort
@quick
@given(logs())
def test_replayed_returns_are_the_measured_ones(log: Log) -> None:
    measured = oracle.measure(log.rows, log.roles, log.threshold_us, log.until_us).returns
    cap_us = oracle.cap_of(log.threshold_us)
    for near in (None, 0, 10):
        replayed = replay(log.rows, log.roles, log.threshold_us, log.until_us, near=near)
        for mine, theirs in zip(replayed, measured, strict=True):
            for name in ("user_id", "stream", "return_at_us"):
                assert mine[name] == theirs[name]
            reached = theirs["lag_us"] is not None and theirs["lag_us"] <= cap_us
            assert mine["place"] == (theirs["first_productive_target"] if reached else None)
            last = mine["last_touched"]
            if near is None and last["addressable"]:
                assert last["search_us"] == max(0, theirs["target_return_us"] - SECOND)
            for policy in (mine[name] for name in POLICIES):
                assert policy["pointed"] or not policy["hit"]
                assert not (policy["gave_up_right"] and policy["hit"])
                assert policy["hit"] or not policy["addressable"]
                assert policy["hit_in_3"] or not policy["hit"]
                assert 0 <= policy["search_us"] <= max(0, (theirs["lag_us"] or 0) - SECOND)
            assert 0 <= mine["chance"] <= mine["chance_three"] <= 2520
            assert mine["chance"] > 0 or not mine["recent_three"]["hit"]


@pytest.mark.effort
@quick
@given(logs())
def test_interruptions_that_look_for_slots_are_the_measured_ones(log: Log) -> None:
    measured = oracle.measure(log.rows, log.roles, log.threshold_us, log.until_us).returns
    found = slots(log.rows, log.roles, log.threshold_us, log.until_us)
    eligible = [each for each in measured if each["eligible"] and each["is_interruption"]]
    expected = [(each["return_at_us"], each["reorientation_us"]) for each in eligible]
    for name in ("stop", "first_back"):
        assert [(each["at_us"], each["y_us"]) for each in found[name]] == expected
        assert all(len(each["found"]) <= 5 for each in found[name])
    assert [each["cell"][0] for each in found["stop"]] == [each["stop_event"] for each in eligible]
    assert [each["cell"][0] for each in found["first_back"]] == [
        each["return_event"] for each in eligible
    ]
