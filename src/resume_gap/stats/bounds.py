"""How much a marker could take off re-orientation at most: the bounds (section 7).

Every bound limits the same number, the time per interruption that a marker could spare, under one
more assumption. What the log cannot say about a marker never shown is in `stats.scenarios`.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.stats.interval import Interval
from resume_gap.stats.jackknife import jackknife
from resume_gap.stats.ratio import ratio_of_sums, scaled
from resume_gap.units import US

_SECONDS_PER_MINUTE = 60

BoundAssumption = Literal["nothing", "never_hurts", "not_faster", "only_where_right", "only_search"]


class SavingBound(NamedTuple):
    """Bounds on the seconds per interruption that a marker could save, under one assumption.

    Attributes:
        rung: 0 (nothing assumed) to 4 (most assumed).
        assumption: What is assumed in addition.
        lower: Seconds; None where it may hurt by nobody knows how much, or without an estimate.
        upper: Seconds; None without an interruption.
        ci_lower: 95 % interval of `upper` over users; None from under 25 users.
        ci_upper: None where `ci_lower` is.
    """

    rung: int
    assumption: BoundAssumption
    lower: float | None
    upper: float | None
    ci_lower: float | None
    ci_upper: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PolicyTimes:
    """One target rule's integer sums, aligned over users, over followed-up interruptions."""

    eligible: NDArray[np.int64]
    """These interruptions."""
    hits: NDArray[np.int64]
    """Those with the marker at the right place."""
    addressable: NDArray[np.int64]
    """The hits but for those already there or productive at once."""
    reorientation_us: NDArray[np.int64]
    """Sum of re-orientation times."""
    addressable_us: NDArray[np.int64]
    """The same over the addressable."""
    search_us: NDArray[np.int64]
    """Over the addressable: time to the element pointed at, less the second that stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The bounds of one policy, from fewest to most assumptions."""

    bounds: tuple[SavingBound, ...]
    """0, 1, 3 and 4; 2 between them where it is identified."""
    search_upper_seconds: float | None
    """The upper end of bound 4's interval, never its point; None without an interval."""


def bounds_of(times: PolicyTimes, *, cap_us: int, excess: Interval | None = None) -> Bounds:
    """The bounds in seconds per interruption; 4 is at most 3, which is at most 1, limits included.

    Bounds 0 and 1 have the delta method's interval, as the mean re-orientation time has; 3 and 4
    the jackknife's. Bound 2 stands apart: it caps nothing and is left out unless its lower limit is
    above 0.

    Args:
        times: Sums of the best policy.
        cap_us: The cap of one re-orientation time, microseconds.
        excess: Seconds longer than uninterrupted work (bound 2); None where not identified.
    """
    cap = cap_us / US
    mean = scaled(ratio_of_sums(times.reorientation_us, times.eligible), 1 / US, low=0.0, high=cap)
    addressable = capped(_seconds(times.addressable_us, times.eligible), mean)
    search = capped(_seconds(times.search_us, times.eligible), addressable)
    bounds = [_bound(0, "nothing", mean, may_hurt=True), _bound(1, "never_hurts", mean)]
    if excess is not None and excess.ci_lower is not None and excess.ci_lower > 0:
        bounds.append(_bound(2, "not_faster", excess))
    bounds += [_bound(3, "only_where_right", addressable), _bound(4, "only_search", search)]
    return Bounds(bounds=tuple(bounds), search_upper_seconds=search.ci_upper)


def minutes_per_user_week(
    search_upper_seconds: float | None, *, interruptions: int, user_weeks: float, users: int = 1
) -> float | None:
    """The ceiling in minutes per week of so many users; None without a ceiling or a week.

    Args:
        search_upper_seconds: Per interruption.
        interruptions: Of all users, followed up or not.
        user_weeks: Sum over all users of their weeks in the log.
        users: How many users the week is for.
    """
    if search_upper_seconds is None or user_weeks <= 0:
        return None
    return users * search_upper_seconds * interruptions / user_weeks / _SECONDS_PER_MINUTE


def _seconds(us: NDArray[np.int64], eligible: NDArray[np.int64]) -> Interval:
    """Mean seconds per interruption by jackknife; a mean of times is never below 0."""
    ratio = jackknife(us, eligible, unit=US)
    return Interval() if ratio is None else scaled(ratio.to_estimate(), 1.0, low=0.0)


def capped(own: Interval, above: Interval) -> Interval:
    """No number above the same number of the bound above."""

    def cap(value: float | None, limit: float | None) -> float | None:
        return value if value is None or limit is None else min(value, limit)

    return Interval(
        estimate=cap(own.estimate, above.estimate),
        ci_lower=cap(own.ci_lower, above.ci_lower),
        ci_upper=cap(own.ci_upper, above.ci_upper),
    )


def _bound(
    number: int, assumption: BoundAssumption, bound: Interval, *, may_hurt: bool = False
) -> SavingBound:
    return SavingBound(
        rung=number,
        assumption=assumption,
        lower=None if may_hurt or bound.estimate is None else 0.0,
        upper=bound.estimate,
        ci_lower=bound.ci_lower,
        ci_upper=bound.ci_upper,
    )
