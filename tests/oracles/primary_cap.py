"""A slow, obvious reference for the primary's cap that is chosen before a trial (section 8).

Plain Python on one row per user: the first followed-up interruption. Times are seconds as exact
fractions. Shares no code with the program.
"""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ERRORS = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(0.8)
LEAST = 25


@dataclass(frozen=True)
class First:
    """A user's first return; the lag is missing where no work was seen within the longest cap."""

    lag: Fraction | None
    hit: bool
    search: Fraction
    in_first_half: bool
    abandoned: bool = False
    later: bool = False
    right_later: bool = False


def capped(lag: Fraction | None, cap: Fraction) -> Fraction:
    """Return what is charged for a lag."""
    return cap if lag is None else min(lag, cap)


def with_marker(one: First) -> Fraction | None:
    """Return the lag of a user who noticed the marker."""
    if one.lag is None:
        return None
    return one.lag - Fraction(6, 10) * one.search if one.hit else one.lag + 2


def share(part: int, whole: int) -> Fraction:
    """Return a share; of nothing it is 0."""
    return Fraction(part, whole) if whole else Fraction(0)


def kept(firsts: Sequence[First], cap: Fraction) -> Fraction:
    """Return what a marker saves that keeps people: .3 of the give-ups where it points right."""
    hits = [capped(one.lag, cap) for one in firsts if one.hit]
    typical = sum(hits, Fraction(0)) / len(hits) if hits else Fraction(0)
    right = max(
        share(sum(one.right_later for one in firsts), sum(one.later for one in firsts)),
        share(len(hits), sum(one.lag is not None for one in firsts)),
    )
    left = share(sum(one.abandoned for one in firsts), len(firsts))
    return Fraction(3, 10) * right * left * (cap - typical)


def users_an_arm(firsts: Sequence[First], cap: Fraction, *, give_ups: bool = False) -> int | None:
    """Return how many users each arm needs at a cap; missing where the marker saves nothing."""
    without = [capped(one.lag, cap) for one in firsts]
    saved = [
        Fraction(1, 2) * (mine - capped(with_marker(one), cap))
        for one, mine in zip(firsts, without, strict=True)
    ]
    effect = kept(firsts, cap) if give_ups else sum(saved, Fraction(0)) / len(saved)
    if effect <= 0:
        return None
    needed = 2 * ERRORS**2 * float(statistics.variance(without)) / float(effect) ** 2
    return max(LEAST, math.ceil(needed))


def choose(
    firsts: Sequence[First], longest: Fraction, *, give_ups: bool = False
) -> tuple[Fraction, int | None]:
    """Return the cap that needs the fewest users, and how many the other half says it needs."""
    caps = sorted({Fraction(60 * m) for m in (1, 2, 5, 10, 15) if 60 * m <= longest} | {longest})
    standard = min(Fraction(120), longest)
    seen = sum(one.lag is not None for one in firsts)
    if len(firsts) < 200 or seen < 50:
        return standard, None
    choosing = [one for one in firsts if one.in_first_half]
    sizing = [one for one in firsts if not one.in_first_half]
    needs = {cap: users_an_arm(choosing, cap, give_ups=give_ups) for cap in caps}
    known = {cap: n for cap, n in needs.items() if n is not None}
    if not known:
        return standard, None
    fewest = min(known.values())
    cap = max(cap for cap, n in known.items() if n == fewest)
    return cap, users_an_arm(sizing, cap, give_ups=give_ups)


@dataclass(frozen=True)
class Most:
    """What a marker could save at most per first return: the point, and the jackknife's error."""

    point: Fraction
    error: float


def _most(firsts: Sequence[First], cap: Fraction, *, by: str) -> Fraction:
    """Return the sum over first returns per user: the search, and kept give-ups by one share."""
    saved = Fraction(0)
    for one in firsts:
        if one.hit and one.lag is not None:
            saved += capped(one.lag, cap) - capped(one.lag - one.search, cap)
    hits = share(sum(one.hit for one in firsts), sum(one.lag is not None for one in firsts))
    later = share(sum(one.right_later for one in firsts), sum(one.later for one in firsts))
    right = {"search": Fraction(0), "hits": hits, "next": later}[by]
    return (saved + cap * right * sum(one.abandoned for one in firsts)) / len(firsts)


def most(firsts: Sequence[First], cap: Fraction, *, by: str) -> Most:
    """Return the bound of `search`, or with give-ups by the share of `hits` or of the `next`."""
    without = [
        float(_most([*firsts[:n], *firsts[n + 1 :]], cap, by=by)) for n in range(len(firsts))
    ]
    users = len(firsts)
    return Most(_most(firsts, cap, by=by), math.sqrt((users - 1) * statistics.pvariance(without)))
