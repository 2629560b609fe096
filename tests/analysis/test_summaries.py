"""Counts of a log, by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import polars as pl

from resume_gap.analysis import summaries
from resume_gap.analysis.summaries import counts
from resume_gap.results.common import GAP_CLASS_ENDS_US, GAP_CLASSES, REASONS

HOUR, *_, LONGEST = GAP_CLASS_ENDS_US


def returns(*rows: tuple[str, bool, int, bool | None]) -> pl.DataFrame:
    columns = {
        "reason": pl.String,
        "is_interruption": pl.Boolean,
        "gap_us": pl.Int64,
        "device_changed": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=columns, orient="row")


def users(*rows: tuple[int, int, int, int, int, int]) -> pl.DataFrame:
    names = ("streams", "events", "interruptions", "not_returned", "followed_7d", "returned_7d")
    return pl.DataFrame([dict(zip(names, row, strict=True)) for row in rows])


def test_what_is_counted() -> None:
    frame = returns(
        ("mid_task", True, HOUR, True),
        ("away_event", True, HOUR + 1, None),
        ("mid_task", True, LONGEST + 1, True),
        ("completed", False, HOUR, False),
        ("unknown", False, LONGEST, None),
    )
    found = counts(frame, users((1, 10, 3, 1, 4, 3), (2, 5, 0, 2, 0, 0)))
    assert (found.events, found.users, found.users_interrupted) == (15, 2, 1)
    assert (found.streams, found.sessions, found.returns, found.interruptions) == (3, 8, 5, 3)
    assert (found.not_returned, found.followed_7d, found.return_rate_7d) == (3, 4, 0.75)
    assert found.device_changed == 2
    assert found.reasons == {
        **dict.fromkeys(REASONS, 0),
        "mid_task": 2,
        "away_event": 1,
        "completed": 1,
        "unknown": 1,
    }
    # A gap at the end of a class is in it; a task that was completed is not counted.
    assert found.gap_classes == dict(zip(GAP_CLASSES, (1, 1, 0, 1, 1), strict=True))


def test_nobody_who_was_followed_has_no_rate() -> None:
    found = counts(returns(), users((1, 1, 0, 0, 0, 0)))
    assert found.return_rate_7d is None
    assert (found.device_changed, found.sessions) == (0, 1)


def test_work_stops_most_at_the_places_of_large_groups() -> None:
    values = ["b", "a", "", "b", "", "rare", "rare", "rare", "a", "c"]
    rows = pl.DataFrame({"user_no": 1, "element": values, "page": values[::-1]})
    runner: Any = SimpleNamespace(read=lambda _: SimpleNamespace(pl=lambda: rows))
    groups: Any = SimpleNamespace(
        users_of_large=lambda _: dict.fromkeys(("a", "b", "c", ""), 9),
        named=lambda _, listed: list(listed),
    )
    for places in summaries.places(runner, groups):
        found = [(one.target, one.interruptions) for one in places]
        assert found == [("a", 2), ("b", 2), ("c", 1)]
