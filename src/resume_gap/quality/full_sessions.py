"""Sessions of one size that hardly any exceeds: a log that keeps so many events of each visit.

What people left, or how they came back, is then not in the log, though all that is there is right.
A task of so many steps looks alike but for its last one, which is seldom found elsewhere.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.session_shapes import session_sizes, shape


class FullSessions(NamedTuple):
    """Sessions that end where the log seems to cut.

    Attributes:
        events: In each of them.
        share: Of all sessions.
    """

    events: int
    share: float


def full_sessions(
    sample: Sequence[Steps], contents: Contents, *, threshold_us: int
) -> FullSessions | None:
    """The sessions at whose size the log seems to cut; None where it does not.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
        threshold_us: What parts sessions.
    """
    sizes = session_sizes(sample, threshold_us=threshold_us)
    events = _full_size(sizes)
    if events is None:
        return None
    inside, last = [], []
    for steps in sample:
        of = shape(steps, threshold_us=threshold_us)
        names = contents.event(steps.content)
        is_full = of.sizes == events
        inside.append(names[np.repeat(is_full, of.sizes)])
        last.append(names[of.heads[is_full] + events - 1])
    if _ends_a_task(np.concatenate(last), np.concatenate(inside), events):
        return None
    return FullSessions(events, sum(map(len, last)) / len(sizes))


def _full_size(sizes: Ints) -> int | None:
    """The size of the largest usual sessions, if many have just this one.

    Args:
        sizes: (sessions) events of each.
    """
    if not len(sizes):
        return None
    by_size = np.bincount(sizes)
    larger = len(sizes) - np.cumsum(by_size)
    size = int(np.argmax(larger <= constants.FULL_LARGER.value * len(sizes)))
    full, one_less = by_size[size], by_size[size - 1]
    is_cut = (
        size >= constants.FULL_EVENTS.value
        and full >= constants.JUDGED_FROM.value
        and full >= constants.FULL_SESSIONS.value * len(sizes)
        and full >= constants.FULL_ONE_LESS.value * one_less
    )
    return size if is_cut else None


def _ends_a_task(last: Ints, inside: Ints, events: int) -> bool:
    """Whether the commonest last event is much rarer elsewhere in these sessions.

    Args:
        last: (sessions) event number of the last event of each.
        inside: (sessions * events) that of all their events.
        events: In each session.
    """
    at_ends = np.bincount(last)
    anywhere = np.bincount(inside, minlength=len(at_ends))
    commonest = np.flatnonzero(at_ends == at_ends.max())
    times_as_common = at_ends[commonest] * events / anywhere[commonest]
    return bool((times_as_common > constants.FULL_ENDS.value).any())
