"""Events that no person caused: heartbeats, autosaves, polls.

Sought on whole streams of at most 2,000 users; what they do to the figures is shown there, with
and without, so that a reader can decide about `--ignore`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from resume_gap import judgement as j
from resume_gap.measures.returns import Returns, measure
from resume_gap.model import US, Check
from resume_gap.pipeline.bursts import reduce_steps
from resume_gap.pipeline.connection import connect
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import store
from resume_gap.pipeline.steps import PRODUCTIVE, Bools, Contents, Steps, subset


@dataclass(frozen=True, slots=True)
class Machines:
    """How the sampled streams are measured, with and without the suspects."""

    sample: Sequence[Steps]
    contents: Contents
    event_names: Sequence[str]
    """(event_no - 1) names of the events."""
    resolution_seconds: float
    cut_us: int
    theta_us: int
    log_end_us: int | None
    all_returns: bool
    memory_limit: str | None
    threads: int | None


def machine_checks(runner: Runner, machines: Machines) -> list[Check]:
    """One check per event name that repeats like a clock, with the figures without it."""
    checks: list[Check] = []
    found = heartbeats(machines)
    if not found:
        return checks
    before = _figures(runner, machines, np.zeros_like(machines.contents.kind_event, dtype=np.bool_))
    for event_no in found:
        suspect = machines.contents.kind_event == event_no
        count, total = _count(machines, suspect)
        name = machines.event_names[event_no - 1]
        after = _figures(runner, machines, suspect)
        checks.append(
            Check(
                check="machine_events",
                severity="warn",
                count=count,
                share=count / total,
                action=f"--ignore {name} leaves them out",
                message=(f"{name} repeats like a clock: {before} with it, {after} without"),
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
    event = machines.contents.event(np.concatenate([s.content for s in machines.sample]))
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


def _figures(runner: Runner, machines: Machines, suspect: Bools) -> str:
    """Returns, interruptions and mean re-orientation of the sample without the suspects."""
    con = connect(
        allowed_paths=[], spill=None, memory_limit=machines.memory_limit, threads=machines.threads
    )
    try:
        aside = Runner(con)
        for relation in ("streams", "labels"):
            con.register("copied", runner.con.sql(f"select * from {relation}").to_arrow_table())
            con.execute(f"create table {relation} as select * from copied")
            con.unregister("copied")
        kept = (subset(steps, ~suspect[steps.content >> 32]) for steps in machines.sample)
        if not store(aside, reduce_steps(kept, machines.contents, cut_us=machines.cut_us)):
            return "no events"
        roles = machines.contents.roles
        found: Returns = measure(
            aside,
            theta_us=machines.theta_us,
            grid_us=(machines.theta_us,),
            log_end_us=machines.log_end_us,
            has_productive=any(
                bool((roles(steps.content) & PRODUCTIVE).any()) for steps in machines.sample
            ),
            all_returns=machines.all_returns,
        )
    finally:
        con.close()
    (row,) = found.sensitivity
    mean = row.reorientation_mean_seconds
    told = "" if mean is None else f", {mean:.0f} s"
    return f"{row.returns:,} returns, {row.interruptions:,} interruptions{told}"
