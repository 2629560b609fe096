"""Task ends that may be a machine's: `scan_done` ends a person's task, or a machine's work.

Section 1 of the method: where the name of a suggested task end says complete, finish or done of
something that is known neither as a task nor as a machine's work, figures with and without such
events decide.
"""

import numpy as np

from resume_gap import constants
from resume_gap.pipeline.queries import Runner
from resume_gap.quality.comparison import (
    SampleMeasurement,
    compared,
    moves,
    of_kinds,
    rows_of_events,
)
from resume_gap.results.common import Check
from resume_gap.sources.role_bits import COMPLETING
from resume_gap.sources.role_names import may_end_nothing


def doubtful_ends(sampled: SampleMeasurement) -> tuple[int, ...]:
    """Numbers of the events that were taken for task ends and may be a machine's.

    Args:
        sampled: The sampled streams and how they are measured.
    """
    contents = sampled.resampling.contents
    completing = np.unique(contents.kind_event[(contents.kind_roles & COMPLETING) != 0])
    names = sampled.event_names
    return tuple(no for no in completing.tolist() if no and may_end_nothing(names[no - 1]))


def task_end_checks(runner: Runner, sampled: SampleMeasurement, *, suggested: bool) -> list[Check]:
    """One check for all doubtful task ends, where the figures are others without them.

    Args:
        runner: Holds the log.
        sampled: The sampled streams and how they are measured.
        suggested: Whether names alone gave the roles; configured ones are not doubted.
    """
    found = doubtful_ends(sampled) if suggested else ()
    if not found:
        return []
    suspect = np.isin(sampled.resampling.contents.kind_event, found)
    both = compared(runner, sampled, of_kinds(suspect))
    if not moves(both.figures, constants.HEARTBEAT_RAISES.value):
        return []
    names = [sampled.event_names[no - 1] for no in found]
    count, total = rows_of_events(sampled, found)
    return [
        Check(
            check="doubtful_task_ends",
            severity="warn",
            count=count,
            share=count / total,
            figures=both.figures,
            names=tuple(name for name in names if sampled.shown.may_show(name)),
            words=both.words,
        )
    ]
