"""Work by name that only follows other events within a second: a machine's answer to them.

Section 1 of the method: `canvas_drawn` after every click and view is no work of a person. Names
cannot tell, so figures with and without such events decide.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import SampleMeasurement, compared, moves, of_kinds
from resume_gap.results.common import Check


class Followers(NamedTuple):
    """By event number, how often work follows another event closely.

    Attributes:
        work: How often the event is work.
        follow: Of these, within a second after an event of another name.
        after_others: Of these, after one that is no work.
    """

    work: Ints
    follow: Ints
    after_others: Ints


def followers(sample: Sequence[Steps], contents: Contents) -> Followers:
    """How often each event is work that follows another event closely.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
    """
    events = int(contents.kind_event.max(initial=0)) + 1
    totals = np.zeros((3, events), dtype=np.int64)
    for steps in sample:
        event = contents.event(steps.content)
        work = contents.is_work(steps.content)
        close = (np.diff(steps.at) <= constants.ECHO_WITHIN.us) & (event[1:] != event[:-1])
        close[steps.starts[1:-1] - 1] = False
        follow = np.zeros(len(event), dtype=np.bool_)
        follow[1:] = close & work[1:]
        others = follow.copy()
        others[1:] &= ~work[:-1]
        for place, rows in enumerate((work, follow, others)):
            totals[place] += np.bincount(event[rows], minlength=events)
    return Followers(*totals)


def echoes(found: Followers) -> tuple[int, ...]:
    """Numbers of the events that only follow others, looking included, and are not most work.

    Args:
        found: Of the sampled streams.
    """
    only = (
        (found.work >= constants.ROLE_MIN_COUNT.value)
        & (found.follow >= constants.ECHO_SHARE.value * found.work)
        & (found.after_others >= constants.ECHO_OTHERS.value * found.work)
    )
    rest = int(found.work.sum()) - int(found.work[only].sum())
    if rest < constants.ECHO_REST.value * int(found.work.sum()):
        return ()
    return tuple(np.flatnonzero(only).tolist())


def echo_checks(runner: Runner, sampled: SampleMeasurement, *, suggested: bool) -> list[Check]:
    """One check for all of them, where the figures are others without them.

    Args:
        runner: Holds the log.
        sampled: The sampled streams and how they are measured.
        suggested: Whether names alone gave the roles; configured ones are not doubted.
    """
    if not suggested:
        return []
    counts = followers(sampled.sample, sampled.resampling.contents)
    found = echoes(counts)
    if not found:
        return []
    both = compared(
        runner, sampled, of_kinds(np.isin(sampled.resampling.contents.kind_event, found))
    )
    if not moves(both.figures):
        return []
    names = [sampled.event_names[no - 1] for no in found]
    count = int(counts.work[list(found)].sum())
    return [
        Check(
            check="echoes",
            severity="warn",
            count=count,
            share=count / int(counts.work.sum()),
            figures=both.figures,
            names=tuple(name for name in names if sampled.shown.may_show(name)),
            words=both.words,
        )
    ]
