"""Events that no person caused: heartbeats, autosaves, polls.

Sought on whole streams of at most 2,000 users; what they do to the figures is shown there, with
and without, so that a reader can decide about `--ignore`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Bools, Floats, Ints
from resume_gap.pipeline.bursts import gaps
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import SampleMeasurement, compared, of_kinds
from resume_gap.results.common import US, Check
from resume_gap.sources.role_bits import PRODUCTIVE
from resume_gap.sources.role_names import is_heartbeat, is_understood


def machine_checks(runner: Runner, sampled: SampleMeasurement) -> list[Check]:
    """One check per event name that no person causes, with the figures without it."""
    checks: list[Check] = []
    regular = heartbeats(sampled)
    if sampled.is_sent_on_timer:
        regular = tuple(no for no in regular if not _is_work(sampled, no))
    filling = fillers(sampled)
    alone = tuple(no for no in lone(sampled) if no not in {*regular, *filling})
    found = tuple(sorted({*regular, *filling, *alone}))
    if not found:
        return checks
    for event_no in found:
        suspect = sampled.resampling.contents.kind_event == event_no
        count, total = _count(sampled, suspect)
        event = sampled.event_names[event_no - 1]
        both = compared(runner, sampled, of_kinds(suspect))
        checks.append(
            Check(
                check="machine_events",
                severity="warn",
                count=count,
                share=count / total,
                figures=both.figures
                | {"is_regular": int(event_no in regular), "is_lone": int(event_no in alone)},
                names=(event,) if sampled.shown.may_show(event) else (),
                words=both.words,
            )
        )
    return checks


def _is_work(sampled: SampleMeasurement, event_no: int) -> bool:
    """Whether an event is work in some of its kinds."""
    contents = sampled.resampling.contents
    roles = contents.kind_roles[contents.kind_event == event_no]
    return bool((roles & PRODUCTIVE).any())


def heartbeats(sampled: SampleMeasurement) -> tuple[int, ...]:
    """Numbers of the events that repeat like a clock for most users who have them often."""
    if not sampled.sample:
        return ()
    stream = np.concatenate(
        [np.repeat(steps.stream_no, np.diff(steps.starts)) for steps in sampled.sample]
    )
    at = np.concatenate([steps.at for steps in sampled.sample])
    event = sampled.resampling.contents.event(np.concatenate([s.content for s in sampled.sample]))
    key = stream.astype(np.int64) << 32 | event
    order = np.argsort(key, kind="stable")  # which leaves the events of a stream in order
    key, gap = key[order], np.diff(at[order])
    same = (np.diff(key) == 0) & (gap > 0)
    key, gap = key[1:][same], gap[same]
    if len(gap) == 0:
        return ()
    least = US * max(
        constants.HEARTBEAT_MIN.value,
        constants.HEARTBEAT_RESOLUTIONS.value * sampled.resolution_seconds,
    )
    shares: dict[int, list[float]] = {}
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    for begin, end in zip(starts, np.append(starts[1:], len(key)), strict=True):
        if end - begin >= constants.HEARTBEAT_MIN_GAPS.value:
            alike = _alike_share(np.sort(gap[begin:end]), least)
            shares.setdefault(int(key[begin] & 0xFFFFFFFF), []).append(alike)
    names = sampled.event_names
    return tuple(no for no, found in sorted(shares.items()) if _is_clock(names[no - 1], found))


def _is_clock(event: str, shares: Sequence[float]) -> bool:
    """Whether more than half of the users have the event as a clock would.

    Args:
        event: Its name; one that says so needs less.
        shares: By user that has the event often, how many of its gaps are alike.
    """
    least = (
        constants.HEARTBEAT_NAMED_SHARE if is_heartbeat(event) else constants.HEARTBEAT_SHARE
    ).value
    return 2 * sum(share > least for share in shares) > len(shares)


def _alike_share(ordered: np.ndarray, least: float) -> float:
    """Largest share of the gaps within 2 % of one value that is at least `least`."""
    value = ordered[ordered >= least]
    if len(value) == 0:
        return 0.0
    spread = constants.HEARTBEAT_SPREAD.value
    low = np.searchsorted(ordered, value * (1 - spread), side="left")
    high = np.searchsorted(ordered, value * (1 + spread), side="right")
    return float((high - low).max() / len(ordered))


def fillers(sampled: SampleMeasurement) -> tuple[int, ...]:
    """Numbers of the events without a role that hide returns by filling gaps alone.

    They tick unevenly: throttled in a hidden tab, thinned by a queue. Left out, they raise the
    returns by a tenth; so do already the runs of two and more without another event between them.
    """
    contents = sampled.resampling.contents
    hidden = hidden_returns(sampled.sample, contents, threshold_us=sampled.resampling.threshold_us)
    with_role = np.zeros(len(hidden.raised), dtype=np.bool_)
    with_role[contents.kind_event[contents.kind_roles != 0]] = True
    least = max(
        constants.HEARTBEAT_RAISES.value * hidden.returns, constants.HEARTBEAT_RAISES_LEAST.value
    )
    found = ~with_role & (hidden.raised >= least) & (hidden.in_runs >= least)
    return tuple(np.flatnonzero(found).tolist())


def lone(sampled: SampleMeasurement) -> tuple[int, ...]:
    """Numbers of the events without a role that make returns of their own.

    What a server writes under a person's id lies in breaks, where nobody came back: without it a
    quarter of the returns is gone. Names that say that somebody looks or starts are none, nor what
    most events are called.
    """
    contents = sampled.resampling.contents
    hidden = hidden_returns(sampled.sample, contents, threshold_us=sampled.resampling.threshold_us)
    seen = np.zeros(len(hidden.raised), dtype=np.int64)
    streams = np.zeros(len(hidden.raised), dtype=np.int64)
    for steps in sampled.sample:
        event = contents.event(steps.content)
        seen += np.bincount(event, minlength=len(seen))
        stream = steps.stream_index()
        pairs = np.unique(stream * len(seen) + event)
        streams += np.bincount(pairs % len(seen), minlength=len(seen))
    with_role = np.zeros(len(seen), dtype=np.bool_)
    with_role[contents.kind_event[contents.kind_roles != 0]] = True
    found = np.flatnonzero(
        ~with_role
        & (seen >= constants.ROLE_MIN_COUNT.value)
        & (streams >= constants.ROLE_MIN_USERS.value)
        & (-hidden.raised >= constants.LONE_RETURNS.value * max(hidden.returns, 1))
        & (2 * seen < seen.sum())
    )
    names = sampled.event_names
    return tuple(no for no in found.tolist() if not is_understood(names[no - 1], "none"))


class Hidden(NamedTuple):
    """How many more long gaps there are without the events of one name.

    Attributes:
        returns: Long gaps as they are.
        raised: By event number, what leaving the event out adds; below 0 it takes gaps away.
        in_runs: The same from its runs of two and more only.
    """

    returns: int
    raised: Ints
    in_runs: Ints


def hidden_returns(sample: Sequence[Steps], contents: Contents, *, threshold_us: int) -> Hidden:
    """What leaving out each event by itself does to the number of long gaps.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
        threshold_us: What makes a gap long.
    """
    events = int(contents.kind_event.max(initial=0)) + 1
    raised, in_runs = np.zeros(events, dtype=np.int64), np.zeros(events, dtype=np.int64)
    returns = 0
    for steps in sample:
        n = len(steps.at)
        opens = steps.opens()
        long = ~opens & (gaps(steps) > threshold_us)
        returns += int(long.sum())
        event = contents.event(steps.content)
        heads = np.flatnonzero(opens | (np.diff(event, prepend=-1) != 0))
        after = np.append(heads[1:], n)
        # A run at the end of a stream is followed by no gap of its own.
        followed = ~np.append(opens, np.True_)[after]
        inside = ~opens[heads] & followed
        before, behind = np.maximum(heads - 1, 0), np.minimum(after, n - 1)
        opened = inside & (steps.at[behind] - steps.end[before] > threshold_us)
        so_far = np.concatenate([[0], np.cumsum(long)])
        held = so_far[np.minimum(after + followed, n)] - so_far[heads]
        net = (opened.astype(np.int64) - held).astype(np.float64)
        runs = after - heads > 1
        raised += _sums(event[heads], net, events)
        in_runs += _sums(event[heads][runs], net[runs], events)
    return Hidden(returns, raised, in_runs)


def _sums(number: Ints, values: Floats, length: int) -> Ints:
    return np.rint(np.bincount(number, weights=values, minlength=length)).astype(np.int64)


def _count(sampled: SampleMeasurement, suspect: Bools) -> tuple[int, int]:
    found = sum(int(suspect[steps.content >> 32].sum()) for steps in sampled.sample)
    return found, sum(len(steps.at) for steps in sampled.sample)
