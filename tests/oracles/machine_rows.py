"""A slow, obvious reference for rows that no person may have caused: section 1 of the method.

It builds on `oracles.log` and shares nothing with the program.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from oracles.log import MINUTE, SECOND, Event, Roles, Row, to_sessions, to_streams

if TYPE_CHECKING:
    from collections.abc import Sequence


class FirstStep(NamedTuple):
    """One return with three acts of work or more."""

    user_id: str
    wait_us: int
    first_us: int
    times: float
    """How many times as long as the later steps, by their mean logarithm."""


def first_steps(rows: Sequence[Row], roles: Roles, threshold_us: int) -> list[FirstStep]:
    """Compare the step from the first act of work to the second with later ones."""
    found = []
    for stream in to_streams(rows, roles):
        for session in to_sessions(stream, threshold_us)[1:]:
            work = [one.start_us for one in session.events if one.event in roles.productive]
            steps = [after - before for before, after in pairwise(work)]
            later = [step for step in steps[2:] if step > 0]
            if steps and steps[0] > 0 and later:
                times = steps[0] / math.exp(mean(map(math.log, later)))
                wait_us = work[0] - session.start_us
                found.append(FirstStep(stream.user_id, wait_us, steps[0], times))
    return found


def shown(rows: Sequence[Row], roles: Roles, fine: Sequence[bool]) -> dict[str, tuple[int, int]]:
    """Count by name what is at an element and no work, and of that what a page shows at once.

    `fine` says of each stream whether its stamps are.
    """
    found: dict[str, tuple[int, int]] = {}
    for stream, is_fine in zip(to_streams(rows, roles), fine, strict=True):
        by_name: dict[str, list[Event]] = {}
        for event in stream.events:
            if is_fine and event.target is not None and event.event not in roles.productive:
                by_name.setdefault(event.event, []).append(event)
        for name, events in by_name.items():
            together: set[int] = set()
            for place in range(len(events) - 2):
                three = events[place : place + 3]
                if (
                    three[2].start_us - three[0].start_us < SECOND
                    and len({one.target for one in three}) == 3
                ):
                    together.update(range(place, place + 3))
            seen, many = found.get(name, (0, 0))
            found[name] = (seen + len(events), many + len(together))
    return found


def repeats(rows: Sequence[Row], roles: Roles, fine: Sequence[bool]) -> list[tuple[int, bool]]:
    """Return how soon events of one name come again, and whether within a minute of the clock."""
    found = []
    for stream, is_fine in zip(to_streams(rows, roles), fine, strict=True):
        instants: dict[str, list[int]] = {}
        for event in stream.events if is_fine else ():
            instants.setdefault(event.event, []).append(event.start_us)
        for before, after in (pair for one in instants.values() for pair in pairwise(one)):
            found.append((after - before, before // MINUTE == after // MINUTE))
    return sorted(found)


def is_thinned(found: Sequence[tuple[int, bool]]) -> bool:
    """Return whether events of one name are kept once a minute, or once in some seconds."""
    close = [(gap, same) for gap, same in found if gap < MINUTE]
    expected = sum(1 - Fraction(gap, MINUTE) for gap, _ in close)
    if expected >= 100 and 20 * sum(same for _, same in close) <= expected:
        return True
    ordered = sorted(gap for gap, _ in found if gap < 30 * MINUTE)
    if len(ordered) < 1_000:
        return False
    edge = ordered[2 * len(ordered) // 1_000]
    near = sum(edge <= gap < Fraction(5, 4) * edge for gap in ordered)
    return 5 * SECOND <= edge <= 300 * SECOND and 20 * near >= len(ordered)
