"""Several people under one id, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from factories.streams import SECOND, contents_of, steps_of

from resume_gap.quality.several_people import Turns, turn_checks, turns

EDIT = 1 << 32


def back(*acts: tuple[int, int]) -> int:
    """How often work comes back, of (second, element)."""
    steps = steps_of({1: [(at * SECOND, EDIT + element) for at, element in acts]})
    return int(turns([steps], contents_of([1])).back[0])


def test_work_that_takes_turns() -> None:
    assert back((0, 1), (1, 2), (2, 1), (3, 2)) == 2
    assert back((0, 1), (1, 1), (2, 1), (3, 1)) == 0
    assert back((0, 1), (1, 2), (2, 2), (3, 1)) == 1
    assert back((0, 1), (1, 2), (30, 1)) == 1
    assert back((0, 1), (1, 2), (31, 1)) == 0
    assert back((0, 1), *((n, n + 1) for n in range(1, 5)), (9, 1)) == 1
    assert back((0, 1), *((n, n + 1) for n in range(1, 6)), (9, 1)) == 0


@pytest.mark.parametrize(
    ("several", "alone", "share"),
    [((5, 20), (0, 20), 0.5), ((4, 20), (0, 20), 0), ((9, 19), (0, 1), 0)],
)
def test_the_share_of_their_work(
    several: tuple[int, int], alone: tuple[int, int], share: float
) -> None:
    found = Turns(*np.array([several, alone]).T)
    assert found.share == share
    assert bool(turn_checks(found)) == (share > 0)


def test_a_tenth_of_the_work_is_worth_a_warning() -> None:
    (check,) = turn_checks(Turns(np.array([30, 0]), np.array([100, 900])))
    assert (check.count, check.share) == (1, 0.1)
    assert turn_checks(Turns(np.array([30, 0]), np.array([100, 901]))) == []
