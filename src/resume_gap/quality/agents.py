"""Events of assistants and automations that stand under a person's id.

Given with --agent they neither start nor end a gap of the person; by their names they are proposed.
Both with the figures of the sampled streams with and without them.
"""

from collections.abc import Sequence

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Ints
from resume_gap.pipeline.bursts import gaps
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.runs import running_maximum
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import SampleMeasurement, compared, moves, of_kinds
from resume_gap.results.common import Check, Severity
from resume_gap.results.run import Roles
from resume_gap.sources.role_names import is_agent
from resume_gap.sources.roles import Mark


def agent_checks(
    runner: Runner,
    sampled: SampleMeasurement,
    roles: Roles,
    dropped: int,
    by_column: Sequence[Mark] = (),
) -> list[Check]:
    """What leaving agents out does, or would do.

    Args:
        runner: Holds the log.
        sampled: The sampled streams.
        roles: The roles taken.
        dropped: Events of agents that were left out.
        by_column: Values of columns by which an agent may have acted.
    """
    if dropped:
        return [_left_out(runner, sampled, roles, dropped)]
    return _proposed(runner, sampled, by_column)


def _left_out(runner: Runner, sampled: SampleMeasurement, roles: Roles, dropped: int) -> Check:
    streams = [int(no) for steps in sampled.sample for no in steps.stream_no]
    runner.let(sampled_streams=streams)
    table = runner.read("27_agent_instants").to_arrow_table()
    stream, at = (table.column(name).to_numpy() for name in ("stream_no", "at_us"))
    threshold_us = sampled.resampling.threshold_us
    return Check(
        check="agent_events",
        severity="note",
        count=dropped,
        share=None,
        figures={
            "returns_with": sum(
                returns_with(one, stream, at, threshold_us=threshold_us) for one in sampled.sample
            ),
            "returns_without": sum(_returns(one, threshold_us) for one in sampled.sample),
        },
        names=roles.agent,
    )


def returns_with(steps: Steps, stream_no: Ints, at: Ints, *, threshold_us: int) -> int:
    """Long gaps of whole streams when other events count, too.

    Args:
        steps: The streams.
        stream_no: (n) streams of the other events.
        at: (n) their instants.
        threshold_us: What makes a gap long.
    """
    place = np.searchsorted(steps.stream_no, stream_no)
    place = np.minimum(place, len(steps.stream_no) - 1)
    own = steps.stream_no[place] == stream_no
    place, at = place[own], at[own]
    rows = steps.stream_index()
    stream = np.concatenate([rows, place])
    start, end = np.concatenate([steps.at, at]), np.concatenate([steps.end, at])
    order = np.lexsort((start, stream))
    stream, start, end = stream[order], start[order], end[order]
    offsets = np.searchsorted(stream, np.arange(len(steps.starts)))
    reached = running_maximum(end, offsets)
    same = stream[1:] == stream[:-1]
    return int((same & (start[1:] - reached[:-1] > threshold_us)).sum())


def _returns(steps: Steps, threshold_us: int) -> int:
    long = gaps(steps) > threshold_us
    long[steps.starts[:-1]] = False
    return int(long.sum())


def _proposed(runner: Runner, sampled: SampleMeasurement, by_column: Sequence[Mark]) -> list[Check]:
    """One check for all events that by their names, or a column, an agent causes."""
    named = [no for no, name in enumerate(sampled.event_names, start=1) if is_agent(name)]
    contents = sampled.resampling.contents
    suspect = np.isin(contents.kind_event, named)
    if contents.kind_by_agent is not None:
        suspect |= contents.kind_by_agent
    suspect[0] = False
    count = sum(int(suspect[steps.content >> 32].sum()) for steps in sampled.sample)
    if count < constants.ROLE_MIN_COUNT.value:
        return []
    total = sum(len(steps.at) for steps in sampled.sample)
    figures, words = compared(runner, sampled, of_kinds(suspect))
    severity: Severity = "warn" if moves(figures) else "note"
    names = [sampled.event_names[no - 1] for no in named]
    values = [f"{mark.column}={mark.value}" for mark in by_column]
    return [
        Check(
            check="likely_agents",
            severity=severity,
            count=count,
            share=count / total,
            figures=figures | {"by_column": len(values)},
            names=(*values, *(name for name in names if sampled.shown.may_show(name))),
            words=words,
        )
    ]
