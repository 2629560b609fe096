"""How each return's wait for work went on, at any threshold (sections 3 and 4 of the method)."""

from dataclasses import dataclass

import numpy as np

from resume_gap.arrays import NEVER, Bools, Ints
from resume_gap.compiled import pays
from resume_gap.constants import MID_TASK_WINDOW
from resume_gap.replay.chunks import Bursts, Sessions
from resume_gap.replay.policies import Wait
from resume_gap.replay.wait_loops import follow_returns


@dataclass(frozen=True, slots=True)
class Waits:
    """The returns of one threshold, in order; r of them.

    Attributes:
        is_interruption: Whether it ended an interruption.
        eligible: Whether the log goes on for the cap after it.
        y_us: Re-orientation time; 0 where it is not known.
        wait: How the wait for work ended.
    """

    is_interruption: Bools
    eligible: Bools
    y_us: Ints
    wait: Wait

    @property
    def counted(self) -> Bools:
        """The eligible interruptions."""
        return self.is_interruption & self.eligible

    @property
    def is_reached(self) -> Bools:
        """Work was reached within the cap."""
        return self.wait.lag_us <= self.wait.cap_us


@dataclass(frozen=True, slots=True)
class WaitRules:
    """What decides how a wait is read.

    Attributes:
        has_productive: Whether any event counts as productive.
        all_returns: Whether every return counts as an interruption.
    """

    has_productive: bool
    all_returns: bool


def waits(
    bursts: Bursts, sessions: Sessions, rules: WaitRules, *, threshold_us: int, cap_us: int
) -> Waits:
    """The returns of some whole streams at one threshold, with their waits for work.

    Args:
        bursts: Whole streams.
        sessions: Of the threshold.
        rules: What decides how a wait is read.
        threshold_us: The threshold.
        cap_us: Its cap.
    """
    if rules.has_productive and pays(bursts.stream):
        return _found(bursts, sessions, rules, threshold_us=threshold_us, cap_us=cap_us)
    first = sessions.first[sessions.returns]
    last = sessions.last[sessions.returns]
    start_us, log_end_us = bursts.start_us[first], bursts.log_end_us[first]
    eligible: Bools = start_us + cap_us <= log_end_us
    no = np.zeros(len(first), dtype=np.bool_)
    if not rules.has_productive:
        # Nothing says how work stood, nor when it went on.
        return Waits(
            is_interruption=~no if rules.all_returns else no,
            eligible=eligible,
            y_us=np.zeros(len(first), dtype=np.int64),
            wait=Wait(lag_us=np.full(len(first), NEVER), abandoned=no, cap_us=cap_us),
        )
    work, leaving = bursts.next_work_step[first], bursts.next_leaving_step[first]
    end_step = bursts.last_step[last]
    observed = (work <= end_step) & (work < leaving)
    # A session that is followed by another, or by a silence longer than the threshold, was left.
    goes_on = np.append(bursts.gap_us[1:] != NEVER, np.False_)[last]
    left = (leaving <= end_step) | goes_on | (log_end_us - bursts.end_us[last] > threshold_us)
    until_us = np.where(observed, bursts.next_work_us[first], start_us) - start_us
    return Waits(
        is_interruption=~no if rules.all_returns else _is_mid_task(bursts, sessions),
        eligible=eligible,
        y_us=np.where(eligible, np.where(observed, np.minimum(until_us, cap_us), cap_us), 0),
        wait=Wait(
            lag_us=np.where(observed, until_us, NEVER), abandoned=left & ~observed, cap_us=cap_us
        ),
    )


def _found(
    bursts: Bursts, sessions: Sessions, rules: WaitRules, *, threshold_us: int, cap_us: int
) -> Waits:
    """The same by a loop, for large logs."""
    many = len(sessions.returns)
    is_interruption, eligible, abandoned = np.empty((3, many), dtype=np.bool_)
    y_us, lag_us = np.empty((2, many), dtype=np.int64)
    follow_returns(
        sessions.returns,
        sessions.first,
        sessions.last,
        bursts.start_us,
        bursts.end_us,
        bursts.log_end_us,
        bursts.gap_us,
        bursts.first_step,
        bursts.last_step,
        bursts.worked_step,
        bursts.worked_until_us,
        bursts.is_open,
        bursts.next_work_step,
        bursts.next_work_us,
        bursts.next_leaving_step,
        rules.all_returns,
        threshold_us,
        cap_us,
        MID_TASK_WINDOW.us,
        is_interruption,
        eligible,
        y_us,
        lag_us,
        abandoned,
    )
    return Waits(is_interruption, eligible, y_us, Wait(lag_us, abandoned, cap_us))


def was_at_work(bursts: Bursts, first: Ints, last: Ints) -> Bools:
    """Whether work was seen in each session, and lately as of its end.

    Args:
        bursts: Whole streams.
        first: The bursts with which the sessions begin.
        last: Those with which they end.
    """
    worked: Bools = bursts.worked_step[last] >= bursts.first_step[first]
    return worked & (bursts.worked_until_us[last] >= bursts.end_us[last] - MID_TASK_WINDOW.us)


def _is_mid_task(bursts: Bursts, sessions: Sessions) -> Bools:
    """(r) whether work stopped in the middle of a task before each return."""
    first, last = sessions.first[sessions.stops], sessions.last[sessions.stops]
    return was_at_work(bursts, first, last) & bursts.is_open[last]
