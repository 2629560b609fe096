"""Marker replay, section 6 of the method: would the marker have pointed at the right place?

Target rules look only at what came before the gap and point at elements; the first productive
event back shows whether they were right. A pointed element is carried as the row of its last touch
before the return, which knows its context and its position too.
"""

from dataclasses import dataclass
from math import comb

import numpy as np

from resume_gap.arrays import Bools, Ints
from resume_gap.constants import RECENT_ELEMENTS
from resume_gap.replay.outcomes import Outcomes
from resume_gap.replay.target_rules import LISTED
from resume_gap.stats.policies import CHANCE_PARTS


@dataclass(frozen=True, slots=True)
class Wait:
    """How each return's wait for work went on, in order; r of them."""

    lag_us: Ints
    """`NEVER` where no productive event was seen."""
    abandoned: Bools
    cap_us: int


@dataclass(frozen=True, slots=True)
class Described:
    """What else is reported of one policy at the headline threshold; r of them.

    Attributes:
        pointed: There was an element to point at.
        already: The first event back is on it.
        hit_in_3: It is among the first three elements worked on, work within the cap.
        in_context: It lies in the context where work went on.
    """

    pointed: Bools
    already: Bools
    hit_in_3: Bools
    in_context: Bools


@dataclass(frozen=True, slots=True)
class Replayed:
    """The replay of one threshold.

    Attributes:
        pointed: By policy, in the order of `TARGET_RULES`, (r, k) rows of the elements pointed at.
        outcomes: What is added up of the returns.
    """

    pointed: dict[str, Ints]
    outcomes: Outcomes


def _chance_tables(many: int) -> tuple[Ints, Ints]:
    """[k, m] chance of one and of three random markers when m of the last k elements are right."""
    one = np.zeros((many + 1, many + 1), dtype=np.int64)
    three = one.copy()
    for k in range(1, many + 1):
        for m in range(1, k + 1):
            one[k, m] = CHANCE_PARTS * m // k
            drawn = comb(k, LISTED)
            missed = comb(k - m, LISTED) if k >= LISTED else 0
            three[k, m] = CHANCE_PARTS - CHANCE_PARTS * missed // max(1, drawn)
    return one, three


CHANCE, CHANCE_OF_THREE = _chance_tables(int(RECENT_ELEMENTS.value))
