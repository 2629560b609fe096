"""Sums by user and cell: by arrays on small logs, else by loops."""

from dataclasses import dataclass

import numpy as np

from resume_gap.arrays import Bools, Ints
from resume_gap.compiled import pays
from resume_gap.constants import STEP_GAP
from resume_gap.distinct import distinct
from resume_gap.replay.match_loops import MATCHED_SUMS, STEP_SUMS, add_matched, add_steps
from resume_gap.stats.excess_range import LOW_BITS, StepSums

_CELL_BITS = 32


@dataclass(frozen=True, slots=True)
class UserCells:
    """The pairs of user and cell that some rows have, in their order, by arrays.

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
        """The pairs of rows."""
        key, number = distinct((user << _CELL_BITS) | cell)
        return cls(key >> _CELL_BITS, key & ((1 << _CELL_BITS) - 1), number)

    def rows(self) -> Ints:
        """(pairs) how many rows each has."""
        return np.bincount(self.number, minlength=len(self.user)).astype(np.int64)

    def added(self, values: Ints | Bools) -> Ints:
        """(pairs) sums of whole numbers, which are below 2**53."""
        sums = np.bincount(self.number, weights=values, minlength=len(self.user))
        return sums.astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MatchedSums:
    """What returns and their slots come to, one entry per user and cell, in their order.

    Attributes:
        user: The user,
        cell: and the cell.
        n: Returns.
        y_us: Sum of their re-orientation times.
        found: Slots with a moment.
        found_us: Sum of those moments' times,
        found_end_us: and of the same by the clock from the end of the event before.
        reached: Returns that reached work within the cap.
        reached_us: Sum of their re-orientation times.
    """

    user: Ints
    cell: Ints
    n: Ints
    y_us: Ints
    found: Ints
    found_us: Ints
    found_end_us: Ints
    reached: Ints
    reached_us: Ints


def matched_sums(
    user: Ints,
    cell: Ints,
    *,
    y_us: Ints,
    found: Ints,
    found_us: Ints,
    found_end_us: Ints,
    is_reached: Bools,
) -> MatchedSums:
    """Returns by user and cell.

    Args:
        user: (r) whose they are; rises.
        cell: (r) in which moments were sought.
        y_us: (r) re-orientation time.
        found: (r) slots with a moment.
        found_us: (r) sum of the moments' times,
        found_end_us: (r) and by the other clock.
        is_reached: (r) whether work was reached within the cap.
    """
    if not pays(user):
        pairs = UserCells.of(user, cell)
        return MatchedSums(
            user=pairs.user,
            cell=pairs.cell,
            n=pairs.rows(),
            y_us=pairs.added(y_us),
            found=pairs.added(found),
            found_us=pairs.added(found_us),
            found_end_us=pairs.added(found_end_us),
            reached=pairs.added(is_reached),
            reached_us=pairs.added(np.where(is_reached, y_us, 0)),
        )
    rows = len(user)
    users, cells = np.empty((2, rows), dtype=np.int32)
    totals = np.empty(MATCHED_SUMS * rows, dtype=np.int64)
    sums = np.zeros(MATCHED_SUMS * (int(cell.max(initial=0)) + 1), dtype=np.int64)
    given = (y_us, found, found_us, found_end_us, is_reached)
    many = add_matched(user, cell, *given, sums, users, cells, totals)
    n, *others = totals.reshape(MATCHED_SUMS, rows)[:, :many]
    names = ("y_us", "found", "found_us", "found_end_us", "reached", "reached_us")
    return MatchedSums(
        user=users[:many], cell=cells[:many], n=n, **dict(zip(names, others, strict=True))
    )


@dataclass(frozen=True, slots=True)
class AskedPairs:
    """Of which users and cells controls are asked for.

    Attributes:
        user: (p) users and their
        cell: (p) cells, in order.
        is_all: By user_no whether all cells of the user may be asked for.
    """

    user: Ints
    cell: Ints
    is_all: Bools

    def has(self, user: Ints, cell: Ints) -> Bools:
        """Which pairs are among them."""
        keys, known = _keys(user, cell), _keys(self.user, self.cell)
        if len(known) == 0:
            return self.is_all[user]
        at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        return self.is_all[user] | (known[at] == keys)


def _keys(user: Ints, cell: Ints) -> Ints:
    """User and cell in one number."""
    return user.astype(np.int64) << _CELL_BITS | cell


def step_sums(
    user: Ints,
    burst: Ints,
    cell: Ints,
    *,
    counts: Bools,
    gap_us: Ints,
    end_us: Ints,
    asked: AskedPairs,
) -> StepSums:
    """Moments by user and cell, for the step begun anew.

    Args:
        user: (b) of the bursts; rises.
        burst: (m) of the moments; rises.
        cell: (m)
        counts: (m) whether a moment is a control; those with short gaps are added.
        gap_us: (m) before it.
        end_us: (m) its re-orientation time, from the end of the event before.
        asked: Others are left out.
    """
    if pays(cell):
        return _step_sums_by_loop(
            user, burst, cell, counts=counts, gap_us=gap_us, end_us=end_us, asked=asked
        )
    rows = np.flatnonzero(counts & (gap_us <= STEP_GAP.us))
    rows = rows[asked.has(user[burst[rows]], cell[rows])]
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
    user: Ints,
    burst: Ints,
    cell: Ints,
    *,
    counts: Bools,
    gap_us: Ints,
    end_us: Ints,
    asked: AskedPairs,
) -> StepSums:
    rows = len(cell)
    cells = 1 + max(int(cell.max(initial=0)), int(asked.cell.max(initial=0)))
    users, of_users = np.empty((2, rows), dtype=np.int64)
    totals = np.empty(STEP_SUMS * rows, dtype=np.int64)
    many = add_steps(
        user,
        burst,
        cell,
        counts,
        gap_us,
        end_us,
        STEP_GAP.us,
        LOW_BITS,
        asked.user,
        asked.cell,
        asked.is_all,
        np.zeros(cells, dtype=np.int32),
        np.zeros(STEP_SUMS * cells, dtype=np.int64),
        users,
        of_users,
        totals,
    )
    names = ("many", "us", "gap_us", "weighted_high", "weighted_low")
    sums = totals.reshape(STEP_SUMS, rows)[:, :many]
    return StepSums(user=users[:many], cell=of_users[:many], **dict(zip(names, sums, strict=True)))
