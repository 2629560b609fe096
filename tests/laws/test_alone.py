"""One user beside others, and the tables beside the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from factories.effort import effort
from factories.law_logs import (
    ROLES,
    Folder,
    file_rows,
    iso,
    measured,
    options,
    small_logs,
    write,
)
from factories.strategies import Log, logs
from hypothesis import given
from polars.testing import assert_frame_equal

import resume_gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def tables(files: Sequence[Path], out: Path, **given_options: Any) -> Iterator[pl.DataFrame]:
    resume_gap.analyze(files, out=out, **given_options)
    for name in ("interruptions", "users"):
        yield pl.read_parquet(out / f"{name}.parquet")


def test_a_user_alone_has_the_same_rows_as_in_company(
    office: pl.DataFrame, office_file: Path, tmp_path: Path
) -> None:
    given_options = ROLES | {"gap": "20m", "until": "2025-03-10"}
    # What is filled with everybody's means, or depends on the rule that is best for everybody.
    of_all = ["excess_sum_seconds", "hits", "addressable"]
    together = list(tables([office_file], tmp_path / "all", **given_options))
    busiest = office["user_id"].value_counts(sort=True, name="n")["user_id"]
    for number, user in enumerate([busiest[0], busiest[-1], busiest[20]][: effort(2, 3)]):
        alone_file = tmp_path / f"{number}.parquet"
        office.filter(pl.col("user_id") == user).write_parquet(alone_file)
        alone = list(tables([alone_file], tmp_path / f"alone{number}", **given_options))
        for whole, own in zip(together, alone, strict=True):
            assert own.height or user == busiest[-1]
            mine = whole.filter(pl.col("user_id") == user)
            assert_frame_equal(
                own.drop(of_all, strict=False),
                mine.drop(of_all, strict=False),
                rel_tol=1e-12,
                abs_tol=1e-12,
            )


def test_seconds_in_the_tables_are_the_microseconds_divided_once(
    office_file: Path, tmp_path: Path
) -> None:
    found, _ = tables([office_file], tmp_path / "out", gap="30m")
    exact = (found["return_at"] - found["stop_at"]).dt.total_microseconds().to_numpy() / 1e6
    assert (found["gap_seconds"].to_numpy() == exact).all()


@pytest.mark.effort
@small_logs
@given(log=logs(max_rows=40))
def test_counts_are_the_sums_over_users(log: Log) -> None:
    rows = file_rows(log)
    newest = max(row["timestamp"] for row in rows)
    given_options = options(log) | {"until": iso(log.until_us or newest)}
    users = sorted({row["user_id"] for row in rows})
    with Folder() as folder:
        whole = measured([write(folder / "all.parquet", rows)], **given_options)
        parts = [
            measured(
                [write(folder / f"{n}.parquet", [r for r in rows if r["user_id"] == user])],
                **given_options,
            )
            for n, user in enumerate(users)
        ]
    there = [part for part in parts if part is not None]
    if whole is None:
        assert not there
        return
    for name in ("events", "streams", "sessions", "returns", "not_returned", "device_changed"):
        assert whole["counts"][name] == sum(part["counts"][name] for part in there), name
    weights: dict[float, float] = {}
    for part in there:
        for edge, weight in part["gap_histogram"]:
            weights[edge] = weights.get(edge, 0) + weight
    assert dict(map(tuple, whole["gap_histogram"])) == pytest.approx(weights)
