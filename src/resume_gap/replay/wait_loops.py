"""The loops over sessions and the waits after their returns, for large logs."""

from resume_gap.arrays import NEVER, Bools, Ints
from resume_gap.compiled import kernel


@kernel("inIIII")
def find_sessions(
    gap_us: Ints, threshold_us: int, of_burst: Ints, first: Ints, last: Ints, returns: Ints
) -> int:
    """Write the sessions of bursts, and return how many of them begin with a return.

    Args:
        gap_us: (b) `NEVER` where a stream begins.
        threshold_us: Longer gaps end a session.
        of_burst: (b) receives each burst's session.
        first: (b) receives the first burst of each session,
        last: (b) and the last one.
        returns: (b) receives the sessions that begin with a return.
    """
    sessions = back = 0
    for burst in range(len(gap_us)):
        if burst == 0 or gap_us[burst] > threshold_us:
            first[sessions] = burst
            if gap_us[burst] != NEVER:
                returns[back] = sessions
                back += 1
            sessions += 1
        of_burst[burst] = sessions - 1
        last[sessions - 1] = burst
    return back


@kernel("iiiiiiijjjibjijnnnnBBIIB")
def follow_returns(
    returns: Ints,
    session_first: Ints,
    session_last: Ints,
    start_us: Ints,
    end_us: Ints,
    log_end_us: Ints,
    gap_us: Ints,
    first_step: Ints,
    last_step: Ints,
    worked_step: Ints,
    worked_until_us: Ints,
    is_open: Bools,
    next_work_step: Ints,
    next_work_us: Ints,
    next_leaving_step: Ints,
    any_return: int,
    threshold_us: int,
    cap_us: int,
    window_us: int,
    is_interruption: Bools,
    eligible: Bools,
    y_us: Ints,
    lag_us: Ints,
    abandoned: Bools,
) -> None:
    """Write how the wait for work after each return went on.

    Args:
        returns: (r) sessions.
        session_first: (s) bursts.
        session_last: (s)
        start_us: (b) of the bursts,
        end_us: (b)
        log_end_us: (b)
        gap_us: (b) `NEVER` where a stream begins.
        first_step: (b)
        last_step: (b)
        worked_step: (b)
        worked_until_us: (b)
        is_open: (b)
        next_work_step: (b)
        next_work_us: (b)
        next_leaving_step: (b)
        any_return: Not 0: every return is an interruption.
        threshold_us: The threshold.
        cap_us: Its cap.
        window_us: Work this long before a stop was still going on.
        is_interruption: (r) receives the fields of `Waits`,
        eligible: (r)
        y_us: (r)
        lag_us: (r) and of its `Wait`.
        abandoned: (r)
    """
    for r in range(len(returns)):
        first, last = session_first[returns[r]], session_last[returns[r]]
        before, stop = session_first[returns[r] - 1], session_last[returns[r] - 1]
        start, log_end, end_step = start_us[first], log_end_us[first], last_step[last]
        work, leaving = next_work_step[first], next_leaving_step[first]
        eligible[r] = start + cap_us <= log_end
        lag_us[r], abandoned[r] = NEVER, False
        if work <= end_step and work < leaving:
            lag_us[r] = next_work_us[first] - start
        else:
            # A session that is followed by another, or by a silence longer than the threshold,
            # was left.
            goes_on = last + 1 < len(gap_us) and gap_us[last + 1] != NEVER
            silent = log_end - end_us[last] > threshold_us
            abandoned[r] = leaving <= end_step or goes_on or silent
        y_us[r] = min(lag_us[r], cap_us) if eligible[r] else 0
        is_interruption[r] = any_return != 0 or (
            is_open[stop]
            and worked_step[stop] >= first_step[before]
            and worked_until_us[stop] >= end_us[stop] - window_us
        )
