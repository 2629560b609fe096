"""The comparison with other tools: the page follows from figures that can be recounted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from benchmarks.alternatives import sessions, trial
from benchmarks.alternatives.figures import Figures
from benchmarks.alternatives.page import page
from benchmarks.alternatives.trial import Measures

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_events"
KEPT = ROOT / "docs" / "alternatives.json"
NINE = datetime(2025, 3, 3, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def figures() -> Figures:
    return Figures.load(KEPT)


def clustered(users: int = 60, each: int = 20) -> Measures:
    """Users of whom each has a speed of their own, and no effect."""
    random = np.random.default_rng(1)
    who = np.repeat(np.arange(users), each)
    seconds = random.normal(60, 20, users)[who] + random.normal(0, 5, users * each)
    return Measures(
        treated=np.arange(users) % 2 == 0,
        row_user=who,
        row_seconds=seconds,
        first_user=np.arange(users),
        first_seconds=seconds[::each],
        threshold_seconds=300.0,
        cap_seconds=300.0,
        primary_seconds=120.0,
        verdict="better",
    )


def test_the_page_is_that_of_the_figures(figures: Figures) -> None:
    assert (ROOT / "docs" / "alternatives.md").read_text(encoding="utf-8") == page(figures)


def test_figures_are_kept_as_they_are(figures: Figures, tmp_path: Path) -> None:
    figures.save(tmp_path / "figures.json")
    assert (tmp_path / "figures.json").read_bytes() == KEPT.read_bytes()
    assert Figures.load(tmp_path / "figures.json") == figures


def test_the_page_says_what_did_not_run(figures: Figures) -> None:
    tests = [one for one in figures.trial.methods if not one.key.startswith("gbstats")]
    less = replace(
        figures,
        sessions=[],
        trial=replace(figures.trial, methods=tests),
        skipped=["gbstats was not run: no interpreter."],
    )
    text = page(less)
    assert "## retentioneering" not in text
    assert "`evaluate` answers `better`" in text
    assert "Bayesian engine makes" not in text
    assert "## What did not run\n\n- gbstats was not run: no interpreter." in text


def test_the_page_takes_sides_by_the_figures(figures: Figures) -> None:
    text = page(figures)
    assert "Both count the same sessions." in text
    assert "Welch's t (interruptions, as if independent) finds an effect in 1 of " in text
    methods = [replace(one, alarms=50, truth=99.0) for one in figures.trial.methods]
    first = replace(figures.sessions[0], theirs=1)
    other = replace(figures, sessions=[first], trial=replace(figures.trial, methods=methods))
    text = page(other)
    assert "The two differ where the table shows it." in text
    assert "splits without" not in text
    assert "The interval leaves the planted effect out: Welch's t" in text


def test_the_usual_sessions_by_hand() -> None:
    minutes_and_events = [
        ("a", 0, "view"),
        ("a", 30, "edit_cell"),  # half an hour is not more than half an hour
        ("a", 61, "view"),
        ("a", 63, "edit_cell"),
        ("b", 64, "view"),
        ("b", 200, "view"),
    ]
    log = pl.DataFrame(
        [
            {"user_id": user, "timestamp": NINE + timedelta(minutes=at), "event": event}
            for user, at, event in minutes_and_events
        ]
    )
    found = sessions.usual_sessions(log, sessions.USUAL_SECONDS)
    assert found["is_return"].to_list() == [False, True, False, True]
    assert found["seconds"].to_list() == [1800.0, 120.0, None, None]
    assert found["user_id"].to_list() == ["a", "a", "b", "b"]


@pytest.mark.parametrize("name", sessions.NAMES)
def test_the_usual_sessions_of_a_sample_are_those_of_the_figures(
    name: str, figures: Figures
) -> None:
    (kept,) = [one for one in figures.samples if one.name == name]
    log = pl.read_parquet(SAMPLES / f"{name}.parquet")
    log = log.filter(pl.col("event") != sessions.MARKER)
    found = sessions.by_sql(log, sessions.truth_of(SAMPLES, name))
    assert (kept.events, kept.users) == (log.height, log["user_id"].n_unique())
    assert kept.ways[0] == replace(
        found, seconds=round(found.seconds, 6), truth_seconds=round(found.truth_seconds, 6)
    )


def test_giving_up_is_charged_the_cap() -> None:
    planted = pl.DataFrame({"lag_seconds": [10.0, 500.0, None]})
    assert sessions.capped_mean(planted, 100.0) == 70.0


def test_rows_of_few_users_raise_false_alarms() -> None:
    given = clustered()
    drawn = trial.splits(given.treated, 60, 3)
    assert all(arms.sum() == given.treated.sum() for arms in drawn)
    rows = sum(trial.on_rows(given, arms).pvalue < trial.ALPHA for arms in drawn)
    users = sum((trial.all_returns(given, arms, 0).p or 1) < trial.ALPHA for arms in drawn)
    assert rows > 25
    assert users < 8


def test_growthbook_gets_the_sums_of_users() -> None:
    given = Measures(
        treated=np.array([True, False, True]),
        row_user=np.array([0, 0, 1]),
        row_seconds=np.array([3.0, 5.0, 7.0]),
        first_user=np.array([0, 1]),
        first_seconds=np.array([3.0, 6.0]),
        threshold_seconds=300.0,
        cap_seconds=300.0,
        primary_seconds=6.0,
        verdict="better",
    )
    control, treatment = trial.user_sums(given, given.treated)["all"]
    assert control["n"] == treatment["n"] == 1  # nobody without an interruption
    assert (treatment["sum"], treatment["squares"], treatment["products"]) == (8.0, 64.0, 16.0)
    assert (treatment["per_sum"], treatment["per_squares"]) == (2.0, 4.0)
    assert trial.user_sums(given, given.treated)["first"] == [
        {"n": 1, "sum": 6.0, "squares": 36.0},
        {"n": 1, "sum": 3.0, "squares": 9.0},
    ]


@pytest.mark.full
def test_the_effects_are_those_that_evaluate_reports(figures: Figures, tmp_path: Path) -> None:
    given = trial.measure(SAMPLES, tmp_path / "trial")
    written = pl.read_json(tmp_path / "trial" / "summary.json")["evaluation"][0]["primary"]
    (kept,) = [one for one in figures.trial.methods if one.key == "first_return"]
    found = trial.first_return(given, given.treated, 0)
    assert found.estimate == pytest.approx(written["estimate"])
    assert found.estimate == pytest.approx(kept.estimate, abs=1e-6)
    assert (found.ci_lower, found.p) == pytest.approx((kept.ci_lower, kept.p), abs=1e-6)
