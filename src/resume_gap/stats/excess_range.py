"""The excess as a range over three clocks, none of which is right alone (section 5).

A return starts with whatever the log writes first, often a page load; a control starts with the
next step itself; and interruptions hit long steps more often than short ones. So the same
interruptions are compared in three ways, and only what all three say is claimed. Whoever is called
away again before the first step is done counts as the cap, which hardly any control does; so where
all three say the same of all returns, it has to hold for those that reached work, too.
"""

import math
from dataclasses import dataclass, fields
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resume_gap.constants import STEP_OWN
from resume_gap.distinct import distinct, picking, places, sums_of
from resume_gap.stats.excess import CellSums, ExcessEstimate, excess, interval_of
from resume_gap.stats.interval import Interval
from resume_gap.units import US

LOW_BITS: Final = 15
"""A time is kept as high x 2^15 + low, so that sums of gap x time stay within 64 bits: each of the
two holds nine years of one person's work."""

Floats = NDArray[np.float64]
ExcessWord = Literal["longer", "includes_zero", "depends_on_matching"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StepSums:
    """All controls of a user in a cell, in any order; entries of one user and cell add up."""

    user: NDArray[np.int64]
    """Number of the user, as in `CellSums`."""
    cell: NDArray[np.int64]
    """Numbered as in `CellSums`."""
    many: NDArray[np.int64]
    """Controls whose gap before them is at most ten minutes."""
    us: NDArray[np.int64]
    """Sum of their times from the end of the event before."""
    gap_us: NDArray[np.int64]
    """Sum of those gaps."""
    weighted_high: NDArray[np.int64]
    """Sum of gap x high part of the time."""
    weighted_low: NDArray[np.int64]
    """Sum of gap x low part."""


class ExcessRange(NamedTuple):
    """Three comparisons and what they say together.

    Attributes:
        from_event: The clock of a control starts at its event.
        from_end: It starts at the end of the event before.
        step_anew: The step that the control is part of is begun anew, and the longer it is, the
            more it counts.
        lower: Least of the three estimates, seconds; None where one of them is missing.
        upper: Greatest of them.
        ci_lower: Least of the three lower limits; None without intervals.
        ci_upper: Greatest of the upper ones.
        word: What all three say; None without intervals.
        reached: The step begun anew against the interruptions that were followed by work within
            the cap, where the three say `longer` and some were not. When its lower limit is not
            above 0, it is part of the range, and the word is `depends_on_matching`.
    """

    from_event: ExcessEstimate
    from_end: Interval
    step_anew: Interval
    lower: float | None
    upper: float | None
    ci_lower: float | None
    ci_upper: float | None
    word: ExcessWord | None
    reached: Interval | None = None


def excess_range(from_event: CellSums, from_end: Interval, steps: StepSums) -> ExcessRange:
    """The three comparisons, and what they say.

    Args:
        from_event: Interruptions and what their slots found.
        from_end: The excess of the same with the slots' times from the end of the event before.
        steps: All controls by user and cell.
    """
    first, anew = excess(from_event), step_anew(from_event, steps)
    third = from_end if anew is None else anew.interval
    clocks = (first.estimate, from_end, third)
    estimates = [one.estimate for one in clocks if one.estimate is not None]
    limits = [
        (one.ci_lower, one.ci_upper)
        for one in clocks
        if one.ci_lower is not None and one.ci_upper is not None
    ]
    known, judged = len(estimates) == len(clocks), len(limits) == len(clocks)
    return ExcessRange(
        from_event=first,
        from_end=from_end,
        step_anew=third,
        lower=min(estimates) if known else None,
        upper=max(estimates) if known else None,
        ci_lower=min(low for low, _ in limits) if judged else None,
        ci_upper=max(high for _, high in limits) if judged else None,
        word=_word([low for low, _ in limits]) if judged else None,
    )


def of_those_at_work(found: ExcessRange, reached: CellSums, steps: StepSums) -> ExcessRange:
    """The same range, unless those who reached work did not take longer.

    Args:
        found: The range of all interruptions.
        reached: Those that were followed by work within the cap.
        steps: All controls by user and cell.
    """
    some, everybody = int(reached.n.sum()), found.from_event.interruptions
    anew = step_anew(reached, steps) if found.word == "longer" and some < everybody else None
    if anew is None:
        return found
    found = found._replace(reached=anew.interval)
    estimate, low, _ = anew.interval
    if estimate is None or low is None or low > 0 or found.lower is None or found.ci_lower is None:
        return found
    return found._replace(
        lower=min(found.lower, estimate),
        ci_lower=min(found.ci_lower, low),
        word="depends_on_matching",
    )


def _word(lower: list[float]) -> ExcessWord:
    if min(lower) > 0:
        return "longer"
    return "includes_zero" if lower[0] <= 0 else "depends_on_matching"


class StepEstimate(NamedTuple):
    """The excess over the step begun anew, seconds.

    Attributes:
        interval: Estimate and limits.
        error: Standard error; None for one user.
    """

    interval: Interval
    error: float | None


def step_anew(interruptions: CellSums, steps: StepSums) -> StepEstimate | None:
    """The excess over the step begun anew; None where no gap has a length.

    A user's step in a cell takes the mean of its controls' times, weighted by the gaps before them
    (all alike where every gap is 0). With few of them that is too short: long gaps count most,
    and few are long. So interruptions of users with under 20 controls in the cell take what all
    users' controls say there, and, where the cell has none, everywhere. Only users with
    an interruption in the cell take part. The influence of a user with n of N interruptions is
    I_u = (1/N) [sum(D - e) - sum over cells filled / gaps x (own weighted time - mean x own gaps)]
    / (1 - n/N), `filled` the interruptions that take the mean of that cell.

    Args:
        interruptions: By user and cell.
        steps: By user and cell.
    """
    there = picking(interruptions.n > 0)
    who, user = distinct(interruptions.user[there])
    which, cell = distinct(interruptions.cell[there])
    users, cells = len(who), len(which)
    total = int(interruptions.n.sum())
    pair, entry = distinct(user * cells + cell)
    n = sums_of(entry, interruptions.n[there], len(pair))
    y = sums_of(entry, interruptions.y_us[there], len(pair))
    own = _own(steps, who, which, pair)
    gaps = own.gap_us.astype(np.float64)
    if total == 0 or not own.gap_us.sum():
        return None
    high, low = own.weighted_high.astype(np.float64), own.weighted_low.astype(np.float64)
    weighted = high * float(1 << LOW_BITS) + low
    of_cell, of_user = pair % cells, pair // cells

    def by_cell(values: Floats) -> Floats:
        return np.bincount(of_cell, weights=values, minlength=cells).astype(np.float64)

    cell_gaps, everywhere = by_cell(gaps), float(weighted.sum() / gaps.sum())
    is_filled = cell_gaps > 0
    divisor = np.where(is_filled, cell_gaps, 1.0)
    mean = np.where(is_filled, by_cell(weighted) / divisor, everywhere)
    has_own = own.many >= STEP_OWN.value
    filled = by_cell(np.where(has_own, 0, n).astype(np.float64))

    alike = own.us / np.maximum(own.many, 1)
    takes = np.where(gaps > 0, weighted / np.where(gaps > 0, gaps, 1.0), alike)
    fill = mean[of_cell]
    apart = y - n * np.where(has_own, takes, fill)
    moved = (np.where(is_filled, filled, 0.0) / divisor)[of_cell] * (weighted - fill * gaps)
    pooled = float(filled[~is_filled].sum()) / float(gaps.sum())
    if pooled:
        moved += pooled * (weighted - everywhere * gaps)

    estimate = float(apart.sum()) / total
    if users == 1:
        return StepEstimate(Interval(estimate=estimate / US), None)
    user_n = np.bincount(of_user, weights=n, minlength=users)
    influence = np.bincount(of_user, weights=apart - moved, minlength=users) - user_n * estimate
    influence /= total - user_n
    error = math.sqrt(users / (users - 1) * float((influence * influence).sum())) / US
    return StepEstimate(interval_of(estimate / US, error, users), error)


def _own(
    steps: StepSums, who: NDArray[np.int64], which: NDArray[np.int64], pair: NDArray[np.int64]
) -> StepSums:
    """The controls of each user and cell that has an interruption; entries stand as in `pair`."""
    user, cell = places(who, steps.user), places(which, steps.cell)
    place = places(pair, np.where((user < 0) | (cell < 0), -1, user * len(which) + cell))
    some = place >= 0
    return StepSums(
        **{
            f.name: sums_of(place[some], getattr(steps, f.name)[some], len(pair))
            for f in fields(StepSums)
        }
    )
