"""The published columns of users and interruptions."""

from __future__ import annotations

import errno
from pathlib import Path

import duckdb
import polars as pl
import pytest

from resume_gap.replay.target_rules import TARGET_RULES
from resume_gap.report.render import tables
from resume_gap.system.filesystem import disk_error


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


def names() -> tables.ReturnNames:
    return tables.ReturnNames(
        users=pl.DataFrame({"user_no": [1, 2], "user_id": ["ann", "bob"]}),
        kinds=pl.DataFrame({"kind_no": [1, 4], "event": ["open", "edit"]}),
        labels=pl.DataFrame(
            {"label_no": [3, 7], "target": ["cell", None], "context": [None, "page"]}
        ),
    )


def test_numbers_get_their_names_and_nothing_stays_nothing() -> None:
    frame = pl.DataFrame(
        {
            "user_no": [2, 1],
            "stop_content": [4 << 32 | 3, 1 << 32 | 7],
            "return_content": [1 << 32 | 7, 4 << 32 | 3],
            "work_content": pl.Series([None, 4 << 32 | 3], dtype=pl.Int64),
        }
    )
    first, second = names().restored(frame).rows(named=True)
    assert (first["user_id"], second["user_id"]) == ("bob", "ann")
    assert (first["stop_event"], first["stop_target"], first["stop_context"]) == (
        *("edit", "cell"),
        None,
    )
    assert (first["return_event"], first["return_target"]) == ("open", None)
    assert (first["first_productive_event"], first["first_productive_target"]) == (None, None)
    assert (second["stop_target"], second["stop_context"]) == (None, "page")
    assert (second["first_productive_event"], second["first_productive_target"]) == (
        *("edit", "cell"),
    )


def test_a_table_without_returns_has_its_columns() -> None:
    columns = ("user_no", "stop_content", "return_content", "work_content")
    found = names().restored(pl.DataFrame(schema=dict.fromkeys(columns, pl.Int64)))
    assert found.height == 0
    assert found.schema["stop_target"] == pl.String


def test_tables_that_nobody_waits_for_are_written_no_further(tmp_path: Path) -> None:
    interrupted: list[bool] = []
    with duckdb.connect() as con:
        published = tables.PublishedTables(
            returns=con.sql("select 1 as a_row_that_cannot_be_written"),
            names=names(),
            user_sums=sums([None]),
            suspects=(),
            interrupt=lambda: interrupted.append(True),
        )
        published.stop()
        published.write(tmp_path)
    assert interrupted == [True]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize("rows", [1, 100_000])
def test_a_full_disk_is_an_error_of_the_disk(rows: int) -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        tables._write_users(Path("/dev/full"), pl.DataFrame({"n": range(rows)}))
    assert disk_error(caught.value) == errno.ENOSPC
