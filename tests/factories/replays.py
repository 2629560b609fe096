"""A replay whose rows are made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from resume_gap.pipeline.batches import Shelf
from resume_gap.replay.collected import ROWS, SLOTS, Replays

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from resume_gap.replay.totals import ThresholdSums
    from resume_gap.stats.excess import CellSums


def replays_with(
    rows: pl.DataFrame,
    *,
    slots: pl.DataFrame | None = None,
    thresholds: Mapping[int, ThresholdSums] | None = None,
    first_back: Iterable[CellSums] = (),
) -> Replays:
    """One row per return, and one per slot found; all returns count unless the rows say so."""
    if "is_counted" not in rows.columns:
        rows = rows.with_columns(is_counted=True)
    nobody = pl.DataFrame(schema={"cell": pl.Int64, "y_us": pl.Int64})
    shelf = Shelf(None)
    shelf.put({ROWS: rows.to_arrow(), SLOTS: (nobody if slots is None else slots).to_arrow()})
    return Replays(thresholds=thresholds or {}, first_back=first_back, shelf=shelf)


def rows_of(replays: Replays) -> pl.DataFrame:
    """All columns of the returns."""
    return replays.rows(*replays.shelf.table(ROWS).column_names)
