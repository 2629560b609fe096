"""What a marker could be worth under numbers that no log holds: scenarios, tornado, corners.

Assumptions and data are never merged: the scenarios, the tornado and the corners move the
assumptions at the data's point estimate, the band of the middle case moves the data alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from resume_gap.constants import (
    NOTICED_HIGH,
    NOTICED_LOW,
    NOTICED_MIDDLE,
    REMOVED_HIGH,
    REMOVED_LOW,
    REMOVED_MIDDLE,
    WRONG_COST_HIGH,
    WRONG_COST_LOW,
    WRONG_COST_MIDDLE,
)
from resume_gap.stats.bounds import PolicyTimes
from resume_gap.stats.interval import Interval
from resume_gap.stats.jackknife import Ratio, combined, jackknife
from resume_gap.units import US, Constant


class Span(NamedTuple):
    """One assumption: its low, middle and high value."""

    low: float
    middle: float
    high: float


def _span(*published: Constant) -> Span:
    return Span(*(float(one.value) for one in published))


class Assumptions(NamedTuple):
    """The three numbers that no log can show before a marker was.

    Attributes:
        noticed: Share of the markers that are noticed.
        removed: Share of the search that a noticed hit removes.
        wrong_cost_seconds: What a noticed miss costs, in seconds.
    """

    noticed: Span = _span(NOTICED_LOW, NOTICED_MIDDLE, NOTICED_HIGH)
    removed: Span = _span(REMOVED_LOW, REMOVED_MIDDLE, REMOVED_HIGH)
    wrong_cost_seconds: Span = _span(WRONG_COST_LOW, WRONG_COST_MIDDLE, WRONG_COST_HIGH)


class Saving(NamedTuple):
    """Seconds saved per interruption under three assumed numbers; below 0 it costs time.

    Attributes:
        name: `low`, `middle` or `high`.
        noticed: Share of the markers that are noticed.
        removed: Share of the search that a noticed right marker removes.
        wrong_cost_seconds: What a noticed miss costs.
        saving_seconds: Never None.
    """

    name: str
    noticed: float
    removed: float
    wrong_cost_seconds: float
    saving_seconds: float


class Swing(NamedTuple):
    """One assumption at its low and at its high value, the others in the middle.

    Attributes:
        name: Field of `Assumptions`.
        low: Its low value.
        high: Its high value.
        saving_at_low_seconds: Seconds saved per interruption there; never None.
        saving_at_high_seconds: Likewise.
    """

    name: str
    low: float
    high: float
    saving_at_low_seconds: float
    saving_at_high_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerWorth:
    """What the best policy's marker could be worth, in seconds per interruption."""

    scenarios: tuple[Saving, ...]
    """low (seldom noticed, little removed, misses dear), middle, high (the reverse)."""
    tornado: tuple[Swing, ...]
    joint_lower_seconds: float
    """The worst of the eight corners of the assumptions."""
    joint_upper_seconds: float
    """The best of them."""
    middle: Interval
    """The middle scenario with its 95 % interval over users, the assumptions held."""
    break_even_hit: float | None
    """Share of hits at which the middle scenario comes to 0; None where no hit is
    addressable, or where a hit spares nothing and a wrong one costs nothing."""


def sized(
    search: Ratio, miss: Ratio, *, noticed: float, removed: float, wrong_cost_seconds: float
) -> Ratio:
    """Seconds per interruption: noticed x (removed x search - wrong cost x misses).

    Args:
        search: Bound 4, seconds per interruption.
        miss: Share of the interruptions whose marker is wrong; over the same users as `search`.
        noticed: Share of the markers that are noticed.
        removed: Share of the search that a noticed hit removes.
        wrong_cost_seconds: What a noticed miss costs.
    """
    return combined([(noticed * removed, search), (-noticed * wrong_cost_seconds, miss)])


def size(times: PolicyTimes, assumptions: Assumptions | None = None) -> MarkerWorth | None:
    """The scenarios of the best policy; None without a followed-up interruption.

    Args:
        times: Sums of the best policy.
        assumptions: Other numbers than the default ones.
    """
    assumed = assumptions or Assumptions()
    search = jackknife(times.search_us, times.eligible, unit=US)
    miss = jackknife(times.eligible - times.hits, times.eligible)
    if search is None or miss is None:
        return None
    seconds, wrong = search.estimate, miss.estimate

    def saving(noticed: float, removed: float, cost: float) -> float:
        return noticed * (removed * seconds - cost * wrong)

    noticed, removed, cost = assumed
    chosen = (
        ("low", noticed.low, removed.low, cost.high),
        ("middle", noticed.middle, removed.middle, cost.middle),
        ("high", noticed.high, removed.high, cost.low),
    )
    corners = [saving(*corner) for corner in product(*((s.low, s.high) for s in assumed))]
    middle = sized(
        search,
        miss,
        noticed=noticed.middle,
        removed=removed.middle,
        wrong_cost_seconds=cost.middle,
    )
    return MarkerWorth(
        scenarios=tuple(
            Saving(
                name=name,
                noticed=share,
                removed=part,
                wrong_cost_seconds=price,
                saving_seconds=saving(share, part, price),
            )
            for name, share, part, price in chosen
        ),
        tornado=_tornado(assumed, saving),
        joint_lower_seconds=min(corners),
        joint_upper_seconds=max(corners),
        middle=middle.to_estimate(),
        break_even_hit=_break_even(times, removed=removed.middle, cost=cost.middle),
    )


def _tornado(
    assumed: Assumptions, saving: Callable[[float, float, float], float]
) -> tuple[Swing, ...]:
    def at(**moved: float) -> float:
        middle = {name: span.middle for name, span in assumed._asdict().items()}
        return saving(*(middle | moved).values())

    return tuple(
        Swing(
            name=name,
            low=span.low,
            high=span.high,
            saving_at_low_seconds=at(**{name: span.low}),
            saving_at_high_seconds=at(**{name: span.high}),
        )
        for name, span in assumed._asdict().items()
    )


def _break_even(times: PolicyTimes, *, removed: float, cost: float) -> float | None:
    """Cost / (cost + removed x mean search of the addressable)."""
    addressable = int(times.addressable.sum())
    if addressable == 0:
        return None
    spared = removed * int(times.search_us.sum()) / (addressable * US)
    return cost / (cost + spared) if cost + spared > 0 else None
