"""A trial of known truth beside what was predicted of it."""

import json
from pathlib import Path

import polars as pl
import pytest
from factories.evaluated import refused

import resume_gap
from benchmarks.broken_trials import (
    LAUNCH,
    LOG,
    SAMPLES,
    evaluate,
)
from resume_gap.errors import DataError

Rows = pl.DataFrame
pytestmark = pytest.mark.usefixtures("few_draws", "undrawn")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The prediction of the week before the launch, from a log that ends there."""
    folder = tmp_path_factory.mktemp("before")
    log = folder / "before.parquet"
    pl.read_parquet(LOG).filter(pl.col("timestamp") < LAUNCH).write_parquet(log)
    resume_gap.analyze(log, gap="30m", out=folder / "report")
    return folder / "report" / "prediction.json"


def test_the_prediction_stands_beside_the_measured(
    assignments: Rows, tmp_path: Path, before: Path
) -> None:
    out = tmp_path / "report"
    found = evaluate(assignments, tmp_path, prediction=str(before), out=out, gap="auto")
    said = {row.name: row for row in found.evaluation.predicted}
    content = json.loads(before.read_text())
    assert found.threshold.seconds == content["threshold"]["seconds"] == 1800
    assert found.threshold.reason == "prediction"
    mean = said["reorientation_mean_seconds"]
    assert mean.predicted.estimate == content["reorientation_mean"]["estimate"]
    assert mean.measured.estimate == pytest.approx(154.49058608073234)
    assert mean.n_measured == 1147
    assert {"hit", "saving_at_most_seconds", "scenario:middle"} <= set(said)
    assert said["scenario:middle"].measured.estimate == -found.evaluation.primary.estimate
    assert (out / "prediction.json").read_bytes() == before.read_bytes()


@pytest.mark.full
def test_what_is_worth_it_may_be_out_of_reach(
    assignments: Rows, tmp_path: Path, before: Path
) -> None:
    """What was sealed before the launch is under the two minutes that are asked for here."""
    out = tmp_path / "report"
    found = evaluate(assignments, tmp_path, prediction=str(before), worth=120, out=out)
    seen = found.evaluation.futility
    assert seen is not None
    assert seen.is_futile
    assert seen.upper_seconds is not None
    assert 0 < seen.upper_seconds < seen.worth_seconds == 120
    content = json.loads((out / "summary.json").read_text())
    assert content["evaluation"]["futility"]["is_futile"]
    assert "Futile: " in (out / "report.html").read_text()


@pytest.mark.full
def test_a_prediction_of_the_trial_itself_is_none(assignments: Rows, tmp_path: Path) -> None:
    out = tmp_path / "report"
    resume_gap.analyze(LOG, gap="20m", ignore=["marker_shown"], out=out)
    found = evaluate(assignments, tmp_path, out=out, gap="auto")
    assert found.evaluation.predicted == ()
    assert found.prediction is None
    assert "prediction_of_this_log" in {c.check for c in found.data_quality}
    assert found.threshold.source == "learned"


@pytest.mark.parametrize(
    ("until", "used"),
    [("2025-03-09", True), ("2025-03-10", True), ("2025-03-10T00:00:00.000001Z", False)],
)
@pytest.mark.full
def test_a_prediction_may_end_at_the_launch_and_not_after_it(
    assignments: Rows, tmp_path: Path, until: str, used: bool
) -> None:
    """Everybody is assigned on 10 March at midnight."""
    assert assignments["assigned_at"].min() == LAUNCH
    resume_gap.analyze(LOG, gap="30m", until=until, out=tmp_path / "before")
    before = str(tmp_path / "before" / "prediction.json")
    found = evaluate(assignments, tmp_path, prediction=before, gap="auto")
    assert (found.prediction is not None) == used
    assert ("prediction_of_this_log" in {c.check for c in found.data_quality}) != used


@pytest.mark.full
def test_a_prediction_outlives_its_report(tmp_path: Path) -> None:
    out = tmp_path / "report"
    workday = SAMPLES / "workday.parquet"
    resume_gap.analyze(workday, out=out)
    sealed = (out / "prediction.json").read_bytes()
    resume_gap.plan(workday, out=out)
    assert json.loads((out / "summary.json").read_text())["command"] == "plan"
    assert (out / "prediction.json").read_bytes() == sealed


@pytest.mark.full
def test_another_threshold_than_the_predictions_is_said(
    assignments: Rows, tmp_path: Path, before: Path
) -> None:
    found = evaluate(assignments, tmp_path, prediction=str(before), gap="20m")
    assert "other_threshold" in {c.check for c in found.data_quality}


def test_a_prediction_that_was_changed_is_refused(
    assignments: Rows, tmp_path: Path, before: Path
) -> None:
    path = tmp_path / "prediction.json"
    path.write_text(before.read_text().replace('"seconds": 1800.0', '"seconds": 60.0'))
    refused(
        DataError,
        "was changed after it was written",
        lambda: evaluate(assignments, tmp_path, prediction=str(path)),
    )


@pytest.mark.full
def test_the_threshold_is_learned_before_the_first_assignment(
    assignments: Rows, tmp_path: Path
) -> None:
    """What comes after, whatever it is, does not move it."""
    log = pl.read_parquet(LOG)
    path = tmp_path / "log.parquet"
    other = (
        pl.when(pl.col("timestamp") > LAUNCH)
        .then(LAUNCH + (pl.col("timestamp") - LAUNCH) * 2)
        .otherwise(pl.col("timestamp"))
    )
    log.with_columns(timestamp=other).write_parquet(path)
    one = evaluate(assignments, tmp_path, gap="auto", marker={}, ignore=["marker_shown"])
    two = evaluate(assignments, tmp_path, gap="auto", marker={}, ignore=["marker_shown"], log=path)
    assert one.threshold.source == two.threshold.source == "learned"
    assert one.threshold.seconds == two.threshold.seconds
