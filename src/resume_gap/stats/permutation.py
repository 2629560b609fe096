"""The studentized permutation of users: which differences chance alone would show.

Users keep their figures and are dealt anew to arms of the same sizes. Dividing each dealt
difference by its own error keeps the test right where the arms' spreads differ (Janssen 1997,
Chung and Romano 2013).
"""

import math

import numpy as np
from numpy.typing import NDArray

from resume_gap.stats.moments import Center, Floats, moments

_AT_ONCE = 512  # draws; what is held at once stays small
_FEW = 1_000  # users
_TIE = 1e-9  # dealt statistics this close to the found one are equal to it


def permuted(
    control: Floats, treatment: Floats, common: Center, *, draws: int, seed: int
) -> NDArray[np.float64]:
    """|t| of the difference between two arms dealt at random, falling.

    Users whose figures are all 0 are alike, so only how many others fall to an arm is drawn for
    them. Users are first put in the order of their figures: neither their order nor which arm is
    called treatment changes the result.

    Args:
        control: (users of the arm, columns) of `stats.moments.columns`.
        treatment: (users of the other arm, columns) the same.
        common: What the columns are centered by.
        draws: How many times users are dealt.
        seed: Of the generator.

    Returns:
        (draws) falling; infinite where a dealt arm has no denominators, or no spread although
        its measure differs.
    """
    users = np.concatenate([control, treatment])
    dealt = min(len(control), len(treatment))
    rest = len(users) - dealt
    alike = ~users.any(axis=1)
    others = users[~alike]
    others = others[np.lexsort(others.T)]
    draw = np.random.default_rng(seed)
    falling = draw.hypergeometric(len(others), int(alike.sum()), dealt, size=draws)
    sums = np.concatenate(
        [deal(others, falling[i : i + _AT_ONCE], draw) for i in range(0, draws, _AT_ONCE)]
    )
    first = moments(sums, dealt, common)
    second = moments(others.sum(axis=0) - sums, rest, common)
    apart = np.abs(first.mean - second.mean)
    error = np.sqrt(first.variance + second.variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where((error == 0) & (apart == 0), 0.0, apart / error)
    t[np.isnan(t)] = np.inf
    return np.sort(t)[::-1]


def deal(users: Floats, sizes: NDArray[np.int64], draw: np.random.Generator) -> NDArray[np.float64]:
    """(draws, columns) sums over so many users each, drawn without replacement.

    Few users are dealt for many draws at once; of many, the few that are wanted are picked.

    Args:
        users: (users, columns) figures.
        sizes: (draws) how many users each draw takes.
        draw: The generator.
    """
    if len(users) > _FEW:
        picked = (draw.choice(len(users), size=n, replace=False, shuffle=False) for n in sizes)
        return np.stack([users[rows].sum(axis=0) for rows in picked])
    keys = draw.random((len(sizes), len(users)))
    taken = (keys <= _of_rank(keys, sizes)).astype(np.float64)
    part = keys  # its memory is free again
    sums: dict[bytes, NDArray[np.float64]] = {}
    for column in users.T:  # where all denominators are 1, some columns are equal
        values = column.tobytes()
        if values not in sums:
            sums[values] = np.multiply(taken, column, out=part).sum(axis=1)
    return np.stack([sums[column.tobytes()] for column in users.T], axis=1)


def _of_rank(keys: NDArray[np.float64], ranks: NDArray[np.int64]) -> NDArray[np.float64]:
    """(draws, 1) the key of each draw at its rank, from the lowest; below all for rank 0."""
    lowest, highest = int(ranks.min()), int(ranks.max())
    if highest == 0:
        return np.full((len(keys), 1), -1.0)
    one = lowest == highest
    ordered = np.partition(keys, lowest - 1, axis=1) if one else np.sort(keys, axis=1)
    found = np.take_along_axis(ordered, np.maximum(ranks - 1, 0)[:, None], axis=1)
    return np.where(ranks[:, None] > 0, found, -1.0)


def share_beyond(t: float, dealt: NDArray[np.float64]) -> float:
    """Two-sided p: (1 + draws at least as far out) / (draws + 1) (Phipson and Smyth 2010).

    Args:
        t: The statistic found, either sign.
        dealt: (draws) those of `permuted`, which dealt users.
    """
    return (1 + int((dealt >= abs(t) * (1 - _TIE)).sum())) / (len(dealt) + 1)


def critical(dealt: NDArray[np.float64], level: float) -> float:
    """The |t| beyond which p falls below 1 - level, and not before; may be infinite.

    Args:
        dealt: (draws) those of `permuted`, which dealt users; falling.
        level: Share of the distribution inside, below 1.
    """
    # p < a exactly when fewer than ceil(a (draws + 1)) - 1 dealt ones are as far out.
    rank = math.ceil(round((1 - level) * (len(dealt) + 1), 9)) - 1
    return math.inf if rank < 1 else float(dealt[rank - 1]) / (1 - _TIE)
