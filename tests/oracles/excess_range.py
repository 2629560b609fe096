"""A slow, obvious reference for the excess as a range over three clocks (section 5).

Builds on the oracle of the replay, shares nothing with the program, and is in exact fractions up to
square roots. Three comparisons of the same interruptions:

from the event: the slots as they are; from the end before: every slot's clock starts at the end of
the event before it; step anew: the step that a moment is part of is begun anew, and is hit in
proportion to its length, so all moments of the user in the cell count, weighted by their gaps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from oracles import replay
from oracles.log import MINUTE, cap_of, knows_work, to_streams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oracles.log import Roles, Row
    from oracles.replay import Cell, Excess, Moment

LONGEST_GAP = 10 * MINUTE
LEAST_OWN = 20
NEVER = 1 << 62


@dataclass(frozen=True)
class Compared:
    """An interruption with its slots, and all moments of its user in its cell."""

    user_id: str
    cell: Cell
    y_us: int
    found: tuple[int, ...]
    found_from_end: tuple[int, ...]
    begun: tuple[tuple[int, int], ...]
    """(gap, time from the end before) of each moment."""
    is_reached: bool = True
    """Whether work followed within the cap."""


def from_end(moment: Moment, cap_us: int) -> int:
    """Return a moment's time from the end of the event before it."""
    return min(moment.gap_us + moment.y_us, cap_us)


def compared(
    rows: Sequence[Row],
    roles: Roles,
    threshold_us: int,
    until_us: int | None = None,
    *,
    all_returns: bool = False,
) -> list[Compared]:
    """Find what every eligible interruption of a log is compared with."""
    cap_us = cap_of(threshold_us)
    streams = to_streams(rows, roles, until_us)
    if not knows_work(streams):
        return []
    moments: dict[int, list[Moment]] = {}
    own: list[tuple[Moment, bool]] = []
    for number, stream in enumerate(streams):
        steps = replay.to_steps(stream, rows, roles)
        moments[number] = replay.moments_of(
            stream, steps, threshold_us, cap_us, known=True, all_returns=all_returns
        )
        own += [
            (replay.interruption_of(back), replay.capped(back.lag, NEVER) <= cap_us)
            for back in replay.returns_of(stream, steps, threshold_us, cap_us, known=True)
            if back.eligible and (all_returns or back.is_interruption)
        ]
    everything = [moment for of_stream in moments.values() for moment in of_stream]
    found = []
    for one, is_reached in own:
        alike = [moment for moment in everything if moment.stop_cell == one.stop_cell]
        later = [m for m in alike if m.stream is one.stream and m.number > one.number]
        slots = later[: replay.SLOTS]
        begun = [m for m in alike if m.stream.user_id == one.stream.user_id]
        found.append(
            Compared(
                user_id=one.stream.user_id,
                cell=one.stop_cell,
                y_us=one.y_us,
                found=tuple(m.y_us for m in slots),
                found_from_end=tuple(from_end(m, cap_us) for m in slots),
                begun=tuple(
                    (m.gap_us, from_end(m, cap_us)) for m in begun if m.gap_us <= LONGEST_GAP
                ),
                is_reached=is_reached,
            )
        )
    return found


def entries(own: Sequence[Compared], *, at_end: bool) -> list[dict[str, object]]:
    """Give the slots of one of the first two clocks as the oracle of the excess takes them."""
    return [
        {
            "user_id": one.user_id,
            "cell": one.cell,
            "y_us": one.y_us,
            "found": one.found_from_end if at_end else one.found,
        }
        for one in own
    ]


def weighted(begun: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return sum of gap x time, and sum of gaps."""
    return sum(gap * time for gap, time in begun), sum(gap for gap, _ in begun)


def of_user(begun: Sequence[tuple[int, int]]) -> Fraction:
    """Return how long the step takes a user; gaps of nothing all weigh alike."""
    times, gaps = weighted(begun)
    if gaps == 0:
        return Fraction(sum(time for _, time in begun), len(begun))
    return Fraction(times, gaps)


def step_anew(own: Sequence[Compared]) -> Excess:
    """Estimate the excess over the step begun anew, and its error."""
    by_user = {(one.user_id, one.cell): one.begun for one in own if one.begun}
    if sum(weighted(begun)[1] for begun in by_user.values()) == 0:
        return replay.excess(entries(own, at_end=True))

    def pooled(cell: Cell | None) -> tuple[int, int]:
        parts = [weighted(b) for (_, c), b in by_user.items() if cell is None or c == cell]
        return sum(times for times, _ in parts), sum(gaps for _, gaps in parts)

    def source(cell: Cell) -> tuple[int, int]:
        return pooled(cell) if pooled(cell)[1] else pooled(None)

    def fill(one: Compared) -> Fraction:
        return of_user(one.begun) if len(one.begun) >= LEAST_OWN else Fraction(*source(one.cell))

    differences = [one.y_us - fill(one) for one in own]
    estimate = replay.mean(differences)
    users = sorted({one.user_id for one in own})
    if len(users) == 1:
        return replay.Excess(estimate, None, 1, None, None)
    cells = sorted({one.cell for one in own})
    squares = Fraction(0)
    for user in users:
        mine = [
            d - estimate for one, d in zip(own, differences, strict=True) if one.user_id == user
        ]
        total = sum(mine, Fraction(0))
        for cell in cells:
            # Interruptions that are filled by others', and what this user adds to that fill.
            empty = sum(1 for one in own if one.cell == cell and len(one.begun) < LEAST_OWN)
            times, gaps = source(cell)
            is_own = bool(pooled(cell)[1])
            parts = [
                weighted(b)
                for (u, c), b in by_user.items()
                if u == user and (c == cell or not is_own)
            ]
            for own_times, own_gaps in parts:
                total -= Fraction(empty, gaps) * (own_times - Fraction(times, gaps) * own_gaps)
        squares += (total / len(own) / (1 - Fraction(len(mine), len(own)))) ** 2
    variance = Fraction(len(users), len(users) - 1) * squares
    return replay.Excess(estimate, math.sqrt(variance), len(users), None, None)


def clocks(own: Sequence[Compared]) -> tuple[Excess, Excess, Excess]:
    """Estimate the excess by all three clocks."""
    return (
        replay.excess(entries(own, at_end=False)),
        replay.excess(entries(own, at_end=True)),
        step_anew(own),
    )


def of_reached(own: Sequence[Compared]) -> Excess | None:
    """Estimate the excess over the step begun anew of those who reached work."""
    some = [one for one in own if one.is_reached]
    if len(some) in (0, len(own)) or not any(gap for one in some for gap, _ in one.begun):
        return None
    return step_anew(some)


def word(limits: Sequence[tuple[float, float]]) -> str:
    """Say what three intervals say together; the first is that of the event's clock."""
    if all(lower > 0 for lower, _ in limits):
        return "longer"
    return "includes_zero" if limits[0][0] <= 0 else "depends_on_matching"
