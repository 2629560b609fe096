"""The published sums of each user beside those of the replay, of three users."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest

from resume_gap.analysis import user_sums
from resume_gap.analysis.user_sums import user_sums_of
from resume_gap.replay.totals import ThresholdSums

SUMS = pl.DataFrame(
    {
        "user_no": [2, 0, 1],
        "events": [9, 8, 7],
        "reorientation_us": [20, 0, 10],
        "productive": [2, 0, 1],
        "zero": [1, 0, 0],
        "productive_us": [30, 5, 15],
    }
)
COLUMNS = {
    name: np.array(values)
    for name, values in {
        "last_touched_hit": [40, 41, 42],
        "last_touched_addressable": [50, 51, 52],
        "recent_three_hit": [60, 61, 62],
        "recent_three_addressable": [70, 71, 72],
    }.items()
}


def made(
    monkeypatch: pytest.MonkeyPatch,
    best: str | None = "last_touched",
    *,
    excess: tuple[float | None, ...] = (2.5, -1.5),
    columns: Any = COLUMNS,
    known: bool = True,
) -> dict[str, list[Any]]:
    """The new columns; of the users 2 and 1 an excess is known."""
    own = pl.DataFrame(
        {"user_no": [1, 2], "excess_us": excess, "matched": [3, 4]},
        schema={"user_no": pl.Int64, "excess_us": pl.Float64, "matched": pl.UInt32},
    )
    monkeypatch.setattr(user_sums.longer, "user_excess", lambda *_: own)
    returns: Any = SimpleNamespace(user_sums=SUMS)
    replays: Any = None
    headline = ThresholdSums(columns, users=np.arange(3))
    found = user_sums_of(returns, replays, headline, best, known=known)
    assert found["user_no"].to_list() == [2, 0, 1]
    assert found["events"].to_list() == [9, 8, 7]
    return found.to_dict(as_series=False)


def test_hits_are_those_of_the_best_rule_by_user(monkeypatch: pytest.MonkeyPatch) -> None:
    found = made(monkeypatch)
    assert found["excess_us"] == [-1.5, 0.0, 2.5]
    assert found["matched"] == [4, 0, 3]
    assert (found["hits"], found["addressable"]) == ([42, 40, 41], [52, 50, 51])
    found = made(monkeypatch, "recent_three")
    assert (found["hits"], found["addressable"]) == ([62, 60, 61], [72, 70, 71])
    assert found["reorientation_us"] == [20, 0, 10]


def test_without_a_best_rule_no_hits_are_published(monkeypatch: pytest.MonkeyPatch) -> None:
    found = made(monkeypatch, None)
    assert (found["hits"], found["addressable"]) == ([None] * 3, [None] * 3)
    assert found["matched"] == [4, 0, 3]


def test_an_excess_that_is_not_known_is_no_0(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made(monkeypatch, excess=(None, None))["excess_us"] == [None] * 3


@pytest.mark.parametrize("known", [True, False])
def test_where_nothing_was_replayed_or_is_known(
    monkeypatch: pytest.MonkeyPatch, *, known: bool
) -> None:
    found = made(monkeypatch, columns={} if known else COLUMNS, known=known)
    for name in ("excess_us", "matched", "hits", "addressable"):
        assert found[name] == [None] * 3, name
    for name in ("reorientation_us", "productive", "zero", "productive_us"):
        assert found[name] == (SUMS[name].to_list() if known else [None] * 3), name
