"""A slow, obvious reference for the bound with give-ups (section 7), in exact fractions.

One row per user of integer sums; the error is by leaving out one user at a time. Shares no code
with the program.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class User:
    """Sums over one user's eligible interruptions; times in seconds."""

    eligible: int
    search: int
    abandoned: int
    later: int
    right_later: int
    reached: int
    hits: int


def total(users: Sequence[User], name: str) -> int:
    """Sum one column."""
    return sum(getattr(user, name) for user in users)


def share(part: int, whole: int) -> Fraction:
    """Return a share; of nothing it is 0."""
    return Fraction(part, whole) if whole else Fraction(0)


def saved(users: Sequence[User], cap: int, *, by_next: bool) -> Fraction:
    """Return the most that a marker saves per interruption, by one of the two shares of hits."""
    if by_next:
        right = share(total(users, "right_later"), total(users, "later"))
    else:
        right = share(total(users, "hits"), total(users, "reached"))
    given_up = cap * right * total(users, "abandoned")
    return (total(users, "search") + given_up) / total(users, "eligible")


def error(users: Sequence[User], cap: int, *, by_next: bool) -> float:
    """Return the standard error by leaving out one user at a time."""
    there = [user for user in users if user.eligible]
    without = [
        saved(there[:place] + there[place + 1 :], cap, by_next=by_next)
        for place in range(len(there))
    ]
    middle = sum(without, Fraction(0)) / len(without)
    squares = sum(((one - middle) ** 2 for one in without), Fraction(0))
    return math.sqrt(Fraction(len(there) - 1, len(there)) * squares)
