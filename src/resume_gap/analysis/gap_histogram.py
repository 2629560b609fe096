"""The histogram of the gaps, smoothed, and the valleys between its hills.

Section 2 of the method. Works on per-user counts of gaps in bins of 0.1 over log2 seconds; sees
no event and no session.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Floats, Ints
from resume_gap.pipeline.gap_counts import BINS_PER_OCTAVE, GAP_PARTS

_KERNEL_REACH = 20  # bins: 4 sigma
_KERNEL = np.exp(
    -0.5 * (np.arange(-_KERNEL_REACH, _KERNEL_REACH + 1) / constants.SMOOTHING_BINS.value) ** 2
)
_KERNEL /= _KERNEL.sum()


@dataclass(frozen=True, slots=True)
class GapBlock:
    """Counts of gaps > 0 per user and bin, as three parallel arrays.

    Attributes:
        user: Index of the user, 0 to users - 1.
        bin: Bin of log2 seconds: floor(10 log2 s).
        parts: Gaps in the bin, in units of 1/65536 gap.
    """

    user: Ints
    bin: Ints
    parts: Ints


@dataclass(frozen=True)
class GapCounts:
    """The gaps of a whole log by user and bin.

    Attributes:
        blocks: Some of them at a time, as often as they are asked for.
        users: Number of users, those without a gap included.
    """

    blocks: Iterable[GapBlock]
    users: int

    @cached_property
    def parts_of_user(self) -> Floats:
        """(users) gaps of each user, in units of 1/65536 gap; whole numbers."""
        return self.by_user(lambda block: block.parts)

    def by_user(self, weight: Callable[[GapBlock], Ints | Floats]) -> Floats:
        """(users) sum of the weights that `weight` gives the entries of a block."""
        total = np.zeros(self.users)
        for block in self.blocks:
            total += np.bincount(block.user, weights=weight(block), minlength=self.users)
        return total

    def capped(self, block: GapBlock) -> Floats:
        """Parts of each entry after a user counts as 2,000 gaps at most; whole numbers."""
        cap = constants.USER_GAP_CAP.value * GAP_PARTS
        share = np.minimum(1.0, cap / np.maximum(self.parts_of_user[block.user], 1))
        return np.rint(block.parts * share).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Valley:
    """A floor between two hills."""

    cut_seconds: float
    depth: float


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
    bins = [(int(b.bin.min()), int(b.bin.max())) for b in counts.blocks if len(b.bin)]
    if not bins:
        return Histogram(0, np.zeros(1), np.zeros(1))
    first = min(low for low, _ in bins) - _KERNEL_REACH - 1
    length = max(high for _, high in bins) + _KERNEL_REACH + 2 - first
    weight, count = np.zeros(length), np.zeros(length)
    for block in counts.blocks:
        place = block.bin - first
        weight += np.bincount(place, weights=counts.capped(block), minlength=length)
        count += np.bincount(place, weights=block.parts, minlength=length)
    return Histogram(first, weight, count / GAP_PARTS)


def valleys(hist: Histogram, weight: Floats, lowest_seconds: float) -> list[Valley]:
    """All valleys between `lowest_seconds` and two hours, and those beyond, by position.

    A local minimum whose floor (the bins within 5 % of its depth above it) holds a lower bin is
    a ripple of that deeper valley. Depth is 1 - minimum / lower of the highest hills of both
    sides. Found valleys qualify by depth and by the gaps to their right.
    """
    f = np.convolve(weight, _KERNEL, mode="same")
    low = np.log2(lowest_seconds) * BINS_PER_OCTAVE - 0.5 - hist.first
    top = np.log2(constants.VALLEY_TO.value) * BINS_PER_OCTAVE - 0.5 - hist.first
    found: list[Valley] = []
    enough = max(
        constants.VALLEY_MIN_GAPS.value, constants.VALLEY_MIN_SHARE.value * float(hist.count.sum())
    )
    left_hill, right_hill = np.maximum.accumulate(f), np.maximum.accumulate(f[::-1])[::-1]
    falling, rising = f[1:-1] <= f[:-2], f[1:-1] <= f[2:]
    for i in np.flatnonzero(falling & rising & (f[1:-1] < np.minimum(left_hill, right_hill)[1:-1])):
        bottom = int(i) + 1
        rim = float(min(left_hill[bottom - 1], right_hill[bottom + 1]))
        limit = f[bottom] + constants.VALLEY_FLOOR.value * (rim - f[bottom])
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
        if depth >= constants.VALLEY_DEPTH.value and hist.longer_than(cut) >= enough:
            found.append(Valley(cut, depth))
    return found
