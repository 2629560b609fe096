"""The published columns of users and interruptions."""

from __future__ import annotations

import errno
from pathlib import Path

import duckdb
import polars as pl
import pytest

from resume_gap.replay.target_rules import TARGET_RULES
from resume_gap.report.render import tables
from resume_gap.report.render.return_names import ReturnNames
from resume_gap.system.filesystem import disk_error

NO_NAMES = ReturnNames(
    users=pl.DataFrame({"user_no": [], "user_id": []}, {"user_no": pl.Int32, "user_id": pl.String}),
    kinds=pl.DataFrame({"kind_no": [], "event": []}, {"kind_no": pl.Int32, "event": pl.String}),
    labels=pl.DataFrame(
        {"label_no": [], "target": [], "context": []},
        {"label_no": pl.Int32, "target": pl.String, "context": pl.String},
    ),
)


def sums(excess: list[float | None]) -> pl.DataFrame:
    n = len(excess)
    whole = dict.fromkeys(
        (
            "streams",
            "stops",
            "returns",
            "interruptions",
            "eligible",
            "productive",
            "zero",
            "followed_7d",
            "returned_7d",
            "matched",
            "hits",
            "addressable",
        ),
        [2] * n,
    )
    return pl.DataFrame(
        {
            "user_no": list(range(n)),
            "first_us": [0] * n,
            "last_us": [14 * 86_400_000_000] * n,
            "reorientation_us": [3_000_000] * n,
            "productive_us": [60_000_000] * n,
            "excess_us": pl.Series(excess, dtype=pl.Float64),
            **whole,
        }
    )


def test_users_have_what_the_statistics_stand_on() -> None:
    ids = pl.DataFrame({"user_no": [0, 1], "user_id": ["a", "b"]})
    found = tables.users(sums([1_500_000.0, None]), ids)
    assert tuple(found.columns) == tables.USER_COLUMNS
    assert found["excess_sum_seconds"].to_list() == [1.5, None]
    assert found.row(0, named=True)["hits"] == 2
    assert found.row(0, named=True)["active_weeks"] == 2.0


def test_nobody_has_a_comparison() -> None:
    ids = pl.DataFrame({"user_no": [0], "user_id": ["a"]})
    found = tables.users(sums([None]), ids)
    assert found["excess_sum_seconds"].to_list() == [None]


def test_columns_of_the_replay_stand_after_the_device() -> None:
    after = tables.INTERRUPTION_COLUMNS[tables.INTERRUPTION_COLUMNS.index("device_changed") + 1 :]
    assert after == (
        *(rule.hit for rule in TARGET_RULES),
        "habit_hit",
        "chance",
        "own_slots",
        "comparison_seconds",
    )


def test_a_table_that_nobody_waits_for_is_written_no_further(tmp_path: Path) -> None:
    interrupted: list[bool] = []
    with duckdb.connect() as con:
        rows = con.sql("select 1 as stream_no, 2 as what_cannot_be_written")
        returns = tables.ReturnsTable(rows, NO_NAMES, lambda: interrupted.append(True))
        returns.stop()
        returns.write(tmp_path)
    assert interrupted == [True]
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_is_written_can_be_stopped() -> None:
    with duckdb.connect() as con:
        rows = con.sql("select 1 as stream_no")
    tables.ReturnsTable(rows, NO_NAMES, con.interrupt).stop()
    with pytest.raises(duckdb.ConnectionException):
        con.interrupt()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize("rows", [1, 100_000])
def test_a_full_disk_is_an_error_of_the_disk(rows: int) -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        tables._write_users(Path("/dev/full"), pl.DataFrame({"n": range(rows)}))
    assert disk_error(caught.value) == errno.ENOSPC
