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


def copied(path, table, folder, *, allow_views=False):
    """The columns and rows of a table as they are written."""
    file = InputFile(given=f"d.duckdb::{table}", path=path, kind="duckdb", table=table)
    with duckdb.connect() as con:
        found = copy_table(con, file, folder / "t.parquet", allow_views=allow_views)
        attached = con.execute("select database_name from duckdb_databases()").fetchall()
        assert ("input_db",) not in attached
        rows = con.execute(f"select * from '{folder}/t.parquet'").fetchall()
    return {name: column.kind for name, column in found.columns.items()}, rows


def test_types_that_parquet_keeps_stay_and_the_others_become_text(tmp_path):
    path = database(
        tmp_path,
        "create table k as select 1::utinyint as a, 1.5::decimal(4, 2) as b, [1, 2] as c,"
        " {'x': 1} as d, interval 1 day as e, 'x'::enum('x', 'y') as f, 3 as g",
    )
    kinds, ((*values,),) = copied(path, "k", tmp_path)
    assert {name: kinds[name] for name in "bcdg"} == {
        "b": "DECIMAL(4,2)",
        "c": "INTEGER[]",
        "d": "STRUCT(x INTEGER)",
        "g": "INTEGER",
    }
    assert values[2:4] == [[1, 2], {"x": 1}]
    text = [name for name, kind in kinds.items() if kind == "VARCHAR"]
    assert all(isinstance(values["abcdefg".index(name)], str) for name in text)
    assert text


def test_tables_are_named_with_their_schemas_and_no_views(tmp_path):
    tables = [f"create table t{n:02} (a integer)" for n in range(45)]
    path = database(tmp_path, "create schema s", "create table s.a (a integer)", *tables)
    with pytest.raises(InputError) as caught:
        copied(path, "zz", tmp_path)
    assert "there are " in str(caught.value)
    assert str(caught.value).endswith(", t38")
    with duckdb.connect(str(tmp_path / "e.duckdb")) as con:
        con.execute("create view v as select 1 as a")
    with pytest.raises(InputError, match="no such table; there is none"):
        copied(tmp_path / "e.duckdb", "w", tmp_path)
    assert copied(tmp_path / "e.duckdb", "v", tmp_path, allow_views=True)[1] == [(1,)]
