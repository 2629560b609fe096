"""What logging does to the rows leaves the people alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import polars as pl
import pytest
from factories.worlds import PAUSE, SMALL

from resume_gap.synthetic import Simulated, World, simulate


def test_machine_rows_leave_the_truth_alone() -> None:
    world = replace(
        SMALL,
        heartbeats="work",
        noise_share=0.2,
        away_share=1.0,
        duplicate_share=0.1,
        late_share=0.1,
        stamps="second",
    )
    quiet, loud = simulate(SMALL, seed=9), simulate(world, seed=9)
    assert quiet.interruptions.equals(loud.interruptions)
    events = set(loud.log["event"].unique())
    assert {"heartbeat", "idle", "focus", "network_poll"} <= events
    assert loud.log.filter(pl.col("timestamp").dt.microsecond() != 0).is_empty()
    gaps = (
        loud.log.filter(pl.col("event") == "heartbeat")
        .unique()
        .sort("user_id", "timestamp")
        .select(gap=pl.col("timestamp").diff().over("user_id").dt.total_seconds())
    )
    assert gaps.filter(pl.col("gap").is_between(29, 31)).height / gaps.height > 0.7


def test_open_heartbeats_run_through_the_breaks() -> None:
    log = simulate(replace(SMALL, heartbeats="open"), seed=9).log
    per_user = log.sort("user_id", "timestamp").with_columns(
        gap=pl.col("timestamp").diff().over("user_id")
    )
    assert per_user.filter(pl.col("gap").is_between(timedelta(minutes=4), PAUSE)).is_empty()


def test_duplicates_and_late_rows_are_counted() -> None:
    world = replace(SMALL, duplicate_share=0.05, late_share=0.1, event_ids=True)
    simulated = simulate(world, seed=1)
    log, rows = simulated.log, simulated.truth["rows"]
    assert rows["log"] == log.height == rows["people"] + rows["duplicates"]
    assert log["event_id"].n_unique() == rows["people"]
    assert log.unique().height == rows["people"]
    late = log.unique().filter(pl.col("received_at") - pl.col("timestamp") > timedelta(hours=1))
    assert late.height == rows["late"]
    assert rows["duplicates"] / rows["people"] == pytest.approx(0.05, abs=0.01)
    assert rows["late"] / rows["people"] == pytest.approx(0.1, abs=0.01)
    assert not log["timestamp"].is_sorted()
    assert log["received_at"].is_sorted()


def test_marker_is_shown_where_the_rule_fires(trial: Simulated) -> None:
    shown = trial.log.filter(pl.col("event") == "marker_shown")
    rows = trial.interruptions.filter(
        pl.col("followed") & pl.col("would_show") & (pl.col("gap_seconds") > 1800)
    )
    assert shown.height == rows.height
    assert set(shown["timestamp"] - timedelta(milliseconds=200)) == set(rows["return_at"])
    only = simulate(replace(trial.world, marker_events="treatment"), seed=5).log
    assert (
        only.filter(pl.col("event") == "marker_shown").height
        == rows.filter("shown").height
        == rows.filter(pl.col("arm") == "treatment").height
    )


def test_cut_ends_the_log_in_the_middle() -> None:
    simulated = simulate(replace(SMALL, cut_days=8.5), seed=2)
    end = simulated.log["timestamp"].max()
    assert end < pl.Series(["2025-03-11T12:00:00"]).str.to_datetime(time_zone="UTC")[0]
    rows = simulated.interruptions
    assert rows["return_at"].max() <= end
    assert (
        rows.filter(~pl.col("eligible"))
        .select((pl.col("return_at") > end - timedelta(minutes=15)).all())
        .item()
    )


def test_minute_stamps_and_time_zones() -> None:
    world = World(users=20, weeks=1, stamps="minute", time_zone_hours=(9.0,))
    log = simulate(world, seed=0).log
    assert log.filter(pl.col("timestamp").dt.second() != 0).is_empty()
    assert log["timestamp"].dt.hour().median() < 6
