"""Work that a release gives another name, which says nothing: from then on it is not seen.

Section 1 of the method. One name gets rare as another one begins, about as often. Names cannot tell
whether that is the same work, so figures with and without the time of the other name decide.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Bools, Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import SampleMeasurement, compared, moves_mean
from resume_gap.quality.session_shapes import shape
from resume_gap.results.common import Check
from resume_gap.sources.role_bits import PRODUCTIVE


class Renamed(NamedTuple):
    """An event of work and one that is none, of which one is there where the other is missing.

    Attributes:
        work: Number of the event of work.
        other: Number of the other one.
        at_us: When one follows the other.
        work_first: Whether the work gets rare then, not frequent.
        rows: Rows of the other one.
    """

    work: int
    other: int
    at_us: int
    work_first: bool
    rows: int


def renamed(sample: Sequence[Steps], contents: Contents, *, threshold_us: int) -> Renamed | None:
    """The pair of such events with the most rows; None: there is none.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
        threshold_us: What parts sessions.
    """
    events = int(contents.kind_event.max(initial=0)) + 1
    roles = np.zeros(events, dtype=np.int64)
    np.bitwise_or.at(roles, contents.kind_event, contents.kind_roles)
    rows = sum(
        (np.bincount(contents.event(s.content), minlength=events) for s in sample),
        np.zeros(events, dtype=np.int64),
    )
    is_work = (roles & PRODUCTIVE) != 0
    least = max(
        constants.ROLE_MIN_COUNT.value, constants.RENAMED_WORK.value * int(rows[is_work].sum())
    )
    frequent = [int(one) for one in np.flatnonzero(rows >= least) if one]
    works = [one for one in frequent if is_work[one]]
    others = [one for one in frequent if not roles[one]]
    if not works or not others:
        return None
    at = {one: _instants(sample, contents, one) for one in (*works, *others)}
    begun = [steps.at[shape(steps, threshold_us=threshold_us).heads] for steps in sample]
    sessions = np.sort(np.concatenate(begun))
    pairs = (_pair(work, other, at, sessions) for work in works for other in others)
    found = [pair for pair in pairs if pair is not None]
    return max(found, key=lambda pair: (pair.rows, -pair.work), default=None)


def _instants(sample: Sequence[Steps], contents: Contents, event: int) -> Ints:
    """When an event came, in order."""
    parts = [steps.at[contents.event(steps.content) == event] for steps in sample]
    return np.sort(np.concatenate(parts))


def _pair(work: int, other: int, at: Mapping[int, Ints], sessions: Ints) -> Renamed | None:
    """The two as one under two names, unless they are not."""
    rows = at[other]
    edge = int(constants.RENAMED_EDGE.value * len(rows))
    for work_first, change in ((True, int(rows[edge])), (False, int(rows[-1 - edge]))):
        # Beyond the change lies the time of the other name.
        sides = [_sides(one, change, work_first=work_first) for one in (at[work], rows, sessions)]
        (before, left), (_, new), (usual, changed) = sides
        if min(usual, changed) < constants.RENAMED_SIDE.value * len(sessions):
            continue
        missing = before * changed - left * usual  # per session of either side
        least, most = sorted((missing, new * usual))
        if (
            left * usual <= constants.RENAMED_LEFT.value * before * changed
            and 0 < most <= constants.RENAMED_RATE.value * least
        ):
            return Renamed(work, other, change, work_first, len(rows))
    return None


def _sides(at: Ints, change: int, *, work_first: bool) -> tuple[int, int]:
    """How many instants lie outside and inside of the time of the other name."""
    before = int(np.searchsorted(at, change, side="left" if work_first else "right"))
    return (before, len(at) - before) if work_first else (len(at) - before, before)


def _is_beyond(at: Ints, found: Renamed) -> Bools:
    """(n) whether each instant lies in the time of the other name."""
    beyond: Bools = at >= found.at_us if found.work_first else at <= found.at_us
    return beyond


def renamed_checks(runner: Runner, sampled: SampleMeasurement) -> list[Check]:
    """Work that seems to get another name, where the mean is another one without that time.

    Args:
        runner: Holds the log.
        sampled: The sampled streams and how they are measured.
    """
    threshold_us = sampled.resampling.threshold_us
    found = renamed(sampled.sample, sampled.resampling.contents, threshold_us=threshold_us)
    if found is None:
        return []
    both = compared(runner, sampled, lambda steps: _is_beyond(steps.at, found))
    if not moves_mean(both.figures, constants.SENSITIVE_SHARE.value):
        return []
    names = [sampled.event_names[number - 1] for number in (found.work, found.other)]
    return [
        Check(
            check="work_renamed",
            severity="warn",
            count=found.rows,
            share=None,
            figures={**both.figures, "is_end": int(found.work_first)},
            names=tuple(names) if all(map(sampled.shown.may_show, names)) else (),
            words=both.words,
        )
    ]
