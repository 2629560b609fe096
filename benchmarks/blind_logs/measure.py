"""What `analyze` says of a log in trouble."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

import resume_gap

if TYPE_CHECKING:
    from benchmarks.blind_logs.trouble import Trouble
    from resume_gap.results.analyze import Analysis

INNER = ("visit", "n")
"""What the office knows of its rows and no log says."""


def analyzed(trouble: Trouble) -> Analysis:
    """The result of the log; the log itself is not kept."""
    frame = pl.DataFrame(trouble.rows(), infer_schema_length=None).drop(INNER, strict=False)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "events.parquet"
        frame.with_columns(pl.col("timestamp").cast(pl.Datetime("us", "UTC"))).write_parquet(path)
        return resume_gap.analyze(str(path), **trouble.options)
