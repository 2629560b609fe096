"""The cap of a trial's primary effect, chosen before the trial (section 8 of the method).

A short cap charges little for returns that end without work and so needs fewer users, but it counts
less of what the marker saves. Which cap needs the fewest users is read from each user's first
return, as if a marker of the middle scenario had been shown there.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import (
    ALPHA,
    MIN_INTERVAL_USERS,
    POWER,
    PRIMARY_CAP_OBSERVED,
    PRIMARY_CAP_RETURNS,
    PRIMARY_CAP_STANDARD,
)
from resume_gap.units import US


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FirstReturns:
    """Each user's first followed-up interruption; n users."""

    lag_us: NDArray[np.int64]
    """Time to work; above the longest cap where none was seen by then."""
    observed: NDArray[np.bool_]
    """Whether work was seen at all, within the longest cap or later."""
    hit: NDArray[np.bool_]
    """The marker points at the right place."""
    search_us: NDArray[np.int64]
    """Of the lag, what the marker could spare; 0 where it is no hit."""
    in_first_half: NDArray[np.bool_]
    """The user belongs to the half by which the cap is chosen."""
    reached: NDArray[np.bool_]
    """The user was back at work within the longest cap."""
    abandoned: NDArray[np.bool_]
    """The user left again before any work."""
    later: NDArray[np.bool_]
    """And worked later on."""
    right_later: NDArray[np.bool_]
    """And that where the marker points."""


CapReason = Literal[
    "fewest_users", "too_few_returns", "no_saving", "no_target_rule", "not_measured"
]


class CapNeeds(NamedTuple):
    """What one cap would take.

    Attributes:
        seconds: The cap.
        users_per_arm: Triggered users an arm, by the half that chooses; None: nothing is saved.
    """

    seconds: float
    users_per_arm: int | None


class ChosenCap(NamedTuple):
    """The cap of the primary effect.

    Attributes:
        seconds: The cap.
        reason: `fewest_users`; or why it is the standard one.
        users_per_arm: Triggered users an arm at this cap, by the half that did not choose it; None
            where nothing is saved there, or nothing was chosen.
        caps: All that were compared, the shortest first; empty where nothing was chosen.
    """

    seconds: float
    reason: CapReason
    users_per_arm: int | None
    caps: tuple[CapNeeds, ...]


def standard_cap(longest_us: int, reason: CapReason) -> ChosenCap:
    """The cap where none can be chosen: two minutes, at most the longest.

    Args:
        longest_us: The cap of all other figures, the same for all users.
        reason: Why none is chosen.
    """
    return ChosenCap(min(PRIMARY_CAP_STANDARD.us, longest_us) / US, reason, None, ())


def choose_cap(
    firsts: FirstReturns,
    candidates_us: Sequence[int],
    longest_us: int,
    *,
    noticed: float,
    removed: float,
    wrong_cost_seconds: float,
    give_ups: bool = False,
) -> ChosenCap:
    """The cap that needs the fewest users; of equals the longest.

    Users needed an arm: 2 (z_a + z_b)^2 var / effect^2, with the variance of the capped lags. The
    effect is noticed x mean of (capped lag - capped lag with the marker), where a marker takes
    `removed` of the search off a hit and adds the wrong cost to a miss. With give-ups it is
    noticed x removed x the share of users who left x how often the marker points right for them
    (the greater share of `stats.give_ups`) x (cap - mean capped lag of the hits).

    Args:
        firsts: One return a user.
        candidates_us: Caps to compare; those above the longest are left out.
        longest_us: The cap of all other figures, itself a candidate.
        noticed: Share of the markers that are noticed.
        removed: Share of the search that a noticed hit removes.
        wrong_cost_seconds: What a noticed miss costs.
        give_ups: The marker is worth a test for the people it may keep, not for the search.
    """
    enough = len(firsts.lag_us) >= PRIMARY_CAP_RETURNS.value
    if not enough or int(firsts.observed.sum()) < PRIMARY_CAP_OBSERVED.value:
        return standard_cap(longest_us, "too_few_returns")
    # Whoever reaches no work by the longest cap is charged the cap, whatever it is.
    without = np.minimum(firsts.lag_us, longest_us).astype(np.float64)
    apart = np.where(firsts.hit, -removed * firsts.search_us, wrong_cost_seconds * US)
    with_marker = without + apart
    half = firsts.in_first_half

    def needed(cap_us: int, which: NDArray[np.bool_]) -> int | None:
        capped = np.minimum(without[which], cap_us)
        if give_ups:
            saved = noticed * removed * _kept(firsts, which, capped, cap_us)
        else:
            saved = noticed * float((capped - np.minimum(with_marker[which], cap_us)).mean())
        return _users(float(capped.var(ddof=1)), saved)

    caps = sorted({cap for cap in candidates_us if cap <= longest_us} | {longest_us})
    compared = tuple(CapNeeds(cap / US, needed(cap, half)) for cap in caps)
    known = [(n, -cap) for (_, n), cap in zip(compared, caps, strict=True) if n is not None]
    if not known:
        return standard_cap(longest_us, "no_saving")._replace(caps=compared)
    chosen = -min(known)[1]
    return ChosenCap(chosen / US, "fewest_users", needed(chosen, ~half), compared)


def _kept(
    firsts: FirstReturns, which: NDArray[np.bool_], capped: NDArray[np.float64], cap_us: int
) -> float:
    """What it saves to keep everybody who left although the marker would have pointed right."""

    def share(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> float:
        return int(part[which].sum()) / max(1, int(whole[which].sum()))

    hits = capped[firsts.hit[which]]
    typical = float(hits.mean()) if len(hits) else 0.0
    right = max(share(firsts.right_later, firsts.later), share(firsts.hit, firsts.reached))
    return right * float(firsts.abandoned[which].mean()) * (cap_us - typical)


def _users(variance: float, effect: float) -> int | None:
    """Users an arm for an effect, at least those of an interval; None where it saves nothing."""
    if not effect > 0:
        return None
    normal = NormalDist()
    errors = normal.inv_cdf(1 - ALPHA.value / 2) + normal.inv_cdf(POWER.value)
    needed = 2 * errors**2 * variance / effect**2
    return max(int(MIN_INTERVAL_USERS.value), math.ceil(needed))
