"""Which moments are candidates, by what a run asks."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pytest

import resume_gap
from resume_gap.constants import MOMENT_ROWS, STREAM_ROW_BYTES
from resume_gap.errors import DataError
from resume_gap.pipeline import numbering, ordering, reduction
from resume_gap.pipeline.queries import Runner, by_stream
from resume_gap.pipeline.reduction import (
    _thinning,
    burst_cut_us,
    refuse_long_stream,
)

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


@pytest.fixture
def numbered() -> Any:
    """Streams 1 and 4 of users 1 and 3; the second row was refused."""
    with duckdb.connect(config={"threads": 1}) as con:
        runner = Runner(con)
        rows = {
            "user_id": ["a", "b", "c"],
            "stream": ["", "", ""],
            "n": [5, 7, 9],
            "refused": [None, "excluded_user", None],
            "user_no": [1, None, 3],
            "stream_no": [1, None, 4],
        }
        runner.store("streams", pa.table(rows))
        yield runner


def test_long_logs_have_fewer_moments(numbered: Runner) -> None:
    many = int(MOMENT_ROWS.value)
    whole: Any = SimpleNamespace(read=many)
    assert _thinning(numbered, whole, 3, all_returns=False).stream_keys is None
    longer: Any = SimpleNamespace(read=4 * many)
    thinning = _thinning(numbered, longer, 3, all_returns=True)
    assert (thinning.share, thinning.idle_too) == (0.25, True)
    assert thinning.stream_keys is not None
    hashed = "select md5_number_lower('3:' || user_id)::ubigint from streams where stream_no > 0"
    (first,), (last,) = numbered.con.sql(hashed).fetchall()
    assert thinning.stream_keys.tolist() == [0, first, 0, 0, last]
    again = _thinning(numbered, longer, 3, all_returns=False).stream_keys
    assert again is not None
    assert np.array_equal(again, thinning.stream_keys)
    other = _thinning(numbered, longer, 4, all_returns=False).stream_keys
    assert other is not None
    assert not np.array_equal(other, thinning.stream_keys)


def test_users_of_streams_are_found_by_number(numbered: Runner) -> None:
    assert by_stream(numbered.read("22_stream_users"), "user_no").tolist() == [0, 1, 0, 0, 3]


def test_controls_need_work_unless_somebody_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bool] = []

    class AskedError(Exception):
        """Enough is known."""

    def thinning(*_: object, all_returns: bool) -> None:
        asked.append(all_returns)
        raise AskedError

    monkeypatch.setattr(reduction, "_thinning", thinning)
    monkeypatch.setattr(reduction, "read_steps", lambda *_, **__: iter(()))
    monkeypatch.setattr(reduction, "EventUsers", lambda *_: SimpleNamespace(users={}, add=None))
    for name in ("_sampled_streams", "by_stream"):
        monkeypatch.setattr(reduction, name, lambda *_: None)
    runner: Any = SimpleNamespace(read=lambda _: None)
    intake: Any = SimpleNamespace(read=1, contents=None, all_differ=True)
    for given in ({}, {"all_returns": True}):
        with pytest.raises(AskedError):
            reduction.reduce_events(runner, intake, cut_us=1, seed=0, **given)
    assert asked == [False, True]


def test_events_put_in_order_by_counting_give_what_the_database_orders(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of a log with nothing but the four columns; by default only large ones are counted."""
    log = pl.read_parquet(Path(__file__).parents[2] / "sample_events" / "workday.parquet")
    log.select("user_id", "timestamp", "event", "target").write_parquet(tmp_path / "log.parquet")
    calls: list[int] = []
    in_order = ordering.in_order

    def counted(*given: Any) -> Any:
        calls.append(1)
        return in_order(*given)

    monkeypatch.setattr(ordering, "in_order", counted)
    found = []
    for least in (reduction.ORDERED_FROM, 0):
        monkeypatch.setattr(reduction, "ORDERED_FROM", least)
        out = tmp_path / str(least)
        resume_gap.analyze(tmp_path / "log.parquet", out=out)
        found.append((out / "interruptions.parquet").read_bytes())
        assert len(calls) == len(found) - 1
    assert found[0] == found[1]


@pytest.mark.parametrize("in_conflict", [False, True])
def test_rows_that_went_before_the_pass_do_not_come_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, in_conflict: bool
) -> None:
    """Rows numbered by hashes are the log's, of which some are gone where ids are in conflict."""
    log = pl.read_parquet(Path(__file__).parents[2] / "sample_events" / "workday.parquet")
    log = log.select("user_id", "timestamp", "event", "target").head(20_000)
    log = log.with_columns(event_id=pl.int_range(pl.len()).cast(pl.String))
    again = log[5_000:5_200]
    if in_conflict:  # 3 of 200 ids come with other content, an hour later
        later = pl.col("timestamp") + pl.duration(hours=1)
        other = again[:3].with_columns(timestamp=later, event=pl.lit("submit"))
        again = pl.concat([other, again[3:]])
    pl.concat([log, again]).write_parquet(tmp_path / "log.parquet")
    calls: list[int] = []

    def counted(*given: Any) -> Any:
        calls.append(1)
        return numbering.numbered(*given)

    monkeypatch.setattr(reduction, "numbered", counted)
    found = []
    for least in (reduction.ORDERED_FROM, 0):
        monkeypatch.setattr(reduction, "ORDERED_FROM", least)
        out = tmp_path / str(least)
        run = resume_gap.analyze(tmp_path / "log.parquet", out=out)
        found.append((run.rows.used, (out / "interruptions.parquet").read_bytes()))
    assert found[0] == found[1]
    assert len(calls) == (0 if in_conflict else 1)
