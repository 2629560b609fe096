"""Which candidates count as controls, and what the slots of a return find, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from resume_gap.arrays import NEVER, NEVER_ROW, Ints
from resume_gap.pipeline.contents import Contents
from resume_gap.replay import matching
from resume_gap.replay.chunks import Bursts, Candidates, Chunk, Sessions, Touches
from resume_gap.replay.matching import Asking, Controls, Matcher

US = 1_000_000
CAP = 100 * US
NO_CONTENTS = Contents(*(np.zeros(1, dtype=np.int64) for _ in range(5)))
FIRST = 100
"""Step with which the session after the return begins."""


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def chunk_of(**moments: Ints) -> Chunk:
    """One stream: a session, a long gap, a session with the candidates."""
    many = len(moments["step"])
    bursts: dict[str, Any] = {n: ints(0, 0) for n in Bursts.__dataclass_fields__ if n != "segments"}
    bursts |= {
        "gap_us": ints(NEVER, 3_600 * US),
        "first_step": ints(0, FIRST),
        "last_step": ints(FIRST - 1, FIRST + 99),
        "log_end_us": ints(10_000 * US, 10_000 * US),
    }
    given = {n: np.zeros(many, dtype=np.int64) for n in Candidates.__dataclass_fields__}
    given |= {
        "burst": np.ones(many, dtype=np.int64),
        "next_leaving_step": np.full(many, NEVER_ROW),
        "worked_step": moments["step"] - 1,
        "next_work_step": moments["step"] + 1,
        "next_work_us": moments.get("at_us", np.zeros(many, dtype=np.int64)) + 7 * US,
    }
    none = dict.fromkeys(Touches.__dataclass_fields__, ints())
    return Chunk(Bursts(**bursts, segments={}), Touches(**none), Candidates(**given | moments))


def controls(chunk: Chunk, *, all_returns: bool = False) -> Controls:
    matcher = Matcher(chunk, NO_CONTENTS, ints(0), "UTC")
    sessions = Sessions.at(chunk.bursts, 1_800 * US)
    return Controls(matcher, sessions, cap_us=CAP, all_returns=all_returns)


def test_a_control_comes_ten_events_after_the_return() -> None:
    found = controls(chunk_of(step=ints(FIRST + 9, FIRST + 10, FIRST + 11)))
    assert found.counts.tolist() == [False, True, True]


def test_before_the_first_return_there_is_no_control() -> None:
    found = controls(chunk_of(step=ints(50, FIRST + 50), burst=ints(0, 1)))
    assert found.counts.tolist() == [False, True]


def test_a_control_can_be_followed_up() -> None:
    at = ints(9_900 * US, 9_900 * US + 1)
    assert controls(chunk_of(step=ints(120, 121), at_us=at)).counts.tolist() == [True, False]


@pytest.mark.parametrize("all_returns", [False, True])
def test_a_control_is_at_work_unless_every_return_counts(*, all_returns: bool) -> None:
    worked = ints(FIRST - 1, FIRST, -1)
    found = controls(
        chunk_of(step=ints(120, 121, 122), worked_step=worked), all_returns=all_returns
    )
    assert found.counts.tolist() == [all_returns, True, all_returns]


def test_a_control_is_measured_like_a_return() -> None:
    steps = ints(120, 121, 122, 123)
    found = controls(
        chunk_of(
            step=steps,
            next_work_step=ints(130, 130, FIRST + 100, 130),
            next_leaving_step=ints(NEVER_ROW, 129, NEVER_ROW, NEVER_ROW),
            next_work_us=ints(7 * US, 7 * US, 7 * US, 900 * US),
        )
    )
    # Reached, left before, only in the next session, later than the cap.
    assert (found.y_us // US).tolist() == [7, 100, 100, 100]


def asking(step: int, cell: int = 0) -> Asking:
    return Asking(ints(0), ints(cell), ints(step), ints(FIRST + 99), ints(0))


def test_five_slots_take_the_next_five_controls_of_the_cell() -> None:
    steps = np.arange(FIRST + 10, FIRST + 20)
    us = np.arange(10) * US
    chunk = chunk_of(step=steps, before_event=ints(*[0, 1] * 5), next_work_us=us)
    found = controls(chunk).after_stop(asking(FIRST + 11))
    # Later ones of event 0: steps 12, 14, 16, 18.
    assert found.found.tolist() == [4]
    assert (found.slots_us // US).tolist() == [2, 4, 6, 8]
    assert found.found_us.tolist() == [20 * US]
    every = controls(chunk_of(step=steps, next_work_us=us)).after_stop(asking(FIRST + 11))
    assert (every.slots_us // US).tolist() == [2, 3, 4, 5, 6]
    nothing = controls(chunk).after_stop(asking(FIRST + 11, cell=8))
    assert (nothing.found.tolist(), nothing.found_us.tolist()) == ([0], [0])


def both_ways(monkeypatch: pytest.MonkeyPatch, work: Any) -> list[Any]:
    """What some work finds by arrays, and by the loops of large logs."""
    found = []
    for large in (False, True):
        monkeypatch.setattr(matching, "pays", lambda *_, large=large: large)
        found.append(work())
    return found


@pytest.mark.parametrize("seed", range(8))
def test_loops_find_what_arrays_find(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    many, returns = int(rng.integers(0, 60)), int(rng.integers(0, 30))
    step = FIRST + np.sort(rng.choice(90, many, replace=False)) if many else ints()
    chunk = chunk_of(
        step=step,
        before_event=rng.integers(0, 4, many),
        at_us=rng.integers(0, 10_000, many) * US,
        gap_us=rng.integers(0, 90, many) * US,
    )
    asked = FIRST + np.sort(rng.integers(0, 95, returns))
    asking = Asking(
        np.sort(rng.integers(0, 9, returns)),
        rng.integers(0, 9, returns),
        asked,
        asked + rng.integers(0, 60, returns),
        rng.integers(0, 90, returns),
    )
    arrays, loops = both_ways(monkeypatch, lambda: controls(chunk).after_stop(asking))
    for name in ("found", "found_us", "found_end_us", "slots_us", "slots_cell"):
        assert getattr(arrays, name).tolist() == getattr(loops, name).tolist(), name


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("all_returns", [False, True])
def test_loops_measure_what_arrays_measure(
    seed: int, monkeypatch: pytest.MonkeyPatch, *, all_returns: bool
) -> None:
    rng = np.random.default_rng(seed)
    many = int(rng.integers(0, 60))
    step = np.sort(rng.choice(190, many, replace=False)) if many else ints()
    chunk = chunk_of(
        step=step,
        burst=(step >= FIRST).astype(np.int64),
        at_us=rng.integers(9_800, 10_000, many) * US,
        gap_us=rng.integers(0, 90, many) * US,
        worked_step=rng.integers(-1, 190, many),
        next_work_step=step + rng.integers(1, 30, many),
        next_leaving_step=step + rng.integers(1, 60, many),
        next_work_us=rng.integers(10_000, 10_200, many) * US,
    )
    arrays, loops = both_ways(monkeypatch, lambda: controls(chunk, all_returns=all_returns))
    for name in ("y_us", "end_us", "counts", "is_late"):
        assert getattr(arrays, name).tolist() == getattr(loops, name).tolist(), name
