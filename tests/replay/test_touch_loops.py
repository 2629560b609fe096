"""The loops over touches on rows written by hand, as Python and compiled."""

import numpy as np
import pytest

from resume_gap.arrays import NEVER_ROW, Ints
from resume_gap.replay.touch_loops import (
    count_before,
    first_touches,
    first_worked_on,
    link_touches,
    winners_of_sessions,
)

pytestmark = pytest.mark.usefixtures("loops")


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def test_touches_know_the_one_before_and_after_of_the_same_element() -> None:
    earlier, later = np.full((2, 4), 9, dtype=np.int32)
    latest = np.full(3, -1, dtype=np.int32)
    link_touches(ints(2, 1, 2, 2), latest, earlier, later)
    assert earlier.tolist() == [-1, -1, 0, 2]
    assert later.tolist() == [2, -1, 3, -1]


def winners(n: Ints, dwell: Ints, bridge: Ints, work: Ints) -> list[list[int]]:
    """Elements 1, 2, 1, 3 in the first session, whose last burst begins with the third; then 1."""
    known, *found = np.full((5, 4), -1, dtype=np.int32)
    winners_of_sessions(
        ints(0, 1, 2),
        ints(0, 2, 3),
        ints(1, 2, 3),
        ints(0, 2, 4, 5, 5),
        ints(-1, -1, 0, -1, 2),
        ints(2, -1, 4, -1, -1),
        n,
        dwell,
        bridge,
        ints(10, 11, 12, 13, 14),
        work,
        np.zeros(5, dtype=np.int32),
        np.zeros(5, dtype=np.int64),
        np.zeros(5, dtype=np.int32),
        known,
        *found,
    )
    assert known.tolist() == [-1, 0, 2, 3]
    return [by[1:].tolist() for by in found]


def test_what_an_element_has_adds_up_in_its_session() -> None:
    found = winners(
        ints(2, 3, 2, 3, 1), ints(10, 21, 5, 0, 0), ints(6, 0, 9, 0, 0), ints(-1, 5, -1, -1, 9)
    )
    # 10 and 6 for the gap that was crossed, and 5, but not 9 at the session's end, are as much
    # as 21: of equals the latest.
    assert found == [[3, 4, -1], [1, 4, -1], [2, 4, -1], [2, 4, -1]]


def test_of_equals_the_latest_wins_and_nothing_below_0() -> None:
    found = winners(
        ints(1, 2, 1, 2, 1), ints(0, 0, 0, 0, 0), ints(0, 0, 0, 0, 0), ints(-1, -1, -1, -1, -1)
    )
    assert found == [[3, 4, -1], [-1, -1, -1], [3, 4, -1], [3, 4, -1]]


def test_the_first_touch_is_sought_in_one_session() -> None:
    found = ints(9, 9, 9)
    first_touches(ints(0, 2, 4), ints(1, 2, 2, 2), ints(0, 1, 1), ints(2, 2, 1), found)
    assert found.tolist() == [1, 2, -1]


def test_elements_worked_on_first_stand_in_their_order() -> None:
    found = np.full(4, 9)
    first_worked_on(
        ints(0, 5, 6),
        ints(1, 2, 3, 2, 4),
        ints(0, 1, 2, 6, 7),
        ints(5, NEVER_ROW, 4, 6, 7),
        ints(0, 0),
        2,
        found,
    )
    assert found.tolist() == [2, 0, 2, 0]
    one = np.full(3, 9)
    first_worked_on(ints(0, 2), ints(1, 1), ints(0, 2), ints(1, 3), ints(0), 3, one)
    assert one.tolist() == [0, -1, -1]


def test_an_element_touched_later_may_be_worked_on_earlier() -> None:
    found = np.full(1, 9)
    first_worked_on(ints(0, 3), ints(1, 2, 3), ints(0, 1, 4), ints(5, 3, 4), ints(0), 1, found)
    assert found.tolist() == [1]


def test_elements_before_a_step_are_counted_once_without_two() -> None:
    found = ints(9, 9)
    count_before(
        ints(0, 1, 6),
        ints(1, 1, 2, 1, 3, 4),
        ints(0, 1, 2, 3, 4, 5),
        ints(-1, 0, -1, 1, -1, -1),
        ints(1, 1),
        ints(5, 5),
        ints(2, 9),
        ints(8, 8),
        found,
    )
    assert found.tolist() == [2, 3]
