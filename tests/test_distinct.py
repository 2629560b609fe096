"""Distinct numbers against NumPy's sort."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from resume_gap.distinct import distinct, picking, places, sums_of


@given(
    st.lists(st.integers(-3, 12), max_size=12) | st.lists(st.integers(0, 2**62), max_size=5),
    st.booleans(),
)
def test_distinct_numbers_are_those_of_a_sort(values: list[int], rising: bool) -> None:
    given_values = np.array(sorted(values) if rising else values, dtype=np.int64)
    found, place = distinct(given_values)
    expected, expected_place = np.unique(given_values, return_inverse=True)
    assert found.tolist() == expected.tolist()
    assert place.tolist() == expected_place.tolist()


def test_some_are_picked_without_a_copy_where_all_do() -> None:
    values = np.arange(4)
    assert np.shares_memory(values[picking(values >= 0)], values)
    assert values[picking(values > 1)].tolist() == [2, 3]
    assert values[picking(values > 9)].tolist() == []


def test_sums_by_index_are_exact() -> None:
    large = 2**53
    found = sums_of(np.array([2, 0, 2, 2]), np.array([large, 5, 1, 1]), 4)
    assert found.tolist() == [5, 0, large + 2, 0]


def test_places_among_others() -> None:
    found = places(np.array([2, 5, 9]), np.array([5, 1, 9, 10, 2]))
    assert found.tolist() == [1, -1, 2, -1, 0]
    assert places(np.zeros(0, dtype=np.int64), np.array([1, 2])).tolist() == [-1, -1]
