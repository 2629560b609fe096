"""The ends of sessions: which were stops, how work stood there, and whether the user came back."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from resume_gap.arrays import Bools, Ints
from resume_gap.replay.chunks import Bursts, Sessions
from resume_gap.replay.waits import WaitRules, was_at_work

REASONS: Final = ("unknown", "idle", "completed", "away_event", "mid_task")
"""How work stood at a stop (section 3 of the method)."""
UNKNOWN, IDLE, COMPLETED, AWAY_EVENT, MID_TASK = range(5)


@dataclass(frozen=True, slots=True)
class Stops:
    """The ends of all sessions of one threshold, in order; s of them.

    Attributes:
        stream: Whose they are.
        stop_us: When the session ended.
        is_stop: Whether a return follows, or a silence up to the end of the log that is longer
            than the threshold.
        is_back: Whether a return follows.
        return_us: When; 0 where none does.
        log_end_us: End of the log.
        reason: How work stood, by its place among `REASONS`.
    """

    stream: Ints
    stop_us: Ints
    is_stop: Bools
    is_back: Bools
    return_us: Ints
    log_end_us: Ints
    reason: Ints

    @classmethod
    def of(
        cls, bursts: Bursts, sessions: Sessions, rules: WaitRules, *, threshold_us: int
    ) -> "Stops":
        """Those of some whole streams.

        Args:
            bursts: The streams.
            sessions: Of the threshold.
            rules: What decides how a wait is read.
            threshold_us: The threshold.
        """
        first = sessions.first
        stop_us, log_end_us = bursts.end_us[sessions.last], bursts.log_end_us[first]
        is_back = np.zeros(len(first), dtype=np.bool_)
        is_back[sessions.stops] = True
        return_us = np.zeros(len(first), dtype=np.int64)
        return_us[sessions.stops] = bursts.start_us[first[sessions.returns]]
        return cls(
            stream=bursts.stream[first],
            stop_us=stop_us,
            is_stop=is_back | (log_end_us - stop_us > threshold_us),
            is_back=is_back,
            return_us=return_us,
            log_end_us=log_end_us,
            reason=_reasons(bursts, sessions, rules),
        )


def _reasons(bursts: Bursts, sessions: Sessions, rules: WaitRules) -> Ints:
    """(s) how work stood at the end of each session."""
    if not rules.has_productive:
        return np.full(len(sessions.first), UNKNOWN, dtype=np.int8)
    last = sessions.last
    stop_us = bursts.end_us[last]
    is_at_work = was_at_work(bursts, sessions.first, last)
    reason = np.where(is_at_work, np.int8(MID_TASK), np.int8(IDLE))
    reason[is_at_work & ~bursts.is_open[last]] = COMPLETED
    away = bursts.away_before_us[sessions.first[sessions.returns]] >= stop_us[sessions.stops]
    went_away = sessions.stops[away]
    reason[went_away[reason[went_away] == MID_TASK]] = AWAY_EVENT
    return reason
