"""First work of returns that a program may have written: a draft that is restored at opening.

Section 1 of the method. The person still has to find the place then, so the second act comes late.
Names cannot tell, so figures with and without the first work of each return decide.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from resume_gap import constants
from resume_gap.arrays import Bools, Floats, Ints
from resume_gap.distinct import distinct
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner, by_stream
from resume_gap.pipeline.steps import Steps
from resume_gap.quality.comparison import (
    SampleMeasurement,
    changes,
    compared,
    main_event,
    of_kinds,
    work_left_out,
)
from resume_gap.quality.session_shapes import shape
from resume_gap.results.common import US, Check
from resume_gap.stats.stratified import above_zero_p


class FirstSteps(NamedTuple):
    """Returns with three acts of work or more, whose steps between them take time; n returns.

    Attributes:
        stream: (n) number of the stream.
        wait_us: (n) time from the return to the first act.
        first_us: (n) time from the first act to the second.
        log_times: (n) logarithm of how many times as long that is as later steps, by the mean of
            their logarithms.
    """

    stream: Ints
    wait_us: Ints
    first_us: Ints
    log_times: Floats


class _Work(NamedTuple):
    """Work of the returns of some streams, in its order."""

    rows: Ints
    session: Ints
    begins: Ints
    """Which of them are the first of their session."""
    opened: Ints
    """(begins) first rows of these sessions."""


def _work(steps: Steps, contents: Contents, threshold_us: int) -> _Work:
    of = shape(steps, threshold_us=threshold_us)
    session = np.repeat(np.arange(len(of.heads)), of.sizes)
    rows = np.flatnonzero(contents.is_work(steps.content) & of.is_return[session])
    session = session[rows]
    begins = np.flatnonzero(np.diff(session, prepend=-1) != 0)
    return _Work(rows, session, begins, of.heads[session[begins]])


def first_steps(sample: Sequence[Steps], contents: Contents, *, threshold_us: int) -> FirstSteps:
    """How the first step from work to work of each return compares with the later ones.

    Args:
        sample: Whole streams in order.
        contents: Meaning of the contents.
        threshold_us: What parts sessions.
    """
    none = np.zeros(0, dtype=np.int64)
    empty = FirstSteps(none, none, none, none.astype(np.float64))
    found = [_first_steps(steps, _work(steps, contents, threshold_us)) for steps in sample]
    return FirstSteps(*map(np.concatenate, zip(empty, *found, strict=True)))


def _first_steps(steps: Steps, work: _Work) -> FirstSteps:
    at = steps.at[work.rows]
    step = np.diff(at, append=at[-1:])
    step[work.begins[1:] - 1] = 0
    sizes = np.diff(work.begins, append=len(at))
    number = np.repeat(np.arange(len(sizes)), sizes)
    is_later = (np.arange(len(at)) - work.begins[number] >= 2) & (step > 0)
    logs = np.log(np.maximum(step, 1))
    later = np.bincount(number[is_later], minlength=len(sizes))
    total = np.bincount(number[is_later], logs[is_later], minlength=len(sizes))
    used = (later > 0) & (step[work.begins] > 0)
    first = work.begins[used]
    return FirstSteps(
        stream=steps.stream_no[steps.stream_index()[work.rows[first]]],
        wait_us=at[first] - steps.at[work.opened[used]],
        first_us=step[first],
        log_times=logs[first] - total[used] / later[used],
    )


def by_user(found: FirstSteps, user: Ints) -> Floats:
    """(users) mean of `log_times` of each user.

    Args:
        found: Of the sampled streams.
        user: (n) whose returns they are.
    """
    users, place = distinct(user)
    sums = np.bincount(place, found.log_times, minlength=len(users))
    return sums / np.bincount(place, minlength=len(users))


def is_at_once(found: FirstSteps, log_times: Floats) -> bool:
    """Whether the first work of returns comes at once, and the second late.

    Args:
        found: Of the sampled streams.
        log_times: (users) as of `by_user`.
    """
    p = above_zero_p(log_times - np.log(constants.FIRST_WORK_TIMES.value))
    return (
        len(log_times) >= constants.LOST_USERS.value
        and p < constants.FIRST_WORK_ERROR.value
        and bool(np.median(found.wait_us) < np.median(found.first_us))
    )


def first_work_checks(runner: Runner, sampled: SampleMeasurement) -> list[Check]:
    """First work that no person may have done, where the figures are others without it.

    Args:
        runner: Holds the log.
        sampled: The sampled streams and how they are measured.
    """
    contents, threshold_us = sampled.resampling.contents, sampled.resampling.threshold_us
    found = first_steps(sampled.sample, contents, threshold_us=threshold_us)
    users = by_stream(runner.table("streams").filter("stream_no is not null"), "user_no")
    log_times = by_user(found, users[found.stream])
    if not is_at_once(found, log_times):
        return []

    def left_out(steps: Steps) -> Bools:
        work = _work(steps, contents, threshold_us)
        rows = np.zeros(len(steps.at), dtype=np.bool_)
        rows[work.rows[work.begins]] = True
        return rows

    both = compared(runner, sampled, left_out)
    if not changes(both):
        return []
    event_no, is_own = main_event(sampled, left_out)
    event = sampled.event_names[event_no - 1]
    # All events of the name would be left out, not these acts alone.
    named = of_kinds(contents.kind_event == event_no)
    figures = {
        "wait_seconds": float(np.median(found.wait_us)) / US,
        "step_seconds": float(np.median(found.first_us)) / US,
        "times": float(np.exp(log_times.mean())),
        "is_own_name": int(is_own),
    }
    count = sum(int(left_out(steps).sum()) for steps in sampled.sample)
    return [
        Check(
            check="first_work_at_once",
            severity="warn",
            count=count,
            share=None,
            figures={**both.figures, **work_left_out(sampled, named), **figures},
            names=(event,) if sampled.shown.may_show(event) else (),
            words=both.words,
        )
    ]
