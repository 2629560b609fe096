"""Frames of Python become inputs: by their kind, under a name, as Arrow."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from resume_gap.errors import InputError, UsageError
from resume_gap.settings import resolve
from resume_gap.sources import open_source
from resume_gap.sources.frames import as_in_parquet, given_frame, held

if TYPE_CHECKING:
    from pathlib import Path

LOG = pl.DataFrame(
    {
        "user_id": ["ann", "bob", "ann"],
        "timestamp": pl.Series(["2025-03-03T08:00:00", "2025-03-03T09:00:00", "2025-03-03T10:00"])
        .str.to_datetime(strict=False)
        .cast(pl.Datetime("us", "UTC")),
        "event": ["edit", "view", None],
    }
)
KINDS = {
    "Polars frame": lambda: LOG,
    "Polars query": LOG.lazy,
    "Arrow table": LOG.to_arrow,
    "Arrow stream": lambda: LOG.to_arrow().to_reader(2),
    "pandas frame": LOG.to_pandas,
    "DuckDB relation": lambda: duckdb.connect().from_arrow(LOG.to_arrow()),
}


class DataFrame:
    """What a table of Spark has that a run asks for; its stream is not asked for."""

    __module__ = "pyspark.sql.classic.dataframe"

    def toArrow(self) -> pa.Table:  # noqa: N802 - Spark's name
        return LOG.to_arrow()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        raise AssertionError(requested_schema)


class OfAnotherLibrary:
    """Whatever hands over Arrow."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return LOG.to_arrow().__arrow_c_stream__(requested_schema)


def test_a_table_of_spark_is_read_as_arrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", ModuleType("pyspark"))
    LOG.write_parquet(tmp_path / "log.parquet")
    expected, _ = rows_of(str(tmp_path / "log.parquet"))
    found, (source,) = rows_of(DataFrame())
    assert (found, source.path) == (expected, "Spark table")


def rows_of(*values: Any, **options: Any) -> tuple[list[tuple[Any, ...]], Any]:
    """The rows that a run would see, and its inputs."""
    given = [given_frame(value) or value for value in values]
    with held(given) as events, open_source(events, resolve(options, {})) as source:
        source.create_rows(source.con)
        asked = "select user_id, at_us, event from rows order by all"
        return source.con.execute(asked).fetchall(), source.inputs


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_the_rows_of_the_file(kind: str, tmp_path: Path) -> None:
    LOG.write_parquet(tmp_path / "log.parquet")
    expected, _ = rows_of(str(tmp_path / "log.parquet"))
    found, inputs = rows_of(KINDS[kind]())
    assert found == expected
    assert [(one.path, one.rows) for one in inputs] == [(kind, 3)]
    assert {one.sha256 for one in inputs} == {rows_of(LOG)[1][0].sha256}


def test_any_stream_of_arrow_is_taken() -> None:
    found, inputs = rows_of(OfAnotherLibrary())
    assert found == rows_of(LOG)[0]
    assert inputs[0].path == "Arrow stream"


def test_paths_and_other_values_are_no_frames() -> None:
    assert [given_frame(value) for value in ("a.csv", 5, None, [LOG], {"a": 1})] == [None] * 5


def test_several_frames_are_one_log_and_numbered() -> None:
    found, inputs = rows_of(LOG[:1], LOG[1:], LOG.to_pandas())
    assert len(found) == 6
    assert [one.path for one in inputs] == ["Polars frame 1", "Polars frame 2", "pandas frame"]


def test_the_same_frame_twice_counts_once_and_a_stream_is_refused() -> None:
    assert len(rows_of(LOG, LOG)[0]) == 3
    stream = LOG.to_arrow().to_reader()
    with pytest.raises(UsageError, match="is given twice"):
        rows_of(stream, stream)


def test_a_frame_in_memory_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    given = given_frame(LOG)
    assert given is not None
    with held([given]) as events, open_source(events, resolve({}, {})) as source:
        source.create_rows(source.con)
        assert source.con.execute("select count(*) from rows").fetchone() == (3,)
        assert [
            path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size
        ] == []
    assert list(tmp_path.iterdir()) == []


def test_a_stream_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    rows_of(LOG.to_arrow().to_reader())
    assert list(tmp_path.iterdir()) == []


def test_a_run_reaches_nothing_else_of_the_program() -> None:
    caller = duckdb.connect()
    caller.execute("create table secrets as select 'key' as value")
    other_frame = pl.DataFrame({"secret": ["key"]})
    given = given_frame(caller.sql("select 'ann' as user_id, now() as timestamp, 'e' as event"))
    assert given is not None
    with held([given]) as events, open_source(events, resolve({}, {})) as source:
        for name in ("secrets", "other_frame", "LOG"):
            with pytest.raises(duckdb.CatalogException):
                source.con.execute(f"select * from {name}")
    assert other_frame.height == caller.execute("select 1 from secrets").fetchall()[0][0] == 1


def test_columns_come_as_a_parquet_file_would_bring_them(tmp_path: Path) -> None:
    table = pa.table(
        {
            "kind": pa.array(["a", "b", "a"]).dictionary_encode(),
            "view": pa.array(["a", None, "c"]).cast(pa.string_view()),
            "took": pa.array([1, 2, None], pa.duration("us")),
            "none": pa.nulls(3),
            "n": pa.array([1, 2, 3]),
        }
    )
    found = as_in_parquet(table)
    assert [str(field.type) for field in found.schema] == [
        "string",
        "large_string",
        "int64",
        "string",
        "int64",
    ]
    assert found.column("kind").to_pylist() == ["a", "b", "a"]
    assert found.column("n").chunk(0).buffers()[1].address == (
        table.column("n").chunk(0).buffers()[1].address
    )
    pq.write_table(found, tmp_path / "t.parquet")
    assert as_in_parquet(found) is found


def test_an_index_with_a_name_is_a_column_and_row_numbers_are_none() -> None:
    numbered = LOG.to_pandas()
    assert rows_of(numbered.iloc[::-1])[0] == rows_of(LOG)[0]
    assert rows_of(numbered.set_index("timestamp"))[0] == rows_of(LOG)[0]


def test_what_arrow_cannot_hold_is_refused_in_one_line() -> None:
    mixed = pd.DataFrame({"user_id": ["a", 5, object()], "timestamp": 0, "event": "e"})
    with pytest.raises(
        InputError, match=r"^pandas frame: column .user_id. cannot be read"
    ) as refused:
        rows_of(mixed)
    assert "\n" not in str(refused.value)


def test_a_relation_that_fails_is_refused_in_one_line() -> None:
    broken = duckdb.connect().sql(
        "select cast(x as int) as user_id from (values ('1'), ('q')) t(x)"
    )
    with pytest.raises(InputError, match=r"^DuckDB relation: ") as refused:
        rows_of(broken)
    assert "\n" not in str(refused.value)


def test_no_rows_and_names_given_twice_are_refused() -> None:
    with pytest.raises(InputError, match="Polars frame: no rows"):
        rows_of(LOG.clear())
    column = pa.array(["a"])
    twice = pa.Table.from_arrays([column, column], names=["user_id", "user_id"])
    with pytest.raises(InputError, match="Arrow table: has two columns called 'user_id'"):
        rows_of(twice)


def test_values_that_the_engine_cannot_read_are_mended_as_in_a_file(tmp_path: Path) -> None:
    """A millisecond stamp too large for microseconds stops the engine; beside it all is well."""
    table = LOG.to_arrow().append_column("seen", pa.array([0, 2**62, None], pa.timestamp("ms")))
    pq.write_table(table, tmp_path / "log.parquet")
    assert rows_of(table)[0] == rows_of(str(tmp_path / "log.parquet"))[0]


TIMES = {
    **{unit: pa.timestamp(unit) for unit in ("s", "ms", "us", "ns")},
    **{f"{unit} in Tokyo": pa.timestamp(unit, "Asia/Tokyo") for unit in ("s", "ms", "us", "ns")},
    "seconds": pa.int64(),
}
MORE_TIMES = {
    "unsigned": pa.array([1_741_000_000, 1_741_050_000, None, 1_741_150_000, 0], pa.uint32()),
    "real": pa.array([1_741_000_000.25, 1_741_050_000.5, None, float("nan"), 1_741_150_000.0]),
    "half": pa.array([float(n) for n in range(5)], pa.float16()),
    "text": pa.array(["2025-03-03 08:00:00+02:00", "2025-03-03T09:00:00Z", None, "", "2025-03-04"]),
    "date": pa.array([20_000, 20_001, None, 20_002, 20_003], pa.int32()).view(pa.date32()),
}


@pytest.mark.parametrize("kind", [*TIMES, *MORE_TIMES])
def test_times_of_every_type_are_read_as_from_a_file(kind: str, tmp_path: Path) -> None:
    if kind in MORE_TIMES:
        at = MORE_TIMES[kind]
    else:
        seconds = [1_741_000_000 + 50_000 * n for n in range(5)]
        at = pa.array(seconds, pa.timestamp("s")).cast(TIMES[kind])
    table = pa.table(
        {
            "user_id": pa.array(["a", "b", "a", None, "b"]).dictionary_encode(),
            "timestamp": at,
            "event": pa.array(["e"] * 5).cast(pa.string_view()),
            "took": pa.array([1, 2, None, 4, 5], pa.duration("ms")),
            "tags": [["x"], [], None, ["y", "z"], ["x"]],
        }
    )
    pq.write_table(table, tmp_path / "log.parquet")
    options = {"time_unit": "s"} if kind in ("half", "unsigned") else {}
    expected = read(str(tmp_path / "log.parquet"), **options)
    assert read(table, **options) == expected
    assert read(table.to_reader(2), **options) == expected


def read(value: Any, **options: Any) -> Any:
    """The rows, or why there are none."""
    try:
        return rows_of(value, **options)[0]
    except (InputError, UsageError) as error:
        return str(error).partition(": ")[2]
