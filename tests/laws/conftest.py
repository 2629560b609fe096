"""A simulated week of an office, measured once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from factories.law_logs import result

import resume_gap
from resume_gap.synthetic import PRESETS, simulate

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl


@pytest.fixture(scope="session")
def office() -> pl.DataFrame:
    """A simulated week of sixty people, from which a threshold is learned."""
    world = replace(
        PRESETS["workday"],
        users=60,
        weeks=1,
        stretch_steps_median=15,
        away_share=0.2,
        null_target_share=0.1,
    )
    log = simulate(world, seed=3).log
    assert 15_000 < log.height < 30_000
    return log


@pytest.fixture(scope="session")
def office_file(office: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "office.parquet"
    office.write_parquet(path)
    return path


@pytest.fixture(scope="session")
def office_result(office_file: Path) -> dict[str, Any]:
    found = result(resume_gap.analyze(office_file))
    assert found["threshold"]["source"] == "learned"
    assert found["counts"]["interruptions"] > 100
    return found
