"""Task ends that a timer writes: a constant time after the last act of a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from factories.streams import HOUR, MINUTE, SECOND, contents_of, steps_of

from resume_gap.quality import timed_ends as module
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames
from resume_gap.quality.timed_ends import timed_end_checks, timed_ends
from resume_gap.sources.role_bits import AWAY, COMPLETING, PRODUCTIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ("edit", "logout", "submit")
ROLES = (PRODUCTIVE, COMPLETING, PRODUCTIVE | COMPLETING)


def sampled(
    waits: Sequence[float], *, end: int = 2, roles: Sequence[int] = ROLES
) -> SampleMeasurement:
    """Work, and an end so many seconds after it, once every five hours."""
    rows = [
        row
        for n, wait in enumerate(waits)
        for row in ((5 * n * HOUR, 1 << 32), (5 * n * HOUR + round(wait * SECOND), end << 32))
    ]
    resampling = Resampling(contents_of(tuple(roles)), 1, 30 * MINUTE, None, all_returns=False)
    shown = EventNames(users={"logout": frozenset(range(9))})
    return SampleMeasurement([steps_of({1: rows})], NAMES, shown, 0.0, resampling)


@pytest.mark.parametrize(
    ("waits", "seconds"),
    [
        ([1_800.0] * 20, 1_800.0),
        ([1_800.0 + n for n in range(-10, 11)], 1_800.0),
        ([60.0] * 20, 60.0),
        ([1_800.0] * 19, None),
        ([59.9] * 30, None),
        # People who log out at once are left out of it.
        ([1_800.0] * 20 + [3.0] * 50, 1_800.0),
        ([1_800.0] * 16 + [900.0, 2_700.0, 300.0, 4_000.0], 1_800.0),
        ([1_800.0] * 15 + [900.0, 2_700.0, 300.0, 4_000.0, 500.0], None),
        ([60.0 * 1.3**n for n in range(20)], None),
    ],
)
def test_a_constant_time_is_a_timers(waits: list[float], seconds: float | None) -> None:
    assert timed_ends(sampled(waits)) == ({} if seconds is None else {2: seconds})


def test_neither_work_nor_idle_events_are_looked_at() -> None:
    waits = [1_800.0] * 30
    assert timed_ends(sampled(waits, end=3)) == {}
    assert timed_ends(sampled(waits, roles=(PRODUCTIVE, 0, 0))) == {2: 1_800.0}
    assert timed_ends(sampled(waits, roles=(PRODUCTIVE, AWAY, 0))) == {}


def test_nothing_is_found_in_nothing() -> None:
    assert timed_ends(replace(sampled([]), sample=[])) == {}


def test_what_goes_on_by_itself_ends_nothing() -> None:
    beats = [
        (5 * n * HOUR + k * MINUTE, 2 << 32 if k else 1 << 32) for n in range(40) for k in range(9)
    ]
    resampling = Resampling(contents_of(ROLES), 1, 30 * MINUTE, None, all_returns=False)
    shown = EventNames(users={})
    sample = SampleMeasurement([steps_of({1: beats})], NAMES, shown, 0.0, resampling)
    assert timed_ends(sample) == {}


def test_the_first_event_of_a_stream_follows_nothing() -> None:
    steps = steps_of({n: [(n * HOUR, 2 << 32)] for n in range(1, 60)})
    resampling = Resampling(contents_of(ROLES), 1, 30 * MINUTE, None, all_returns=False)
    assert (
        timed_ends(SampleMeasurement([steps], NAMES, EventNames(users={}), 0.0, resampling)) == {}
    )


@pytest.mark.parametrize(("after", "is_reported"), [(11, True), (10.9, False)])
def test_figures_without_them_decide(
    monkeypatch: pytest.MonkeyPatch, after: float, *, is_reported: bool
) -> None:
    rows: list[list[bool]] = []

    def measured(_: object, of: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        rows.append(left_out(of.sample[0]).tolist())
        return WithAndWithout({"interruptions_with": 10, "interruptions_without": after})

    monkeypatch.setattr(module, "compared", measured)
    found = timed_end_checks(None, sampled([1_800.0] * 20))  # type: ignore[arg-type]
    assert rows == [[False, True] * 20]
    assert [(one.check, one.count, one.share, one.names) for one in found] == (
        [("timed_task_ends", 20, 0.5, ("logout",))] if is_reported else []
    )
    assert all(one.figures["seconds"] == 1_800.0 for one in found)
    assert timed_end_checks(None, sampled([3.0] * 20)) == []  # type: ignore[arg-type]


def test_polls_and_their_answers_end_nothing() -> None:
    rows = [
        (n * HOUR + k * MINUTE + part * SECOND, what << 32)
        for n in range(40)
        for k in range(9)
        for part, what in ((0, 2), (1, 1))
    ]
    roles = (0, 0, PRODUCTIVE)
    resampling = Resampling(contents_of(roles), 1, 30 * MINUTE, None, all_returns=False)
    shown = EventNames(users={})
    sample = SampleMeasurement([steps_of({1: rows})], NAMES, shown, 0.0, resampling)
    assert timed_ends(sample) == {}
