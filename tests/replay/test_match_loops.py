"""The loops of the matched controls on rows written by hand, as Python and compiled."""

import numpy as np
import pytest

from resume_gap.arrays import Ints
from resume_gap.replay.match_loops import fill_slots, number_cells

pytestmark = pytest.mark.usefixtures("loops")


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def test_pairs_are_numbered_in_the_order_of_user_and_cell() -> None:
    users, cells, number = np.zeros((3, 7), dtype=np.int64)
    place = np.zeros(10, dtype=np.int64)
    many = number_cells(
        ints(4, 4, 4, 4, 6, 6, 9), ints(7, 0, 7, 3, 3, 0, 9), place, users, cells, number
    )
    assert many == 6
    assert list(zip(users[:many], cells[:many], strict=True)) == [
        (4, 0),
        (4, 3),
        (4, 7),
        (6, 0),
        (6, 3),
        (9, 9),
    ]
    assert number.tolist() == [2, 0, 2, 1, 4, 3, 5]
    assert number_cells(ints(), ints(), place, ints(), ints(), ints()) == 0


def filled(asked: list[tuple[int, int, int]]) -> tuple[list[int], list[int], list[int], list[int]]:
    """Two slots for each (cell, step, last step) among nine candidates, of which 3 is no control.

    Returns:
        How many were found, the sums by both clocks, and the times of all slots.
    """
    cell, step = ints(1, 0, 1, 1, 1, 0, 1, 3, 1), np.arange(10, 100, 10)
    us, counts = np.arange(1, 10), np.arange(9) != 3
    begin, place = np.zeros((2, 5), dtype=np.int64)
    found, found_us, end_us = np.empty((3, len(asked)), dtype=np.int64)
    slots = np.empty(2 * len(asked), dtype=np.int64)
    columns = (ints(*column) for column in zip(*asked, strict=True))
    chosen = np.empty(9, dtype=np.int64)
    many = fill_slots(
        cell,
        step,
        counts,
        us,
        us * 100,
        *columns,
        2,
        begin,
        place,
        chosen,
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


def test_slots_are_the_same_in_whatever_order_returns_ask() -> None:
    asked = [(1, 50, 99), (0, 5, 99), (1, 5, 99), (1, 10, 30), (3, 80, 99), (3, 79, 80)]
    assert filled(asked)[1] == [16, 8, 4, 3, 0, 8]
    assert filled([(2, 1, 99), (4, 1, 99), (9, 1, 99)])[0] == [0, 0, 0]
