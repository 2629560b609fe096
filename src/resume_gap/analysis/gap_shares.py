"""The gap histogram as shares: what is longer than the threshold, and the gaps by doublings."""

import math
from collections.abc import Sequence
from itertools import groupby

from resume_gap.pipeline.gap_counts import BINS_PER_OCTAVE
from resume_gap.results.workday import GapShares

Bin = tuple[float, float, float]
"""From, to (seconds), share of the gaps."""


def gap_shares(
    histogram: Sequence[tuple[float, float]], *, threshold_seconds: float, finest_seconds: float
) -> GapShares | None:
    """Shares of the gaps; None where there is no gap.

    Args:
        histogram: (lower edge of a bin in seconds, weight) of the bins that hold a gap.
        threshold_seconds: The inactivity threshold.
        finest_seconds: Nothing shorter is printed.
    """
    total = math.fsum(weight for _, weight in histogram)
    if total <= 0:
        return None
    bins = _without_holes([(edge, weight / total) for edge, weight in histogram])
    return GapShares(
        bins=bins,
        beyond_threshold=math.fsum(
            share * _part_beyond(lower, upper, threshold_seconds) for lower, upper, share in bins
        ),
        too_short=math.fsum(share for _, upper, share in bins if upper <= finest_seconds),
        doublings=_doublings(bins, max(finest_seconds, 1.0)),
    )


def _without_holes(shares: Sequence[tuple[float, float]]) -> tuple[Bin, ...]:
    """Bins with both edges, empty ones included."""
    by_number = {round(math.log2(edge) * BINS_PER_OCTAVE): share for edge, share in shares}
    return tuple(
        (_edge(i), _edge(i + 1), by_number.get(i, 0.0))
        for i in range(min(by_number), max(by_number) + 1)
    )


def _edge(number: int) -> float:
    return float(2 ** (number / BINS_PER_OCTAVE))


def _part_beyond(lower: float, upper: float, threshold_seconds: float) -> float:
    """Share of a bin beyond the threshold, spread evenly over the logarithm."""
    if threshold_seconds <= lower:
        return 1.0
    if threshold_seconds >= upper:
        return 0.0
    return math.log2(upper / threshold_seconds) / math.log2(upper / lower)


def _doublings(bins: tuple[Bin, ...], floor: float) -> tuple[Bin, ...]:
    """Shares by doublings of the length; everything below the floor is one, from 0."""
    rows = []
    for octave, group in groupby(bins, lambda one: _octave(one[0], floor)):
        share = math.fsum(one[2] for one in group)
        upper = 2.0 ** (octave + 1)
        lower = 0.0 if upper <= floor or octave < 0 else 2.0**octave
        rows.append((lower, max(upper, floor), share))
    return tuple(rows)


def _octave(edge: float, floor: float) -> int:
    """The doubling a bin belongs to; all below the floor are one."""
    octave = math.floor(math.log2(edge) + 1e-9)
    return max(octave, math.ceil(math.log2(floor)) - 1)
