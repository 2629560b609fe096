"""Arrays on their way into the database."""

import numpy as np

from resume_gap.arrays import NEVER, int32, masked, step_of


def test_rows_that_do_not_exist_have_no_step() -> None:
    assert step_of(np.array([0, -1, 7, NEVER]), 100).to_pylist() == [100, None, 107, None]


def test_what_is_masked_is_null() -> None:
    found = masked(np.array([1, 2, 3]), np.array([False, True, False]))
    assert found.to_pylist() == [1, None, 3]


def test_small_numbers_take_half_the_space() -> None:
    assert int32(np.array([1, -(2**31), 2**31 - 1])).dtype == np.int32
    same = np.array([1], dtype=np.int32)
    assert int32(same) is same
