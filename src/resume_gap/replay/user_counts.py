"""What stops and returns of each user add up to at the headline threshold: exact integers."""

from typing import Final, NamedTuple

import numpy as np

from resume_gap.arrays import Bools, Ints
from resume_gap.constants import FOLLOW_UP
from resume_gap.distinct import distinct
from resume_gap.replay.chunks import Sessions
from resume_gap.replay.stops import AWAY_EVENT, MID_TASK, UNKNOWN, Stops
from resume_gap.replay.waits import Waits

USER_COUNTS: Final = (
    "stops",
    "not_returned",
    "followed_7d",
    "returned_7d",
    "returns",
    "interruptions",
    "eligible",
    "productive",
    "zero",
    "reorientation_us",
    "reached_lag_us",
)
"""What is added up: stops, those without a return, those in the middle of a task (all where nothing
is known) that the log follows for seven days, those of them with a return by then; returns,
interruptions, the eligible ones, of which work was reached within the cap, and at once; time until
work, charged with the cap at most; and that of those who reached it."""
_RATED: Final = np.isin(np.arange(5), (UNKNOWN, AWAY_EVENT, MID_TASK))
"""By reason, whether the return rate is about it: an interruption, or nothing known."""


class UserCounts(NamedTuple):
    """The sums of some users.

    Attributes:
        user_no: (k) their numbers, each once.
        counts: (`USER_COUNTS`, k) their sums.
    """

    user_no: Ints
    counts: Ints


def user_counts(sessions: Sessions, stops: Stops, found: Waits, user_of_stream: Ints) -> UserCounts:
    """The sums of the users of some whole streams.

    Args:
        sessions: Of the headline threshold.
        stops: Their ends.
        found: Their returns.
        user_of_stream: User number by stream_no.
    """
    user_no, user = distinct(user_of_stream[stops.stream])
    back = user[sessions.returns]
    counts = np.zeros((len(USER_COUNTS), len(user_no)), dtype=np.int64)

    def add(name: str, of_row: Ints, rows: Bools, values: Ints | None = None) -> None:
        weights = None if values is None else values[rows]
        added = np.bincount(of_row[rows], weights, minlength=len(user_no))
        counts[USER_COUNTS.index(name)] = added

    rated = stops.is_stop & _RATED[stops.reason]
    followed = rated & (stops.stop_us + FOLLOW_UP.us <= stops.log_end_us)
    in_time = stops.is_back & (stops.return_us - stops.stop_us <= FOLLOW_UP.us)
    add("stops", user, stops.is_stop)
    add("not_returned", user, stops.is_stop & ~stops.is_back)
    add("followed_7d", user, followed)
    add("returned_7d", user, followed & in_time)
    counted = found.counted
    reached = counted & found.is_reached
    add("returns", back, np.ones(len(back), dtype=np.bool_))
    add("interruptions", back, found.is_interruption)
    add("eligible", back, counted)
    add("productive", back, reached)
    add("zero", back, counted & (found.wait.lag_us == 0))
    add("reorientation_us", back, found.is_interruption, found.y_us)
    add("reached_lag_us", back, reached, found.wait.lag_us)
    return UserCounts(user_no, counts)
