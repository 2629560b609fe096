"""Files are plain when no query is needed to read an event's columns, and only then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from resume_gap.settings import Settings
from resume_gap.sources.source import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.sources.plain_files import PlainFiles

FROM = datetime(2026, 3, 2, 9, tzinfo=UTC)
LOG = pl.DataFrame(
    {
        "user_id": ["ann", "bob", None] * 10,
        "timestamp": [FROM + timedelta(seconds=10 * row) for row in range(30)],
        "event": ["open", "edit"] * 15,
        "target": ["a", None, "b"] * 10,
        "event_id": [f"e{row}" for row in range(30)],
        "release": ["1.0", "1.1"] * 15,
    }
)


def plain(tmp_path: Path, *logs: pl.DataFrame, **settings: Any) -> PlainFiles | None:
    paths = [tmp_path / f"log {number}.parquet" for number in range(len(logs))]
    for log, path in zip(logs, paths, strict=True):
        log.write_parquet(path)
    with open_source([str(path) for path in paths], Settings(**settings)) as source:
        return source.plain


def test_plain_files_say_where_the_columns_are(tmp_path: Path) -> None:
    """A file without a row keeps its number, and its columns are nobody's."""
    found = plain(tmp_path, LOG, LOG[:0], LOG[:7])
    assert found is not None
    assert [*found.paths] == [0, 2]
    assert found.paths[0].samefile(tmp_path / "log 0.parquet")
    assert found.texts == ("user_id", "event", "target")
    assert found.time == "timestamp"
    assert found.rows == 37


def test_columns_may_have_other_names_and_elements_may_be_missing(tmp_path: Path) -> None:
    log = LOG.rename({"user_id": "Who", "timestamp": "at"}).drop("target")
    mapping = {"user_id": "Who", "timestamp": "at"}
    found = plain(tmp_path, log, mapping=mapping)
    assert found is not None
    assert (found.texts, found.time) == (("Who", "event", None), "at")


def test_times_without_a_zone_are_plain_in_utc_alone(tmp_path: Path) -> None:
    log = LOG.with_columns(pl.col("timestamp").dt.replace_time_zone(None))
    assert plain(tmp_path, log) is not None
    assert plain(tmp_path, log, tz="Europe/Berlin") is None
    assert plain(tmp_path, LOG, tz="Europe/Berlin") is not None


@pytest.mark.parametrize(
    "change",
    [
        {"timestamp": pl.col("timestamp").cast(pl.Datetime("ms", "UTC"))},
        {"timestamp": pl.col("timestamp").cast(pl.Datetime("ns", "UTC"))},
        {"timestamp": pl.col("timestamp").dt.epoch("s")},
        {"timestamp": pl.col("timestamp").dt.to_string()},
        {"user_id": pl.int_range(30)},
        {"target": pl.int_range(30)},
        {"event": pl.col("event").cast(pl.Binary)},
        {"context": pl.lit("page")},
        {"duration": pl.lit(3)},
        {"received_at": pl.col("timestamp")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_needs_a_query_is_not_plain(tmp_path: Path, change: dict[str, Any]) -> None:
    """Neither alone nor beside a plain file."""
    log = LOG.with_columns(**change)
    assert plain(tmp_path, log) is None
    assert plain(tmp_path, LOG, log) is None


def test_a_dot_in_a_name_a_role_by_column_and_another_format_are_not_plain(tmp_path: Path) -> None:
    dotted = LOG.rename({"target": "a.b"})
    assert plain(tmp_path, dotted, mapping={"target": "a.b"}) is None
    assert plain(tmp_path, LOG, ignore=("release=1.0",)) is None
    LOG.write_csv(tmp_path / "log.csv")
    with open_source([str(tmp_path / "log.csv")], Settings()) as source:
        assert source.plain is None
