"""How much longer a return takes than the same person's matched controls (section 5).

An interruption has five slots for moments. A slot without one takes the mean of its cell over all
users' found slots, so users' figures hang together through these means, and their influences on
the estimate carry that part too.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import MIN_INTERVAL_USERS, MOMENT_SLOTS
from resume_gap.distinct import distinct, picking, sums_of
from resume_gap.stats.interval import Interval
from resume_gap.stats.student import t_quantile
from resume_gap.units import US

SLOTS = int(MOMENT_SLOTS.value)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CellSums:
    """One entry per user and cell, in any order; all arrays have the same length."""

    user: NDArray[np.int64]
    """Number of the user, any numbering."""
    cell: NDArray[np.int64]
    """Number of the cell (what was done, half of the day), any numbering."""
    n: NDArray[np.int64]
    """Interruptions."""
    y_us: NDArray[np.int64]
    """Sum of their re-orientation times."""
    found: NDArray[np.int64]
    """Slots with a moment, of five per interruption."""
    found_us: NDArray[np.int64]
    """Sum of those moments' times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcessEstimate:
    """Mean difference between return and moments, per interruption."""

    estimate: Interval
    """Seconds; all None without an interruption, or where not one slot is found."""
    error: float | None
    """Standard error in seconds; None where there is no estimate, or one user."""
    users: int
    """Users with an interruption."""
    interruptions: int
    own_slots: float | None
    """Share of the slots with a moment of one's own; None without an interruption."""


def excess(sums: CellSums) -> ExcessEstimate:
    """The excess with its 95 % interval: t with users - 1 over the users' influences.

    e = mean of D, D = Y - mean of five slots. With N interruptions, the influence of a user with
    n of them is I_u = (1/N) [sum(D - e) - sum over cells (empty_c / 5) / found_c (own found time
    - mean_c x own found slots)] / (1 - n / N); empty_c and found_c count over all users. Cells
    without any found slot are one cell, filled by the mean of all found slots. The error is
    sqrt(G / (G - 1) sum I_u^2) over the G users.

    Args:
        sums: Per user and cell; entries of one user and cell add up.

    Returns:
        Seconds; no interval from under 25 users.
    """
    there = picking(sums.n > 0)
    who, user = distinct(sums.user[there])
    which, cell = distinct(sums.cell[there])
    n, found = sums.n[there], sums.found[there]
    y, found_us = sums.y_us[there], sums.found_us[there]
    pair = user * len(which) + cell
    if not (pair[1:] > pair[:-1]).all():
        # One entry each, in order: what is no whole number adds up to the same only in one order.
        pair, entry = distinct(pair)
        n, found, y, found_us = (sums_of(entry, x, len(pair)) for x in (n, found, y, found_us))
        user, cell = pair // len(which), pair % len(which)
    users, total, total_found = len(who), int(n.sum()), int(found.sum())
    own_slots = total_found / (SLOTS * total) if total else None
    if total_found == 0:
        return ExcessEstimate(
            estimate=Interval(), error=None, users=users, interruptions=total, own_slots=own_slots
        )
    empty = SLOTS * n - found
    mean_all = int(found_us.sum()) / total_found

    cell_found = sums_of(cell, found, len(which))
    cell_empty = sums_of(cell, empty, len(which))
    is_filled = cell_found > 0
    divisor = np.where(is_filled, cell_found, 1)
    mean = np.where(is_filled, sums_of(cell, found_us, len(which)) / divisor, mean_all)
    per_slot = np.where(is_filled, cell_empty / SLOTS / divisor, 0.0)
    per_slot_all = int(cell_empty[~is_filled].sum()) / SLOTS / total_found

    # Of each entry: the sum of D, and how far its found slots move the fill of everybody's empty.
    fill = mean[cell]
    apart = y - (found_us + empty * fill) / SLOTS
    moved = per_slot[cell] * (found_us - found * fill)
    if per_slot_all:
        moved += per_slot_all * (found_us - found * mean_all)

    filled = float((cell_empty * mean).sum())
    estimate = (int(y.sum()) - (int(found_us.sum()) + filled) / SLOTS) / total
    if users == 1:
        return ExcessEstimate(
            estimate=Interval(estimate=estimate / US),
            error=None,
            users=1,
            interruptions=total,
            own_slots=own_slots,
        )
    user_n = sums_of(user, n, users)
    influence = np.bincount(user, weights=apart - moved, minlength=users) - user_n * estimate
    influence /= total - user_n  # N (1 - n / N)
    error = math.sqrt(users / (users - 1) * float((influence * influence).sum())) / US
    return ExcessEstimate(
        estimate=interval_of(estimate / US, error, users),
        error=error,
        users=users,
        interruptions=total,
        own_slots=own_slots,
    )


def interval_of(estimate: float, error: float, users: int) -> Interval:
    """T with users - 1 around an estimate; no interval from under 25 users.

    Args:
        estimate: Seconds.
        error: Its standard error.
        users: Behind it, the independent users.
    """
    if users < MIN_INTERVAL_USERS.value:
        return Interval(estimate=estimate)
    half = t_quantile(users - 1) * error
    return Interval(estimate=estimate, ci_lower=estimate - half, ci_upper=estimate + half)
