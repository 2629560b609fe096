"""What comes before people have signed in: nobody can look for a place by then.

Section 1 of the method. Names alone say what signing in is, so figures with and without such rows
decide.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Bools, Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import SampleMeasurement, changes, compared
from resume_gap.quality.session_shapes import shape
from resume_gap.results.common import US, Check
from resume_gap.sources.sign_in_words import is_signing_in


class _Waits(NamedTuple):
    """Rows of some streams that come before people have signed in.

    Attributes:
        rows: (n) whether each row is one.
        wait_us: By return with such rows, the time until people have signed in.
    """

    rows: Bools
    wait_us: Ints


def _waits(steps: Steps, contents: Contents, doors: Ints, threshold_us: int) -> _Waits:
    of = shape(steps, threshold_us=threshold_us)
    rows = np.arange(len(steps.at))
    session = np.repeat(np.arange(len(of.heads)), of.sizes)
    work = contents.is_work(steps.content)
    first = np.full(len(of.heads), len(rows))
    np.minimum.at(first, session[work], rows[work])
    enters = np.isin(contents.event(steps.content), doors) & (rows < first[session])
    entered = of.heads.copy()
    np.maximum.at(entered, session[enters], rows[enters])
    entered = np.where(of.is_return, entered, of.heads)
    late = entered > of.heads
    return _Waits(rows < entered[session], (steps.at[entered] - steps.at[of.heads])[late])


def waits(sample: Sequence[Steps], contents: Contents, doors: Ints, *, threshold_us: int) -> Ints:
    """Microseconds until people have signed in, by return that does not begin with it.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
        doors: Numbers of the events of signing in.
        threshold_us: What parts sessions.
    """
    found = [_waits(steps, contents, doors, threshold_us).wait_us for steps in sample]
    return np.concatenate([np.zeros(0, np.int64), *found])


def sign_in_checks(runner: Runner, sampled: SampleMeasurement) -> list[Check]:
    """Returns that begin before people have signed in, where a figure is another one without.

    Args:
        runner: Holds the log.
        sampled: The sampled streams and how they are measured.
    """
    contents, threshold_us = sampled.resampling.contents, sampled.resampling.threshold_us
    names = enumerate(sampled.event_names, start=1)
    doors = np.array([number for number, name in names if is_signing_in(name)], dtype=np.int64)
    found = waits(sampled.sample, contents, doors, threshold_us=threshold_us)
    if len(found) < constants.LOST_LEAST.value:
        return []
    both = compared(
        runner, sampled, lambda steps: _waits(steps, contents, doors, threshold_us).rows
    )
    if not changes(both):
        return []
    return [
        Check(
            check="signed_in_late",
            severity="warn",
            count=len(found),
            share=None,
            figures={**both.figures, "wait_seconds": float(np.median(found)) / US},
            words=both.words,
        )
    ]
