"""Elements that returns touch at once, though people look at others before they work there.

Section 1 of the method. A client loads the last element again, or a tracker writes it beside events
that have none: nobody has found the place by that. Figures with and without such rows decide.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Bools
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import SampleMeasurement, changes, compared, has_fine_stamps
from resume_gap.quality.session_shapes import shape
from resume_gap.results.common import Check


class EarlyTouches(NamedTuple):
    """Returns after a session with elements, in streams with fine stamps.

    Attributes:
        returns: How many there are.
        early: Of these, those that touch its last element at once, before any work.
        there: Of those, the ones whose first work is on that element.
        astray: Of these, the ones that touch another element before.
    """

    returns: int
    early: int
    there: int
    astray: int


class _Starts(NamedTuple):
    """The rows of some streams, and by session what lies in it."""

    early: Bools
    """(n) rows that touch the last element at once."""
    has_aim: Bools
    is_early: Bools
    is_there: Bools
    is_astray: Bools


def _starts(steps: Steps, contents: Contents, threshold_us: int) -> _Starts:
    of = shape(steps, threshold_us=threshold_us)
    rows = np.arange(len(steps.at))
    session = np.repeat(np.arange(len(of.heads)), of.sizes)
    element, work = contents.element(steps.content), contents.is_work(steps.content)
    newest = np.maximum.accumulate(np.where(element > 0, rows, -1))[of.heads - 1]
    before = np.concatenate([of.heads[:1], of.heads[:-1]])
    has_aim = of.is_return & (newest >= before) & has_fine_stamps(steps)[of.heads]
    aim = np.where(has_aim, element[newest], 0)
    first = np.full(len(of.heads), len(rows))
    np.minimum.at(first, session[work], rows[work])
    looks = (rows < first[session]) & (element > 0) & has_aim[session]
    at_aim = element == aim[session]
    at_once = steps.at - steps.at[of.heads[session]] < constants.EARLY_WITHIN.us
    early = looks & at_aim & at_once
    works = np.append(element, 0)[first]
    return _Starts(
        early,
        has_aim,
        is_early=_any(early, session, len(of.heads)),
        is_there=(works == aim) & has_aim,
        is_astray=_any(looks & ~at_aim, session, len(of.heads)),
    )


def _any(rows: Bools, session: np.ndarray, sessions: int) -> Bools:
    found: Bools = np.bincount(session[rows], minlength=sessions) > 0
    return found


def early_touches(
    sample: Sequence[Steps], contents: Contents, *, threshold_us: int
) -> EarlyTouches:
    """How returns touch the element at which people stopped.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
        threshold_us: What parts sessions.
    """
    counts = np.zeros(4, dtype=np.int64)
    for steps in sample:
        of = _starts(steps, contents, threshold_us)
        there = of.is_early & of.is_there
        found = (of.has_aim, of.is_early, there, there & of.is_astray)
        counts += [int(one.sum()) for one in found]
    return EarlyTouches(*counts.tolist())


def is_by_itself(found: EarlyTouches) -> bool:
    """Whether something else than people touches the last element.

    Args:
        found: Of the sampled streams.
    """
    return (
        found.there >= constants.JUDGED_FROM.value
        and found.early >= constants.EARLY_SHARE.value * found.returns
        and found.astray >= constants.EARLY_ASTRAY.value * found.there
    )


def early_touch_checks(runner: Runner, sampled: SampleMeasurement) -> list[Check]:
    """Elements touched at once, where a figure or the recommendation is another one without.

    Args:
        runner: Holds the log.
        sampled: The sampled streams and how they are measured.
    """
    contents, threshold_us = sampled.resampling.contents, sampled.resampling.threshold_us
    found = early_touches(sampled.sample, contents, threshold_us=threshold_us)
    if sampled.is_sent_on_timer or not is_by_itself(found):
        return []
    both = compared(runner, sampled, lambda steps: _starts(steps, contents, threshold_us).early)
    if not changes(both):
        return []
    return [
        Check(
            check="touched_at_once",
            severity="warn",
            count=found.early,
            share=found.early / found.returns,
            figures={**both.figures, "astray_share": found.astray / found.there},
            words=both.words,
        )
    ]
