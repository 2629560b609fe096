"""Logs that hold events of one name only once in a while: throttled, or without repeats.

Section 5 of the method. Such a log misses steps of work and no first step after a gap, so
uninterrupted work looks slower than it is, and extra time is turned round.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Bools, Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import has_fine_stamps
from resume_gap.units import US

_MINUTE: Final = 60 * US


class Repeats(NamedTuple):
    """Pairs of successive events of one name in one stream with fine stamps; n pairs.

    Attributes:
        gap: (n) microseconds between them.
        in_minute: (n) whether both lie in one minute of the clock.
    """

    gap: Ints
    in_minute: Bools


def repeats(sample: Sequence[Steps], contents: Contents) -> Repeats:
    """When events of one name come again.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
    """
    none = np.zeros(0, dtype=np.int64)
    found = [(none, none.astype(np.bool_))]
    events = int(contents.kind_event.max(initial=0)) + 1
    for steps in sample:
        key = steps.stream_index() * events + contents.event(steps.content)
        rows = np.flatnonzero(has_fine_stamps(steps))
        rows = rows[np.argsort(key[rows], kind="stable")]
        at, again = steps.at[rows], np.diff(key[rows]) == 0
        minute = at // _MINUTE
        found.append((np.diff(at)[again], (np.diff(minute) == 0)[again]))
    return Repeats(*map(np.concatenate, zip(*found, strict=True)))


def is_thinned(found: Repeats) -> bool:
    """Whether events of one name are kept once a minute only, or once in some seconds.

    Args:
        found: Of the sampled streams.
    """
    return _once_a_minute(found) or _never_sooner(found.gap)


def _once_a_minute(found: Repeats) -> bool:
    """Whether hardly any pair lies in one minute, of those that are close enough for it."""
    close = found.gap < _MINUTE
    expected = float((1 - found.gap[close] / _MINUTE).sum())
    return (
        expected >= constants.THINNED_PAIRS.value
        and int(found.in_minute[close].sum()) <= constants.THINNED_MINUTE.value * expected
    )


def _never_sooner(gap: Ints) -> bool:
    """Whether gaps within a session begin at once with many at one length, and none below it."""
    gap = np.sort(gap[gap < constants.FALLBACK_GAP.us])
    if len(gap) < constants.THINNED_GAPS.value:
        return False
    edge = int(gap[int(constants.THINNED_BELOW.value * len(gap))])
    near = np.searchsorted(gap, constants.THINNED_WITHIN.value * edge) - np.searchsorted(gap, edge)
    return constants.THINNED_LEAST.us <= edge <= constants.THINNED_MOST.us and int(
        near
    ) >= constants.THINNED_NEAR.value * len(gap)
