"""Bare gaps of known shape."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl
import pytest

from resume_gap.synthetic import SHAPES, gap_log, valley_seconds


@pytest.mark.parametrize("shape", SHAPES)
def test_gap_logs(shape: Any) -> None:
    log = gap_log(shape, n_users=40, gaps_per_user=50, seed=1, labels=True)
    assert log.height == 40 * 51
    assert log.equals(gap_log(shape, n_users=40, gaps_per_user=50, seed=1, labels=True))
    assert log.select(pl.col("timestamp").diff().over("user_id").min()).item() >= timedelta(0)
    assert log["after_break"].any() == (shape in ("valley", "shallow_valley"))
    seconds = gap_log(shape, n_users=3, gaps_per_user=5, stamps="second", prefix="w1-")
    assert seconds.filter(pl.col("timestamp").dt.microsecond() != 0).is_empty()
    assert seconds.columns == ["user_id", "timestamp", "event"]
    assert seconds["user_id"][0] == "w1-u00000"


def test_gap_logs_refuse_nonsense() -> None:
    with pytest.raises(ValueError, match="shape must be one of"):
        gap_log("round", n_users=1, gaps_per_user=1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="at least 1"):
        gap_log("pareto", n_users=0, gaps_per_user=1)
    with pytest.raises(ValueError, match="has no valley"):
        valley_seconds("pareto")


def test_valley_parts_work_from_breaks() -> None:
    log = gap_log("valley", n_users=60, gaps_per_user=400, seed=1, labels=True)
    gaps = log.with_columns(gap=pl.col("timestamp").diff().over("user_id")).drop_nulls()
    cut = timedelta(seconds=valley_seconds("valley"))
    called = gaps.filter(pl.col("gap") > cut)
    hits = called["after_break"].sum()
    assert hits / called.height > 0.97
    assert hits / gaps["after_break"].sum() > 0.97
