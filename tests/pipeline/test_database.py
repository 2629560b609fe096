"""The connection of a run reaches its inputs and its spill folder, nothing else."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from resume_gap.pipeline.database import connect, default_memory_limit
from resume_gap.sqltext import quote_ident, quote_text


@pytest.fixture
def con(tmp_path):
    pq.write_table(pa.table({"a": [1, 2]}), tmp_path / "input.parquet")
    pq.write_table(pa.table({"a": [3]}), tmp_path / "other.parquet")
    (tmp_path / "spill").mkdir()
    with connect(
        allowed_paths=[tmp_path / "input.parquet"],
        spill=tmp_path / "spill",
        memory_limit="200MB",
        threads=1,
    ) as con:
        yield con


def test_reads_the_input_and_keeps_variables(con, tmp_path):
    con.execute("set variable threshold_us = 5")
    path = quote_text(str(tmp_path / "input.parquet"))
    assert con.execute(f"select sum(a), getvariable('threshold_us') from {path}").fetchall() == [
        (3, 5)
    ]


def test_takes_registered_marker_tables(con):
    con.register("numbers", pa.table({"x": [1, 2, 3]}))
    assert con.execute("select sum(x) from numbers").fetchall() == [(6,)]


@pytest.mark.parametrize(
    "sql",
    [
        "from read_parquet('{0}/other.parquet')",
        "from read_text('/etc/hostname')",
        "from read_blob('{0}/other.parquet')",
        "from glob('/etc/*')",
        "from read_csv('/etc/hostname')",
        "copy (select 1) to '{0}/out.csv'",
        "copy (select 1) to '{0}/spill/../out.csv'",
        "attach '{0}/new.duckdb'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set threads = 8",
        "reset allowed_paths",
        "from read_parquet('https://example.org/x.parquet')",
    ],
)
def test_refuses_everything_else(con, tmp_path, sql):
    with pytest.raises(duckdb.Error):
        con.execute(sql.format(tmp_path))
    assert not (tmp_path / "out.csv").exists()


def test_python_variables_are_no_tables(con):
    frame = pa.table({"x": [1]})
    with pytest.raises(duckdb.CatalogException):
        con.execute("select * from frame")
    assert frame.num_rows == 1


def test_time_zone_is_utc_whatever_the_machine_says(con):
    assert con.execute("select current_setting('TimeZone')").fetchall() == [("UTC",)]


@pytest.mark.full
def test_spills_into_the_folder(con, tmp_path):
    # 3 million rows of text sorted within 200 MB cannot stay in memory.
    sql = "select max(t) from (select md5(i::varchar) || md5(i::varchar) t from range(3000000) r(i) order by t limit 2900000)"  # noqa: E501
    assert con.execute(sql).fetchone() is not None
    assert con.execute("select current_setting('temp_directory')").fetchone() == (
        str(tmp_path / "spill"),
    )


def test_default_memory_is_at_most_two_gigabytes():
    assert int(default_memory_limit().removesuffix("B")) <= 2_000_000_000


def test_works_without_a_spill_folder():
    with connect(allowed_paths=[], spill=None, memory_limit=None, threads=None) as con:
        assert con.execute("select 1").fetchall() == [(1,)]


@pytest.mark.parametrize("name", ["a", 'a"b', "select", "x; drop table y", "ü ß", "a\nb", "rowid"])
def test_quoted_names_come_back(name):
    relation = duckdb.connect().execute(f"select 1 as {quote_ident(name)}")
    assert relation.description[0][0] == name


@pytest.mark.parametrize("value", ["", "a'b", "'; drop table x; --", "a\x00b", "\x00", "\\", "ü\n"])
def test_quoted_values_come_back(value):
    assert duckdb.connect().execute(f"select {quote_text(value)}").fetchall() == [(value,)]


def test_a_name_with_nul_is_refused():
    with pytest.raises(ValueError, match="NUL"):
        quote_ident("a\x00b")


def test_relative_paths_are_allowed_as_absolute_ones(tmp_path, monkeypatch):
    pq.write_table(pa.table({"a": [1]}), tmp_path / "x.parquet")
    monkeypatch.chdir(tmp_path)
    with connect(
        allowed_paths=[Path("x.parquet")], spill=None, memory_limit=None, threads=1
    ) as con:
        path = quote_text(str(tmp_path / "x.parquet"))
        assert con.execute(f"select a from read_parquet({path})").fetchall() == [(1,)]
