"""Events that no person caused: heartbeats, autosaves, polls.

Sought on whole streams of at most 2,000 users; what they do to the figures is shown there, with
and without, so that a reader can decide about `--ignore`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from resume_gap import constants as j
from resume_gap.arrays import Bools
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps, subset
from resume_gap.quality.resampling import Aside, measured_aside
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.common import US, Check


@dataclass(frozen=True, slots=True)
class Machines:
    """How the sampled streams are measured, with and without the suspects."""

    sample: Sequence[Steps]
    event_names: Sequence[str]
    """(event_no - 1) names of the events."""
    shown: EventNames
    """Those that may be shown."""
    resolution_seconds: float
    aside: Aside


def machine_checks(runner: Runner, machines: Machines) -> list[Check]:
    """One check per event name that repeats like a clock, with the figures without it."""
    checks: list[Check] = []
    found = heartbeats(machines)
    if not found:
        return checks
    before = _figures(
        runner, machines, np.zeros_like(machines.aside.contents.kind_event, dtype=np.bool_)
    )
    for event_no in found:
        suspect = machines.aside.contents.kind_event == event_no
        count, total = _count(machines, suspect)
        event = machines.event_names[event_no - 1]
        after = _figures(runner, machines, suspect)
        checks.append(
            Check(
                check="machine_events",
                severity="warn",
                count=count,
                share=count / total,
                figures={f"{name}_with": value for name, value in before.items()}
                | {f"{name}_without": value for name, value in after.items()},
                names=(event,) if machines.shown.may_show(event) else (),
            )
        )
    return checks


def heartbeats(machines: Machines) -> tuple[int, ...]:
    """Numbers of the events that repeat like a clock for most users who have them often."""
    if not machines.sample:
        return ()
    stream = np.concatenate(
        [np.repeat(steps.stream_no, np.diff(steps.starts)) for steps in machines.sample]
    )
    at = np.concatenate([steps.at for steps in machines.sample])
    event = machines.aside.contents.event(np.concatenate([s.content for s in machines.sample]))
    order = np.lexsort((at, event, stream))
    stream, at, event = stream[order], at[order], event[order]
    gap = np.diff(at)
    same = (np.diff(stream) == 0) & (np.diff(event) == 0) & (gap > 0)
    key = (stream[1:] << 32 | event[1:])[same]
    gap = gap[same]
    if len(gap) == 0:
        return ()
    least = US * max(
        j.HEARTBEAT_MIN.value, j.HEARTBEAT_RESOLUTIONS.value * machines.resolution_seconds
    )
    votes: dict[int, list[bool]] = {}
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    for begin, end in zip(starts, np.append(starts[1:], len(key)), strict=True):
        if end - begin >= j.HEARTBEAT_MIN_GAPS.value:
            alike = _alike_share(np.sort(gap[begin:end]), least)
            votes.setdefault(int(key[begin] & 0xFFFFFFFF), []).append(
                alike > j.HEARTBEAT_SHARE.value
            )
    return tuple(no for no, found in sorted(votes.items()) if 2 * sum(found) > len(found))


def _alike_share(ordered: np.ndarray, least: float) -> float:
    """Largest share of the gaps within 2 % of one value that is at least `least`."""
    value = ordered[ordered >= least]
    if len(value) == 0:
        return 0.0
    spread = j.HEARTBEAT_SPREAD.value
    low = np.searchsorted(ordered, value * (1 - spread), side="left")
    high = np.searchsorted(ordered, value * (1 + spread), side="right")
    return float((high - low).max() / len(ordered))


def _count(machines: Machines, suspect: Bools) -> tuple[int, int]:
    found = sum(int(suspect[steps.content >> 32].sum()) for steps in machines.sample)
    return found, sum(len(steps.at) for steps in machines.sample)


def _figures(runner: Runner, machines: Machines, suspect: Bools) -> dict[str, float]:
    """Returns, interruptions and mean re-orientation of the sample without the suspects.

    Nothing where no event is left; no mean where there is none.
    """
    kept = (subset(steps, ~suspect[steps.content >> 32]) for steps in machines.sample)
    with measured_aside(runner, machines.aside, kept) as measured:
        if measured is None:
            return {}
        (total,) = measured[1].totals
    found: dict[str, float] = {"returns": total.returns, "interruptions": total.interruptions}
    mean = total.mean_seconds
    return found if mean is None else found | {"mean_seconds": mean}
