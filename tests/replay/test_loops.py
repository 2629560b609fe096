"""The loops of the replay on rows written by hand, as Python and compiled."""

import numpy as np
import pytest

from resume_gap.arrays import Ints
from resume_gap.replay.loops import (
    add_by_user,
    complete_from_earlier,
    count_elements,
    latest_of_sessions,
    most_used,
)

pytestmark = pytest.mark.usefixtures("loops")


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def test_elements_are_counted_once_in_each_stream() -> None:
    many = ints(0, 0, 0)
    count_elements(ints(0, 0, 0, 2), ints(1, 2, 1, 1), np.zeros(3, dtype=np.int32), many)
    assert many.tolist() == [2, 0, 1]


def test_latest_rows_of_a_session_stand_first() -> None:
    found = np.full(4, -1, dtype=np.int32)
    latest_of_sessions(ints(0, 1, 2, 3), ints(1, 1, 1, 0), ints(5, 9, 7, 8), 2, found)
    assert found.tolist() == [3, -1, 1, 2]


def test_earlier_sessions_fill_up_what_is_missing() -> None:
    found = np.array([0, 1, 2, -1, 3, -1], dtype=np.int32)
    complete_from_earlier(np.array([True, False, True]), ints(5, 6, 5, 6), 2, found)
    assert found.tolist() == [0, 1, 2, 1, 3, -1]


def test_the_window_moves_with_the_stops_and_ends_with_the_stream() -> None:
    found = ints(9, 9, 9, 9)
    most_used(
        ints(0, 0, 0, 4),
        ints(2, 4, 4, 5),
        ints(20, 40, 99, 50),
        25,
        ints(1, 2, 2, 1, 2),
        ints(3, 1, 2, 9, 1),
        ints(10, 20, 30, 41, 45),
        ints(0, 1, 2, 3, 4),
        ints(0, 0, 0),
        np.zeros(3, dtype=np.int32),
        found,
    )
    # 1 is used most; then it is gone; then the window is empty; another stream begins anew.
    assert found.tolist() == [0, 2, -1, 4]


def test_rows_that_count_are_added_by_user() -> None:
    users, numbers = np.full((2, 5), 9, dtype=np.int64)
    flags = np.full(10, 9, dtype=np.int32)
    many = add_by_user(
        ints(4, 4, 4, 7, 4),
        np.array([True, False, True, True, True]),
        np.array([1, 0, 1, 1, 1, 1, 0, 0, 0, 1], dtype=np.uint8),
        ints(1, 2, 4, 8, 16),
        2,
        1,
        users,
        flags,
        numbers,
    )
    assert many == 3
    assert users[:3].tolist() == [4, 7, 4]
    assert flags[:6].tolist() == [2, 1, 0, 0, 0, 1]
    assert numbers[:3].tolist() == [5, 8, 16]
