"""The sandbox itself: what it asks of DuckDB, on every machine and in every shell."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from resume_gap.errors import InputError
from resume_gap.sources import sandbox
from resume_gap.sources.sandbox import (
    first_line,
    one_line_errors,
    open_sandbox,
    usual_memory_limit,
)
from resume_gap.sqltext import quote_ident, quote_text

NOTEBOOK = """
import sys, types
shell = types.SimpleNamespace(config={"IPKernelApp": {}})
sys.modules["IPython"] = types.ModuleType("IPython")
sys.modules["IPython"].get_ipython = lambda: shell
sys.modules["ipywidgets"] = None
import duckdb
bare = duckdb.connect(":memory:")
try:
    bare.execute("set enable_progress_bar = false")
except duckdb.InvalidInputException as error:
    assert "ipywidgets" in str(error), error
else:
    raise SystemExit("this DuckDB does not know the fake notebook: mend the test")
from resume_gap.sources.sandbox import open_sandbox
with open_sandbox(files=[]) as con:
    off = con.execute("select current_setting('enable_progress_bar'), sum(i) from range(9) r(i)")
    print(off.fetchall())
"""


def test_it_opens_in_a_notebook_without_widgets() -> None:
    """DuckDB takes a process without a main file and with an IPython kernel for a notebook."""
    done = subprocess.run(
        [sys.executable, "-c", NOTEBOOK], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "[(False, 36)]\n"), done.stderr


def test_no_progress_bar_anywhere() -> None:
    with open_sandbox(files=[]) as con:
        row = con.execute("select current_setting('enable_progress_bar')").fetchone()
    assert row == (False,)


@pytest.mark.parametrize(("asked", "used"), [(1, 1), (3, 3), (4, 4), (1024, 4)])
def test_more_threads_than_cores_are_not_used(
    monkeypatch: pytest.MonkeyPatch, asked: int, used: int
) -> None:
    taken: list[object] = []

    def connect(_: str, config: dict[str, str]) -> duckdb.DuckDBPyConnection:
        taken.append(config["threads"])
        raise duckdb.Error

    monkeypatch.setattr(sandbox, "cores", lambda: 4)
    monkeypatch.setattr(sandbox.duckdb, "connect", connect)
    with pytest.raises(duckdb.Error):
        open_sandbox(files=[], threads=asked)
    assert taken == [str(used)]


def test_no_table_of_a_run_is_large_enough_for_a_checkpoint():
    with open_sandbox(files=[]) as con:
        (threshold,) = con.execute("select current_setting('checkpoint_threshold')").fetchone()
    assert threshold == "931.3 GiB"


# What it reaches: its files and its folder, nothing else ---------------------------------------


@pytest.fixture
def con(tmp_path):
    pq.write_table(pa.table({"a": [1, 2]}), tmp_path / "input.parquet")
    pq.write_table(pa.table({"a": [3]}), tmp_path / "other.parquet")
    (tmp_path / "spill").mkdir()
    with open_sandbox(
        files=[tmp_path / "input.parquet"],
        folders=[tmp_path / "spill"],
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
    with duckdb.connect(":memory:") as con:
        limit = usual_memory_limit(con)
        con.execute(f"set memory_limit = '{limit}'")
        shown = settings_of(con, "memory_limit")
    assert int(limit.removesuffix("B")) <= 2_000_000_000
    with open_sandbox(files=[]) as con:
        assert settings_of(con, "memory_limit") == shown


def test_a_sandbox_opens_one_database(monkeypatch):
    """One more would take as long as a small log takes to measure."""
    opened = []
    connect = duckdb.connect
    monkeypatch.setattr(
        sandbox.duckdb, "connect", lambda *a, **k: opened.append(a) or connect(*a, **k)
    )
    open_sandbox(files=[]).close()
    assert len(opened) == 1


def test_works_without_a_spill_folder():
    with open_sandbox(files=[]) as con:
        assert con.execute("select 1").fetchall() == [(1,)]


def test_the_path_of_the_input_is_not_repeated():
    error = duckdb.Error('Malformed JSON in file "/home/u/log.json", at byte 12\nLINE 1: select')
    assert sandbox.first_line(error) == "Malformed JSON, at byte 12"


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
    with open_sandbox(files=[Path("x.parquet")], threads=1) as con:
        path = quote_text(str(tmp_path / "x.parquet"))
        assert con.execute(f"select a from read_parquet({path})").fetchall() == [(1,)]


def settings_of(con, *names):
    items = ", ".join(f"current_setting('{name}')" for name in names)
    return con.execute(f"select {items}").fetchone()


def test_every_limit_is_asked_for(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    with open_sandbox(files=[], folders=[first, second], temp_limit=5_000_000) as con:
        assert settings_of(con, "temp_directory", "max_temp_directory_size") == (
            str(first),
            "4.7 MiB",
        )
        assert settings_of(con, "disabled_optimizers", "TimeZone") == (
            "build_side_probe_side",
            "UTC",
        )
        assert settings_of(con.cursor(), "TimeZone") == ("UTC",)
        for folder in (first, second):
            folder.mkdir()
            con.execute(f"copy (select 1) to '{folder}/x.csv'")
    with open_sandbox(files=[], folders=[first]) as con:
        assert settings_of(con, "max_temp_directory_size")[0].startswith("90%")
    with open_sandbox(files=[], temp_limit=5, memory_limit="333MiB") as con:
        assert settings_of(con, "temp_directory", "memory_limit") == ("", "333.0 MiB")


@pytest.mark.parametrize(
    ("own", "limit"),
    [
        (("0.75 GiB",), round(0.75 * 2**30)),
        (("700.0 KiB",), 700 * 2**10),
        (("12 bytes",), 12),
        (("9.0 TiB",), sandbox.DEFAULT_MEMORY_BYTES),
        (("9.0 pints",), sandbox.DEFAULT_MEMORY_BYTES),
        (("much",), sandbox.DEFAULT_MEMORY_BYTES),
        (None, sandbox.DEFAULT_MEMORY_BYTES),
    ],
)
def test_the_usual_limit_is_the_engine_s_own_or_less(own, limit):
    class Connection:
        def execute(self, _):
            return self

        def fetchone(self):
            return own

    assert usual_memory_limit(Connection()) == f"{limit}B"


def test_a_progress_bar_is_switched_off_where_it_is_on():
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = true")
        sandbox._switch_progress_bar_off(con)
        assert settings_of(con, "enable_progress_bar") == (False,)


def test_an_engine_s_errors_are_one_line_about_the_input():
    with (
        pytest.raises(InputError, match=r"^a: needs more memory than the limit; raise --memory-l"),
        sandbox.one_line_errors("a"),
    ):
        raise duckdb.OutOfMemoryException
    with (
        pytest.raises(InputError, match=r"^a: cannot be read: one; copy or export it again$"),
        sandbox.one_line_errors("a"),
    ):
        raise duckdb.Error("one\ntwo")
    with pytest.raises(KeyError), sandbox.one_line_errors("a"):
        raise KeyError
    assert sandbox.first_line(ValueError("x" * 301)) == "x" * 300
    assert sandbox.first_line(ValueError(" \n")) == "ValueError"


@pytest.mark.parametrize(
    ("sql", "kept"),
    [
        ("select cast('anna.u0001@firm.example' as bigint)", "INT64"),
        ("select cast('anna.o''neil@firm.example' as timestamp)", "timestamp"),
        ("select cast('anna@firm.example' as date)", "date"),
        ("select strptime('anna@firm.example', '%Y')", "%Y"),
    ],
)
def test_no_value_stands_in_an_engine_s_error(sql, kept):
    with (
        open_sandbox(files=[]) as con,
        pytest.raises(InputError) as refused,
        one_line_errors("a.csv"),
    ):
        con.execute(sql)
    assert "anna" not in str(refused.value)
    assert "firm" not in str(refused.value)
    assert kept in str(refused.value)


def test_no_value_stands_in_an_error_of_arrow():
    with pytest.raises(pa.ArrowInvalid) as caught:
        pa.array(["anna@firm.example"]).cast(pa.int64())
    assert "anna" not in first_line(caught.value)
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)) as caught:
        pa.array([1, "anna@firm.example"])
    assert "anna" not in first_line(caught.value)
