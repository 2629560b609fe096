"""Events at elements that a page shows: nobody has found an element by that.

Section 1 of the method. Several elements within a second are no person's way to one of them. Names
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
from resume_gap.quality.comparison import (
    SampleMeasurement,
    changes,
    compared,
    has_fine_stamps,
    moves,
    of_kinds,
    rows_of_events,
)
from resume_gap.results.common import Check


class Shown(NamedTuple):
    """By event number, rows at elements that are no work, of streams with fine stamps.

    Attributes:
        rows: How many there are.
        together: Of these, in runs of three different elements within a second.
    """

    rows: Ints
    together: Ints


def shown(sample: Sequence[Steps], contents: Contents) -> Shown:
    """How often each event comes at several elements at once.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
    """
    events = int(contents.kind_event.max(initial=0)) + 1
    totals = np.zeros((2, events), dtype=np.int64)
    for steps in sample:
        stream = steps.stream_index()
        element = contents.element(steps.content)
        at_element = (element > 0) & ~contents.is_work(steps.content)
        rows = np.flatnonzero(at_element & has_fine_stamps(steps))
        event = contents.event(steps.content)
        rows = rows[np.lexsort((rows, event[rows], stream[rows]))]
        together = _together(stream[rows] * events + event[rows], steps.at[rows], element[rows])
        for place, some in enumerate((rows, rows[together])):
            totals[place] += np.bincount(event[some], minlength=events)
    return Shown(*totals)


def _together(key: Ints, at: Ints, element: Ints) -> Ints:
    """Places in runs of three different elements within a second, by what is alike in a run."""
    close = (key[2:] == key[:-2]) & (at[2:] - at[:-2] < constants.SHOWN_WITHIN.us)
    other = element[1:] != element[:-1]
    heads = np.flatnonzero(close & other[1:] & other[:-1] & (element[2:] != element[:-2]))
    return np.unique(np.concatenate([heads, heads + 1, heads + 2]))


def impressions(found: Shown) -> tuple[int, ...]:
    """Numbers of the events that say what a page shows.

    Args:
        found: Of the sampled streams.
    """
    enough = found.rows >= constants.ROLE_MIN_COUNT.value
    often = found.together >= constants.SHOWN_SHARE.value * found.rows
    return tuple(np.flatnonzero(enough & often).tolist())


def impression_checks(runner: Runner, sampled: SampleMeasurement) -> list[Check]:
    """One check for all such events, where a figure or the recommendation is another without them.

    Args:
        runner: Holds the log.
        sampled: The sampled streams and how they are measured.
    """
    contents = sampled.resampling.contents
    found = () if sampled.is_sent_on_timer else impressions(shown(sampled.sample, contents))
    if not found:
        return []
    both = compared(runner, sampled, of_kinds(np.isin(contents.kind_event, found)))
    if not changes(both):
        return []
    names = [sampled.event_names[number - 1] for number in found]
    count, total = rows_of_events(sampled, found)
    return [
        Check(
            check="impressions",
            severity="warn",
            count=count,
            share=count / total,
            figures={**both.figures, "is_moved": int(moves(both.figures))},
            names=tuple(name for name in names if sampled.shown.may_show(name)),
            words=both.words,
        )
    ]
