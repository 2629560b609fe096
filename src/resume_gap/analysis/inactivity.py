"""The threshold learned from the gaps: where two hills of the gap distribution part.

Section 2 of the method. Works on the histogram of the gaps; sees no event and no session.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from resume_gap import constants
from resume_gap.analysis.gap_histogram import (
    GapCounts,
    Histogram,
    Valley,
    histogram,
    valleys,
)
from resume_gap.arrays import Floats
from resume_gap.pipeline.gap_counts import BINS_PER_OCTAVE, GAP_PARTS
from resume_gap.results.common import US, ThresholdReason, ThresholdSource

_GROUPS = 2000


@dataclass(frozen=True, slots=True)
class Learned:
    """The threshold, or why there is none in these data."""

    threshold_us: int
    source: ThresholdSource
    ci_lower: float | None
    ci_upper: float | None
    reason: ThresholdReason
    night_seconds: float | None
    figures: Mapping[str, float] = field(default_factory=dict)
    """The figures behind the reason (`Threshold.figures`)."""
    event: str | None = None
    """The event that the gaps right of a valley follow, where that turned it down."""
    turned_down_us: int | None = None
    """That valley, shown beside the default."""


def learn(counts: GapCounts, *, resolution_seconds: float, seed: int) -> Learned:
    """The threshold of these gaps, or the fallback with its reason.

    Args:
        counts: Gaps per user and bin.
        resolution_seconds: How fine the stamps are; a threshold is at least three times that.
        seed: Of the user bootstrap.
    """
    hist = histogram(counts)
    lowest = max(
        constants.VALLEY_FROM.value, constants.VALLEY_MIN_RESOLUTIONS.value * resolution_seconds
    )
    gaps = float(hist.count.sum())
    if gaps < constants.MIN_GAPS.value or counts.users < constants.MIN_USERS.value:
        return _fallback("too_little", numbers={"gaps": round(gaps), "users": counts.users})
    found = valleys(hist, hist.weight, lowest)
    inside = [v for v in found if v.cut_seconds <= constants.VALLEY_TO.value]
    night = _night(found, inside)
    if not inside:
        return _fallback("no_valley", night)
    cut = inside[0].cut_seconds
    if _guarded(counts, cut):
        return _fallback("kinds_of_users", night)
    cuts = _bootstrap(counts, hist, lowest, seed)
    if len(cuts) < constants.STABLE_DRAWS.value * constants.BOOTSTRAP_DRAWS.value:
        share = len(cuts) / constants.BOOTSTRAP_DRAWS.value
        return _fallback("rare_in_resamples", night, numbers={"resamples_share": share})
    p10, p90 = (float(q) for q in np.quantile(cuts, [0.1, 0.9]))
    between = hist.longer_than(p10) - hist.longer_than(p90)
    if p90 / p10 > constants.STABLE_RATIO.value and (
        between >= constants.STABLE_COUNTS.value * hist.longer_than(cut)
    ):
        return _fallback("moves_in_resamples", night)
    tail = constants.ALPHA.value / 2
    lower, upper = (float(q) for q in np.quantile(cuts, [tail, 1 - tail]))
    lower, upper = min(lower, float(round(cut))), max(upper, float(round(cut)))
    return Learned(
        threshold_us=round(cut) * US,
        source="learned",
        ci_lower=lower,
        ci_upper=upper,
        reason="valley",
        night_seconds=night,
        figures={"valley_depth": inside[0].depth},
    )


def _night(found: list[Valley], inside: list[Valley]) -> float | None:
    beyond = [v for v in found if v.cut_seconds > constants.VALLEY_TO.value]
    if not beyond:
        return None
    deepest = max(beyond, key=lambda v: v.depth)
    if inside and deepest.depth <= max(v.depth for v in inside):
        return None
    return deepest.cut_seconds


def _fallback(
    why: ThresholdReason, night: float | None = None, *, numbers: Mapping[str, float] | None = None
) -> Learned:
    return Learned(
        threshold_us=constants.FALLBACK_GAP.us,
        source="fallback",
        ci_lower=None,
        ci_upper=None,
        reason=why,
        night_seconds=night,
        figures=numbers or {},
    )


def _guarded(counts: GapCounts, cut: float) -> bool:
    """Whether the valley parts kinds of users instead of pauses of each user.

    Users with mostly long gaps have another rhythm. The valley is turned down when they are too
    many of the users with enough gaps to tell, or when most of all long gaps are theirs: few slow
    users, or slow users with few gaps, make a valley as deep.
    """
    place = np.log2(cut) * BINS_PER_OCTAVE
    own = counts.parts_of_user
    longer = counts.by_user(
        lambda block: np.where(
            block.bin >= place, block.parts, block.parts * np.clip(block.bin + 1 - place, 0, 1)
        )
    )
    mostly_long = longer > constants.GUARD_LONG_SHARE.value * own
    asked = own >= constants.GUARD_GAPS.value * GAP_PARTS
    if asked.any() and mostly_long[asked].mean() > constants.GUARD_USERS.value:
        return True
    slow = mostly_long & (own >= constants.GUARD_LONG_GAPS_FROM.value * GAP_PARTS)
    return bool(longer[slow].sum() > constants.GUARD_LONG_GAPS.value * longer.sum())


def _bootstrap(counts: GapCounts, hist: Histogram, lowest: float, seed: int) -> Floats:
    """The shortest qualifying cut of each resample of users that has one.

    Many users are resampled in 2,000 groups dealt at random, which leaves the variance as it is
    and the matrix small. Whole numbers below 2^53 in floats: the product is exact, so the same
    bytes come out on every machine.
    """
    rng = np.random.default_rng(seed)
    groups = min(counts.users, _GROUPS)
    group_of = rng.permutation(counts.users) % groups
    length = len(hist.weight)
    weight, raw = np.zeros(groups * length), np.zeros(groups * length)
    for block in counts.blocks:
        place = group_of[block.user] * length + block.bin - hist.first
        weight += np.bincount(place, weights=counts.capped(block), minlength=groups * length)
        raw += np.bincount(place, weights=block.parts, minlength=groups * length)
    draws = rng.multinomial(
        groups, np.full(groups, 1 / groups), size=int(constants.BOOTSTRAP_DRAWS.value)
    )
    shape = (groups, length)
    weights, raws = draws @ weight.reshape(shape), draws @ raw.reshape(shape) / GAP_PARTS
    cuts = []
    for w, r in zip(weights, raws, strict=True):
        found = valleys(Histogram(hist.first, w, r), w, lowest)
        inside = [v.cut_seconds for v in found if v.cut_seconds <= constants.VALLEY_TO.value]
        if inside:
            cuts.append(inside[0])
    return np.array(cuts)


def without_starts(learned: Learned) -> Learned:
    """The default, where the rows that people begin with are missing."""
    return _fallback("starts_lost", learned.night_seconds)


def between_kinds_of_work(learned: Learned, gaps_after: Mapping[str, int]) -> Learned:
    """The default, where most gaps right of the valley follow one event: a film, a long form.

    Args:
        learned: A learned threshold.
        gaps_after: By event name how many gaps between the threshold and four times of it follow
            such an event.
    """
    total = sum(gaps_after.values())
    if total < constants.VALLEY_MIN_GAPS.value:
        return learned
    event = min(gaps_after, key=lambda name: (-gaps_after[name], name))
    share = gaps_after[event] / total
    if share <= constants.ONE_EVENT_SHARE.value:
        return learned
    figures = {"valley_seconds": learned.threshold_us / US, "event_share": share}
    return replace(
        _fallback("kinds_of_work", learned.night_seconds, numbers=figures),
        event=event,
        turned_down_us=learned.threshold_us,
    )
