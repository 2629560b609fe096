"""Stamps of sending: a queue that stamps events when they are sent, not when they are done.

Section 1 of the method. A queue that waited for the network is sent when somebody comes back:
returns begin with several acts of work within a second or two, as nothing else in the log does. A
timer that sends every few seconds leaves bursts of work that are whole periods apart.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Bools, Floats, Ints
from resume_gap.pipeline.bursts import gaps
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps
from resume_gap.results.common import US, Check

_BIN_US: Final = 50_000
"""Gaps are pooled in bins of so many microseconds."""
_NEAR: Final = 0.1
"""A period this close to the double of another, in its units."""
_NEARLY: Final = 0.9
"""And so much as good takes its place."""
PERIODS: Final = np.exp(np.arange(np.log(1.0), np.log(120.0), 0.01))
"""Seconds: the periods that are tried."""


class Queued(NamedTuple):
    """How many returns begin with a burst of work, beside the other ends of silences."""

    bursts: int
    returns: int
    other_bursts: int
    others: int

    @property
    def share(self) -> float:
        """The share of the returns, beyond that of the other ends of silences; 0 if much alike."""
        back = self.bursts / max(1, self.returns)
        elsewhere = self.other_bursts / max(1, self.others)
        return back - elsewhere if back >= constants.LOST_TIMES.value * elsewhere else 0.0


def queued(sample: Sequence[Steps], contents: Contents, *, threshold_us: int) -> Queued:
    """How many returns begin with several acts of work sent at once.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
        threshold_us: What makes a gap long.
    """
    totals = np.zeros(4, dtype=np.int64)
    for steps in sample:
        gap = gaps(steps)
        opens = steps.opens()
        heads = np.flatnonzero(opens | (gap > constants.FLUSH_GAP.us))
        last = np.append(heads[1:], len(gap)) - 1
        work = contents.is_work(steps.content)
        done = np.add.reduceat(work.astype(np.int64), heads)
        burst = (done >= constants.FLUSH_WORK.value) & (
            steps.at[last] - steps.at[heads] <= constants.FLUSH_SPAN.us
        )
        follows = ~opens[heads]
        back = follows & (gap[heads] > threshold_us)
        other = follows & ~back & (gap[heads] >= constants.FLUSH_SILENCE.us)
        totals += [(burst & back).sum(), back.sum(), (burst & other).sum(), other.sum()]
    return Queued(*totals.tolist())


def queue_checks(found: Queued) -> list[Check]:
    """That returns begin with what waited to be sent.

    Args:
        found: Of the sampled streams.
    """
    if found.bursts < constants.LOST_LEAST.value or found.share < constants.LATE_WARNED.value:
        return []
    figures = {"returns": found.returns, "elsewhere": found.other_bursts / max(1, found.others)}
    return [
        Check(
            check="late_sending",
            severity="warn",
            count=found.bursts,
            share=found.bursts / found.returns,
            figures=figures,
        )
    ]


class WorkBursts(NamedTuple):
    """Bursts of work of some streams whose stamps are finer than seconds; n bursts.

    Attributes:
        gap: (n) microseconds from the beginning of the burst before, in the stream.
        stream: (n) which stream, from 0 on.
        work: (k) all work of each stream, 0 for one with coarser stamps.
        close: Acts of work that are no beginning of a burst.
    """

    gap: Ints
    stream: Ints
    work: Ints
    close: int


def work_bursts(sample: Sequence[Steps], contents: Contents) -> WorkBursts:
    """Bursts of work: acts within half a second of the one before.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
    """
    gap, of, work, close, before = [], [], [np.zeros(0, np.int64)], 0, 0
    for steps in sample:
        k = len(steps.stream_no)
        fine = np.repeat(steps.resolution == 0, np.diff(steps.starts))
        rows = np.flatnonzero(fine & contents.is_work(steps.content))
        stream = steps.stream_index()[rows]
        at = steps.at[rows]
        same = np.diff(stream, prepend=-1) == 0
        head = ~same | (np.diff(at, prepend=at[:1]) > constants.SENT_CLOSE.us)
        close += int((~head).sum())
        begins, own = at[head], stream[head]
        inside = np.diff(own, prepend=-1) == 0
        gap.append(np.diff(begins, prepend=begins[:1])[inside])
        of.append(own[inside] + before)
        work.append(np.bincount(stream, minlength=k))
        before += k
    none = [np.zeros(0, np.int64)]
    return WorkBursts(
        np.concatenate(none + gap), np.concatenate(none + of), np.concatenate(work), close
    )


class SendTimer(NamedTuple):
    """A period in which work is sent.

    Attributes:
        seconds: The period.
        share: Of all work of the sample with fine stamps, that of streams that are sent so.
        streams: How many streams these are.
    """

    seconds: float
    share: float
    streams: int

    @property
    def step_seconds(self) -> float:
        """How fine the stamps are in truth; 0 where most of the work is not sent so."""
        return self.seconds if self.share > constants.SENT_MOST.value else 0.0


NO_TIMER: Final = SendTimer(0.0, 0.0, 0)


def send_timer(found: WorkBursts) -> SendTimer:
    """The period in which most of the work that is sent on a timer is sent.

    Args:
        found: Bursts of work.
    """
    total = int(found.work.sum())
    if (
        found.close < constants.SENT_CLOSE_SHARE.value * total
        or len(found.gap) < constants.SENT_GAPS.value
    ):
        return NO_TIMER
    period = _pooled_period(found.gap)
    if period is None:
        return NO_TIMER
    near = found.gap <= constants.SENT_REACH.value * period * US
    own = _phase(found.gap[near] / US, period)
    streams = len(found.work)
    many = np.bincount(found.stream[near], minlength=streams)
    sums = np.bincount(found.stream[near], weights=own, minlength=streams)
    timed: Bools = (many >= constants.SENT_OWN.value) & (sums >= constants.SENT_ALIKE.value * many)
    share = int(found.work[timed].sum()) / total
    if share < constants.SENT_WARNED.value:
        return NO_TIMER
    return SendTimer(period, share, int(timed.sum()))


def _pooled_period(gap: Ints) -> float | None:
    """The period in seconds that fits the gaps of all streams best; None where none does."""
    reach = constants.SENT_REACH.value * float(PERIODS[-1]) * US
    bins = np.bincount(gap[gap <= reach] // _BIN_US, minlength=1)
    at = np.flatnonzero(bins)
    weight = bins[at].astype(np.float64)
    middle = (at + 0.5) * _BIN_US / US
    rhythm = np.array([_together(middle, weight, period) for period in PERIODS])
    best = int(np.argmax(rhythm))
    if rhythm[best] < constants.SENT_POOLED.value:
        return None
    # Half of the period, too, fits gaps of whole periods.
    while True:
        double = np.flatnonzero(np.abs(PERIODS / PERIODS[best] - 2) <= _NEAR)
        longer = double[np.argmax(rhythm[double])] if len(double) else best
        if longer == best or rhythm[longer] < _NEARLY * rhythm[best]:
            return float(PERIODS[best])
        best = int(longer)


def _together(seconds: Floats, weight: Floats, period: float) -> float:
    """Mean of the phases of gaps up to some periods; -1 where there are too few."""
    near = seconds <= constants.SENT_REACH.value * period
    total = float(weight[near].sum())
    if total < constants.SENT_GAPS.value:
        return -1.0
    return float((weight[near] * _phase(seconds[near], period)).sum()) / total


def _phase(seconds: Floats, period: float) -> Floats:
    """1 for whole periods, -1 half-way between them; -1 for all under half of one, too."""
    turn: Floats = np.cos(2 * np.pi * seconds / period)
    turn[seconds < period / 2] = -1.0
    return turn


def timer_checks(found: SendTimer) -> list[Check]:
    """That a timer sends events, and stamps them then.

    Args:
        found: Of the sampled streams.
    """
    if not found.streams:
        return []
    return [
        Check(
            check="sent_on_timer",
            severity="warn",
            count=found.streams,
            share=found.share,
            figures={"seconds": found.seconds},
        )
    ]
