"""Days without elements: a release stopped writing them, or began to.

Returns of such days lead nowhere, which is no finding about people (section 1 of the method).
"""

from collections.abc import Sequence

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import SampleMeasurement, compared
from resume_gap.results.common import DAY_US, Check


def element_checks(runner: Runner, sampled: SampleMeasurement) -> list[Check]:
    """Days on which no event has an element, where there are others.

    Args:
        runner: Holds the log.
        sampled: The sampled streams and how they are measured.
    """
    if not sampled.resampling.contents.label_element.any():
        return []
    events, known = elements_by_day(sampled.sample, sampled.resampling.contents)
    share = np.divide(known, events, out=np.zeros(len(events)), where=events > 0)
    without = share < constants.DAYS_WITHOUT.value * share.max(initial=0.0)
    missing = int(events[without].sum())
    total = int(events.sum())
    least = constants.DAYS_WITHOUT.value * total
    if not known.any() or not least <= missing <= total - least:
        return []
    first_day = _first_day(sampled.sample)
    figures, words = compared(
        runner, sampled, lambda steps: without[steps.at // DAY_US - first_day]
    )
    return [
        Check(
            check="elements_end",
            severity="warn",
            count=int((without & (events > 0)).sum()),
            share=missing / total,
            figures=figures,
            words=words,
        )
    ]


def elements_by_day(sample: Sequence[Steps], contents: Contents) -> tuple[Ints, Ints]:
    """By day (UTC) from the first on: the events, and those that have an element.

    Args:
        sample: Whole streams in order, one event at least.
        contents: Meaning of the contents.
    """
    first = _first_day(sample)
    days = max(int(steps.at.max()) for steps in sample) // DAY_US - first + 1
    events, known = np.zeros(days, dtype=np.int64), np.zeros(days, dtype=np.int64)
    for steps in sample:
        day = steps.at // DAY_US - first
        events += np.bincount(day, minlength=days)
        known += np.bincount(day[contents.element(steps.content) > 0], minlength=days)
    return events, known


def _first_day(sample: Sequence[Steps]) -> int:
    return min(int(steps.at.min()) for steps in sample) // DAY_US
