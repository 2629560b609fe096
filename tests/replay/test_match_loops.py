"""The loops of the matched controls on rows written by hand, as Python and compiled."""

import numpy as np
import pytest

from resume_gap.arrays import NEVER, Ints
from resume_gap.replay.match_loops import fill_slots, judge_controls, number_cells

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


def test_candidates_are_judged_by_their_session() -> None:
    """Bursts 0 and 1 are the session before the return, 2 and 3 the one after it."""
    cap, least = 100, 2
    rows = [  # burst, step, at, gap before, worked, next work, its time, next leaving
        (1, 9, 5, 0, 0, 10, 9, NEVER),
        (2, 21, 50, 3, 20, 22, 57, NEVER),
        (2, 22, 60, 3, 20, 23, 67, NEVER),
        (3, 33, 900, 3, 20, 40, 950, NEVER),
        (3, 34, 901, 3, 20, 39, 950, NEVER),
        (3, 35, 70, 3, 19, 39, 90, 39),
        (3, 36, 70, 40, 20, 38, 150, 39),
        (3, 37, 70, 0, 20, 38, 500, 39),
    ]
    y_us, end_us, index = np.zeros((3, len(rows)), dtype=np.int64)
    counts = np.zeros(len(rows), dtype=np.bool_)

    def judged(all_returns: int) -> list[int]:
        judge_controls(
            *(ints(*column) for column in zip(*rows, strict=True)),
            ints(0, 0, 1, 1),
            ints(0, 2),
            ints(1, 3),
            ints(0, 5, 20, 30),
            ints(4, 19, 29, 39),
            ints(NEVER, 9, 5_000, 9),
            ints(1_000, 1_000, 1_000, 1_000),
            cap,
            least,
            all_returns,
            y_us,
            end_us,
            index,
            counts,
        )
        return np.flatnonzero(counts).tolist()

    # In the first session, too early, follow-up too short (4), no work in the session (5).
    assert judged(0) == [2, 3, 6, 7]
    assert judged(1) == [2, 3, 5, 6, 7]
    assert index.tolist() == [9, 1, 2, 13, 14, 15, 16, 17]
    assert y_us.tolist() == [4, 7, 7, 100, 49, 100, 80, 100]
    assert end_us.tolist() == [4, 10, 10, 100, 52, 100, 100, 100]
