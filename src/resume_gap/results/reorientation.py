"""What came after the interruptions; a part of every command's result."""

from dataclasses import dataclass, field

from resume_gap.constants import AT_ONCE_SHARE
from resume_gap.results.common import FLAT, Estimate, figure


@dataclass(frozen=True, slots=True, kw_only=True)
class GapClassRow:
    """Re-orientation after interruptions of one length."""

    gap_class: str
    """`up_to_1h`, `1h_4h`, `4h_16h`, `16h_72h` or `over_72h`."""
    eligible: int
    """Followed-up interruptions of this length."""
    mean_seconds: float | None
    """Their mean re-orientation time."""
    productive_share: float | None
    """Share of them with productive work within the cap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LagEnds:
    """How the waits for work after the interruptions ended; None where nothing can be seen."""

    observed: int | None = None
    """Interruptions after which work was reached."""
    abandoned: int | None = None
    """Those after which the person left again before work."""
    abandoned_by_leaving: int | None = None
    """Of the abandoned those that ended with a completing event."""
    log_end: int | None = None
    """Those after which the log ended before work."""

    @property
    @figure
    def censored(self) -> int | None:
        """Abandoned or cut off by the end of the log."""
        if self.abandoned is None or self.log_end is None:
            return None
        return self.abandoned + self.log_end

    @property
    def waits(self) -> int:
        """All of them."""
        return (self.observed or 0) + (self.censored or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorientation:
    """What came after the interruptions (section 4 of the method)."""

    reason: str | None
    """Why the figures are None (`no_productive_events`, `no_interruptions`, or the reason of
    `Measurability`), or None."""
    ends: LagEnds = field(metadata=FLAT)
    observed_median_seconds: float | None
    """Median lag of the observed, None when under half of the interruptions are observed."""
    eligible: int
    """Interruptions with return + cap inside the log; mean and shares are over these."""
    cap_seconds: float
    """The longest re-orientation time that one return counts for."""
    mean: Estimate
    """Mean re-orientation time of the followed-up interruptions, seconds: from the first event back
    to the first productive one; the cap where work was not reached within it."""
    reached_mean_seconds: float | None
    """Mean lag of those that reached work within the cap."""
    not_reached_seconds: float | None
    """The part of the mean that the cap sets: share not reached x cap."""
    set_by_cap: bool | None
    """More than half of the mean is the cap: the productive share is the headline then."""
    productive_share: float | None
    """Share of the followed-up interruptions with productive work within the cap."""
    productive: Estimate
    """The productive share with its interval."""
    zero_share: float | None
    """Share of them whose first event back is work already."""
    detours_none_share: float | None
    """Share of them without a detour: no other element was touched before work went on."""
    target_return_median_seconds: float | None
    """Median time back to the element last touched, over the interruptions that got there."""
    target_returned_share: float | None
    """Share of the interruptions with an element before the stop that got back to it."""
    curve: tuple[tuple[float, float], ...]
    """(seconds t, share of the eligible that were productive by t)."""
    by_gap_class: tuple[GapClassRow, ...]
    """The same by the length of the gap."""

    @property
    @figure
    def reached_seconds(self) -> float | None:
        """The other part of the mean: what those that reached work within the cap add to it."""
        if self.mean.estimate is None or self.not_reached_seconds is None:
            return None
        return max(0.0, self.mean.estimate - self.not_reached_seconds)

    @property
    @figure
    def not_reached_share(self) -> float | None:
        """Share that did not reach work within the cap."""
        return None if self.productive_share is None else 1 - self.productive_share

    @property
    def begins_with_work(self) -> bool:
        """Nearly every return begins with a productive event: re-orientation is not in the log."""
        return self.zero_share is not None and self.zero_share >= AT_ONCE_SHARE.value
