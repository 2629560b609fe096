"""Sessions, stops and lags of the headline limit: the rows that queries read (sections 3 and 4).

They are made of whole streams, batch by batch; `tests/oracles/returns` has the same as SQL.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from resume_gap.arrays import NEVER, Bools, Ints, masked
from resume_gap.constants import MID_TASK_WINDOW
from resume_gap.replay.chunks import Bursts, Sessions
from resume_gap.replay.waits import WaitRules, Waits

_REASONS = ("unknown", "idle", "completed", "away_event", "mid_task")
"""How work stood at a stop."""
_UNKNOWN, _IDLE, _COMPLETED, _AWAY_EVENT, _MID_TASK = range(5)
_LAG_ENDS = ("observed", "abandoned", "log_end")
"""How a wait for work ended."""
_OBSERVED, _ABANDONED, _LOG_END = range(3)


class ReturnRows(NamedTuple):
    """The rows of some whole streams, in order.

    Attributes:
        sessions: One row per session: stream_no, start_us, end_us.
        stops: One row per stop, the end of a session: stream_no, stop_us, return_us, log_end_us,
            reason. A stop without a return is a silence up to the end of the log that is longer
            than the limit.
        lags: One row per return: stream_no, burst_no (with which it begins), stop_us, return_us,
            gap_us, reason, is_interruption, eligible, lag_end, abandoned_by_leaving, lag_us (null
            unless work was seen), reorientation_us (charged with the cap where none was reached
            within it; null where the log ends before return + cap), next_stop_us.
    """

    sessions: pa.Table
    stops: pa.Table
    lags: pa.Table


def return_rows(
    bursts: Bursts, sessions: Sessions, found: Waits, rules: WaitRules, *, threshold_us: int
) -> ReturnRows:
    """The rows of one limit.

    Args:
        bursts: Whole streams.
        sessions: Of the limit.
        found: Their returns.
        rules: What decides how a wait is read.
        threshold_us: The limit.
    """
    first, last, returns = sessions.first, sessions.last, sessions.returns
    stream, start_us, end_us = bursts.stream[first], bursts.start_us[first], bursts.end_us[last]
    log_end_us = bursts.log_end_us[first]
    is_back = np.zeros(len(first), dtype=np.bool_)
    is_back[sessions.stops] = True
    is_stop = is_back | (log_end_us - end_us > threshold_us)
    return_us = np.zeros(len(first), dtype=np.int64)
    return_us[sessions.stops] = start_us[returns]
    reason = _reasons(bursts, sessions, rules)
    return ReturnRows(
        sessions=pa.table({"stream_no": stream, "start_us": start_us, "end_us": end_us}),
        stops=pa.table(
            {
                "stream_no": stream[is_stop],
                "stop_us": end_us[is_stop],
                "return_us": masked(return_us[is_stop], ~is_back[is_stop]),
                "log_end_us": log_end_us[is_stop],
                "reason": _text(reason[is_stop], _REASONS),
            }
        ),
        lags=pa.table(
            {
                "stream_no": stream[returns],
                "burst_no": found.burst_no,
                "stop_us": end_us[sessions.stops],
                "return_us": start_us[returns],
                "gap_us": bursts.gap_us[first[returns]],
                "reason": _text(reason[sessions.stops], _REASONS),
                "is_interruption": found.is_interruption,
                "eligible": found.eligible,
                **_ends_of_waits(bursts, sessions, found, rules),
                "next_stop_us": masked(end_us[returns], ~is_stop[returns]),
            }
        ),
    )


def _reasons(bursts: Bursts, sessions: Sessions, rules: WaitRules) -> Ints:
    """(s) how work stood at the end of each session, by its place among `_REASONS`."""
    if not rules.has_productive:
        return np.full(len(sessions.first), _UNKNOWN, dtype=np.int8)
    last = sessions.last
    stop_us = bursts.end_us[last]
    lately = bursts.worked_until_us[last] >= stop_us - MID_TASK_WINDOW.us
    is_at_work = lately & (bursts.worked_step[last] >= bursts.first_step[sessions.first])
    reason = np.where(is_at_work, np.int8(_MID_TASK), np.int8(_IDLE))
    reason[is_at_work & ~bursts.is_open[last]] = _COMPLETED
    away = bursts.away_before_us[sessions.first[sessions.returns]] >= stop_us[sessions.stops]
    went_away = sessions.stops[away]
    reason[went_away[reason[went_away] == _MID_TASK]] = _AWAY_EVENT
    return reason


def _ends_of_waits(
    bursts: Bursts, sessions: Sessions, found: Waits, rules: WaitRules
) -> dict[str, pa.Array]:
    """(r) how the wait for work after each return ended, and when."""
    wait = found.wait
    observed = wait.lag_us != NEVER
    end = np.where(wait.abandoned, np.int8(_ABANDONED), np.int8(_LOG_END))
    end[observed] = _OBSERVED
    first, last = sessions.first[sessions.returns], sessions.last[sessions.returns]
    left_again = bursts.next_leaving_step[first] <= bursts.last_step[last]
    blind = np.full(len(first), not rules.has_productive)
    return {
        "lag_end": _text(end, _LAG_ENDS, blind),
        "abandoned_by_leaving": pa.array(wait.abandoned & left_again),
        "lag_us": masked(wait.lag_us, ~observed),
        "reorientation_us": masked(found.y_us, blind | ~found.eligible),
    }


def _text(places: Ints, texts: tuple[str, ...], null: Bools | None = None) -> pa.Array:
    """The texts at these places; null where `null` is set."""
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=null), pa.array(texts))
