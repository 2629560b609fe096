"""Stamps of sending: the limits of the rules, by hand."""

from __future__ import annotations

import pytest
from factories.streams import HOUR, MINUTE, SECOND, contents_of, steps_of

from resume_gap.quality.late_sending import (
    NO_TIMER,
    Queued,
    SendTimer,
    queue_checks,
    queued,
    send_timer,
    timer_checks,
    work_bursts,
)
from resume_gap.report.text.findings.table import worded
from resume_gap.sources.role_bits import PRODUCTIVE

VIEW, EDIT = 1 << 32, 2 << 32
CONTENTS = contents_of([0, PRODUCTIVE])


def counts(*rows: tuple[float, int]) -> tuple[int, ...]:
    """What is counted of rows that follow on the first one; seconds and contents."""
    steps = steps_of({1: [(0, VIEW), *((round(at * SECOND), content) for at, content in rows)]})
    return tuple(queued([steps], CONTENTS, threshold_us=30 * MINUTE))


def burst(at: float, *, apart: float = 0.5, work: int = 3) -> list[tuple[float, int]]:
    return [(at + n * apart, EDIT) for n in range(work)]


def test_a_burst_of_three_acts_of_work() -> None:
    assert counts(*burst(3600)) == (1, 1, 0, 0)
    assert counts(*burst(3600, work=2), (3601, VIEW)) == (0, 1, 0, 0)
    assert counts((3600, VIEW), *burst(3601)) == (1, 1, 0, 0)
    assert counts((3600, VIEW), *burst(3601.5)) == (0, 1, 0, 0)
    assert counts(*burst(3600, apart=1, work=6)) == (1, 1, 0, 0)
    assert counts(*burst(3600, apart=1, work=7)) == (0, 1, 0, 0)


def test_other_ends_of_silences_are_compared() -> None:
    assert counts(*burst(10)) == (0, 0, 1, 1)
    assert counts(*burst(9)) == (0, 0, 0, 0)
    assert counts(*burst(1800)) == (0, 0, 1, 1)
    assert counts((10, VIEW), (20, VIEW)) == (0, 0, 0, 2)


def test_the_share_is_beyond_that_of_other_silences() -> None:
    assert Queued(30, 100, 5, 50).share == pytest.approx(0.2)
    assert Queued(20, 100, 10, 100).share == pytest.approx(0.1)
    assert Queued(20, 100, 11, 100).share == 0
    assert Queued(0, 0, 0, 0).share == 0


@pytest.mark.parametrize(
    ("found", "is_told"),
    [
        (Queued(20, 200, 0, 9), True),
        (Queued(19, 100, 0, 9), False),
        (Queued(20, 401, 0, 9), False),
        (Queued(20, 100, 10, 100), True),
        (Queued(20, 100, 16, 100), False),
    ],
)
def test_a_queue_is_worth_a_warning(found: Queued, *, is_told: bool) -> None:
    assert [check.count for check in queue_checks(found)] == [found.bursts] * is_told


def test_bursts_of_work() -> None:
    rows = [(0, EDIT), (SECOND // 2, EDIT), (SECOND, VIEW), (2 * SECOND, EDIT), (7 * SECOND, EDIT)]
    both = steps_of({1: rows, 2: [(HOUR, EDIT)]})
    found = work_bursts([both, steps_of({3: [(0, EDIT), (9 * SECOND, EDIT)]})], CONTENTS)
    assert found.gap.tolist() == [2 * SECOND, 5 * SECOND, 9 * SECOND]
    assert found.stream.tolist() == [0, 0, 2]
    assert (found.work.tolist(), found.close) == ([4, 1, 2], 1)
    coarse = steps_of({1: rows}, resolution=1 + both.resolution[:1])
    assert work_bursts([coarse], CONTENTS).work.tolist() == [0]


def timed(period: float, *, streams: int = 12, of: int = 12, pairs: int = 30) -> SendTimer:
    """What is found where `of` streams send two acts at a time, the others one by one."""
    made = {}
    for stream in range(1, streams + 1):
        at, rows = 0.0, []
        for n in range(pairs):
            at += period * (1 + n % 3) if stream <= of else period * (0.6 + 0.31 * (n % 7))
            rows += [(round((at + k / 10) * SECOND), EDIT) for k in range(2 if stream <= of else 1)]
        made[stream] = rows
    return send_timer(work_bursts([steps_of(made)], CONTENTS))


@pytest.mark.parametrize("period", [2.0, 5.0, 10.0, 25.0])
def test_the_period_of_a_timer(period: float) -> None:
    found = timed(period)
    assert found.seconds == pytest.approx(period, rel=0.02)
    assert (found.share, found.streams) == (1, 12)
    assert found.step_seconds == found.seconds


def test_a_timer_of_some_streams_makes_no_coarse_stamps() -> None:
    found = timed(8.0, of=4)
    assert (found.share, found.streams, found.step_seconds) == (0.5, 4, 0)
    assert timed(8.0, of=0) == NO_TIMER


def test_gaps_far_under_a_period_are_no_whole_ones() -> None:
    rows = [(round((n * 0.7 + k / 10) * SECOND), EDIT) for n in range(900) for k in range(n % 3)]
    assert send_timer(work_bursts([steps_of({1: rows})], CONTENTS)).seconds < 2


def test_too_little_is_no_timer() -> None:
    assert timed(8.0, streams=3, of=3, pairs=67) == NO_TIMER
    assert timed(8.0, streams=3, of=3, pairs=68).streams == 3


def test_what_is_said_of_a_timer() -> None:
    assert timer_checks(NO_TIMER) == []
    (check,) = map(worded, timer_checks(SendTimer(5.0, 0.75, 40)))
    assert check.message == (
        "the work of 40 streams (75% of it) comes in bursts whole multiples of 5.0 s apart: a "
        "timer sends and stamps it"
    )
