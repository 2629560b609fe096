"""A permitted folder with a log and a report, and what must not be read beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from factories.cheaper import draw_no_pictures

import resume_gap

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`served`, which may be read, and `secret.csv` beside it, which may not."""
    home = tmp_path_factory.mktemp("home")
    served = home / "served"
    resume_gap.simulate("workday", out=served, name="log", set=["users=30", "weeks=1"])
    log = served / "log.parquet"
    with pytest.MonkeyPatch.context() as patch:
        draw_no_pictures(patch)
        resume_gap.analyze(log, gap="6m", out=served / "report")
        resume_gap.analyze(log, gap="6m", out=served / "open", show_ids=True)
    pl.read_parquet(log).write_csv(home / "secret.csv")
    (served / "link.csv").symlink_to(home / "secret.csv")
    (served / "linked").symlink_to(home)
    (served / "folder").mkdir()
    (served / "folder" / "inner.csv").symlink_to(home / "secret.csv")
    return served
