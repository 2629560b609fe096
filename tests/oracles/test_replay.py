"""Tiny logs that explain the replay and the excess of the oracle, worked out by hand.

Theta is 30 minutes unless said otherwise, so that cap is 15 minutes; the log goes on for two days,
so that every return is followed up. `edit` and `submit` are productive, `submit` finishes, `close`
leaves. Most logs stop on an edit at the second 0 and come back at `BACK`, two hours later.
"""

from __future__ import annotations

from typing import Any

import pytest

from oracles.log import HOUR, MINUTE, SECOND
from oracles.replay import POLICIES
from oracles.small_replays import BACK, TAU, only, pointed, row, run

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
