"""Logs that keep so many events of each visit, and tasks of so many steps, which look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.streams import contents_of, steps_of

from resume_gap.quality.full_sessions import FullSessions, full_sessions

if TYPE_CHECKING:
    from collections.abc import Sequence

SECOND = 1_000_000
HOUR = 3600 * SECOND
NAMES = 12


def found(sessions: Sequence[Sequence[int]]) -> FullSessions | None:
    """Judge sessions, each a list of event numbers, an hour apart in one stream."""
    rows = [
        (number * HOUR + place * SECOND, event << 32)
        for number, session in enumerate(sessions)
        for place, event in enumerate(session)
    ]
    steps = steps_of({1: rows})
    return full_sessions([steps], contents_of([0] * NAMES), threshold_us=HOUR // 2)


def cycle(length: int, start: int = 0) -> list[int]:
    """Take events by turns, beginning anywhere: no event is an end."""
    return [(start + place) % 5 + 1 for place in range(length)]


def cut(full: int = 50, shorter: int = 200, larger: int = 0, one_less: int = 0) -> list[list[int]]:
    """Sessions of five events, of two, of seven and of four."""
    sizes = [5] * full + [2] * shorter + [7] * larger + [4] * one_less
    return [cycle(size, number) for number, size in enumerate(sizes)]


def test_many_sessions_of_the_largest_size() -> None:
    assert found(cut()) == FullSessions(events=5, share=0.2)


@pytest.mark.parametrize(
    ("sessions", "is_cut"),
    [
        (cut(full=49, shorter=100), False),
        (cut(full=50, shorter=201), False),  # under a fifth
        (cut(full=60, shorter=100, larger=3), True),
        (cut(full=60, shorter=100, larger=4), False),  # over 2 %
        (cut(full=60, shorter=100, one_less=20), True),
        (cut(full=60, shorter=100, one_less=21), False),  # sizes fall off by and by
        ([session[:4] for session in cut()], False),  # too small to tell
    ],
)
def test_limits(sessions: list[list[int]], is_cut: bool) -> None:
    assert (found(sessions) is not None) == is_cut


@pytest.mark.parametrize(("ends", "is_cut"), [(20, True), (21, False)])
def test_an_event_that_is_over_twice_as_common_at_the_ends(ends: int, is_cut: bool) -> None:
    # Event 1 is 50 of 250 events, a fifth, and 20 or 21 of 50 ends.
    at_end = [[9, 10, 11, 9, 1]] * ends
    inside = [[1, 10, 11, 9, 2 + number % 7] for number in range(50 - ends)]
    assert (found(at_end + inside) is not None) == is_cut


def test_no_streams() -> None:
    assert full_sessions([], contents_of([]), threshold_us=HOUR) is None


def test_one_event_throughout_says_nothing_of_ends() -> None:
    assert found([[3] * 5] * 60) == FullSessions(events=5, share=1.0)


def test_a_task_whose_last_step_is_found_nowhere_else() -> None:
    assert found([[1, 1, 1, 1, 7]] * 60) is None


def test_of_several_commonest_ends_one_that_is_rarer_inside_is_enough() -> None:
    """Event 1 is as common inside as at the ends, event 9 is found at the ends alone."""
    sessions = [[1, 1, 1, 1, 1]] * 30 + [[2, 3, 4, 5, 9]] * 30
    assert found(sessions) is None
    assert found([[1] * 5] * 30 + [[9] * 5] * 30) is not None
