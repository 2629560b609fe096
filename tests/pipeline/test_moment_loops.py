"""The loop that finds candidates, on rows written by hand, in both ways."""

import numpy as np
import pytest

from resume_gap.pipeline.moment_loops import HASH_BITS, find_moments

pytestmark = pytest.mark.usefixtures("loops")
STARTS, NUMBERS = np.array([0, 5, 6, 9]), np.array([3, 7, 8])
AT = np.array([0, 4, 8, 10, 30, 5, 0, 9, 15])
OPEN = np.array([True] * 7 + [False, True])
WORKED = np.array([0, 4, 4, 9, 30, 5, 0, 9, 15])
KEYS = np.zeros(0, dtype=np.int64)


def found(
    keys: np.ndarray = KEYS, *, below: int = 0, events: int = 1, idle_too: bool = False
) -> list[tuple[int, int, int]]:
    """(row, stream, burst) where gaps over 15 cut, steps are over 2, and work ends 3 ago."""
    gap = np.diff(AT, prepend=0)
    to = np.zeros((3, len(AT)), dtype=np.int32)
    limits = (below, 15, events, 2, 3, idle_too)
    many = find_moments(STARTS, NUMBERS, AT, AT, gap, OPEN, WORKED, keys, *limits, *to)
    return [*zip(*to[:, :many].tolist(), strict=True)]


def test_a_candidate_follows_a_step_in_work_that_is_going_on() -> None:
    """Row 3 follows too short a step, row 8 no work; a stream of one row has none."""
    assert found() == [(1, 3, 0), (2, 3, 0), (4, 3, 1), (7, 8, 3)]


def test_work_that_ended_earlier_is_over() -> None:
    WORKED[3] = 6
    assert (4, 3, 1) not in found()
    WORKED[3] = 7
    assert (4, 3, 1) in found()


def test_it_lies_deep_enough_in_its_stream() -> None:
    assert found(events=2) == [(2, 3, 0), (4, 3, 1)]


def test_idle_time_counts_where_it_is_asked_for() -> None:
    assert found(idle_too=True) == [*found(), (8, 8, 3)]


def test_only_hashes_below_the_limit_are_kept() -> None:
    keys = np.array([-(1 << 62), 0, 1 << 62])
    everything = found(keys, below=1 << HASH_BITS)
    assert everything == found()
    assert found(keys, below=0) == []
    assert [] != found(keys, below=1 << HASH_BITS - 1) != everything
