"""Matched controls and the excess of the reference, on tiny logs worked out by hand."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest

from oracles.log import HOUR, MINUTE, SECOND
from oracles.replay import Excess, excess, slots
from oracles.small_replays import ROLES, TAU, THETA, UNTIL, row

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
