"""A trial of known truth whose launch, or whose feature, is not the same all the time."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from factories.evaluated import check, nothing_looks_like_a_result, reason

from benchmarks.broken_trials import (
    LAUNCH,
    LOG,
    evaluate,
)
from resume_gap.report.text.check_remedies import of as options_of
from resume_gap.results.evaluate import Evaluated

Rows = pl.DataFrame
pytestmark = pytest.mark.usefixtures("few_draws", "undrawn")


def staged(assignments: Rows, *, later_treated: bool = True) -> Rows:
    """A launch over four days: first nearly nobody is treated, at last nearly everybody."""
    number = pl.int_range(pl.len()).over("variant")
    late, early = 4 - number % 7 // 2, number % 8 // 3
    day = pl.when(pl.col("variant") == "control").then(early).otherwise(late)
    return assignments.with_columns(
        assigned_at=pl.col("assigned_at") + pl.duration(days=day if later_treated else number % 4)
    )


UNMARKED: dict[str, Any] = {"marker": {}, "ignore": ["marker_shown"]}
"""Its markers were shown from the launch on."""


@pytest.mark.full  # the check is that of tests/trial/test_checks.py
def test_a_split_that_changes_over_time_withholds_the_verdict(
    assignments: Rows, tmp_path: Path
) -> None:
    found = evaluate(staged(assignments), tmp_path, **UNMARKED)
    over_time = check(found, "allocation_over_time")
    assert (over_time.status, over_time.code) == ("failed", "changes")
    assert found.evaluation.verdict.word == "withheld"
    assert "can be compared within days of assignment only" in reason(found)
    assert any(option.startswith("--stratify-by-day ") for option in options_of(found, "failed"))
    nothing_looks_like_a_result(found.evaluation)


@pytest.mark.full  # the check and what follows are those of tests/commands/test_judged.py
def test_users_may_be_compared_within_days_of_assignment(assignments: Rows, tmp_path: Path) -> None:
    found = evaluate(staged(assignments), tmp_path, stratify_by_day=True, **UNMARKED)
    over_time = check(found, "allocation_over_time")
    assert (over_time.status, over_time.code) == ("warned", "by_day")
    assert found.evaluation.verdict.word != "withheld"
    assert found.evaluation.primary.estimate is not None
    # A measure that cannot be compared within days is left out.
    rates = [g.effect for g in found.evaluation.guardrails if g.effect.unit == "share"]
    assert {effect.reason for effect in rates} == {"allocation_changed"}


@pytest.mark.full
def test_a_steady_split_over_days_passes(assignments: Rows, tmp_path: Path) -> None:
    found = evaluate(staged(assignments, later_treated=False), tmp_path, **UNMARKED)
    assert check(found, "allocation_over_time").status == "passed"
    assert found.evaluation.primary.estimate is not None


def changed_log(folder: Path, change: Callable[[Rows], Rows]) -> Path:
    path = folder / "changed.parquet"
    change(pl.read_parquet(LOG)).write_parquet(path)
    return path


@pytest.mark.full  # the check is that of tests/trial/test_marker_checks.py
def test_markers_before_the_assignment_withhold_the_verdict(
    assignments: Rows, tmp_path: Path, whole: Evaluated
) -> None:
    """Two treated users saw the marker a day before; one would be 1.25 % of 80, too."""

    def early(log: Rows) -> Rows:
        treated = assignments.filter(pl.col("variant") == "treatment")["user_id"].head(2)
        rows = log.filter(pl.col("event") == "marker_shown").unique("user_id", maintain_order=True)
        rows = rows.filter(pl.col("user_id").is_in(treated.implode())).with_columns(
            timestamp=pl.lit(LAUNCH - timedelta(days=1)).cast(log.schema["timestamp"])
        )
        return pl.concat([log, rows])

    assert check(whole, "early_markers").status == "passed"
    found = evaluate(assignments, tmp_path, log=changed_log(tmp_path, early))
    assert check(found, "early_markers").status == "failed"
    assert check(found, "early_markers").figures["users"] == 2
    assert "saw a marker before their assignment" in reason(found)


def restoring(assignments: Rows, seconds: float) -> Callable[[Rows], Rows]:
    """The feature writes an edit by itself so long after each marker."""

    def change(log: Rows) -> Rows:
        shown = log.filter(pl.col("event") == "marker_shown")
        written = shown.with_columns(
            event=pl.lit("edit"),
            timestamp=pl.col("timestamp") + timedelta(seconds=seconds),
        )
        return pl.concat([log, written])

    assert assignments.height
    return change


@pytest.mark.full  # the check is that of tests/trial/test_marker_checks.py
def test_work_that_the_feature_writes_withholds_the_verdict(
    assignments: Rows, tmp_path: Path
) -> None:
    log = changed_log(tmp_path, restoring(assignments, 0.2))
    found = evaluate(assignments, tmp_path, log=log)
    step = check(found, "first_step")
    assert (step.status, step.code) == ("failed", "written")
    events = step.figures["events"]
    assert isinstance(events, tuple)
    assert events[0] == "edit"
    assert "the feature itself seems to write work" in reason(found)
    assert "--ignore edit leaves it out" in options_of(found, "failed")
    nothing_looks_like_a_result(found.evaluation)


@pytest.mark.full
def test_work_soon_after_the_marker_is_warned_about(assignments: Rows, tmp_path: Path) -> None:
    """Later than anybody can be sure of; a few seconds after the return."""
    log = changed_log(tmp_path, restoring(assignments, 2.0))
    step = check(evaluate(assignments, tmp_path, log=log), "first_step")
    assert (step.status, step.code) == ("warned", "unclear")
    assert check(evaluate(assignments, tmp_path), "first_step").status == "passed"


@pytest.mark.full
def test_an_effect_that_only_written_work_makes_is_withheld(
    assignments: Rows, truth: Rows, tmp_path: Path
) -> None:
    """Nobody here saw a marker; half of them find an edit written some seconds after a return."""
    control = assignments.filter(pl.col("variant") == "control")
    turned = pl.when(pl.int_range(pl.len()) % 2 > 0).then(pl.lit("treatment"))
    arms = control.with_columns(turned.otherwise(pl.lit("control")).alias("variant"))
    treated = arms.filter(pl.col("variant") == "treatment").select("user_id")
    written = truth.filter(pl.col("return_at") >= LAUNCH).join(treated, on="user_id", how="semi")

    def restored(log: Rows) -> Rows:
        after = pl.duration(milliseconds=2_000 + pl.int_range(pl.len()) * 977 % 7_000)
        rows = written.select(
            "user_id", timestamp=pl.col("return_at") + after, event=pl.lit("write_note")
        )
        rest = log.filter(pl.col("event") != "marker_shown")
        return pl.concat([rest, rows.cast({"timestamp": log["timestamp"].dtype})], how="diagonal")

    found = evaluate(arms, tmp_path, log=changed_log(tmp_path, restored), marker=None)
    step = check(found, "first_step")
    assert (step.status, step.code) == ("failed", "only_at_once")
    assert step.figures["events"][:1] == ("write_note",)
    nothing_looks_like_a_result(found.evaluation)


@pytest.mark.full  # the check is that of tests/trial/test_assignment_checks.py
def test_a_log_that_begins_at_the_launch_is_warned_about(assignments: Rows, tmp_path: Path) -> None:
    log = changed_log(tmp_path, lambda rows: rows.filter(pl.col("timestamp") >= LAUNCH))
    found = evaluate(assignments, tmp_path, log=log)
    begins = check(found, "log_begins_late")
    assert (begins.status, begins.code) == ("warned", "no_history")
    assert found.evaluation.verdict.word != "withheld"
    assert found.evaluation.primary.flag == "first_return_seen"


@pytest.mark.full
def test_new_users_have_no_history(assignments: Rows, tmp_path: Path) -> None:
    log = changed_log(tmp_path, lambda rows: rows.filter(pl.col("timestamp") >= LAUNCH))
    new = evaluate(assignments, tmp_path, log=log, new_users=True)
    assert check(new, "log_begins_late").code == "new_users"
    assert new.evaluation.primary.flag is None
