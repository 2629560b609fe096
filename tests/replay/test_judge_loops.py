"""The loops that judge, on returns written by hand, as Python and compiled."""

import numpy as np
import pytest

from resume_gap.arrays import NEVER, Bools, Floats, Ints
from resume_gap.replay.judge_loops import count_right, describe, judge_returns

pytestmark = pytest.mark.usefixtures("loops")


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def floats(*values: float) -> Floats:
    return np.array(values)


def flags(*values: int) -> Bools:
    return np.array(values, dtype=np.bool_)


ELEMENT, AREA, POSITION = ints(5, 0, 7, 5), ints(1, 1, 1, 2), floats(4, 4, 6, 4)
"""Four touches: the second is on no element, the last elsewhere."""


def test_elements_right_lie_in_the_area_and_near() -> None:
    known, right = ints(9, 9), ints(9, 9)
    count_right(
        ints(0, 1, 2, 3, -1, 2),
        ints(0, 1),
        3,
        ELEMENT,
        AREA,
        POSITION,
        ints(5, 7),
        ints(1, 1),
        floats(5, 9),
        floats(1),
        known,
        right,
    )
    assert (known.tolist(), right.tolist()) == ([3, 2], [2, 0])


def test_the_search_ends_with_the_first_touch_of_what_was_right() -> None:
    """Of two rules the second points at two elements; flags and numbers have one before theirs."""
    found, numbers = np.ones((4, 7), dtype=np.bool_), np.full((4, 5), 9)
    judge_returns(
        ints(0, -1, 0, 0, 2, -1, 2, 1, 0, 0, 3, 3),
        ints(1, 2),
        ELEMENT,
        AREA,
        POSITION,
        ints(130, 0, 0, 170),
        ints(0, 3, 0, 3),
        ints(3, 4, 3, 4),
        ints(5, 5, 0, 5),
        ints(5, 5, 7, 5),
        ints(1, 1, 1, 1),
        floats(4, 4, 6, 4),
        floats(0),
        ints(9, 9, 9, 5),
        ints(100, 100, 100, 100),
        ints(80, NEVER, 80, 80),
        flags(0, 1, 1, 1),
        ints(1, 2, 3, 4),
        60,
        10,
        1,
        7,
        1,
        5,
        found.reshape(-1),
        numbers.reshape(-1),
    )
    first, second = found[:, 1:4].T.tolist(), found[:, 4:].T.tolist()
    assert found[:, 0].all()
    # Hits; those that are not where the user began anyway; those that could have kept the user.
    assert first == [
        [True, True, False, True],
        [True, True, False, False],
        [False, True, True, True],
    ]
    assert second == [[True, False, False, False], [True, False, False, False], [False] * 4]
    assert numbers.T.tolist() == [
        [9, 9, 9, 9],
        [20, 50, 0, 0],
        [1, 2, 0, 0],
        [20, 0, 0, 0],
        [1, 0, 0, 0],
    ]


def test_what_else_is_said_of_an_element() -> None:
    found = np.empty((4, 3), dtype=np.bool_)
    describe(
        ints(0, 1, -1),
        1,
        ints(2, 3, 3, 0, 0, 0),
        2,
        ELEMENT,
        AREA,
        POSITION,
        floats(0, 0, 4.5, 4),
        ints(0, 0, 1, 2),
        ints(3, 0, 0, 0),
        floats(0.5),
        flags(1, 1, 0),
        ints(5, 0, 5),
        ints(3, 0, 3),
        *found,
    )
    pointed, already, in_three, in_context = found.tolist()
    assert pointed == [True, True, False]
    assert already == [True, False, False]
    assert in_three == [True, False, False]
    assert in_context == [True, False, False]
