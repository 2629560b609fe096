"""A folder to stand in, with a log in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from resume_gap.synthetic import PRESETS, simulate

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def log_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated log of some thousand rows."""
    world = replace(PRESETS["workday"], users=6, weeks=1)
    path = tmp_path_factory.mktemp("log") / "office.parquet"
    simulate(world, seed=1).log.write_parquet(path)
    return path


@pytest.fixture
def here(tmp_path: Path, log_file: Path) -> Path:
    """A folder to stand in, with the log in it."""
    (tmp_path / "office.parquet").symlink_to(log_file)
    return tmp_path
