"""How work stood at the end of a session, on both sides of every border."""

from __future__ import annotations

from typing import Any

import pytest
from factories.chunks import chunk_of

from resume_gap.arrays import NEVER
from resume_gap.constants import MID_TASK_WINDOW
from resume_gap.replay.chunks import Sessions
from resume_gap.replay.stops import REASONS, Stops
from resume_gap.replay.waits import WaitRules

WINDOW = MID_TASK_WINDOW.us
STOP = 2 * WINDOW
RETURN = 5 * WINDOW
AT_WORK = {
    "stream": 1,
    "end_us": STOP,
    "gap_us": NEVER,
    "first_step": 4,
    "last_step": 9,
    "worked_step": 4,
    "worked_until_us": STOP - WINDOW,
    "is_open": True,
}
BACK = {"stream": 1, "start_us": RETURN, "end_us": RETURN, "gap_us": 3 * WINDOW, "first_step": 10}


def stops_of(*, threshold: int = WINDOW, known: bool = True, **more: Any) -> Stops:
    """A session at work, and another one behind it."""
    away = more.pop("away_before_us", -1)
    log_end_us = more.pop("log_end_us", RETURN)
    rows: list[dict[str, Any]] = [AT_WORK | more, BACK | {"away_before_us": away}]
    bursts = chunk_of([row | {"log_end_us": log_end_us} for row in rows]).bursts
    return Stops.of(
        bursts,
        Sessions.at(bursts, threshold),
        WaitRules(has_productive=known, all_returns=False),
        threshold_us=threshold,
    )


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, "mid_task"),
        ({"worked_until_us": STOP - WINDOW - 1}, "idle"),
        ({"worked_step": 3}, "idle"),  # of the session before
        ({"worked_step": -1, "worked_until_us": -1}, "idle"),
        ({"is_open": False}, "completed"),
        ({"away_before_us": STOP}, "away_event"),
        ({"away_before_us": STOP - 1}, "mid_task"),
        ({"away_before_us": STOP, "is_open": False}, "completed"),
        ({"away_before_us": STOP, "worked_step": 3}, "idle"),
        ({"away_before_us": STOP, "known": False}, "unknown"),
    ],
)
def test_how_work_stood(more: dict[str, Any], reason: str) -> None:
    assert REASONS[stops_of(**more).reason[0]] == reason


def test_a_return_or_a_long_silence_makes_the_end_of_a_session_a_stop() -> None:
    for silence, is_stop in ((WINDOW, False), (WINDOW + 1, True)):
        found = stops_of(log_end_us=RETURN + silence)
        assert found.is_stop.tolist() == [True, is_stop]
        assert found.is_back.tolist() == [True, False]
        assert found.stop_us.tolist() == [STOP, RETURN]
        assert found.return_us.tolist() == [RETURN, 0]
        assert found.log_end_us.tolist() == [RETURN + silence] * 2
        assert found.stream.tolist() == [1, 1]


def test_a_gap_no_longer_than_the_threshold_ends_no_session() -> None:
    assert len(stops_of(threshold=3 * WINDOW).stop_us) == 1
    assert len(stops_of(threshold=3 * WINDOW - 1).stop_us) == 2
