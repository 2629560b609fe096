"""A slow, obvious reference for how rows are read and cleaned: section 1 of the method.

It shares nothing with the program: durations, event ids, batches, clocks, columns, dropped rows.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from oracles.log import Roles, Row, to_streams

if TYPE_CHECKING:
    from collections.abc import Sequence

# --- Dropped rows that carry the return ---------------------------------------------------------


class Table(NamedTuple):
    """Rows of one user by whether they begin a return and whether they were dropped."""

    lost_first: int
    first: int
    lost: int
    rows: int


def lost_at_returns(
    used: Sequence[Row], lost: Sequence[Row], roles: Roles, threshold_us: int
) -> dict[str, Table]:
    """Count, for each user with dropped rows, the rows that begin a return if all rows counted."""
    found = {}
    for stream in to_streams(used, roles):
        own = [row["timestamp_us"] for row in lost if row["user_id"] == stream.user_id]
        if not own:
            continue
        items = [(event.start_us, 0, event.end_us) for event in stream.events]
        items += [(at_us, 1, at_us) for at_us in own]
        counts: Counter[int] = Counter()
        reached = None
        for start_us, is_lost, end_us in sorted(items, key=lambda item: item[:2]):
            if reached is not None and start_us - reached > threshold_us:
                counts[is_lost] += 1
            reached = end_us if reached is None else max(reached, end_us)
        found[stream.user_id] = Table(counts[1], counts[0] + counts[1], len(own), len(items))
    return found


def mantel_haenszel(tables: Sequence[Table]) -> tuple[Fraction, Fraction]:
    """Return the excess of dropped rows among first rows, and its variance, summed over users."""
    excess = variance = Fraction(0)
    for table in tables:
        if table.rows < 2:
            continue
        expected = Fraction(table.first * table.lost, table.rows)
        excess += table.lost_first - expected
        variance += (
            expected
            * (table.rows - table.first)
            * (table.rows - table.lost)
            / (table.rows * (table.rows - 1))
        )
    return excess, variance
