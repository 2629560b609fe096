"""The samples as Python and as the command line report them, once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

import resume_gap as rg

SAMPLES = Path(__file__).parents[2] / "sample_events"
WORKDAY = SAMPLES / "workday.parquet"


@pytest.fixture(scope="session")
def workday() -> rg.AnalysisReport:
    """What Python returns of the sample."""
    return rg.analyze(WORKDAY)
