"""The threshold learned from the gaps: where two hills of the gap distribution part.

Section 2 of the method. Works on per-user counts of gaps in bins of 0.1 over log2 seconds; sees
no event and no session.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from resume_gap import constants as j
from resume_gap.pipeline.gap_counts import BINS_PER_OCTAVE, GAP_PARTS
from resume_gap.results.common import US, ThresholdReason, ThresholdSource

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_KERNEL_REACH = 20  # bins: 4 sigma
_KERNEL = np.exp(
    -0.5 * (np.arange(-_KERNEL_REACH, _KERNEL_REACH + 1) / j.SMOOTHING_BINS.value) ** 2
)
_KERNEL /= _KERNEL.sum()
_GROUPS = 2000


@dataclass(frozen=True, slots=True)
class GapCounts:
    """Counts of gaps > 0 per user and bin, as three parallel arrays.

    Attributes:
        user: Index of the user, 0 to users - 1.
        bin: Bin of log2 seconds: floor(10 log2 s).
        parts: Gaps in the bin, in units of 1/65536 gap.
        users: Number of users, those without a gap included.
    """

    user: Ints
    bin: Ints
    parts: Ints
    users: int


@dataclass(frozen=True, slots=True)
class Valley:
    """A floor between two hills."""

    cut_seconds: float
    depth: float


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


@dataclass(frozen=True, slots=True)
class Histogram:
    """Gaps by bin; `first` is the bin of index 0.

    Attributes:
        weight: (bins) gaps with users capped at 2,000 each, exact integers in 1/65536 gap.
        count: (bins) gaps as they are, in gaps.
    """

    first: int
    weight: Floats
    count: Floats

    def longer_than(self, seconds: float) -> float:
        """How many gaps are longer, a bin shared in proportion of log2."""
        place = float(np.log2(seconds) * BINS_PER_OCTAVE) - self.first
        whole = int(np.floor(place))
        if whole < 0:
            return float(self.count.sum())
        if whole >= len(self.count):
            return 0.0
        return float(self.count[whole + 1 :].sum() + self.count[whole] * (whole + 1 - place))


def histogram(counts: GapCounts) -> Histogram:
    """Gaps over all users, with room for the smoothing at both ends."""
    if len(counts.bin) == 0:
        return Histogram(0, np.zeros(1), np.zeros(1))
    first = int(counts.bin.min()) - _KERNEL_REACH - 1
    length = int(counts.bin.max()) + _KERNEL_REACH + 2 - first
    place = counts.bin - first
    return Histogram(
        first,
        np.bincount(place, weights=_weights(counts), minlength=length).astype(np.float64),
        np.bincount(place, weights=counts.parts, minlength=length) / GAP_PARTS,
    )


def _weights(counts: GapCounts) -> Floats:
    """Parts of each entry after a user counts as 2,000 gaps at most; whole numbers."""
    own = np.bincount(counts.user, weights=counts.parts, minlength=counts.users)
    cap = j.USER_GAP_CAP.value * GAP_PARTS
    share = np.minimum(1.0, cap / np.maximum(own, 1))
    return np.rint(counts.parts * share[counts.user]).astype(np.float64)


def valleys(hist: Histogram, weight: Floats, lowest_seconds: float) -> list[Valley]:
    """All valleys between `lowest_seconds` and two hours, and those beyond, by position.

    A local minimum whose floor (the bins within 5 % of its depth above it) holds a lower bin is
    a ripple of that deeper valley. Depth is 1 - minimum / lower of the highest hills of both
    sides. Found valleys qualify by depth and by the gaps to their right.
    """
    f = np.convolve(weight, _KERNEL, mode="same")
    low = np.log2(lowest_seconds) * BINS_PER_OCTAVE - 0.5 - hist.first
    top = np.log2(j.VALLEY_TO.value) * BINS_PER_OCTAVE - 0.5 - hist.first
    found: list[Valley] = []
    enough = max(j.VALLEY_MIN_GAPS.value, j.VALLEY_MIN_SHARE.value * float(hist.count.sum()))
    left_hill, right_hill = np.maximum.accumulate(f), np.maximum.accumulate(f[::-1])[::-1]
    falling, rising = f[1:-1] <= f[:-2], f[1:-1] <= f[2:]
    for i in np.flatnonzero(falling & rising & (f[1:-1] < np.minimum(left_hill, right_hill)[1:-1])):
        bottom = int(i) + 1
        rim = float(min(left_hill[bottom - 1], right_hill[bottom + 1]))
        limit = f[bottom] + j.VALLEY_FLOOR.value * (rim - f[bottom])
        first = bottom
        while first > 0 and f[first - 1] <= limit:
            first -= 1
        last = bottom
        while last < len(f) - 1 and f[last + 1] <= limit:
            last += 1
        lowest = first + int(np.argmin(f[first : last + 1]))
        if f[lowest] < f[bottom] or lowest != bottom or bottom < low:
            continue
        depth = 1 - float(f[bottom]) / rim
        inside_last = min(last, int(np.floor(top))) if bottom <= top else last
        inside_first = max(first, int(np.ceil(low)))
        middle = (inside_first + inside_last + 1) / 2 + hist.first
        cut = float(2 ** (middle / BINS_PER_OCTAVE))
        if depth >= j.VALLEY_DEPTH.value and hist.longer_than(cut) >= enough:
            found.append(Valley(cut, depth))
    return found


def learn(counts: GapCounts, *, resolution_seconds: float, seed: int) -> Learned:
    """The threshold of these gaps, or the fallback with its reason.

    Args:
        counts: Gaps per user and bin.
        resolution_seconds: How fine the stamps are; a limit is at least three times that.
        seed: Of the user bootstrap.
    """
    hist = histogram(counts)
    lowest = max(j.VALLEY_FROM.value, j.VALLEY_MIN_RESOLUTIONS.value * resolution_seconds)
    gaps = float(hist.count.sum())
    if gaps < j.MIN_GAPS.value or counts.users < j.MIN_USERS.value:
        return _fallback("too_little", numbers={"gaps": round(gaps), "users": counts.users})
    found = valleys(hist, hist.weight, lowest)
    inside = [v for v in found if v.cut_seconds <= j.VALLEY_TO.value]
    night = _night(found, inside)
    if not inside:
        return _fallback("no_valley", night)
    cut = inside[0].cut_seconds
    if _guarded(counts, cut):
        return _fallback("kinds_of_users", night)
    cuts = _bootstrap(counts, hist, lowest, seed)
    if len(cuts) < j.STABLE_DRAWS.value * j.BOOTSTRAP_DRAWS.value:
        share = len(cuts) / j.BOOTSTRAP_DRAWS.value
        return _fallback("rare_in_resamples", night, numbers={"resamples_share": share})
    p10, p90 = (float(q) for q in np.quantile(cuts, [0.1, 0.9]))
    between = hist.longer_than(p10) - hist.longer_than(p90)
    if p90 / p10 > j.STABLE_RATIO.value and (
        between >= j.STABLE_COUNTS.value * hist.longer_than(cut)
    ):
        return _fallback("moves_in_resamples", night)
    lower, upper = (float(q) for q in np.quantile(cuts, [0.025, 0.975]))
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
    beyond = [v for v in found if v.cut_seconds > j.VALLEY_TO.value]
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
        threshold_us=j.FALLBACK_GAP.us,
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
    own = np.bincount(counts.user, weights=counts.parts, minlength=counts.users)
    long_parts = np.where(
        counts.bin >= place, counts.parts, counts.parts * np.clip(counts.bin + 1 - place, 0, 1)
    )
    longer = np.bincount(counts.user, weights=long_parts, minlength=counts.users)
    mostly_long = longer > j.GUARD_LONG_SHARE.value * own
    asked = own >= j.GUARD_GAPS.value * GAP_PARTS
    if asked.any() and mostly_long[asked].mean() > j.GUARD_USERS.value:
        return True
    slow = mostly_long & (own >= j.GUARD_LONG_GAPS_FROM.value * GAP_PARTS)
    return bool(longer[slow].sum() > j.GUARD_LONG_GAPS.value * longer.sum())


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
    place = group_of[counts.user] * length + counts.bin - hist.first
    shape = (groups, length)
    weight = np.bincount(place, weights=_weights(counts), minlength=groups * length).reshape(shape)
    raw = np.bincount(place, weights=counts.parts, minlength=groups * length).reshape(shape)
    draws = rng.multinomial(groups, np.full(groups, 1 / groups), size=int(j.BOOTSTRAP_DRAWS.value))
    weights, raws = draws @ weight, draws @ raw / GAP_PARTS
    cuts = []
    for w, r in zip(weights, raws, strict=True):
        found = valleys(Histogram(hist.first, w, r), w, lowest)
        inside = [v.cut_seconds for v in found if v.cut_seconds <= j.VALLEY_TO.value]
        if inside:
            cuts.append(inside[0])
    return np.array(cuts)


def between_kinds_of_work(learned: Learned, gaps_after: Mapping[str, int]) -> Learned:
    """The default, where most gaps right of the valley follow one event: a film, a long form.

    Args:
        learned: A learned threshold.
        gaps_after: By event name how many gaps between the threshold and four times of it follow
            such an event.
    """
    total = sum(gaps_after.values())
    if total < j.VALLEY_MIN_GAPS.value:
        return learned
    event = min(gaps_after, key=lambda name: (-gaps_after[name], name))
    share = gaps_after[event] / total
    if share <= j.ONE_EVENT_SHARE.value:
        return learned
    figures = {"valley_seconds": learned.threshold_us / US, "event_share": share}
    return replace(
        _fallback("kinds_of_work", learned.night_seconds, numbers=figures),
        event=event,
        turned_down_us=learned.threshold_us,
    )


def grid_us(threshold_us: int, turned_down_us: int | None = None) -> tuple[int, ...]:
    """The limits at which the figures are shown: half, once and twice, and 15, 30, 60 minutes.

    And a valley that was turned down, so that both are shown.
    """
    fixed = (j.SHOWN_SHORT.us, j.SHOWN_MIDDLE.us, j.SHOWN_LONG.us)
    other = () if turned_down_us is None else (turned_down_us,)
    return tuple(sorted({threshold_us // 2, threshold_us, 2 * threshold_us, *fixed, *other}))


def sensitive(
    values: dict[str, list[float | None]], headline: dict[str, float | None]
) -> list[str]:
    """Names of the results whose sign, or over a quarter of whose size, depends on the limit."""
    moved = []
    for name, across in values.items():
        centre = headline[name]
        if centre is None:
            continue
        known = [v for v in across if v is not None]
        flips = any(a * b < 0 for a, b in pairwise(sorted(known)))
        far = any(abs(v - centre) > j.SENSITIVE_SHARE.value * abs(centre) for v in known)
        if flips or far:
            moved.append(name)
    return moved
