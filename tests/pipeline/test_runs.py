"""Runs of equal values, and running maxima that end where a stream ends."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resume_gap.pipeline.runs import owners, run_ends, run_heads, running_maximum


@pytest.mark.parametrize(
    ("values", "heads", "ends"),
    [
        ([], [], []),
        ([4], [0], [0]),
        ([4, 4, 4], [0], [2]),
        ([1, 1, 2, 1, 1], [0, 2, 3], [1, 2, 4]),
    ],
)
def test_heads_and_ends(values: list[int], heads: list[int], ends: list[int]) -> None:
    found = run_heads(np.array(values, dtype=np.int64))
    assert found.tolist() == heads
    assert run_ends(found, len(values)).tolist() == ends


def test_rows_are_owned_by_the_stream_that_they_lie_in() -> None:
    offsets = np.array([0, 3, 3, 6, 8])  # the second stream is empty
    assert owners(np.array([1, 2, 3, 5, 7]), offsets).tolist() == [0, 0, 2, 2, 3]
    assert owners(np.array([], dtype=np.int64), offsets).tolist() == []


def test_a_running_maximum_begins_anew_with_each_stream() -> None:
    values = np.array([5, 3, 9, 1, 0, 2, -4, -7])
    offsets = np.array([0, 3, 3, 6, 8])  # the second stream is empty
    assert running_maximum(values, offsets).tolist() == [5, 5, 9, 1, 1, 2, -4, -4]


def test_spans_that_fill_63_bits_are_lifted_one_by_one() -> None:
    far = 2**62 - 2
    values = np.array([far, 0, far - 1, 5, 3])
    found = running_maximum(values, np.array([0, 2, 3, 5]))
    assert found.tolist() == [far, far, far - 1, 5, 5]


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(-(10**9), 10**9), max_size=5), max_size=8))
def test_it_is_the_maximum_so_far(streams: list[list[int]]) -> None:
    offsets = np.cumsum([0, *map(len, streams)])
    values = np.array([v for stream in streams for v in stream], dtype=np.int64)
    expected = [max(stream[: i + 1]) for stream in streams for i in range(len(stream))]
    assert running_maximum(values, offsets).tolist() == expected
