"""The sample of a trial and what is said of it, once for all tests."""

from pathlib import Path

import polars as pl
import pytest
from factories.cheaper import deal_seldom, draw_no_pictures

from benchmarks.broken_trials import (
    SAMPLES,
    evaluate,
)
from benchmarks.broken_trials import assignments as sample_assignments
from resume_gap.results.evaluate import Evaluated

Rows = pl.DataFrame


@pytest.fixture(scope="session")
def assignments() -> Rows:
    return sample_assignments()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the report on the sample as it is stands, once `whole` is there."""
    return tmp_path_factory.mktemp("whole") / "report"


@pytest.fixture(scope="session")
def whole(assignments: Rows, report: Path) -> Evaluated:
    """What is said of the sample as it is."""
    with pytest.MonkeyPatch.context() as patch:
        deal_seldom(patch)
        draw_no_pictures(patch)
        return evaluate(assignments, report.parent, out=report)


@pytest.fixture(scope="session")
def truth() -> Rows:
    return pl.read_parquet(SAMPLES / "marker_trial_truth" / "interruptions.parquet")
