"""The users of one arm of a trial, and the plain measures over them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resume_gap.stats.ratio import effective_users


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arm:
    """Users of one arm, ordered by their id; every array has one entry per user."""

    numerators: NDArray[np.float64]
    """(users) the user's value, or the sum over the user's interruptions."""
    denominators: NDArray[np.float64] | None = None
    """(users) what that sum is divided by; users without have 0 and stay in. None: a mean."""
    covariate: NDArray[np.float64] | None = None
    """(users) what was known before the assignment, in one number (`stats.cuped`)."""
    blocks: NDArray[np.int64] | None = None
    """(users) number of the block of days in which the user was assigned (`stats.blocks`); only
    for means. None: the arms are compared as wholes."""
    units: NDArray[np.int64] | None = None
    """(users) number of the unit that was assigned as a whole (`stats.clusters`). None: users."""

    def __post_init__(self) -> None:
        """Refuse what has no one meaning."""
        for values in (self.numerators, self.denominators, self.covariate):
            if values is None:
                continue
            if values.shape != self.numerators.shape or values.ndim != 1:
                raise ValueError(f"one entry per user, not {values.shape}")
            if not np.isfinite(values).all():
                raise ValueError("an arm's figures are finite; leave out users without one")
        if self.denominators is not None and (self.denominators < 0).any():
            raise ValueError("a denominator is 0 or more")
        for numbers in (self.blocks, self.units):
            if numbers is not None and numbers.shape != self.numerators.shape:
                raise ValueError(f"one number per user, not {numbers.shape}")

    @property
    def users(self) -> int:
        """Users behind the measure: those with a denominator above 0."""
        if self.denominators is None:
            return len(self.numerators)
        return int((self.denominators > 0).sum())

    @property
    def worth(self) -> float:
        """How many equally active users they are worth (Kish); for a mean, the users."""
        if self.denominators is None:
            return float(self.users)
        return effective_users(self.denominators)

    @property
    def rows(self) -> int | None:
        """Sum of the denominators where they are counts; None for a mean of users."""
        if self.denominators is None:
            return None
        total = float(self.denominators.sum())
        return int(total) if total.is_integer() else None

    @property
    def measure(self) -> float | None:
        """The mean or the ratio of sums as it is, without covariate; None without a user."""
        if self.users == 0:
            return None
        if self.denominators is None:
            return float(self.numerators.mean())
        return float(self.numerators.sum() / self.denominators.sum())
