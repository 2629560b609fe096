"""Event names that appear, vanish or jump at a launch: the logging changed, not the people.

How much the rate of a name moves without a cause is seen at every earlier date, as for the measure
itself; a name that was not there at all, or is gone, needs no such comparison.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import (
    CHANGED_LEAST,
    CHANGED_PLACEBOS,
    CHANGED_TIMES,
    SERIES_DAYS,
    SERIES_PRESENT,
)
from resume_gap.stats.placebos import ranked

Change = Literal["appears", "vanishes", "jumps", "steady"]


class NameChange(NamedTuple):
    """What happened to one event name at the launch.

    Attributes:
        change: What.
        before: Rows per active user and day in the four weeks before the launch.
        after: The same over the horizon after it.
        rows: Rows in both together.
    """

    change: Change
    before: float
    after: float
    rows: int


class _Around(NamedTuple):
    """The days around a launch."""

    active: NDArray[np.int64]
    weekday: NDArray[np.integer]
    launch: int
    horizon: int

    @property
    def before(self) -> slice:
        return slice(max(0, self.launch - int(SERIES_DAYS.value)), self.launch)

    @property
    def after(self) -> slice:
        return slice(self.launch, self.launch + self.horizon)

    def rate(self, row: NDArray[np.int64], side: slice) -> float:
        return float(row[side].sum() / max(int(self.active[side].sum()), 1))

    def is_usual(self, row: NDArray[np.int64], side: slice) -> bool:
        """Whether there are rows on half of the active days."""
        days = int((self.active[side] > 0).sum())
        return days > 0 and int((row[side] > 0).sum()) >= SERIES_PRESENT.value * days

    def pauses(self, row: NDArray[np.int64]) -> bool:
        """Whether it was away before the launch for as many active days as lie after it."""
        there = np.flatnonzero(row[: self.launch][self.active[: self.launch] > 0])
        after = int((self.active[self.launch :] > 0).sum())
        return len(there) > 1 and int(np.diff(there).max()) - 1 >= after


def rate_changes(
    counts: NDArray[np.int64],
    active: NDArray[np.int64],
    weekday: NDArray[np.integer],
    launch: int,
    horizon: int,
) -> tuple[NameChange, ...]:
    """What happened to each event name.

    Args:
        counts: (names, days) rows.
        active: (days) active users; days without any are left out.
        weekday: (days) 0 to 6.
        launch: Index of the first day after it.
        horizon: Days after it that are looked at.

    Returns:
        (names) changes. A name appears that had no row before the launch and rows on half of the
        active days after it; vanishing is the reverse, of a name that was never away as long. It
        jumps when its rate at least doubles or halves, by more than twice the furthest that it did
        at any earlier date, and was there on half of the active days on the side where it is more
        frequent.
    """
    around = _Around(active, weekday, launch, horizon)
    return tuple(_of_name(row, around) for row in counts)


def _of_name(row: NDArray[np.int64], around: _Around) -> NameChange:
    before, after = (around.rate(row, side) for side in (around.before, around.after))
    rows = int(row[around.before].sum() + row[around.after].sum())
    change: Change = "steady"
    if rows >= CHANGED_LEAST.value:
        if not row[: around.launch].any() and around.is_usual(row, around.after):
            change = "appears"
        elif not row[around.launch :].any():
            gone = around.is_usual(row, around.before) and not around.pauses(row)
            change = "vanishes" if gone else "steady"
        elif _jumps(row, around, before, after):
            change = "jumps"
    return NameChange(change, before, after, rows)


def _jumps(row: NDArray[np.int64], around: _Around, before: float, after: float) -> bool:
    low, high = sorted((before, after))
    more = around.after if after > before else around.before
    if high < CHANGED_TIMES.value * low or not around.is_usual(row, more):
        return False
    rates = np.full(len(row), np.nan)
    np.divide(row, around.active, out=rates, where=around.active > 0)
    found = ranked(rates, around.weekday, around.launch, around.horizon)
    if not len(found.placebos):
        return False
    return abs(found.estimate) > CHANGED_PLACEBOS.value * float(np.abs(found.placebos).max())
