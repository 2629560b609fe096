"""Sessions that no person makes: a few rows far from all others, and starts that stay silent.

What a server or a scheduler writes under a person's id, what a wrong clock or a second delivery
moves elsewhere: it begins sessions of its own, or begins a person's session long before they come.
Names cannot tell, so the rows are left out of a second measurement, and the figures decide
(section 1 of the method).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Bools, Ints
from resume_gap.pipeline.bursts import gaps
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import (
    SampleMeasurement,
    compared,
    main_event,
    moves,
    of_kinds,
    work_left_out,
)
from resume_gap.results.common import US, Check


class SessionShapes(NamedTuple):
    """The sessions of some whole streams; n sessions.

    Attributes:
        heads: (n) first row of each.
        sizes: (n) events of each.
        is_return: (n) whether it follows on a long gap.
        gap: (rows) time from what came before to each row.
    """

    heads: Ints
    sizes: Ints
    is_return: Bools
    gap: Ints


def shape(steps: Steps, *, threshold_us: int) -> SessionShapes:
    """The sessions of streams.

    Args:
        steps: Whole streams in order.
        threshold_us: What parts sessions.
    """
    opens = steps.opens()
    gap = gaps(steps)
    long = ~opens & (gap > threshold_us)
    heads = np.flatnonzero(opens | long)
    return SessionShapes(heads, np.diff(heads, append=len(steps.at)), long[heads], gap)


def session_sizes(sample: Sequence[Steps], *, threshold_us: int) -> Ints:
    """Events of every session of whole streams."""
    found = [shape(steps, threshold_us=threshold_us).sizes for steps in sample]
    return np.concatenate([np.zeros(0, np.int64), *found])


def first_silences(sample: Sequence[Steps], *, threshold_us: int) -> Ints:
    """Microseconds between the first and the second event of every return that has two."""
    found = [np.zeros(0, np.int64)]
    for steps in sample:
        of = shape(steps, threshold_us=threshold_us)
        heads = of.heads[of.is_return & (of.sizes > 1)]
        found.append(of.gap[heads + 1])
    return np.concatenate(found)


def stand_apart(sizes: Ints) -> bool:
    """Whether short sessions are another kind than the usual long ones.

    Args:
        sizes: Events of each session.
    """
    least = int(constants.IDLE_SESSION.value)
    short = int((sizes < least).sum())
    between = int(((sizes >= least) & (sizes < 2 * least)).sum())
    return (
        short >= constants.ROLE_MIN_COUNT.value
        and short >= constants.SHORT_SESSIONS.value * len(sizes)
        and short >= constants.SHORT_TIMES.value * between
        and int((sizes >= 2 * least).sum()) >= constants.LONG_SESSIONS.value * len(sizes)
    )


def shape_checks(runner: Runner, sampled: SampleMeasurement) -> list[Check]:
    """Sessions of a few events and silent starts, where the figures are others without them.

    Args:
        runner: Holds the log.
        sampled: The sampled streams and how they are measured.
    """
    return [*_short_sessions(runner, sampled), *_silent_starts(runner, sampled)]


def _short_sessions(runner: Runner, sampled: SampleMeasurement) -> list[Check]:
    threshold_us = sampled.resampling.threshold_us
    sizes = session_sizes(sampled.sample, threshold_us=threshold_us)
    if not stand_apart(sizes):
        return []

    def left_out(steps: Steps) -> Bools:
        of = shape(steps, threshold_us=threshold_us)
        return np.repeat(of.sizes < constants.IDLE_SESSION.value, of.sizes)

    figures, words = compared(runner, sampled, left_out)
    if not moves(figures, constants.SHORT_SESSIONS.value):
        return []
    short = int((sizes < constants.IDLE_SESSION.value).sum())
    return [
        Check(
            check="lone_rows",
            severity="warn",
            count=short,
            share=short / len(sizes),
            figures=figures,
            words=words,
        )
    ]


def _silent_starts(runner: Runner, sampled: SampleMeasurement) -> list[Check]:
    threshold_us = sampled.resampling.threshold_us
    silences = first_silences(sampled.sample, threshold_us=threshold_us)
    silent = silences[silences >= constants.SILENT_START.us]
    if len(silent) < max(
        constants.ROLE_MIN_COUNT.value, constants.SILENT_STARTS.value * len(silences)
    ):
        return []
    low, middle, high = np.percentile(silent, (25, 50, 75))
    if middle < 2 * constants.SILENT_START.us or high > constants.SILENT_SPREAD.value * low:
        return []

    def left_out(steps: Steps) -> Bools:
        rows = np.zeros(len(steps.at), dtype=np.bool_)
        rows[_silent_heads(steps, threshold_us)] = True
        return rows

    figures, words = compared(runner, sampled, left_out)
    if not moves(figures):
        return []
    event_no, is_own = main_event(sampled, left_out)
    event = sampled.event_names[event_no - 1]
    # All events of the name would be left out, not these starts alone.
    named = of_kinds(sampled.resampling.contents.kind_event == event_no)
    figures = figures | work_left_out(sampled, named)
    return [
        Check(
            check="silent_starts",
            severity="warn",
            count=len(silent),
            share=len(silent) / len(silences),
            figures=figures | {"median_seconds": middle / US, "is_own_name": int(is_own)},
            names=(event,) if sampled.shown.may_show(event) else (),
            words=words,
        )
    ]


def _silent_heads(steps: Steps, threshold_us: int) -> Ints:
    """Rows that begin a return and are followed by silence."""
    of = shape(steps, threshold_us=threshold_us)
    heads = of.heads[of.is_return & (of.sizes > 1)]
    return heads[of.gap[heads + 1] >= constants.SILENT_START.us]
