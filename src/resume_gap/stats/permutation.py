"""The studentised permutation of users: which differences chance alone would show.

Users keep their figures and are dealt anew to arms of the same sizes. Dividing each dealt
difference by its own error keeps the test right where the arms' spreads differ (Janssen 1997,
Chung and Romano 2013).
"""

import math

import numpy as np
from numpy.typing import NDArray

from resume_gap.stats.moments import Centre, Floats, moments

_TIE = 1e-9  # dealt statistics this close to the found one are equal to it


def permuted(
    control: Floats, treatment: Floats, common: Centre, *, draws: int, seed: int
) -> NDArray[np.float64]:
    """|t| of the difference between two arms dealt at random, falling.

    Users whose figures are all 0 are alike, so only how many others fall to an arm is drawn for
    them. Users are first put in the order of their figures: neither their order nor which arm is
    called treatment changes the result.

    Args:
        control: (users of the arm, columns) of `stats.moments.columns`.
        treatment: Same of the other arm.
        common: What the columns are centred by.
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
    sums = np.stack(
        [
            others[draw.choice(len(others), size=size, replace=False, shuffle=False)].sum(axis=0)
            for size in falling
        ]
    )
    first = moments(sums, dealt, common)
    second = moments(others.sum(axis=0) - sums, rest, common)
    apart = np.abs(first.mean - second.mean)
    error = np.sqrt(first.variance + second.variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where((error == 0) & (apart == 0), 0.0, apart / error)
    t[np.isnan(t)] = np.inf
    return np.sort(t)[::-1]


def share_beyond(t: float, dealt: NDArray[np.float64]) -> float:
    """Two-sided p: (1 + draws at least as far out) / (draws + 1) (Phipson and Smyth 2010).

    Args:
        t: The statistic found, either sign.
        dealt: (draws) those of `permuted`.
    """
    return (1 + int((dealt >= abs(t) * (1 - _TIE)).sum())) / (len(dealt) + 1)


def critical(dealt: NDArray[np.float64], level: float) -> float:
    """The |t| beyond which p falls below 1 - level, and not before; may be infinite.

    Args:
        dealt: (draws) those of `permuted`, falling.
        level: Share of the distribution inside, below 1.
    """
    # p < a exactly when fewer than ceil(a (draws + 1)) - 1 dealt ones are as far out.
    rank = math.ceil(round((1 - level) * (len(dealt) + 1), 9)) - 1
    return math.inf if rank < 1 else float(dealt[rank - 1]) / (1 - _TIE)
