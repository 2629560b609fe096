"""How much a marker could save at most at first returns, counted up to a trial's primary cap.

A trial measures the first return of each user, counted up to its primary cap; the bounds over all
interruptions and up to the longest cap are no prediction of that (section 8 of the method).
"""

from typing import NamedTuple

import numpy as np

from resume_gap.stats.bounds import capped
from resume_gap.stats.give_ups import GiveUpSums, give_ups
from resume_gap.stats.interval import Interval
from resume_gap.stats.jackknife import jackknife
from resume_gap.stats.primary_cap import FirstReturns
from resume_gap.stats.ratio import ratio_of_sums, scaled
from resume_gap.units import US


class FirstBounds(NamedTuple):
    """Seconds per first return that a marker could save at most.

    Attributes:
        users: With a first return.
        search: Only the search goes (bound 4), counted up to the cap.
        with_give_ups: And people are kept who left although the marker pointed right.
    """

    users: int
    search: Interval
    with_give_ups: Interval


def first_bounds(firsts: FirstReturns, cap_us: int, longest_us: int) -> FirstBounds:
    """Both bounds of min(lag, cap) at first returns, each at most its mean.

    Of a hit goes min(lag, cap) - min(lag - search, cap). Of a return without work goes the cap
    where the marker would have pointed right (the greater share of `stats.give_ups`).

    Args:
        firsts: One return a user.
        cap_us: Up to which it counts.
        longest_us: The cap of all other figures.
    """
    each = np.ones(len(firsts.lag_us), dtype=np.int64)
    lag = np.minimum(firsts.lag_us, longest_us)
    charged = np.minimum(lag, cap_us)
    search = charged - np.minimum(lag - firsts.search_us, cap_us)
    sums = GiveUpSums(
        cap_us=cap_us,
        eligible=each,
        search_us=search,
        abandoned=firsts.abandoned.astype(np.int64),
        later=firsts.later.astype(np.int64),
        right_later=firsts.right_later.astype(np.int64),
        reached=firsts.reached.astype(np.int64),
        hits=firsts.hit.astype(np.int64),
    )
    alone, more = jackknife(search, each, unit=US), give_ups(sums)
    if alone is None or more is None:
        return FirstBounds(0, Interval(), Interval())
    mean = scaled(ratio_of_sums(charged, each), 1 / US, low=0.0, high=cap_us / US)
    return FirstBounds(
        len(each),
        capped(scaled(alone.to_estimate(), 1.0, low=0.0), mean),
        capped(scaled(more.greater[0], 1.0, low=0.0), mean),
    )
