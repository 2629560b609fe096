"""A trial of known truth, as it is."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from factories import trial_results
from factories.evaluated import check

import resume_gap
from benchmarks.broken_trials import (
    LOG,
    SHOWN,
    evaluate,
)
from resume_gap.commands.evaluate import _doubts
from resume_gap.report.text.check_remedies import found as what_was_found
from resume_gap.results.common import plain
from resume_gap.results.evaluate import Evaluated

Rows = pl.DataFrame
pytestmark = pytest.mark.usefixtures("few_draws", "undrawn")


def test_the_arms_are_the_planted_ones(truth: Rows, whole: Evaluated) -> None:
    """Mean of the first followed-up interruption of each user, from the simulator's account."""
    found = whole.evaluation
    first = (
        truth.filter((pl.col("gap_seconds") > 1800) & pl.col("eligible") & pl.col("followed"))
        .sort("user_id", "return_at")
        .group_by("user_id", maintain_order=True)
        .first()
        .with_columns(pl.col("reorientation_seconds").clip(upper_bound=found.primary.cap_seconds))
    )
    assert found.primary.cap_source == "lags"
    for arm in ("control", "treatment"):
        mine = first.filter(pl.col("arm") == arm)
        assert getattr(found.trust, f"triggered_{arm}") == mine.height
        assert getattr(found.primary, arm) == pytest.approx(mine["reorientation_seconds"].mean())
    assert found.primary.estimate == pytest.approx(found.primary.treatment - found.primary.control)


def test_all_returns_are_the_planted_ones(truth: Rows, whole: Evaluated) -> None:
    found = whole.evaluation
    (everything,) = [e for e in (*found.secondary, *found.exploratory) if e.rows_control]
    rows = truth.filter((pl.col("gap_seconds") > 1800) & pl.col("eligible") & pl.col("followed"))
    for arm in ("control", "treatment"):
        mine = rows.filter(pl.col("arm") == arm)
        assert getattr(everything, f"rows_{arm}") == mine.height
        assert getattr(everything, arm) == pytest.approx(mine["reorientation_seconds"].mean())


def test_a_good_trial_passes_its_checks(whole: Evaluated) -> None:
    found = whole
    assert {c.status for c in found.evaluation.trust.checks} <= {"passed", "not_checked"}
    assert found.evaluation.verdict.word in ("better", "no_difference_seen")
    assert check(found, "marker_elsewhere").figures["elsewhere"] == 0
    assert check(found, "marker_in_control").figures["control"] == 0


@pytest.mark.full
def test_the_arms_swapped_turn_the_effect(
    assignments: Rows, tmp_path: Path, whole: Evaluated
) -> None:
    one = whole.evaluation.primary
    other = evaluate(
        assignments,
        tmp_path,
        control="treatment",
        treatment="control",
        marker={"clicked": ["marker_shown"]},
    ).evaluation.primary
    assert other.estimate == pytest.approx(-one.estimate)
    assert other.ci_lower == pytest.approx(-one.ci_upper)


@pytest.mark.full
def test_looks_widen_the_interval_and_take_the_p(
    assignments: Rows, tmp_path: Path, whole: Evaluated
) -> None:
    one = whole.evaluation
    many = evaluate(assignments, tmp_path, looks=28, planned_users=400).evaluation
    assert many.looks is not None
    assert many.looks.planned_by == "given"
    assert many.primary.p is None
    assert many.primary.ci_upper - many.primary.ci_lower > 1.3 * (
        one.primary.ci_upper - one.primary.ci_lower
    )


def test_everything_is_said_in_the_summary(whole: Evaluated, report: Path) -> None:
    out = report
    content = json.loads((out / "summary.json").read_text())
    assert content["command"] == whole.command == "evaluate"
    assert set(content["evaluation"]["primary"]) >= {
        "estimand",
        "control",
        "treatment",
        "estimate",
        "ci_lower",
        "ci_upper",
        "relative",
        "n_control",
        "n_treatment",
    }
    assert set(content["evaluation"]["verdict"]) == {"word", "reason", "figures"}
    users = pl.read_parquet(out / "users.parquet")
    assert users["arm"].value_counts(sort=True)["count"].sum() == users.height
    assert not (out / "prediction.json").exists()
    for name in ("00_rows.sql", "00_assignment_rows.sql"):  # both are generated, so in no folder
        assert "read_" in whole.methods.queries[name]


@pytest.mark.full
def test_neither_order_nor_format_of_the_assignments_matters(
    assignments: Rows, tmp_path: Path, whole: Evaluated
) -> None:
    one = whole.evaluation
    again = tmp_path / "shuffled.parquet"
    assignments.rename({"variant": "arm"}).sample(fraction=1, shuffle=True, seed=3).write_parquet(
        again
    )
    two = resume_gap.evaluate(LOG, assignments=str(again), gap="30m", marker=SHOWN).evaluation
    assert plain(one.primary) == plain(two.primary)
    assert plain(one.guardrails) == plain(two.guardrails)


@pytest.mark.full
def test_neither_row_order_nor_threads_nor_paths_change_the_result(
    assignments: Rows, tmp_path: Path
) -> None:
    def result(folder: str, log: Rows, rows: Rows, **options: Any) -> dict[str, Any]:
        place = tmp_path / folder
        place.mkdir()
        log.write_parquet(place / "log.parquet")
        evaluate(rows, place, log=place / "log.parquet", out=place / "out", **options)
        content = json.loads((place / "out" / "summary.json").read_text())
        assert [Path(item["path"]).name for item in content.pop("generated_from")["inputs"]] == [
            "log.parquet",
            "assignments.csv",
        ]
        return content

    log = pl.read_parquet(LOG)
    one = result("one", log, assignments, threads=1)
    shuffled = assignments.sample(fraction=1, shuffle=True, seed=2)
    other = log.sample(fraction=1, shuffle=True, seed=1)
    assert one == result("two", other, shuffled, memory_limit="600MB", threads=2)


def test_what_fails_or_warns_is_a_doubt() -> None:
    checks = trial_results.withheld().evaluation.trust.checks
    found = {
        status: [one for one in checks if one.status == status]
        for status in ("passed", "failed", "not_checked")
    }
    assert all(found.values())
    warned = dataclasses.replace(found["failed"][0], status="warned")
    given = [*found["passed"], *found["failed"], warned, *found["not_checked"]]
    expected = [what_was_found(one) for one in (*found["failed"], warned)]
    assert list(_doubts(given)) == expected
