"""Instants of a log at which a trial might have begun, and who was there."""

from typing import NamedTuple

import numpy as np

from resume_gap.arrays import NEVER
from resume_gap.constants import (
    ACTIVE_BEFORE,
    FOLLOW_UP,
    LAUNCH_EVERY,
    LAUNCHES,
    MIN_INTERVAL_USERS,
)
from resume_gap.pipeline.queries import Runner
from resume_gap.stats.trigger_rate import PseudoLaunches


class LogSpan(NamedTuple):
    """What of a log can be followed.

    Attributes:
        first_us: Earliest event.
        last_us: Latest event.
        cap_us: A return is followed up when it lies so long before the end.
    """

    first_us: int
    last_us: int
    cap_us: int


def launch_times(span: LogSpan) -> list[int]:
    """Weekly instants up to seven days before the end of the log, the earliest first.

    The first has 14 days of the log before it where the log is long enough; a log of under 14
    days has one launch, in its middle.
    """
    latest = max((span.first_us + span.last_us) // 2, span.last_us - FOLLOW_UP.us)
    room = max(0, latest - span.first_us - ACTIVE_BEFORE.us) // LAUNCH_EVERY.us
    most = min(int(LAUNCHES.value) - 1, room)
    return [latest - back * LAUNCH_EVERY.us for back in range(most, -1, -1)]


def read_launches(runner: Runner, span: LogSpan) -> PseudoLaunches:
    """Users at the pseudo-launches; all users from the first event on where too few come back.

    Args:
        runner: Holds `sessions`, `streams` and `lags` of the headline threshold.
        span: Of the log.
    """
    found, triggered = _read(runner, span, launch_times(span))
    if triggered < MIN_INTERVAL_USERS.value:
        found, _ = _read(runner, span, [span.first_us], everybody=True)
    return found


def _read(
    runner: Runner, span: LogSpan, launches: list[int], *, everybody: bool = False
) -> tuple[PseudoLaunches, int]:
    """The launches, and how many users were interrupted after one of them."""
    runner.let(
        launches_us=[*launches, span.last_us + 1],
        active_before_us=ACTIVE_BEFORE.us,
        everybody=everybody,
    )
    rows = runner.read("75_launch_waits").fetchnumpy()
    at_end = rows["launch_no"] == len(launches)
    wait = np.ma.filled(np.ma.asarray(rows["wait_us"]), NEVER)[~at_end].astype(np.int64)
    numbers, user = np.unique(rows["user_no"][~at_end], return_inverse=True)
    seen = PseudoLaunches(
        launch=rows["launch_no"][~at_end].astype(np.int64),
        user=user.astype(np.int64),
        wait_us=wait,
        followed_us=np.maximum(span.last_us - span.cap_us - np.array(launches, dtype=np.int64), 1),
        active=int(at_end.sum()),
    )
    return seen, len(np.unique(numbers[user[wait != NEVER]]))
