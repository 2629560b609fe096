"""What programs write for null is no name: it is counted, and the figures are those without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from factories.law_logs import result

import resume_gap
from resume_gap.pipeline import coded_files, labels, numbering, reduction
from resume_gap.pipeline.queries import Runner
from resume_gap.sources.placeholders import NULL_TEXTS

SAMPLE = Path(__file__).parents[2] / "sample_events" / "workday.parquet"
WAYS = {
    "as usual": {},
    "names looked up by hash": {"reduction.ORDERED_FROM": 1, "numbering._ROWS": 0.0001},
    "names read by their dictionaries": {
        "reduction.ORDERED_FROM": 1,
        "numbering._ROWS": 0.0001,
        "coded_files._LEAST": 1,
        "coded_files._GROUP_ROWS": 0,
        "coded_files._TEXT_BYTES": 10**9,
        "coded_files._ROWS_OF_NAME": 0,
    },
}
MODULES = {"reduction": reduction, "numbering": numbering, "coded_files": coded_files}


def figures(path: Path, **options: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """All that is found, but for what the note says and what stands for the file."""
    found = result(resume_gap.analyze(path, gap="15m", **options))
    notes = [one for one in found["data_quality"] if one["check"] == "null_texts"]
    found["data_quality"] = [one for one in found["data_quality"] if one not in notes]
    return found, notes


@pytest.fixture(scope="module")
def log() -> pl.DataFrame:
    """A part of the sample in which many names are missing."""
    frame = pl.read_parquet(SAMPLE)
    some = frame.filter(pl.col("user_id").is_in(frame["user_id"].unique().sort()[:12]))
    number = pl.int_range(pl.len())
    return some.with_columns(
        pl.when(number % 5 > 1).then("target"),
        pl.when(number % 50 != 7).then("event"),
        pl.when(number % 2 == 0).then("device"),
    )


@pytest.mark.parametrize("way", WAYS)
def test_names_like_null_are_missing_names(
    tmp_path: Path, log: pl.DataFrame, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    for name, value in WAYS[way].items():
        module, attribute = name.split(".")
        monkeypatch.setattr(MODULES[module], attribute, value)
    log.write_parquet(tmp_path / "plain.parquet")
    columns = ["target", "event", "device"]
    log.with_columns(pl.col(columns).fill_null("NULL")).write_parquet(tmp_path / "null.parquet")
    plain, none = figures(tmp_path / "plain.parquet")
    found, (note,) = figures(tmp_path / "null.parquet")
    assert none == []
    assert found == plain
    missing = {name: log[name].null_count() for name in columns}
    assert note["count"] == sum(missing.values())
    assert note["severity"] == "note"
    for name, n in missing.items():
        assert f"'NULL' in '{name}' ({n:,} rows)" in note["message"]
    assert found["rows"]["dropped"]["no_event"] == missing["event"]


def test_elements_of_their_own_are_missing_where_they_are_like_null(
    tmp_path: Path, log: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their names never come into the database."""
    monkeypatch.setattr(reduction, "ORDERED_FROM", 1)
    monkeypatch.setattr(labels.own_names, "pays", lambda *_: True)
    monkeypatch.setattr(labels.own_names, "are_own", lambda *_: True)
    own = log.drop("device", "context", "task", strict=False).with_columns(
        target=pl.when(pl.col("target").is_not_null()).then(
            pl.format("element {}", pl.int_range(pl.len()) // 3)
        )
    )
    own.write_parquet(tmp_path / "plain.parquet")
    own.with_columns(pl.col("target").fill_null("\\N")).write_parquet(tmp_path / "null.parquet")
    plain, _ = figures(tmp_path / "plain.parquet")
    found, _ = figures(tmp_path / "null.parquet")
    assert found == plain


def test_who_keeps_placeholders_keeps_these_names(tmp_path: Path, log: pl.DataFrame) -> None:
    texts = log.with_columns(pl.col("target").fill_null("NULL"))
    texts.write_parquet(tmp_path / "null.parquet")
    texts.with_columns(pl.col("target").replace("NULL", "Mull")).write_parquet(
        tmp_path / "name.parquet"
    )
    kept, notes = figures(tmp_path / "null.parquet", keep_placeholder_ids=True)
    named, _ = figures(tmp_path / "name.parquet", keep_placeholder_ids=True)
    assert notes == []
    assert json.loads(json.dumps(named).replace("Mull", "NULL")) == kept


@pytest.mark.parametrize("name", ["null ", "Null", "NULLS", "none", "N", "\\n", "\\\\N", "0"])
def test_other_names_are_names(tmp_path: Path, log: pl.DataFrame, name: str) -> None:
    assert name not in NULL_TEXTS
    log.with_columns(pl.col("target").fill_null(name)).write_parquet(tmp_path / "log.parquet")
    assert figures(tmp_path / "log.parquet")[1] == []


def test_only_the_most_frequent_are_listed(tmp_path: Path, log: pl.DataFrame) -> None:
    texts = pl.DataFrame({"text": [NULL_TEXTS[n % 5] for n in range(log.height)]})["text"]
    log.with_columns(pl.col("target").fill_null(texts)).write_parquet(tmp_path / "log.parquet")
    (note,) = figures(tmp_path / "log.parquet")[1]
    assert note["message"].endswith("and 2 more")
    assert note["message"].count(" rows)") == 3


def returned(path: Path, out: Path) -> pl.DataFrame:
    resume_gap.analyze(path, gap="15m", out=out, force=True)
    return pl.read_parquet(out / "interruptions.parquet")


@pytest.mark.parametrize("dropped", [[], ["context", "task", "screen", "document"]])
def test_tables_and_groups_have_no_such_names(
    tmp_path: Path, log: pl.DataFrame, dropped: list[str]
) -> None:
    """Names go into the table by another connection than that of the figures."""
    plain = log.drop(dropped, strict=False)
    plain.write_parquet(tmp_path / "plain.parquet")
    columns = [name for name in ("target", "device", "context") if name in plain.columns]
    plain.with_columns(pl.col(columns).fill_null("nan")).write_parquet(tmp_path / "null.parquet")
    whole = returned(tmp_path / "plain.parquet", tmp_path / "out")
    found = returned(tmp_path / "null.parquet", tmp_path / "out")
    assert found.equals(whole)
    assert whole["stop_target"].null_count()
    parts, _ = figures(tmp_path / "plain.parquet", by=["device"])
    again, _ = figures(tmp_path / "null.parquet", by=["device"])
    assert again["segments"] == parts["segments"]


def test_where_elements_are_their_own_other_names_are_looked_at(
    tmp_path: Path, log: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labels.own_names, "pays", lambda *_: True)
    monkeypatch.setattr(labels.own_names, "are_own", lambda *_: True)
    own = log.select("user_id", "timestamp", pl.col("event").fill_null("NULL"), "target")
    own.write_parquet(tmp_path / "own.parquet")
    (note,) = figures(tmp_path / "own.parquet")[1]
    assert "'NULL' in 'event'" in note["message"]


def test_names_of_events_are_compared_without_such_texts() -> None:
    with duckdb.connect() as con:
        runner = Runner(con)
        con.execute(
            "create table log as select * from (values ('ann', 'edit', 5), ('ann', 'NULL', 6),"
            " ('bob', '', 7), ('bob', 'null?', 8)) as rows (user_id, event, at_us)"
        )
        con.execute(
            "create table assigned as select user_id, true as is_treated, 0 as assigned_us,"
            " 1 as unit_no from log"
        )
        con.execute("create table streams as select user_id, 1 as user_no from log")
        runner.let(null_texts=list(NULL_TEXTS), earliest_us=0, latest_us=9, launch_us=0, day_us=10)
        for name in ("66_arm_events", "85_event_days"):
            assert {row[0] for row in runner.read(name).fetchall()} == {"edit", "null?"}
