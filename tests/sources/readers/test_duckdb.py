"""Tables of a database."""

import duckdb
import pytest
from factories.source_files import NOON, message, values

from resume_gap.errors import InputError
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers.duckdb import copy_table


def database(tmp_path, *statements):
    path = tmp_path / "d.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(
            "create table t as select 'u' as user_id, timestamp '2026-01-01 12:00' as ts,"
            " 'e' as event"
        )
        for statement in statements:
            con.execute(statement)
    return str(path)


def test_tables_by_schema_and_odd_names(tmp_path):
    path = database(
        tmp_path,
        "create schema s",
        "create table s.t2 as from t",
        'create table "o;d""d" as from t',
    )
    for name in ("t", "main.t", "s.t2", 'o;d"d'):
        assert values(f"{path}::{name}", "at_us") == [NOON]


def test_a_missing_table_names_the_nearest(tmp_path):
    path = database(tmp_path, "create table events as from t")
    line = message(f"{path}::evnts")
    assert "did you mean events?" in line
    assert "names no table" in message(f"{path}::")


def test_a_view_is_refused_and_never_reaches_a_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("s3cret")
    path = database(
        tmp_path,
        "create view fine as from t",
        f"create view bad as select content as user_id, now() as ts, 'e' as event"
        f" from read_text('{secret}')",
    )
    assert "--allow-views" in message(f"{path}::fine")
    assert values(f"{path}::fine", "user_id", allow_views=True) == ["u"]
    line = message(f"{path}::bad", allow_views=True)
    assert "s3cret" not in line


def test_what_is_no_database_is_one_line(tmp_path):
    path = tmp_path / "d.duckdb"
    path.write_bytes(b"\x00" * 8 + b"DUCK" + b"\x00" * 9_000)
    file = InputFile(given=str(path), path=path, kind="duckdb", table="t")
    with (
        duckdb.connect() as con,
        pytest.raises(
            InputError, match=r"d\.duckdb.*: cannot be opened as a DuckDB database: "
        ) as e,
    ):
        copy_table(con, file, tmp_path / "t.parquet", allow_views=False)
    assert "\n" not in str(e.value)
