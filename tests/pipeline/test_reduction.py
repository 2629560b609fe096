"""Which moments are candidates, by what a run asks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from resume_gap.constants import STREAM_ROW_BYTES
from resume_gap.errors import DataError
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.reduction import _thinning, burst_cut_us, refuse_long_stream

US = 1_000_000


@pytest.mark.parametrize("all_returns", [False, True])
def test_controls_need_no_work_only_where_every_return_counts(*, all_returns: bool) -> None:
    intake: Any = SimpleNamespace(read=10)
    runner: Any = None
    thinning = _thinning(runner, intake, 0, all_returns=all_returns)
    assert thinning.idle_too is all_returns
    assert thinning.share == 1


@pytest.mark.parametrize(
    ("gap", "cut"), [(None, 30), (40, 20), (1_800, 900), (7_200, 900), (1_801, 900)]
)
def test_the_burst_cut_is_the_shortest_threshold_asked_about(gap: int | None, cut: float) -> None:
    assert burst_cut_us(None if gap is None else gap * US) == cut * US


def test_a_stream_that_does_not_fit_is_refused_with_what_it_takes() -> None:
    with duckdb.connect() as con:
        runner = Runner(con)
        rows = {"n": [10, 2_500_000, 9_000_000], "refused": [None, None, "excluded_user"]}
        runner.store("streams", pa.table(rows))
        needed = round(2_500_000 * STREAM_ROW_BYTES.value)
        refuse_long_stream(runner, needed + 100_000_000)
        with pytest.raises(DataError, match=r"2,500,000 rows.* 1 GB; give --memory-limit 1GB"):
            refuse_long_stream(runner, 500_000_000)


def test_a_small_log_is_never_refused() -> None:
    with duckdb.connect() as con:
        runner = Runner(con)
        runner.store("streams", pa.table({"n": [50_000], "refused": pa.nulls(1, pa.string())}))
        refuse_long_stream(runner, 1_000)
