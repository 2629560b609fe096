"""Arms compared within blocks of users who were assigned at about the same time.

Where the share of users assigned to treatment changes over time (a staged launch), early and late
users differ between the arms. Comparing within blocks of days takes that away; nobody is dropped.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import BLOCK_USERS
from resume_gap.stats.moments import Center, Floats, Users, center, columns, moments, together
from resume_gap.stats.permutation import deal

Integers = NDArray[np.int64]


class Combined(NamedTuple):
    """Both arms over all blocks; fields of shape () or (draws).

    Attributes:
        means: The arms' measures, each the mean of its blocks weighted by the blocks' users.
        squares: Squares of their standard errors.
        freedom: Welch-Satterthwaite degrees of freedom of their difference.
    """

    means: tuple[Floats, Floats]
    squares: tuple[Floats, Floats]
    freedom: Floats


def merged_days(days: Integers, treated: NDArray[np.bool_], least: int | None = None) -> Integers:
    """Number of the block of each user: days in order, merged until both arms have enough users.

    Days left over at the end join the last block; without enough users there is one block.

    Args:
        days: (users) day of the assignment.
        treated: (users) who is in the treatment arm.
        least: Users of each arm in a block; None: the constant of the method.
    """
    least = int(BLOCK_USERS.value) if least is None else least
    each, place = np.unique(days, return_inverse=True)
    counts = np.stack([np.bincount(place[arm], minlength=len(each)) for arm in (~treated, treated)])
    block = np.zeros(len(each), dtype=np.int64)
    number, inside = 0, np.zeros(2, dtype=np.int64)
    for day in range(len(each)):
        block[day] = number
        inside += counts[:, day]
        if (inside >= least).all():
            number, inside = number + 1, np.zeros(2, dtype=np.int64)
    last = max(number - 1, 0)
    return np.minimum(block, last)[place]


class Blocks:
    """The users of both arms by block; blocks, arms and users keep their order."""

    def __init__(self, control: Users, treatment: Users, blocks: tuple[Integers, Integers]) -> None:
        """Sort the users into blocks.

        Args:
            control: Means of users (denominators of 1), with or without a covariate.
            treatment: Likewise.
            blocks: (users) number of each one's block; every block has 2 users of each arm.

        Raises:
            ValueError: A block lacks an arm, or the measure is a ratio of sums.
        """
        if not all((side.denominators == 1).all() for side in (control, treatment)):
            raise ValueError("only means of users are compared within blocks")
        sides = (control, treatment)
        common = center(together(control, treatment))
        values = [_adjusted(side, common) for side in sides]
        numbers = np.unique(np.concatenate(blocks))
        self._parts = [
            tuple(value[block == number] for value, block in zip(values, blocks, strict=True))
            for number in numbers
        ]
        if min(len(arm) for part in self._parts for arm in part) < 2:
            raise ValueError("every block needs two users of each arm")
        sizes = np.array([sum(len(arm) for arm in part) for part in self._parts], dtype=np.float64)
        self._weights = sizes / sizes.sum()
        self._centers = [center(_plain(np.concatenate(part))) for part in self._parts]

    def combined(self) -> Combined:
        """The arms as they are."""
        sums = [
            tuple(columns(_plain(arm), common).sum(axis=0) for arm in part)
            for part, common in zip(self._parts, self._centers, strict=True)
        ]
        return self._combine(sums)

    def dealt(self, draws: int, seed: int) -> Floats:
        """(draws) |t| of the difference, falling, when users are dealt anew within their block."""
        draw = np.random.default_rng(seed)
        sums = []
        for part, common in zip(self._parts, self._centers, strict=True):
            users = columns(_plain(np.sort(np.concatenate(part))), common)
            treated = deal(users, np.full(draws, len(part[1])), draw)
            sums.append((users.sum(axis=0) - treated, treated))
        found = self._combine(sums)
        apart = np.abs(found.means[1] - found.means[0])
        error = np.sqrt(found.squares[0] + found.squares[1])
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.where((error == 0) & (apart == 0), 0.0, apart / error)
        t[np.isnan(t)] = np.inf
        return np.sort(t)[::-1]

    def _combine(self, sums: Sequence[tuple[Floats, ...]]) -> Combined:
        means: list[Floats] = []
        squares: list[Floats] = []
        freedom = np.zeros(sums[0][0].shape[:-1])
        for arm in range(2):
            found = [
                moments(both[arm], len(part[arm]), common)
                for both, part, common in zip(sums, self._parts, self._centers, strict=True)
            ]
            shares = [w * w * each.variance for w, each in zip(self._weights, found, strict=True)]
            means.append(
                np.sum(
                    [w * each.mean for w, each in zip(self._weights, found, strict=True)], axis=0
                )
            )
            squares.append(np.sum(shares, axis=0))
            for share, part in zip(shares, self._parts, strict=True):
                freedom = freedom + share * share / (len(part[arm]) - 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            freedom = np.square(squares[0] + squares[1]) / freedom
        return Combined((means[0], means[1]), (squares[0], squares[1]), freedom)


def _plain(values: Floats) -> Users:
    return Users(values, np.ones(len(values)), None)


def _adjusted(users: Users, common: Center) -> Floats:
    """Values without what the covariate predicts (CUPED)."""
    if users.covariate is None:
        return users.numerators
    return users.numerators - common.coefficient * (users.covariate - common.covariate)
