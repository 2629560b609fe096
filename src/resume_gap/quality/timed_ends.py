"""Ends that a timer writes: a logout that comes half an hour after the last act of a person.

Section 1 of the method. Nobody ends a task so long, and always equally long, after the act before.
Such an event says when a server ended a session, and hides that work had stopped in mid-task, so
figures with and without such events decide.
"""

from typing import Final

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Bools, Ints
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import (
    SampleMeasurement,
    compared,
    moves,
    of_kinds,
    rows_of_events,
)
from resume_gap.results.common import Check
from resume_gap.sources.role_bits import AWAY, PRODUCTIVE
from resume_gap.units import US

_FIRST: Final = -1
"""In place of the time since the event before, where there is none."""


def timed_ends(sampled: SampleMeasurement) -> dict[int, float]:
    """Events at the ends of sessions that come at a constant time after the event before.

    Args:
        sampled: The sampled streams and how they are measured.

    Returns:
        By event number the seconds.
    """
    contents = sampled.resampling.contents
    may_be = contents.kind_event[(contents.kind_roles & (PRODUCTIVE | AWAY)) == 0]
    parts = [_ends(sampled, steps) for steps in sampled.sample if len(steps.at)]
    if not parts:
        return {}
    waits, is_last, events = map(np.concatenate, zip(*parts, strict=True))
    late = (waits >= constants.TIMED_LEAST.us) & np.isin(events, may_be[may_be > 0])
    found = {}
    for number in np.unique(events[late]).tolist():
        mine = late & (events == number)
        middle = float(np.median(waits[mine]))
        near = np.abs(waits[mine] - middle) <= constants.TIMED_WITHIN.value * middle
        least = min((near & is_last[mine]).mean(), is_last[events == number].mean())
        if mine.sum() >= constants.TIMED_ENDS.value and least >= constants.TIMED_ALIKE.value:
            found[number] = middle / US
    return found


def _ends(sampled: SampleMeasurement, steps: Steps) -> tuple[Ints, Bools, Ints]:
    """Of each row the time since the event before, whether something ends there, and its event.

    What goes on by itself comes again; what ends something is followed by nothing, or after some
    time by another event.
    """
    events = sampled.resampling.contents.event(steps.content)
    opens = steps.opens()
    waits = np.diff(steps.at, prepend=steps.at[:1])
    waits[opens] = _FIRST
    is_last = np.ones(len(waits), dtype=np.bool_)
    later = (waits[1:] >= constants.TIMED_LEAST.us) & (events[1:] != events[:-1])
    is_last[:-1] = opens[1:] | later
    return waits, is_last, events


def timed_end_checks(runner: Runner, sampled: SampleMeasurement) -> list[Check]:
    """One check for all ends that a timer writes, where the figures are others without them.

    Args:
        runner: Holds the log.
        sampled: The sampled streams and how they are measured.
    """
    found = timed_ends(sampled)
    if not found:
        return []
    contents = sampled.resampling.contents
    both = compared(runner, sampled, of_kinds(np.isin(contents.kind_event, [*found])))
    if not moves(both.figures, constants.HEARTBEAT_RAISES.value):
        return []
    names = [sampled.event_names[number - 1] for number in found]
    count, total = rows_of_events(sampled, [*found])
    return [
        Check(
            check="timed_task_ends",
            severity="warn",
            count=count,
            share=count / total,
            figures={**both.figures, "seconds": max(found.values())},
            names=tuple(name for name in names if sampled.shown.may_show(name)),
            words=both.words,
        )
    ]
