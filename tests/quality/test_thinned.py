"""Logs that keep events of one name once in a while: the limits of the rules, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from factories.streams import MINUTE, SECOND, contents_of, steps_of

from resume_gap.quality.thinned import Repeats, is_thinned, repeats

VIEW, EDIT = (n << 32 for n in (1, 2))
CONTENTS = contents_of([0, 0])


def test_events_of_one_name_that_come_again() -> None:
    steps = steps_of(
        {
            4: [(50 * SECOND, VIEW), (58 * SECOND, EDIT), (59 * SECOND, VIEW), (MINUTE, VIEW)],
            5: [(MINUTE, VIEW), (61 * SECOND, EDIT)],
        }
    )
    found = repeats([steps, steps], CONTENTS)
    assert found.gap.tolist() == [9 * SECOND, SECOND] * 2
    assert found.in_minute.tolist() == [True, False] * 2
    assert [len(one) for one in repeats([], CONTENTS)] == [0, 0]


@pytest.mark.parametrize(("resolution", "many"), [(0, 1), (1, 1), (2, 0), (60, 0)])
def test_coarse_stamps_say_nothing(resolution: int, many: int) -> None:
    steps = steps_of({1: [(0, VIEW), (MINUTE, VIEW)]}, resolution=np.array([resolution]))
    assert len(repeats([steps], CONTENTS).gap) == many


def every(seconds: float, many: int, *, there: int = 0) -> Repeats:
    """Pairs as far apart, some of them within a minute of the clock."""
    return Repeats(np.full(many, round(seconds * SECOND)), np.arange(many) < there)


@pytest.mark.parametrize(
    ("seconds", "many", "there", "thinned"),
    [
        (30, 200, 5, True),
        (30, 200, 6, False),
        (30, 199, 0, False),  # chance would lay 99.5 of them into one minute
        (60, 900, 0, False),
        (0, 0, 0, False),
    ],
)
def test_once_a_minute(seconds: float, many: int, there: int, *, thinned: bool) -> None:
    assert is_thinned(every(seconds, many, there=there)) == thinned


def lengths(edge: float, *, below: int, near: int, many: int = 1_000) -> Repeats:
    """Gaps of which some lie below an edge and some right above it."""
    rest = np.full(many - below - near, 1_000.0)
    seconds = np.concatenate([np.full(below, edge / 2), np.full(near, edge), rest])
    return Repeats((seconds * SECOND).astype(np.int64), seconds < 60)


@pytest.mark.parametrize(
    ("found", "thinned"),
    [
        (lengths(30, below=2, near=50), True),
        (lengths(30, below=3, near=500), False),
        (lengths(30, below=2, near=49), False),
        (lengths(30, below=1, near=50, many=999), False),
        (lengths(5, below=2, near=50), True),
        (lengths(4.9, below=2, near=50), False),
        (lengths(300, below=2, near=50), True),
        (lengths(301, below=2, near=50), False),
    ],
)
def test_never_sooner(found: Repeats, *, thinned: bool) -> None:
    assert is_thinned(found) == thinned


def test_gaps_that_are_none_within_work_do_not_count() -> None:
    some = lengths(30, below=2, near=50)
    breaks = np.full(5_000, 1_800 * SECOND)
    both = Repeats(np.concatenate([some.gap, breaks]), np.arange(6_000) < 52)
    assert is_thinned(both)
