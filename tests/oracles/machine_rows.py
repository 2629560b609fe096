"""A slow, obvious reference for rows that no person may have caused: section 1 of the method.

It builds on `oracles.log` and shares nothing with the program.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise, product, takewhile
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from oracles.log import MINUTE, SECOND, Event, Roles, Row, to_sessions, to_streams

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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


def early_touches(
    rows: Sequence[Row], roles: Roles, threshold_us: int, fine: Sequence[bool]
) -> tuple[int, int, int, int]:
    """Count returns after a session with elements, and which of them touch its last one at once.

    Of those, which work on it first; and of these, which touch another before.
    """
    returns = early = there = astray = 0
    for stream, is_fine in zip(to_streams(rows, roles), fine, strict=True):
        for stopped, session in pairwise(to_sessions(stream, threshold_us)):
            seen = [one.target for one in stopped.events if one.target is not None]
            if not is_fine or not seen:
                continue
            returns += 1
            looked = list(takewhile(lambda one: one.event not in roles.productive, session.events))
            soon = session.start_us + 2 * SECOND
            if not any(one.target == seen[-1] and one.start_us < soon for one in looked):
                continue
            early += 1
            work = session.events[len(looked) :]
            if not work or work[0].target != seen[-1]:
                continue
            there += 1
            astray += any(one.target not in (None, seen[-1]) for one in looked)
    return returns, early, there, astray


def sign_in_waits(
    rows: Sequence[Row], roles: Roles, threshold_us: int, doors: frozenset[str]
) -> list[int]:
    """Return how long returns take to the last event of signing in before any work."""
    found = []
    for stream in to_streams(rows, roles):
        for session in to_sessions(stream, threshold_us)[1:]:
            looked = takewhile(lambda one: one.event not in roles.productive, session.events)
            places = [n for n, one in enumerate(looked) if one.event in doors]
            if places and places[-1] > 0:
                found.append(session.events[places[-1]].start_us - session.start_us)
    return found


def renamed(
    times: Mapping[str, Sequence[int]],
    work: Sequence[str],
    others: Sequence[str],
    sessions: Sequence[int],
) -> tuple[str, str, int] | None:
    """Return an event of work, one that is none, and when one follows the other.

    Of several the pair with the most rows of the other event, then the first of either list, then
    where the work gets rare.
    """
    least = max(50, Fraction(sum(len(times.get(name, ())) for name in work), 10))
    found = []
    for one, other in product(work, others):
        rows = sorted(times.get(other, ()))
        if min(len(rows), len(times.get(one, ()))) < least:
            continue
        edge = len(rows) // 100
        for later in (True, False):
            change = rows[edge] if later else rows[-1 - edge]
            inside = (lambda at, c=change: at >= c) if later else (lambda at, c=change: at <= c)
            many, usual = (sum(inside(at) == is_in for at in sessions) for is_in in (True, False))
            if 10 * min(many, usual) < len(sessions):
                continue
            before = Fraction(sum(not inside(at) for at in times[one]), usual)
            left = Fraction(sum(map(inside, times[one])), many)
            new = Fraction(sum(map(inside, rows)), many)
            if 2 * left <= before and new <= 2 * (before - left) <= 4 * new:
                rank = (len(rows), -work.index(one), -others.index(other), later)
                found.append((rank, (one, other, change)))
    return max(found)[1] if found else None


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
