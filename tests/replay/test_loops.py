"""The loops of the replay on rows written by hand, as Python and compiled."""

import numpy as np
import pytest

from resume_gap.arrays import NEVER, Ints
from resume_gap.replay.loops import (
    best_of_sessions,
    complete_from_earlier,
    count_elements,
    latest_of_sessions,
    merge_groups,
    most_used,
    sort_by_key,
)

pytestmark = pytest.mark.usefixtures("loops")


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def test_a_sort_by_key_keeps_the_order_of_equals() -> None:
    order = ints(0, 0, 0, 0)
    sort_by_key(ints(2, 0, 2, 1), np.zeros(4, dtype=np.int64), order)
    assert order.tolist() == [1, 3, 0, 2]


def test_elements_are_counted_once_in_each_stream() -> None:
    many = ints(0, 0, 0)
    count_elements(ints(0, 0, 0, 2), ints(1, 2, 1, 1), ints(0, 0, 0), many)
    assert many.tolist() == [2, 0, 1]


def test_the_highest_score_wins_and_of_equals_the_latest() -> None:
    found = np.full(4, -1)
    best_of_sessions(
        ints(0, 0, 0, 2, 2, 3), ints(5, 7, 7, 0, -1, -1), ints(9, 1, 2, 3, 4, 0), found
    )
    assert found.tolist() == [2, -1, 3, -1]


def test_neighbours_are_merged_where_their_sessions_became_one() -> None:
    """Bursts 0 and 1 become session 0, burst 2 stays alone; two elements."""
    written = [np.zeros(4, dtype=np.int64) for _ in range(11)]
    many = merge_groups(
        ints(0, 1, 2, 1),  # sessions of the groups, each one burst
        ints(0, 1, 2),
        ints(0, 0, 1),
        ints(1, 2),
        ints(10, 11, 12, 13),  # heads
        ints(4, 4, 4, 5),  # elements
        ints(1, 2, 3, 4),
        ints(100, 200, 300, 400),  # dwell
        ints(7, 8, 9, 6),  # bridges
        ints(20, 21, 22, 23),
        ints(30, 31, 32, 33),
        ints(NEVER, 5, 6, 7),
        ints(-1, 5, 6, 7),
        *written,
    )
    assert many == 3
    head, session, element, key, n, dwell, bridge, row, step, first, last = (
        values[:many].tolist() for values in written
    )
    assert (head, session, element) == ([10, 12, 13], [0, 1, 0], [4, 4, 5])
    assert key == [4 << 32, (4 << 32) + 1, 5 << 32]
    assert n == [3, 3, 4]
    assert (dwell, bridge) == ([307, 300, 400], [8, 9, 6])  # the first bridge was crossed
    assert (row, step) == ([21, 22, 23], [31, 32, 33])
    assert (first, last) == ([5, 6, 7], [5, 6, 7])


def test_latest_rows_of_a_session_stand_first() -> None:
    found = np.full(4, -1)
    latest_of_sessions(ints(0, 1, 2, 3), ints(1, 1, 1, 0), ints(5, 9, 7, 8), 2, found)
    assert found.tolist() == [3, -1, 1, 2]


def test_earlier_sessions_fill_up_what_is_missing() -> None:
    found = ints(0, 1, 2, -1, 3, -1)
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
        ints(0, 0, 0),
        found,
    )
    # 1 is used most; then it is gone; then the window is empty; another stream begins anew.
    assert found.tolist() == [0, 2, -1, 4]
