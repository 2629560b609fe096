"""Blank text is the same in Python and in SQL."""

from __future__ import annotations

import sys
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factories.source_files import values, write

from resume_gap.errors import InputError
from resume_gap.pipeline.queries import Runner
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.excluded import read_excluded
from resume_gap.sources.values import (
    as_text,
    given,
    hashable,
    is_blank,
    is_integer,
    is_nested,
    is_number,
    is_text,
    real_of,
    whole_of,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_blank_in_python_and_in_sql() -> None:
    letters = [
        chr(n)
        for n in range(1, sys.maxunicode + 1)
        if unicodedata.category(chr(n))[0] in "ZC"
        and not 0xD800 <= n < 0xE000
        and unicodedata.category(chr(n)) not in ("Cn", "Co")
    ]
    texts = ["", "a", "0", "_", "\u00a0", "\u200b\ufeff", "\u3000 \t\n", " a ", "\u3164", *letters]
    with duckdb.connect() as con:
        Runner(con)
        con.execute("create table given (i int, v varchar)")
        con.executemany("insert into given values (?, ?)", list(enumerate(texts[:60])))
        found = con.execute("select is_blank(v) from given order by i").fetchall()
    assert [row[0] for row in found] == [is_blank(text) for text in texts[:60]]
    assert all(map(is_blank, letters))
    assert not is_blank("\u00a0x")


def test_a_list_of_users_to_leave_out(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("user_id\nu1\n \n\u00a0\n\u200b\nu2\n")
    assert read_excluded(path, "who") == ("u1", "u2")


@pytest.mark.parametrize("name", ["e.csv", "e.jsonl", "e.tsv"])
@pytest.mark.parametrize("code", ["utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"])
def test_wide_text_without_its_mark_is_called_by_its_name(
    tmp_path: Path, name: str, code: str
) -> None:
    text = '{"user_id": "u", "timestamp": 1}\n' if "json" in name else "user_id,timestamp,event\n"
    (tmp_path / name).write_bytes(text.encode(code))
    with pytest.raises(InputError, match=f"{code[:6].upper()} without.*--encoding {code[:6]}-le"):
        open_source([str(tmp_path / name)], Settings())


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "duckdb"])
@pytest.mark.parametrize("users", [(-1, 0, 9007199254740993), (0, 2**64 - 1)])
def test_integers_keep_all_digits(tmp_path, form, users):
    kind = pa.uint64() if max(users) >= 2**63 else pa.int64()
    n = len(users)
    table = pa.table(
        {"user_id": pa.array(users, kind), "ts": ["2026-01-01"] * n, "event": ["e"] * n}
    )
    if form == "parquet":
        pq.write_table(table, tmp_path / "events.parquet")
        events = str(tmp_path / "events.parquet")
    elif form == "duckdb":
        with duckdb.connect(str(tmp_path / "d.duckdb")) as con:
            con.register("given", table)
            con.execute("create table events as from given")
        events = f"{tmp_path}/d.duckdb::events"
    else:
        events = write(tmp_path, table.to_pylist(), form)
    assert values(events, "user_id") == [str(user) for user in users]


def test_json_integers_over_64_bits_stay_apart(tmp_path):
    path = tmp_path / "e.jsonl"
    path.write_text(
        "".join(f'{{"user_id": {2**70 + i}, "ts": 1, "event": "e"}}\n' for i in range(3))
    )
    assert values(str(path), "user_id") == [str(2**70 + i) for i in range(3)]


def test_a_hugeint_of_a_database_keeps_its_digits(tmp_path):
    with duckdb.connect(str(tmp_path / "d.duckdb")) as con:
        con.execute(
            "create table t as select 170141183460469231731687303715884105727::hugeint"
            " as user_id, timestamp '2026-01-01' as ts, 'e' as event"
        )
    assert values(f"{tmp_path}/d.duckdb::t", "user_id") == [str(2**127 - 1)]


@pytest.mark.parametrize("number", [7, 7.0, Decimal("7.00"), "7"])
def test_whole_numbers_look_alike(tmp_path, number):
    rows = [{"user_id": number, "timestamp": "2026-01-01", "event": "e"}]
    assert values(write(tmp_path, rows, "parquet"), "user_id") == ["7"]
    if not isinstance(number, Decimal):
        assert values(write(tmp_path, rows, "jsonl"), "user_id") == ["7"]


def test_the_text_seven_point_nought_stays(tmp_path):
    rows = [{"user_id": "7.0", "timestamp": "2026-01-01", "event": "e"}]
    for form in ("parquet", "jsonl", "csv"):
        assert values(write(tmp_path, rows, form), "user_id") == ["7.0"]


def test_nan_from_pandas_is_nobody(tmp_path):
    rows = [{"user_id": float("nan"), "timestamp": "2026-01-01", "event": "e"}]
    assert values(write(tmp_path, rows, "parquet"), "user_id") == [None]


def test_nan_is_no_text_where_statistics_leave_it_out(tmp_path):
    """A smallest and a largest value without NaN, as Parquet has them, are believed by isnan."""
    rows = [
        {"user_id": "u", "timestamp": at, "event": "e", "target": element}
        for at, element in ((1_767_268_800.5, 1.0), (float("nan"), float("nan")), (2e9, 3.0))
    ]
    path = write(tmp_path, rows * 50, "parquet")
    assert set(values(path, "target")) == {"1", "3", None}
    assert set(values(path, "at_us")) == {1_767_268_800_500_000, 2 * 10**15, None}


KINDS = {
    "VARCHAR": "t",
    "JSON": "t",
    "ENUM('a', 'b')": "t",
    "TINYINT": "in",
    "UHUGEINT": "in",
    "FLOAT": "n",
    "DOUBLE": "n",
    "DECIMAL(9,2)": "n",
    "BOOLEAN": "",
    "DATE": "",
    "INTEGER[]": "x",
    "STRUCT(a INTEGER)": "x",
    "MAP(VARCHAR, INTEGER)": "x",
}
"""By type: t text, i whole, n a number, x holds several values."""


def test_what_types_are() -> None:
    for letter, asked in (("t", is_text), ("i", is_integer), ("n", is_number), ("x", is_nested)):
        found = {kind for kind in KINDS if asked(kind)}
        assert found == {kind for kind, letters in KINDS.items() if letter in letters}
    assert {kind for kind in KINDS if hashable("v", kind) == "v"} - {"VARCHAR"} == {
        kind for kind, letters in KINDS.items() if letters in ("", "x") and kind != "BOOLEAN"
    }


VALUES = (
    ("'7'", "VARCHAR", "7", 7, 7.0, True),
    ("' -7 '", "VARCHAR", " -7 ", -7, -7.0, True),
    ("'7.5'", "VARCHAR", "7.5", None, 7.5, True),
    ("'7 days'", "VARCHAR", "7 days", None, None, True),
    ("''", "VARCHAR", "", None, None, False),
    ("null::varchar", "VARCHAR", None, None, None, False),
    (
        "'1234567890123456789'",
        "VARCHAR",
        "1234567890123456789",
        1234567890123456789,
        1.2345678901234568e18,
        True,
    ),
    (
        "'12345678901234567890'",
        "VARCHAR",
        "12345678901234567890",
        None,
        12345678901234567890.0,
        True,
    ),
    ("7::bigint", "BIGINT", "7", 7, 7.0, True),
    ("7::hugeint", "HUGEINT", "7", 7, 7.0, True),
    ("null::bigint", "BIGINT", None, None, None, False),
    ("7.0::double", "DOUBLE", "7", None, 7.0, True),
    ("7.5::double", "DOUBLE", "7.5", None, 7.5, True),
    ("1e15::double", "DOUBLE", "1000000000000000.0", None, 1e15, True),
    ("(1e15 - 1)::double", "DOUBLE", "999999999999999", None, 1e15 - 1, True),
    ("7.50::decimal(9,2)", "DECIMAL(9,2)", "7.5", None, 7.5, True),
    ("70.00::decimal(9,2)", "DECIMAL(9,2)", "70", None, 70.0, True),
    ("70::decimal(9,0)", "DECIMAL(9,0)", "70", None, 70.0, True),
    ("true", "BOOLEAN", "true", None, None, True),
    ("[1, 2]", "INTEGER[]", "[1,2]", None, None, True),
    ("date '2026-03-02'", "DATE", "2026-03-02", None, None, True),
)
"""SQL of a value and its type; as text, as a whole number, as a number, and whether it is there."""


def test_values_as_text_and_as_numbers() -> None:
    for sql, kind, text, whole, real, there in VALUES:
        parts = (as_text(sql, kind), whole_of(sql, kind), real_of(sql, kind), given(sql, kind))
        found = duckdb.sql("select " + ", ".join(part or "null" for part in parts)).fetchall()
        assert found == [(text, whole, real, there)], sql
        assert (parts[1] is None) == (kind not in ("VARCHAR", "BIGINT", "HUGEINT"))
