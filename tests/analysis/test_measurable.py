"""Whether a log can show re-orientation, at the limits of each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from factories.streams import HOUR, MINUTE, SECOND, contents_of, steps_of

from resume_gap.analysis.measurable import (
    Coverage,
    Recurrence,
    SessionsHeld,
    coverage,
    followed_up,
    judge,
    recurrence,
    sessions_of,
)
from resume_gap.pipeline.contents import Contents
from resume_gap.sources.role_bits import PRODUCTIVE
from resume_gap.sources.roles import RoleChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resume_gap.results.run import Measurability

CAP = 15 * MINUTE


def judged(
    lags: Sequence[int | None],
    *,
    resolution: float = 0.0,
    covered: Coverage | None = None,
    in_batch: Sequence[bool] | None = None,
    sessions: SessionsHeld | None = None,
    lost: float = 0.0,
    turns: float = 0.0,
    of_several: bool = False,
) -> Measurability:
    frame = pl.DataFrame({"lag_us": lags}, schema={"lag_us": pl.Int64})
    if in_batch is not None:
        frame = frame.with_columns(in_batch=pl.Series(in_batch))
    return judge(
        frame,
        cap_us=CAP,
        resolution_seconds=resolution,
        covered=covered,
        sessions=sessions,
        lost_share=lost,
        turns_share=turns,
        ids_of_several=of_several,
    )


def test_interruptions_are_judged_that_the_log_follows_up() -> None:
    returns = pl.DataFrame(
        {
            "is_interruption": [True, True, False, True],
            "eligible": [True, False, True, True],
            "lag_us": [1, 2, 3, None],
            "in_batch": [False, False, False, True],
            "gap_us": [9, 9, 9, 9],
        }
    )
    found = followed_up(returns)
    assert found.columns == ["is_interruption", "eligible", "lag_us", "in_batch"]
    assert found.select("lag_us", "in_batch").rows() == [(1, False), (None, True)]


def test_fewer_than_fifty_are_not_judged() -> None:
    assert judged([0] * 49).reason is None
    assert judged([0] * 49).figures == {}
    assert judged([0] * 50).reason == "first_event_is_work"


@pytest.mark.parametrize(("zeros", "reason"), [(80, None), (81, "first_event_is_work")])
def test_over_four_fifths_that_begin_with_work(zeros: int, reason: str | None) -> None:
    found = judged([0] * zeros + [SECOND] * (99 - zeros) + [None])
    assert found.reason == reason
    assert found.figures["zero_share"] == zeros / 100


@pytest.mark.parametrize(("median", "reason"), [(240, None), (239, "too_coarse")])
def test_stamps_over_a_quarter_of_the_median(median: int, reason: str | None) -> None:
    lags = [0, 0, CAP + 1, None] + [median * SECOND] * 96
    assert judged(lags, resolution=60.0).reason == reason


def test_fine_stamps_are_never_too_coarse() -> None:
    assert judged([1] * 50).reason is None
    assert judged([None] * 50, resolution=60.0).reason is None  # nobody reached work


def test_coarse_stamps_are_no_sign_of_several_people() -> None:
    """They lose the order of a person's own events."""
    lags = [MINUTE] * 50
    assert judged(lags, resolution=60.0, turns=0.9).reason == "too_coarse"
    assert judged(lags, resolution=15.0, turns=0.9).reason == "several_people"
    assert judged(lags, resolution=60.0, of_several=True).reason == "several_people"


@pytest.mark.parametrize(("batches", "reason"), [(20, None), (21, "order_unknown")])
def test_over_a_fifth_that_begin_in_a_batch(batches: int, reason: str | None) -> None:
    begin = [True] * batches + [False] * (100 - batches)
    assert judged([SECOND] * 100, in_batch=begin).reason == reason


@pytest.mark.parametrize(
    ("covered", "reason"),
    [
        (Coverage(0.02, 0.5), None),
        (Coverage(0.0199, 0.5), "roles_too_thin"),
        (Coverage(0.02, 0.501), "roles_too_thin"),
        (None, None),
    ],
)
def test_thin_roles(covered: Coverage | None, reason: str | None) -> None:
    assert judged([SECOND] * 50, covered=covered).reason == reason


def test_the_first_reason_is_named() -> None:
    everything = {
        "resolution": 60.0,
        "covered": Coverage(0.0, 1.0),
        "in_batch": [True] * 100,
    }
    assert judged([0] * 100, **everything).reason == "order_unknown"  # type: ignore[arg-type]
    everything["in_batch"] = [True] * 19 + [False] * 81
    assert judged([0] * 100, **everything).reason == "first_event_is_work"  # type: ignore[arg-type]
    everything["in_batch"] = [True] * 100
    lags = [0] * 80 + [SECOND] * 20
    assert judged(lags, **everything).reason == "too_coarse"  # type: ignore[arg-type]
    everything["resolution"] = 0.0
    assert judged(lags, **everything).reason == "order_unknown"  # type: ignore[arg-type]
    everything["in_batch"] = [False] * 100
    assert judged(lags, **everything).reason == "roles_too_thin"  # type: ignore[arg-type]


def test_coverage_of_suggested_roles() -> None:
    choice = RoleChoice({"edit": 1, "submit": 3, "close": 2}, "suggested", (), ("page_update",))
    counts = {"edit": 10, "submit": 5, "close": 5, "view_page": 20, "zorp": 40, "page_update": 20}
    assert coverage(choice, counts) == Coverage(0.15, 0.6)
    assert coverage(RoleChoice({"edit": 1}, "configured", ()), counts) is None
    assert coverage(choice, {}) is None


def contents(elements: int) -> Contents:
    """Label n names element n; 0 names none."""
    labels = np.arange(elements + 1)
    one = np.zeros(2, dtype=np.int64)
    return Contents(one, one, labels, labels * 0, labels * 0)


def test_pairs_of_session_and_element() -> None:
    hour = 60 * MINUTE
    steps = steps_of(
        {
            3: [(0, 1), (1, 1), (2, 2), (hour, 2), (hour + 1, 3), (2 * hour, 1), (2 * hour + 1, 4)],
            9: [(5, 4), (hour, 0), (hour + 9, 4), (2 * hour, 0)],
        }
    )
    found = recurrence([steps, steps], contents(4), threshold_us=MINUTE)
    # 1 in session 1, 2 in session 1 and 4 of the other stream come again; 2 and 3 later do not.
    assert found == Recurrence(again=2 * 3, earlier=2 * 6, within=2 * 1, pairs=2 * 8)
    assert not found.is_missing


def test_a_log_without_elements() -> None:
    found = recurrence([steps_of({1: [(0, 0), (5, 0)]})], contents(0), threshold_us=MINUTE)
    assert found == Recurrence(0, 0, 0, 0)
    assert not found.is_missing


@pytest.mark.parametrize(
    ("found", "missing"),
    [
        (Recurrence(again=4, earlier=100, within=20, pairs=100), True),
        (Recurrence(again=5, earlier=100, within=20, pairs=100), False),
        (Recurrence(again=4, earlier=100, within=19, pairs=100), False),
        (Recurrence(again=0, earlier=101, within=0, pairs=101), True),
        (Recurrence(again=1, earlier=101, within=1, pairs=101), True),
        (Recurrence(again=2, earlier=101, within=0, pairs=101), False),
        (Recurrence(again=0, earlier=101, within=2, pairs=101), False),
    ],
)
def test_limits_of_recurrence(found: Recurrence, missing: bool) -> None:
    assert found.is_missing == missing


LAGS = (SECOND,) * 50


@pytest.mark.parametrize(("lost", "reason"), [(0.1, None), (0.11, "starts_lost")])
def test_over_a_tenth_that_begin_in_rows_that_are_not_there(lost: float, reason: str) -> None:
    assert judged(LAGS, lost=lost).reason == reason


@pytest.mark.parametrize(
    ("sessions", "reason"),
    [
        (SessionsHeld(100, 4, 100, 5, 9.0), "work_apart"),
        (SessionsHeld(100, 5, 100, 5, 9.0), None),
        (SessionsHeld(100, 4, 100, 4, 9.0), None),  # nearly all is work
        (SessionsHeld(49, 0, 100, 50, 9.0), None),
        (SessionsHeld(100, 90, 100, 50, 2.5), "too_sparse"),
        (SessionsHeld(100, 90, 100, 50, 3.0), None),
    ],
)
def test_what_sessions_hold(sessions: SessionsHeld, reason: str | None) -> None:
    assert judged(LAGS, sessions=sessions).reason == reason


def test_sessions_are_counted() -> None:
    view, edit = 1 << 32, 2 << 32
    contents = contents_of([0, PRODUCTIVE])
    steps = steps_of(
        {
            1: [(0, view), (SECOND, edit), (HOUR, edit)],
            2: [(0, view), (HOUR, view), (HOUR + 1, view), (HOUR + 2, view)],
        }
    )
    found = sessions_of([steps], contents, threshold_us=30 * MINUTE)
    assert found == SessionsHeld(working=2, beside=1, events=7, others=5, median_events=1.5)
