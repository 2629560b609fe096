"""Sums by user and cell: by arrays on small logs, else by loops."""

from dataclasses import dataclass, fields

import numpy as np

from resume_gap.arrays import Bools, Ints
from resume_gap.compiled import pays
from resume_gap.distinct import distinct
from resume_gap.replay.match_loops import add_steps, number_cells
from resume_gap.stats.excess_range import LOW_BITS, StepSums

_CELL_BITS = 32


@dataclass(frozen=True, slots=True)
class UserCells:
    """The pairs of user and cell that some rows have, in their order.

    Attributes:
        user: (pairs)
        cell: (pairs)
        number: (rows) which pair each has.
    """

    user: Ints
    cell: Ints
    number: Ints

    @classmethod
    def of(cls, user: Ints, cell: Ints) -> "UserCells":
        """The pairs of rows; the users rise."""
        if not pays(user):
            key, number = distinct((user << _CELL_BITS) | cell)
            return cls(key >> _CELL_BITS, key & ((1 << _CELL_BITS) - 1), number)
        users, cells, number = np.empty((3, len(user)), dtype=np.int64)
        place = np.zeros(int(cell.max(initial=0)) + 1, dtype=np.int64)
        many = number_cells(user, cell, place, users, cells, number)
        return cls(users[:many].copy(), cells[:many].copy(), number)

    def rows(self) -> Ints:
        """(pairs) how many rows each has."""
        return np.bincount(self.number, minlength=len(self.user)).astype(np.int64)

    def added(self, values: Ints | Bools) -> Ints:
        """(pairs) sums of whole numbers, which are below 2**53."""
        sums = np.bincount(self.number, weights=values, minlength=len(self.user))
        return sums.astype(np.int64)


def step_sums(
    user: Ints, burst: Ints, cell: Ints, *, counts: Bools, gap_us: Ints, end_us: Ints
) -> StepSums:
    """Moments by user and cell, for the step begun anew.

    Args:
        user: (b) of the bursts; rises.
        burst: (m) of the moments; rises.
        cell: (m)
        counts: (m) whether a moment is added.
        gap_us: (m) before it.
        end_us: (m) its re-orientation time, from the end of the event before.
    """
    if pays(cell):
        return _step_sums_by_loop(user, burst, cell, counts=counts, gap_us=gap_us, end_us=end_us)
    rows = np.flatnonzero(counts)
    gap, end = gap_us[rows], end_us[rows]
    pairs = UserCells.of(user[burst[rows]], cell[rows])
    return StepSums(
        user=pairs.user,
        cell=pairs.cell,
        many=pairs.rows(),
        us=pairs.added(end),
        gap_us=pairs.added(gap),
        weighted_high=pairs.added(gap * (end >> LOW_BITS)),
        weighted_low=pairs.added(gap * (end & ((1 << LOW_BITS) - 1))),
    )


def _step_sums_by_loop(
    user: Ints, burst: Ints, cell: Ints, *, counts: Bools, gap_us: Ints, end_us: Ints
) -> StepSums:
    found = np.empty((7, len(cell)), dtype=np.int64)
    sums = np.zeros((5, int(cell.max(initial=0)) + 1), dtype=np.int64)
    pairs = add_steps(user, burst, cell, counts, gap_us, end_us, LOW_BITS, *sums, *found)
    names = (f.name for f in fields(StepSums))
    return StepSums(**{name: v[:pairs] for name, v in zip(names, found, strict=True)})
