"""A slow, obvious reference for ids whose visits alternate between sets of elements.

It builds on `oracles.log` and shares nothing with the program.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from oracles.log import SECOND, Roles, Row, gaps, to_streams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oracles.log import Stream

CUT = 120 * SECOND
FEWEST = 5
BOUTS = 3


def bouts(stream: Stream, roles: Roles) -> list[set[str]]:
    """Return the elements worked on between silences of two minutes, where there are some."""
    found: list[set[str]] = [set()]
    for event, gap_us in zip(stream.events, [0, *gaps(stream.events)], strict=True):
        if gap_us > CUT:
            found.append(set())
        if event.event in roles.productive and event.target is not None:
            found[-1].add(event.target)
    return [one for one in found if one]


def turns_elsewhere(found: Sequence[set[str]]) -> bool:
    """Return whether many bouts go on with known elements, but with none of the last bout."""
    known_bouts = elsewhere = 0
    for place in range(1, len(found)):
        known = found[place] & set().union(*found[:place])
        if 2 * len(known) >= len(found[place]):
            known_bouts += 1
            elsewhere += not known & found[place - 1]
    return elsewhere >= FEWEST and 10 * elsewhere >= 3 * known_bouts


def sets(found: Sequence[set[str]]) -> list[int | None]:
    """Number the set that each bout belongs to; None for one that mixes sets."""
    owner: dict[str, int] = {}
    numbers: list[int | None] = []
    for elements in found:
        cover = Counter(owner[one] for one in elements if one in owner)
        if not cover:
            best = len(set(owner.values()))
        else:
            best = min(number for number, n in cover.items() if n == max(cover.values()))
            if 5 * cover[best] < 4 * cover.total():
                numbers.append(None)
                continue
        numbers.append(best)
        for one in elements:
            owner.setdefault(one, best)
    return numbers


def is_of_several(numbers: Sequence[int | None]) -> bool:
    """Return whether the bouts alternate between a few sets."""
    clear = [number for number in numbers if number is not None]
    if 5 * len(clear) < 4 * len(numbers):
        return False
    large = {number: n for number, n in Counter(clear).items() if n >= BOUTS}
    if len(large) < 2 or 5 * sum(large.values()) < 4 * len(clear):
        return False
    back = sum(
        clear[n] != clear[n - 1] and clear[n] in clear[: n - 1] for n in range(1, len(clear))
    )
    return 10 * back >= 3 * len(clear)


def several(rows: Sequence[Row], roles: Roles) -> tuple[list[bool], Fraction]:
    """Return which streams are of several people or projects, and their share of the work."""
    flags, work = [], []
    for stream in to_streams(rows, roles):
        found = bouts(stream, roles)
        flags.append(turns_elsewhere(found) and is_of_several(sets(found)))
        work.append(
            sum(
                event.event in roles.productive and event.target is not None
                for event in stream.events
            )
        )
    own = sum(n for n, flag in zip(work, flags, strict=True) if flag)
    return flags, Fraction(own, max(1, sum(work)))
