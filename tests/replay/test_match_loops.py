"""The loops of the matched controls on rows written by hand, as Python and compiled."""

import numpy as np
import pytest

from resume_gap.arrays import Ints
from resume_gap.replay.match_loops import (
    MATCHED_SUMS,
    STEP_SUMS,
    add_matched,
    add_steps,
    fill_slots,
    follow_moments,
)

pytestmark = pytest.mark.usefixtures("loops")


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def test_returns_are_added_by_user_and_cell() -> None:
    sums = np.zeros(MATCHED_SUMS * 10, dtype=np.int64)
    users, cells = np.zeros((2, 7), dtype=np.int32)
    totals = np.zeros(MATCHED_SUMS * 7, dtype=np.int64)
    one = np.array([1, 2, 4, 8, 16, 32, 64])
    many = add_matched(
        ints(4, 4, 4, 4, 6, 6, 9),
        ints(7, 0, 7, 3, 3, 0, 9),
        one,
        one * 10,
        one * 100,
        one * 1_000,
        one % 3 == 1,
        sums,
        users,
        cells,
        totals,
    )
    assert many == 6
    assert users[:6].tolist() == [4, 4, 4, 6, 6, 9]
    assert cells[:6].tolist() == [0, 3, 7, 0, 3, 9]
    n, *others = totals.reshape(MATCHED_SUMS, 7)[:, :6].tolist()
    us = [2, 8, 5, 32, 16, 64]
    assert n == [1, 1, 2, 1, 1, 1]
    assert others[:4] == [[times * one for one in us] for times in (1, 10, 100, 1_000)]
    assert others[4:] == [[0, 0, 2, 0, 1, 1], [0, 0, 5, 0, 16, 64]]
    assert not sums.any()


def filled(asked: list[tuple[int, int, int]]) -> tuple[list[int], list[int], list[int], list[int]]:
    """Two slots for each (cell, step, last step) among nine candidates, of which 3 is no control.

    Args:
        asked: Their steps rise.

    Returns:
        How many were found, the sums by both clocks, and the times of all slots.
    """
    cell, step = ints(1, 0, 1, 1, 1, 0, 1, 3, 1), np.arange(10, 100, 10)
    us, counts = np.arange(1, 10), np.arange(9) != 3
    nearest, following = np.full((2, 10), -1, dtype=np.int32)
    begin = np.empty(len(asked), dtype=np.int32)
    found, found_us, end_us = np.empty((3, len(asked)), dtype=np.int64)
    slots = np.empty(2 * len(asked), dtype=np.int64)
    columns = (ints(*column) for column in zip(*asked, strict=True))
    many = fill_slots(
        cell,
        step,
        counts,
        us,
        us * 100,
        *columns,
        2,
        nearest,
        following,
        begin,
        found,
        found_us,
        end_us,
        slots,
    )
    return found.tolist(), found_us.tolist(), end_us.tolist(), slots[:many].tolist()


def test_slots_take_the_next_controls_of_the_cell_in_the_stream() -> None:
    asked = [(1, 5, 99), (1, 10, 99), (1, 10, 30), (0, 20, 99), (1, 50, 99), (1, 90, 99)]
    found = filled(asked)
    assert found[0] == [2, 2, 1, 1, 2, 0]
    assert found[1] == [1 + 3, 3 + 5, 3, 6, 7 + 9, 0]
    assert found[2] == [400, 800, 300, 600, 1_600, 0]
    assert found[3] == [1, 3, 3, 5, 3, 6, 7, 9]


def test_a_slot_finds_nothing_at_the_step_itself_nor_in_a_cell_without_controls() -> None:
    asked = [(0, 5, 99), (1, 5, 99), (1, 10, 30), (1, 50, 99), (3, 79, 80), (3, 80, 99)]
    assert filled(asked)[1] == [8, 4, 3, 16, 8, 0]
    assert filled([(2, 1, 99), (4, 1, 99), (9, 1, 99)])[0] == [0, 0, 0]


def test_a_candidate_is_followed_to_the_end_of_its_session() -> None:
    """Two sessions of a burst each; the second one is a return's and goes from step 10 to 29."""
    y_us, end_us = np.empty((2, 5), dtype=np.int64)
    counts, is_late = np.empty((2, 5), dtype=np.bool_)
    follow_moments(
        ints(0, 1, 1, 1, 1),
        ints(9, 12, 13, 14, 15),
        ints(0, 100, 100, 951, 100),
        ints(5, 5, 60, 5, 5),
        ints(0, 11, 10, 12, 9),  # worked on before; the last not in this session
        ints(9, 15, 30, 16, 20),  # worked on next; the third in no session of these
        ints(7, 130, 140, 960, 170),
        ints(99, 16, 99, 99, 20),  # left; the last one before it worked
        ints(1_000, 1_000),
        ints(0, 1),
        ints(0, 10),
        ints(9, 29),
        np.array([False, True]),
        3,
        4,
        0,
        50,
        y_us,
        end_us,
        counts,
        is_late,
    )
    assert is_late.tolist() == [True, False, False, True, True]
    assert y_us.tolist() == [7, 30, 50, 9, 50]
    assert end_us.tolist() == [12, 35, 50, 14, 50]
    # No return, too early, a control, not followed for the cap, not at work.
    assert counts.tolist() == [False, False, True, False, False]


def test_steps_that_are_asked_for_are_added_by_user_and_cell() -> None:
    """Users 7 and 9 ask for some cells; user 8 for all."""
    wanted, sums = np.zeros(4, dtype=np.int32), np.zeros(4 * STEP_SUMS, dtype=np.int64)
    users, cells = np.empty((2, 9), dtype=np.int64)
    totals = np.empty(STEP_SUMS * 9, dtype=np.int64)
    pairs = add_steps(
        ints(7, 7, 8, 9),
        ints(0, 0, 1, 1, 1, 2, 3, 3, 3),
        ints(3, 1, 3, 2, 0, 0, 3, 0, 3),
        np.array([True, True, True, False, True, True, True, True, True]),
        ints(10, 20, 30, 40, 50, 60, 70, 80, 900),
        ints(5, 6, 7, 8, 9, 10, 11, 12, 13),
        899,
        2,
        ints(6, 7, 7, 7, 9),
        ints(0, 1, 2, 3, 3),
        np.arange(10) == 8,
        wanted,
        sums,
        users,
        cells,
        totals,
    )
    assert pairs == 4
    assert users[:4].tolist() == [7, 7, 8, 9]
    assert cells[:4].tolist() == [1, 3, 0, 3]
    many, us, gap, high, low = totals.reshape(STEP_SUMS, 9)[:, :4].tolist()
    assert (many, us, gap) == ([1, 2, 1, 1], [6, 12, 10, 11], [20, 40, 60, 70])
    assert high == [20, 10 + 30, 120, 140]
    assert low == [40, 10 + 90, 120, 210]
    assert not sums.any()
