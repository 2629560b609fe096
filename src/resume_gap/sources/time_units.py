"""The unit in which a column of numbers counts time: that of the median of its magnitudes."""

from collections.abc import Mapping
from typing import Final

from resume_gap.results.common import US
from resume_gap.sources.times import (
    CLOCK_BEFORE_US,
    CLOCK_FROM_US,
    EARLIEST_SECONDS,
    UNITS,
    TimeUnit,
)

_CEILINGS: Final[Mapping[TimeUnit, int]] = {"s": 10**11, "ms": 10**14, "us": 10**17}
"""Below this a number is taken to be in that unit: 10**11 s is the year 5138, as ms it is 1973."""


def unit_bounds() -> tuple[tuple[str, str], ...]:
    """Classes of magnitude with the SQL condition on a number `x`, smallest first."""
    bounds = [EARLIEST_SECONDS, *_CEILINGS.values()]
    names = ("small", *UNITS)
    conditions = []
    for position, name in enumerate(names):
        low = f"abs(x) >= {bounds[position - 1]}" if position else ""
        high = f"abs(x) < {bounds[position]}" if position < len(bounds) else ""
        conditions.append((name, " and ".join(filter(None, (low, high)))))
    return tuple(conditions)


def plausible() -> tuple[tuple[TimeUnit, str], ...]:
    """Units with the SQL condition that a number `x` in that unit lies in the accepted years."""
    per_second: dict[TimeUnit, int] = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
    return tuple(
        (unit, f"x >= {CLOCK_FROM_US // US * scale} and x < {CLOCK_BEFORE_US // US * scale}")
        for unit, scale in per_second.items()
    )


def median_unit(counts: Mapping[str, int]) -> TimeUnit | None:
    """The unit of the median of magnitudes counted by class; None without numbers."""
    if not (total := sum(counts.values())):
        return None
    running = 0
    for name in ("small", *UNITS):
        running += counts.get(name, 0)
        if 2 * running >= total:
            break
    return "s" if name == "small" else name  # type: ignore[return-value]
