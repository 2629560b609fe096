"""The loops over sessions and waits on bursts written by hand, as Python and compiled."""

import numpy as np
import pytest

from resume_gap.arrays import NEVER, NEVER_ROW, Bools, Ints
from resume_gap.replay.wait_loops import find_sessions, follow_returns

pytestmark = pytest.mark.usefixtures("loops")


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def flags(*values: int) -> Bools:
    return np.array(values, dtype=np.bool_)


def test_longer_gaps_and_new_streams_begin_sessions() -> None:
    of_burst, first, last, returns = np.full((4, 6), 9, dtype=np.int64)
    gaps = ints(NEVER, 5, 6, NEVER, 9, 5)
    assert find_sessions(gaps, 5, of_burst, first, last, returns) == 2
    assert of_burst.tolist() == [0, 0, 1, 2, 3, 3]
    assert (first[:4].tolist(), last[:4].tolist()) == ([0, 2, 3, 4], [1, 2, 3, 5])
    assert returns[:2].tolist() == [1, 3]
    nothing = ints()
    assert find_sessions(nothing, 5, nothing, nothing, nothing, nothing) == 0


def test_waits_end_with_work_or_without_it() -> None:
    """A stream of five bursts of two steps, each a session of its own; four returns."""
    is_interruption, eligible, abandoned = np.empty((3, 4), dtype=np.bool_)
    y_us, lag_us = np.empty((2, 4), dtype=np.int64)
    every = np.arange(5)
    follow_returns(
        ints(1, 2, 3, 4),
        every,
        every,
        ints(0, 100, 200, 300, 400),
        ints(10, 110, 210, 310, 410),
        ints(430, 430, 430, 430, 430),
        ints(NEVER, 90, 90, 90, 90),
        ints(0, 2, 4, 6, 8),
        ints(1, 3, 5, 7, 9),
        ints(1, 2, 1, 7, 9),  # worked on before the third stop in no session of its own
        ints(10, 99, 10, 310, 410),  # and before the second more than ten ago
        flags(1, 1, 1, 0, 1),
        ints(0, 3, 4, NEVER_ROW, 10),
        ints(0, 107, 230, NEVER, 500),
        ints(NEVER_ROW, NEVER_ROW, 4, NEVER_ROW, NEVER_ROW),
        0,
        20,
        29,
        10,
        is_interruption,
        eligible,
        y_us,
        lag_us,
        abandoned,
    )
    assert is_interruption.tolist() == [True, False, False, False]
    assert eligible.tolist() == [True, True, True, True]
    # Work; left at the very event; no more work, but another session; silence up to the end.
    assert lag_us.tolist() == [7, NEVER, NEVER, NEVER]
    assert abandoned.tolist() == [False, True, True, False]
    assert y_us.tolist() == [7, 29, 29, 29]
