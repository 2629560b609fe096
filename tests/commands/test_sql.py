"""`resume-gap sql`: the query has the figures of `analyze`, row by row, on every engine."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import polars as pl
import pytest

import resume_gap
from resume_gap import cli
from resume_gap.commands.sql import DIALECTS
from resume_gap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

WORKDAY = Path(__file__).parents[2] / "sample_events" / "workday.parquet"
COLUMNS = {"user": "user_id", "time": "timestamp", "event": "event"}
COMPARED = (
    "stop_us",
    "return_us",
    "gap_us",
    "reason",
    "is_interruption",
    "eligible",
    "lag_end",
    "first_productive_us",
    "lag_us",
    "reorientation_us",
)
Rows = list[tuple[Any, ...]]


def on_duckdb(query: str, path: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as con:
        con.execute("set timezone = 'America/New_York'")
        con.execute(f"create view events as from read_parquet('{path}')")
        return con.sql(query).pl().to_dicts()


def on_clickhouse(query: str, path: Path) -> list[dict[str, Any]]:
    import chdb.session

    session = chdb.session.Session()
    try:
        session.query(f"create view events as select * from file('{path}', Parquet)")
        found = str(session.query(query, "JSONEachRow"))
    finally:
        session.close()
    return [json.loads(line) for line in found.splitlines()]


def on_spark(query: str, path: Path) -> list[dict[str, Any]]:
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    spark.read.parquet(str(path)).createOrReplaceTempView("events")
    return [row.asDict() for row in spark.sql(query).collect()]


ENGINES: dict[str, tuple[Callable[[str, Path], list[dict[str, Any]]], str]] = {
    "duckdb": (on_duckdb, "duckdb"),
    "clickhouse": (on_clickhouse, "chdb"),
    "spark": (on_spark, "pyspark"),
}


def engines() -> list[object]:
    """Those that are installed; the others say so."""
    return [
        pytest.param(
            name,
            marks=pytest.mark.skipif(find_spec(module) is None, reason=f"{module} is not there"),
        )
        for name, (_, module) in ENGINES.items()
    ]


def rows_of(found: list[dict[str, Any]]) -> Rows:
    """Rows in one order; engines without a type for truth values give 0 and 1."""
    flags = ("is_interruption", "eligible")
    return sorted(
        (
            str(row["user_id"]),
            *(bool(row[name]) if name in flags else _number(row[name]) for name in COMPARED),
        )
        for row in found
    )


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdigit() else value


def of_analyze(path: Path, folder: Path, **options: Any) -> Rows:
    """The returns of a report, in integer microseconds."""
    resume_gap.analyze(path, out=folder, map={}, **options)
    found = pl.read_parquet(folder / "interruptions.parquet")
    micros = [
        (pl.col(f"{name}_seconds") * 1e6).round().cast(pl.Int64).alias(f"{name}_us")
        for name in ("gap", "lag", "reorientation")
    ]
    instants = [
        pl.col(f"{name}_at").dt.epoch("us").alias(f"{name}_us")
        for name in ("stop", "return", "first_productive")
    ]
    return rows_of(found.with_columns(*micros, *instants).to_dicts())


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample without its contexts and tasks, by which `analyze` knows which work is done."""
    path = tmp_path_factory.mktemp("sample") / "log.parquet"
    pl.read_parquet(WORKDAY).select(*COLUMNS.values()).write_parquet(path)
    return path


@pytest.fixture(scope="module")
def ties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stamps in steps of five minutes: many ties, and gaps of just the threshold."""
    rng = np.random.default_rng(3)
    names = np.array(["write", "a\\b done", "look", "it's over", "blink"])
    rows = [
        (f"user {user}", datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=5 * int(step)), name)
        for user in range(40)
        for step, name in zip(
            np.cumsum(rng.choice([0, 0, 1, 2, 3, 4, 40], 150)),
            names[rng.choice(5, 150, p=[0.3, 0.1, 0.4, 0.1, 0.1])],
            strict=True,
        )
    ]
    newest = max(at for _, at, _ in rows)  # somebody is back, and has not worked when the log ends
    rows += [("last", newest - timedelta(hours=1), "write"), ("last", newest, "look")]
    path = tmp_path_factory.mktemp("ties") / "log.parquet"
    schema = {'who "x`': pl.String, "own_user": pl.Datetime("us", "UTC"), "own event": pl.String}
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(path)
    return path


@pytest.mark.parametrize("engine", engines())
def test_every_engine_finds_the_returns_of_analyze(
    engine: str, sample: Path, tmp_path: Path
) -> None:
    roles: dict[str, Any] = {
        "productive": ["edit_cell", "update_field", "write_note", "submit"],
        "complete": ["submit", "close_document"],
    }
    query = resume_gap.sql(dialect=engine, gap="15m", **roles)  # type: ignore[arg-type]
    expected = of_analyze(sample, tmp_path / "report", gap="15m", **roles)
    assert len(expected) == 2267
    assert {row[4] for row in expected} == {"mid_task", "completed", "idle"}
    assert rows_of(ENGINES[engine][0](query, sample)) == expected


@pytest.mark.parametrize("engine", engines())
def test_ties_and_odd_names_change_nothing(engine: str, ties: Path, tmp_path: Path) -> None:
    roles: dict[str, Any] = {
        "productive": ["write", "a\\b done"],
        "complete": ["a\\b done", "it's over"],
        "ignore": "blink",
    }
    columns = {"user": 'who "x`', "time": "own_user", "event": "own event"}
    query = resume_gap.sql(dialect=engine, gap="15m", **roles, **columns)  # type: ignore[arg-type]
    expected = of_analyze(ties, tmp_path / "report", gap="15m", **roles, **columns)
    assert len(expected) > 500
    assert {row[7] for row in expected} == {"observed", "abandoned", "log_end"}
    assert rows_of(ENGINES[engine][0](query, ties)) == expected


def test_the_query_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["sql", "web.events", "--dialect", "spark", "--productive", "edit,write", "-q"]
    assert cli.main(arguments) == 0
    printed = capsys.readouterr().out
    assert printed == resume_gap.sql("web.events", dialect="spark", productive="edit,write")
    assert "longer than 1800 s, for Spark SQL" in printed
    assert "from `web`.`events`" in printed
    assert "`event` in ('edit', 'write') as is_productive" in printed
    assert "false as is_completing" in printed
    assert "getvariable" not in printed
    assert "own_" not in printed


def test_every_dialect_is_executed_here() -> None:
    assert set(DIALECTS) == set(ENGINES)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--productive", "a"], "--dialect is missing; there are duckdb, spark, clickhouse"),
        (["--dialect", "duckdb"], "--productive is missing"),
        (["--dialect", "duckdb", "--productive", "a*"], "--productive: 'a*' is a pattern"),
        (["--dialect", "spark", "--productive", "a", "--ignore", "b=c"], "--ignore: 'b=c'"),
        (["--dialect", "duckdb", "--productive", "a", "--gap", "auto"], "--gap: auto needs the"),
        (["--dialect", "oracle", "--productive", "a"], "--dialect must be one of duckdb, spark"),
        (["", "--dialect", "duckdb", "--productive", "a"], "cannot be the name of a table"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message.replace("*", r"\*")):
        cli.main(["sql", *arguments])
