"""Arrays on their way into the database."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_gap.arrays import NEVER, filled, int32, masked, one_array


def test_what_is_masked_is_null() -> None:
    found = masked(np.array([1, 2, 3]), np.array([False, True, False]))
    assert found.to_pylist() == [1, None, 3]


@pytest.mark.parametrize(
    ("kind", "none"),
    [(pa.int64(), NEVER), (pa.int64(), -1), (pa.int32(), 0), (pa.float64(), np.nan)],
)
@given(
    parts=st.lists(st.lists(st.none() | st.integers(-(2**31), 2**31 - 1), max_size=20), max_size=3),
    cut=st.integers(0, 9),
)
def test_what_is_filled_is_what_arrow_makes_of_it(
    kind: pa.DataType, none: float, parts: list[list[Any]], cut: int
) -> None:
    column = pa.chunked_array([pa.array(part, kind) for part in parts], kind)[cut:]
    found, expected = filled(column, none), pc.fill_null(column, none).to_numpy()
    assert found.dtype == expected.dtype
    np.testing.assert_array_equal(found, expected)


def test_what_is_filled_has_all_64_bits() -> None:
    column = pa.chunked_array([pa.array([2**62 + 1, None])])
    assert filled(column, NEVER).tolist() == [2**62 + 1, NEVER]


def test_small_numbers_take_half_the_space() -> None:
    assert int32(np.array([1, -(2**31), 2**31 - 1])).dtype == np.int32
    same = np.array([1], dtype=np.int32)
    assert int32(same) is same


@pytest.mark.parametrize("parts", [[], [[1, None, 3]], [[1], [], [None, 3]]])
def test_a_column_is_one_array_and_copied_only_where_it_is_in_parts(parts: list[list[Any]]) -> None:
    column = pa.chunked_array([pa.array(part, pa.int64()) for part in parts], pa.int64())
    found = one_array(column)
    assert found.to_pylist() == [value for part in parts for value in part]
    if len(parts) == 1:
        assert found.buffers()[1].address == column.chunk(0).buffers()[1].address
