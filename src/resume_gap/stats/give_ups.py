"""The bound with give-ups: a marker may also keep people from leaving again (section 7).

Bounds 3 and 4 count returns that reached work. A return that was given up is charged the cap; at
most all of it could be saved where the marker would have pointed right. How often that is cannot be
seen, so it is taken from two places, and the greater bound counts.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.distinct import picking
from resume_gap.stats.interval import Interval
from resume_gap.stats.jackknife import Ratio, left_out
from resume_gap.stats.ratio import effective_users
from resume_gap.units import US


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GiveUpSums:
    """One target rule's integer sums over followed-up interruptions, aligned over users."""

    cap_us: int
    """What a return without work is charged."""
    eligible: NDArray[np.int64]
    search_us: NDArray[np.int64]
    """Bound 4: search that the marker could spare."""
    abandoned: NDArray[np.int64]
    """Left again before any work."""
    later: NDArray[np.int64]
    """Of these, with work later on."""
    right_later: NDArray[np.int64]
    """Of these, at the element pointed at."""
    reached: NDArray[np.int64]
    """Work within the cap."""
    hits: NDArray[np.int64]
    """Of these, at the element pointed at."""


class GiveUps(NamedTuple):
    """Seconds per interruption that a marker could save at most, give-ups included.

    Attributes:
        by_next: With the share of abandoned returns whose next work is where the marker points.
        by_hits: With the share of hits among the returns that reached work.
        next_share: The first share.
        hit_share: The second.
    """

    by_next: Ratio
    by_hits: Ratio
    next_share: float
    hit_share: float

    def lower(self, one_sided: float) -> float:
        """The greater of both lower limits."""
        return max(self.by_next.lower(one_sided), self.by_hits.lower(one_sided))

    @property
    def greater(self) -> tuple[Interval, float]:
        """The one with the greater upper end (without intervals: estimate), and its share."""
        both = (
            (self.by_next.to_estimate(), self.next_share),
            (self.by_hits.to_estimate(), self.hit_share),
        )
        return max(both, key=lambda one: (one[0].ci_upper or 0.0, one[0].estimate or 0.0))


def give_ups(sums: GiveUpSums) -> GiveUps | None:
    """(sum of search + cap x q x abandoned) / interruptions for two q; None without one.

    The jackknife over users recomputes q without each user.
    """
    eligible = sums.eligible > 0
    if not eligible.any():
        return None
    there = picking(eligible)
    return GiveUps(
        _saved(sums, there, sums.right_later, sums.later),
        _saved(sums, there, sums.hits, sums.reached),
        _share(sums.right_later[there], sums.later[there]),
        _share(sums.hits[there], sums.reached[there]),
    )


def _share(right: NDArray[np.int64], among: NDArray[np.int64]) -> float:
    return int(right.sum()) / max(1, int(among.sum()))


def _saved(
    sums: GiveUpSums,
    there: slice | NDArray[np.bool_],
    right: NDArray[np.int64],
    among: NDArray[np.int64],
) -> Ratio:
    n, search, abandoned = sums.eligible[there], sums.search_us[there], sums.abandoned[there]
    right, among = right[there], among[there]

    def saved(
        n: NDArray[np.int64],
        search: NDArray[np.int64],
        abandoned: NDArray[np.int64],
        right: NDArray[np.int64],
        among: NDArray[np.int64],
    ) -> NDArray[np.float64]:
        share = right / np.maximum(among, 1)
        found: NDArray[np.float64] = (search + sums.cap_us * share * abandoned) / (n * US)
        return found

    columns = (n, search, abandoned, right, among)
    totals = tuple(column.sum() for column in columns)
    estimate = float(saved(*totals))
    if len(n) == 1:
        return Ratio(estimate, 0.0, 0.0, np.array([estimate]))
    without = saved(*(whole - column for whole, column in zip(totals, columns, strict=True)))
    return left_out(estimate, without, effective_users(n) - 1)
