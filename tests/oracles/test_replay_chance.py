"""Habit and chance of the reference, on tiny logs worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from oracles.log import DAY, HOUR, MINUTE, SECOND
from oracles.small_replays import BACK, only, row, run

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
