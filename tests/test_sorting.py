"""A sort by the bytes of the keys against NumPy's."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resume_gap.sorting import rows_in_order, sort_by_bytes

pytestmark = pytest.mark.usefixtures("loops")
KEYS = st.lists(st.integers(0, 700) | st.integers(0, 2**63 - 1), max_size=12)


@given(KEYS, st.integers(0, 40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_stand_in_order_of_their_keys(values: list[int], shift: int) -> None:
    keys = np.array([value >> shift for value in values], dtype=np.int64)
    rows, in_order = rows_in_order(keys)
    assert rows.tolist() == np.argsort(keys, kind="stable").tolist()
    assert in_order.tolist() == sorted(keys.tolist())


@given(KEYS.filter(bool))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_loop_leaves_keys_and_rows_in_order_where_they_were(values: list[int]) -> None:
    keys = np.array(values, dtype=np.int64)
    given_keys, rows = keys.copy(), np.arange(len(keys), dtype=np.int32)
    begin = np.zeros(8 * 256, dtype=np.int64)
    sort_by_bytes(keys, rows, np.empty_like(keys), np.empty_like(rows), begin)
    assert keys.tolist() == sorted(values)
    assert rows.tolist() == np.argsort(given_keys, kind="stable").tolist()


def test_keys_are_left_as_they_were() -> None:
    keys = np.array([3, 1, 2], dtype=np.int32)
    assert rows_in_order(keys)[1].tolist() == [1, 2, 3]
    assert keys.tolist() == [3, 1, 2]
