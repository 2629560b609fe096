"""Bare gaps of known shape."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from resume_gap.synthetic import SHAPES, gap_log, valley_seconds
from resume_gap.synthetic.gaps import _gaps


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


SPREAD: dict[Any, tuple[float, float, float, float]] = {
    # The 10, 25, 75 and 90 % points of gaps in seconds, each user on a scale of one's own.
    "pareto": (1.02, 1.40, 4.9, 13.5),
    "loggamma": (5.3, 10.5, 83, 280),
    "lognormal": (1.7, 5.5, 74, 237),
    "two_kinds": (3.9, 8.0, 2_400, 4_950),
    "valley": (2.2, 4.2, 18.6, 43.5),
    "shallow_valley": (2.6, 5.7, 37, 146),
    "merged": (2.5, 7.1, 120, 413),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_gaps_have_the_spread_of_their_shape(shape: Any) -> None:
    seconds, _ = _gaps(shape, 2_000, 50, np.random.default_rng(4))
    found = np.quantile(seconds, (0.1, 0.25, 0.75, 0.9))
    assert found == pytest.approx(SPREAD[shape], rel=0.06)
