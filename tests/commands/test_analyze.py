"""The part before launch on logs that lack something: every key is there, with a reason."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

import resume_gap
from resume_gap.replay.target_rules import POLICIES
from resume_gap.synthetic import PRESETS, simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECOND = 1_000_000
HOUR = 3600 * SECOND
MONDAY_US = 1_772_452_800_000_000
"""2026-03-02 12:00 UTC."""

EXCESS = {
    "word",
    "lower",
    "upper",
    "ci_lower",
    "ci_upper",
    "own_slots",
    "own_returns",
    "from_event",
    "from_end",
    "step_anew",
    "first_back",
    "control",
    "reason",
}
MARKER = {"policies", "best", "recommendation"}
POLICY = {
    "name",
    "already_there",
    "hit",
    "hit_in_3",
    "context_hit",
    "addressable",
    "chance",
    "lift",
    "lift_ci_lower",
    "lift_ci_upper",
    "habit",
    "lift_over_habit",
    "ci_lower",
    "ci_upper",
}
OPPORTUNITY = {"bounds", "minutes_per_user_week", "scenarios"}
RUNG = {"rung", "assumption", "lower", "upper", "ci_lower", "ci_upper"}
SENSITIVITY = {
    "seconds",
    "returns",
    "interruptions",
    "users_interrupted",
    "reorientation_mean_seconds",
    "productive_share",
    "excess_lower_seconds",
    "excess_upper_seconds",
    "policy",
    "hit",
    "minutes_per_user_week",
    "word",
}
UNKNOWN_SUMS = [
    "reorientation_sum_seconds",
    "productive",
    "zero",
    "excess_sum_seconds",
    "matched",
    "hits",
    "addressable",
    "productive_minutes",
]
"""Of users, where nothing counts as work."""
NO_INTERVAL = {"estimate": None, "ci_lower": None, "ci_upper": None}


@dataclass(frozen=True)
class Report:
    summary: dict[str, Any]
    interruptions: pl.DataFrame
    users: pl.DataFrame
    files: list[str]

    def __getitem__(self, name: str) -> Any:
        return self.summary[name]


Analyze = "Callable[..., Report]"


def report_on(folder: Path, log: pl.DataFrame, **options: Any) -> Report:
    """Writes a log, analyses it, reads the report."""
    file, out = folder / "log.parquet", folder / "report"
    log.write_parquet(file)
    given = {
        "gap": "30m",
        "time_unit": "us",
        "productive": "edit",
        "complete": "-",
        "until": "2026-03-04",
    }
    resume_gap.analyze(file, out=out, **(given | options))
    return Report(
        json.loads((out / "summary.json").read_bytes(), parse_constant=no_number),
        pl.read_parquet(out / "interruptions.parquet"),
        pl.read_parquet(out / "users.parquet"),
        sorted(p.name for p in out.iterdir()),
    )


@pytest.fixture
def analyzed(tmp_path: Path) -> Callable[..., Report]:
    """Makes a report on a log."""
    return partial(report_on, tmp_path)


@pytest.fixture(scope="module")
def every_return(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """All returns count."""
    return report_on(tmp_path_factory.mktemp("every"), log(), all_returns=True)


def no_number(text: str) -> None:
    pytest.fail(f"{text} stands in the JSON")


def log(users: int = 4, visits: int = 6) -> pl.DataFrame:
    """Forty events a visit, two hours from one to the next; the second is only looking."""
    rows = []
    for user in range(users):
        at = MONDAY_US + user * SECOND
        for visit in range(visits):
            for number in range(40):
                works = visit != 1 and number % 3 == 1
                rows.append(
                    {
                        "user_id": f"u{user}",
                        "timestamp": at + number * 9 * SECOND,
                        "event": "edit" if works else "look",
                        "target": f"t{number % 7}",
                    }
                )
            at += 2 * HOUR
    return pl.DataFrame(rows)


def numbers(value: Any) -> Iterator[float]:
    """All numbers in nested lists and tables."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from numbers(each)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def is_complete(report: Report) -> None:
    """The contract of interface.md: keys are there whatever the log lacks."""
    assert set(report["excess"]) >= EXCESS
    assert set(report["marker"]) >= MARKER
    assert set(report["marker"]["recommendation"]) == {"word", "reason", "figures", "message"}
    assert all(set(policy) >= POLICY for policy in report["marker"]["policies"])
    assert set(report["opportunity"]) >= OPPORTUNITY
    assert all(set(rung) == RUNG for rung in report["opportunity"]["bounds"])
    assert all(set(row) == SENSITIVITY for row in report["threshold"]["sensitivity"])
    assert report.files == [
        "data_quality.json",
        "interruptions.parquet",
        "prediction.json",
        "report.html",
        "summary.json",
        "users.parquet",
    ]
    returns = report["counts"]["returns"]
    assert report.interruptions.height == returns
    assert report.interruptions["is_interruption"].sum() == report["counts"]["interruptions"]
    assert report.users["eligible"].sum() == report["reorientation"]["eligible"]


def says_nothing(report: Report, reason: str) -> None:
    """No arrow, no bounds_of, and why."""
    marker, opportunity = report["marker"], report["opportunity"]
    assert (marker["reason"], marker["policies"], marker["best"]) == (reason, [], None)
    assert marker["recommendation"]["word"] == "not_enough_data"
    assert marker["recommendation"]["reason"]
    assert (opportunity["reason"], opportunity["bounds"], opportunity["scenarios"]) == (
        reason,
        [],
        [],
    )
    assert list(numbers(opportunity)) == []
    assert {row["word"] for row in report["threshold"]["sensitivity"]} == {"not_enough_data"}
    assert {row["hit"] for row in report["threshold"]["sensitivity"]} == {None}
    assert report["segments"] == []


def test_elements_but_no_work(analyzed: Analyze) -> None:
    found = analyzed(log(), productive="nothing")
    is_complete(found)
    says_nothing(found, "no_productive_events")
    excess = found["excess"]
    assert excess["reason"] == "no_productive_events"
    assert list(numbers(excess)) == []
    assert (
        excess["from_event"]
        == excess["step_anew"]
        == excess["first_back"]
        == excess["control"]
        == NO_INTERVAL
    )
    assert found["recovery"]["reason"] == "no_productive_events"
    reorientation = found["reorientation"]
    assert reorientation["reason"] == "no_productive_events"
    unknown = (
        "observed",
        "censored",
        "abandoned",
        "log_end",
        "observed_median_seconds",
        "productive_share",
        "zero_share",
        "detours_none_share",
    )
    assert [reorientation[name] for name in unknown] == [None] * len(unknown)
    assert reorientation["mean"] == NO_INTERVAL
    # Counts, gap classes and the time back to the element remain.
    assert found["counts"]["returns"] == 20
    assert found["counts"]["reasons"]["unknown"] == 20
    assert reorientation["target_return_median_seconds"] is not None
    nulls = ("lag_seconds", "reorientation_seconds", "first_productive_at", "detours", "lag_end")
    assert found.interruptions.select(nulls).null_count().row(0) == (20,) * len(nulls)
    columns = [name for name in found.interruptions.columns if name.endswith("_hit")]
    columns += ["chance", "own_slots"]
    assert found.interruptions.select(columns).null_count().row(0) == (20,) * len(columns)
    assert found.users.select(UNKNOWN_SUMS).null_count().row(0) == (4,) * len(UNKNOWN_SUMS)


def test_without_work_nothing_is_nought_though_every_return_counts(analyzed: Analyze) -> None:
    found = analyzed(log(), productive="nothing", all_returns=True)
    is_complete(found)
    says_nothing(found, "no_productive_events")
    assert found["counts"]["interruptions"] == found.users["eligible"].sum() == 20
    assert found.users.select(UNKNOWN_SUMS).null_count().row(0) == (4,) * len(UNKNOWN_SUMS)
    assert found["reorientation"]["mean"] == NO_INTERVAL
    unknown = ("reorientation_mean_seconds", "productive_share", "excess_lower_seconds")
    for row in found["threshold"]["sensitivity"]:
        assert [row[name] for name in unknown] == [None] * 3


def test_work_but_no_elements(analyzed: Analyze) -> None:
    found = analyzed(log().drop("target"))
    is_complete(found)
    says_nothing(found, "no_elements")
    assert found["counts"]["interruptions"] > 0
    assert found["reorientation"]["mean"]["estimate"] > 0
    assert found["excess"]["from_event"]["estimate"] is not None  # asks for no elements
    assert found["reorientation"]["detours_none_share"] is None
    columns = [name for name in found.interruptions.columns if name.endswith("_hit")]
    columns.append("chance")
    assert found.interruptions.select(columns).null_count().row(0) == (20,) * len(columns)
    assert found.users.select("hits", "addressable").null_count().row(0) == (4, 4)
    assert found.users["excess_sum_seconds"].null_count() == 0


@pytest.mark.full
def test_elements_that_are_all_empty_are_no_elements(analyzed: Analyze) -> None:
    found = analyzed(log().with_columns(target=pl.lit("")), target="target")
    is_complete(found)
    says_nothing(found, "no_elements")


@pytest.mark.full
def test_work_but_no_interruption(analyzed: Analyze) -> None:
    found = analyzed(log(visits=1))
    is_complete(found)
    says_nothing(found, "no_interruptions")
    assert found["excess"]["reason"] == "no_interruptions"
    assert list(numbers(found["excess"])) == []
    assert found["reorientation"]["reason"] == "no_interruptions"


def test_one_user_has_figures_without_intervals(analyzed: Analyze) -> None:
    found = analyzed(log(users=1))
    is_complete(found)
    assert found["counts"]["users"] == 1
    marker = found["marker"]
    assert marker["reason"] is None
    assert [policy["name"] for policy in marker["policies"]] == list(POLICIES)
    for policy in marker["policies"]:
        assert policy["hit"] is not None
        assert policy["chance"] is not None
        assert policy["context_hit"] is None  # the log has no contexts
        assert policy["lift_ci_lower"] is None
    assert marker["recommendation"]["word"] == "not_enough_data"
    assert marker["recommendation"]["figures"]["users"] == 1
    assert [rung["rung"] for rung in found["opportunity"]["bounds"]][:2] == [0, 1]
    assert found["reorientation"]["mean"]["estimate"] is not None
    assert found["reorientation"]["mean"]["ci_lower"] is None
    assert found["excess"]["ci_lower"] is None
    assert found["recovery"]["reason"] == "too_few_steps"


def test_all_returns_count_though_the_rule_thinks_otherwise(
    analyzed: Analyze, every_return: Report
) -> None:
    found, ruled = every_return, analyzed(log())
    is_complete(found)
    assert ruled["counts"]["interruptions"] < 20
    assert found["counts"]["returns"] == found["counts"]["interruptions"] == 20
    assert found["counts"]["reasons"] == ruled["counts"]["reasons"]
    assert found.interruptions["is_interruption"].all()
    assert set(found.interruptions["reason"]) == {"mid_task", "idle"}
    assert found["generated_from"]["settings"]["all_returns"] is True
    headline = found["threshold"]["sensitivity"]
    assert all(row["interruptions"] == row["returns"] for row in headline)
    assert found["reorientation"]["eligible"] > ruled["reorientation"]["eligible"]
    # Moments need no work in progress then either, so more slots are found.
    own = found.interruptions["own_slots"].sum()
    assert own > ruled.interruptions["own_slots"].sum() > 0


def test_where_every_return_counts_the_rows_over_all_returns_are_the_headline(
    every_return: Report,
) -> None:
    found = every_return
    shown = {row["policy"]: row for row in found["marker"]["hits"] if row["group"] == "all_returns"}
    for policy in found["marker"]["policies"]:
        row = shown[policy["name"]]
        assert (row["hit"], row["chance"]) == (policy["hit"], policy["chance"])
        assert row["eligible"] == found["reorientation"]["eligible"]


@pytest.mark.full
def test_a_row_of_the_table_is_what_a_run_with_that_threshold_shows(tmp_path: Path) -> None:
    """Fifteen people of a simulated week whose threshold is under fifteen minutes."""
    path = tmp_path / "office.parquet"
    world = replace(PRESETS["workday"], users=15, weeks=1)
    simulate(world, seed=2).log.write_parquet(path)
    found = resume_gap.analyze(path, gap="6m")
    for row in found.threshold.sensitivity[1::3]:
        again = resume_gap.analyze(path, gap=f"{row.seconds:.0f}s")
        used = next(r for r in again.threshold.sensitivity if r.seconds == row.seconds)
        assert row == used
        assert row.reorientation_mean_seconds == pytest.approx(again.reorientation.mean.estimate)
        assert (row.excess_lower_seconds, row.excess_upper_seconds) == (
            again.excess.lower,
            again.excess.upper,
        )
        assert row.policy == again.marker.best
        (best,) = (p for p in again.marker.policies if p.name == row.policy)
        assert row.hit == pytest.approx(best.hit)
        assert row.minutes_per_user_week == again.opportunity.minutes_per_user_week
    caps = {row.reorientation_mean_seconds for row in found.threshold.sensitivity}
    assert len(caps) == 6


def test_a_zone_that_lacks_an_hour_with_rows_is_a_warning(tmp_path: Path) -> None:
    def found(zone: str | None, **options: str) -> dict[str, tuple[str, int]]:
        # The first visit begins at 02:30 on the day that the zone's clocks are set forward.
        begun = datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
        moved = pl.col("timestamp") - MONDAY_US + round(begun.timestamp()) * SECOND
        at = pl.from_epoch(moved, time_unit="us").dt.replace_time_zone(zone)
        given = {"until": "2026-04-01", "tz": "UTC"} | options
        report = report_on(tmp_path, log().with_columns(timestamp=at), **given)
        return {
            check["check"]: (check["severity"], check["count"])
            for check in report["data_quality"]
            if check["check"].startswith("local_times")
        }

    lacking = found(None, tz="Europe/Berlin")
    assert lacking.keys() == {"local_times_skipped"}
    assert lacking["local_times_skipped"] == ("warn", 4 * 40)
    assert found(None) == found("UTC", tz="Europe/Berlin") == found(None, tz="Asia/Tokyo") == {}
