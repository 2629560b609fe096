"""How far two figures are apart, from their intervals alone."""

import math

from resume_gap.stats.interval import Interval


def apart(new: Interval, old: Interval) -> Interval:
    """`new` less `old`, with the interval of two figures that know nothing of each other.

    The ends are those of the square-and-add method (Zou and Donner, Statistics in Medicine 27,
    2008), which keeps the skew of both. Where the same users are in both, figures of the same
    people vary together, and the interval is too wide rather than too narrow.

    Returns:
        All None where one has no estimate; no ends where one has no interval.
    """
    if new.estimate is None or old.estimate is None:
        return Interval()
    difference = new.estimate - old.estimate
    if None in (new.ci_lower, new.ci_upper, old.ci_lower, old.ci_upper):
        return Interval(difference)
    below = math.hypot(new.estimate - _of(new.ci_lower), _of(old.ci_upper) - old.estimate)
    above = math.hypot(_of(new.ci_upper) - new.estimate, old.estimate - _of(old.ci_lower))
    return Interval(difference, difference - below, difference + above)


def _of(end: float | None) -> float:
    return 0.0 if end is None else end
