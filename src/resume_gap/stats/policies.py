"""One target rule's figures over users: how often it points right, and what that could spare."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resume_gap.stats.give_ups import GiveUps, GiveUpSums, give_ups
from resume_gap.stats.jackknife import Ratio, jackknife
from resume_gap.stats.scenarios import sized
from resume_gap.units import US

CHANCE_PARTS = 2520
"""Parts of one in which chance is counted, so that its sums are integers: the least common multiple
of 1 to 10, the numbers of elements that chance draws from."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PolicySums:
    """One policy's integer sums over followed-up interruptions, aligned over users."""

    name: str
    eligible: NDArray[np.int64]
    """Followed-up interruptions; users without one take no part."""
    hits: NDArray[np.int64]
    """Of these, with the marker at the right place."""
    chance_2520: NDArray[np.int64]
    """Hits expected by chance, in 1/2520."""
    habit_hits: NDArray[np.int64]
    """Hits of the comparator, the most used element."""
    search_us: NDArray[np.int64]
    """Bound 4: search that the marker could spare."""
    is_list: bool = False
    """It points at several elements."""
    give_ups: GiveUpSums | None = None
    """What a marker that keeps people from leaving could save; None: not asked."""
    reason: str | None = None
    """Why the policy takes no part (`order_unknown`, `few_elements`), or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFigures:
    """Shares of the interruptions, and seconds per interruption, with their errors."""

    name: str
    is_list: bool
    hit: float
    lift: Ratio
    """Hit less chance."""
    over_habit: Ratio
    """Hit less the comparator's hit."""
    search: Ratio
    """Bound 4, seconds."""
    middle: Ratio
    """The middle scenario, seconds."""
    give_ups: GiveUps | None
    """Bound 4 with give-ups, seconds."""


def figures(
    policy: PolicySums, *, noticed: float, removed: float, wrong_cost_seconds: float
) -> PolicyFigures | None:
    """One policy's figures; None without a followed-up interruption.

    Args:
        policy: Its sums.
        noticed: Middle case: share of the markers that are noticed.
        removed: Middle case: share of the search that a noticed hit removes.
        wrong_cost_seconds: Middle case: cost of a noticed miss.
    """
    n, hits = policy.eligible, policy.hits
    lift = jackknife(CHANCE_PARTS * hits - policy.chance_2520, n, unit=CHANCE_PARTS)
    over_habit = jackknife(hits - policy.habit_hits, n)
    search = jackknife(policy.search_us, n, unit=US)
    miss = jackknife(n - hits, n)
    if lift is None or over_habit is None or search is None or miss is None:
        return None
    middle = sized(
        search, miss, noticed=noticed, removed=removed, wrong_cost_seconds=wrong_cost_seconds
    )
    return PolicyFigures(
        name=policy.name,
        is_list=policy.is_list,
        hit=1 - miss.estimate,
        lift=lift,
        over_habit=over_habit,
        search=search,
        middle=middle,
        give_ups=None if policy.give_ups is None else give_ups(policy.give_ups),
    )
