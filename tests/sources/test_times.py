"""Every time column of every type and format: what is out of range never ends the run."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from resume_gap.pipeline.database import connect
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.times import (
    CLOCK_BEFORE_US,
    CLOCK_FROM_US,
    Readings,
    instant,
    median_unit,
)

if TYPE_CHECKING:
    from pathlib import Path

GOOD = 60
BASE = 1_772_442_000
"""2026-03-02 09:00 UTC."""
MOST = 2**63 - 1
LEAST = -(2**63)
PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
ROLES = ("timestamp", "end", "received_at", "duration", "other")
OUTSIDE = (CLOCK_FROM_US - 1, CLOCK_BEFORE_US)
EDGES = {
    "1989-12-31T23:59:59Z": False,
    "1990-01-01T00:00:00Z": True,
    "2037-12-31T23:59:59Z": True,
    "2038-01-01T00:00:00Z": False,
}


def rows_of(event: str, **options: Any) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows as the pipeline reads them, and the names of the source's checks."""
    with (
        open_source([event], Settings(**options)) as source,
        connect(allowed_paths=source.paths, spill=None, memory_limit=None, threads=1) as con,
    ):
        source.create_rows(con)
        # Every column is read in full, as the run does.
        con.execute("select bit_xor(hash(rows)) from rows").fetchall()
        result = con.execute("select * from rows order by event")
        names = [item[0] for item in result.description]
        found = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        return found, [check.check for check in source.checks]


def raw(kind: pa.DataType, numbers: list[int]) -> pa.Array:
    """An array of a time type by the integers that it stores."""
    width = pa.int32() if kind.bit_width == 32 else pa.int64()
    return pa.Array.from_buffers(kind, len(numbers), [None, pa.array(numbers, width).buffers()[1]])


def arrow_cases() -> dict[str, tuple[pa.Array, bool]]:
    """Columns of 60 good values and one that is out of range, last; whether Parquet has INT96."""
    cases: dict[str, tuple[pa.Array, bool]] = {}
    for unit, scale in PER_SECOND.items():
        good = [(BASE + 60 * i) * scale for i in range(GOOD)]
        far = {"most": MOST, "next to most": MOST - 1, "least": LEAST, "next to least": LEAST + 1}
        far |= {"1970": 0, "year 0": -62_167_219_200 * scale, "year 10000": 253_402_300_800 * scale}
        far |= {"before Christ": -70_000_000_000 * scale}
        for name, number in far.items():
            if not LEAST <= number <= MOST or (unit == "s" and abs(number) > MOST // 1000):
                continue  # nanoseconds end in 2262; Parquet keeps seconds as milliseconds
            for zone in (None, "UTC"):
                kind = pa.timestamp(unit, zone)
                cases[f"{kind} {name}"] = (raw(kind, [*good, number]), False)
    days = [20_500 + i // 20 for i in range(GOOD)]
    for number in (2**31 - 1, -(2**31), -(2**31) + 1, 2_932_897, -719_529, 0, 10**8, -(10**8)):
        cases[f"date32 {number}"] = (raw(pa.date32(), [*days, number]), False)
    stamps = [(BASE + 60 * i) * PER_SECOND["ns"] for i in range(GOOD)]
    for number in (0, MOST, LEAST + 1):
        cases[f"int96 {number}"] = (raw(pa.timestamp("ns"), [*stamps, number]), True)
    seconds = [BASE + 60 * i for i in range(GOOD)]
    for number in (MOST, LEAST, 0, -1, BASE * 1000, BASE * 10**6, BASE * 10**9):
        cases[f"int64 {number}"] = (pa.array([*seconds, number]), False)
    for real in (float("inf"), float("-inf"), 1e300, -1e300, 0.0):
        cases[f"double {real}"] = (pa.array([*map(float, seconds), real]), False)
    for text in ("0000-01-01", "10000-01-01 00:00:00", "-0044-03-15", "infinity", "1e300",
                 "0044-03-15 (BC)", "99999999999999999999", "0000-00-00 00:00:00"):  # fmt: skip
        cases[f"text {text}"] = (pa.array([*map(str, seconds), text]), False)
    large = Decimal(10) ** 30
    cases["decimal"] = (
        pa.array([*map(Decimal, seconds), large], pa.decimal128(38, 0)),
        False,
    )
    return cases


CASES = arrow_cases()


def check_last(rows: list[dict[str, Any]], role: str) -> None:
    """All rows are there; the last one is out of range in its column and whole otherwise."""
    assert len(rows) == GOOD + 1
    last = rows[-1]
    inside = [CLOCK_FROM_US <= row["at_us"] < CLOCK_BEFORE_US for row in rows]
    assert all(inside[:-1])
    assert inside[-1] == (role != "timestamp")
    if role == "timestamp":
        assert last["at_us"] in OUTSIDE
        assert last["at_given"]
    if role in ("end", "received_at"):
        assert last[f"{role}_us"] is None
        assert [row[f"{role}_far"] for row in rows] == [False] * GOOD + [True]


def table_of(column: pa.Array, role: str) -> pa.Table:
    n = len(column)
    times = pa.array([BASE + 60 * i for i in range(n)], pa.int64())
    table = {"user_id": ["u"] * n, "event": [f"{i:03d}" for i in range(n)], "timestamp": times}
    return pa.table({**table, role: column})


@pytest.mark.parametrize("role", ["timestamp", "end", "received_at", "other"])
@pytest.mark.parametrize("case", CASES)
def test_every_type_of_parquet(tmp_path: Path, case: str, role: str) -> None:
    column, int96 = CASES[case]
    path = tmp_path / "log.parquet"
    pq.write_table(table_of(column, role), path, use_deprecated_int96_timestamps=int96)
    rows, _ = rows_of(str(path))
    check_last(rows, role)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati"])
@pytest.mark.parametrize("case", [c for c in CASES if "int64" not in c and "UTC" not in c])
def test_every_type_of_parquet_in_a_zone(tmp_path: Path, case: str, zone: str) -> None:
    column, int96 = CASES[case]
    path = tmp_path / "log.parquet"
    pq.write_table(table_of(column, "timestamp"), path, use_deprecated_int96_timestamps=int96)
    check_last(rows_of(str(path), tz=zone)[0], "timestamp")


IN_DATABASES = [
    "'infinity'::date", "'-infinity'::date", "'5877642-06-25 (BC)'::date", "'0000-01-01'::date",
    "'infinity'::timestamp", "'-infinity'::timestamp", "make_timestamp(-9223372022400000000)",
    "make_timestamp(9223372036854775806)", "'infinity'::timestamptz", "'infinity'::timestamp_s",
    "'290000-01-01'::timestamp_s", "'infinity'::timestamp_ms", "'-infinity'::timestamp_ns",
    "make_timestamp_ns(-9223372036854775806)",
]  # fmt: skip


@pytest.mark.parametrize("role", ["timestamp", "end", "received_at", "other"])
@pytest.mark.parametrize("value", IN_DATABASES)
def test_every_type_of_a_database(tmp_path: Path, value: str, role: str) -> None:
    path = tmp_path / "log.duckdb"
    clock = f"make_timestamp({BASE}000000 + i * 60000000)"
    with duckdb.connect(str(path)) as con:
        con.execute("set TimeZone = 'UTC'")
        con.execute(
            f"create table t as select 'u' as user_id, lpad(i::varchar, 3, '0') as event,"
            f" {clock} as timestamp from range({GOOD + 1}) r(i)"
        )
        kind = con.execute(f"select typeof({value})").fetchall()[0][0]
        if role == "timestamp":
            con.execute(f"alter table t alter timestamp type {kind}")
        else:
            con.execute(f'alter table t add column "{role}" {kind}')
            con.execute(f'update t set "{role}" = timestamp::{kind}')
        con.execute(f"update t set \"{role}\" = {value} where event = '{GOOD:03d}'")
    check_last(rows_of(f"{path}::t")[0], role)


TEXTS = [
    "0000-01-01T00:00:00Z", "0000-00-00 00:00:00", "10000-01-01", "+10000-01-01T00:00:00Z",
    "-0001-01-01", "0044-03-15 (BC)", "1889-01-01 10:00:00", "9999-12-31T23:59:59+00:00",
    "infinity", "-Infinity", "inf", "1e300", "-1e300", "9223372036854775807",
    "99999999999999999999",
    "-9223372036854775808", "0", "-5", "1772442000000", "1772442000000000000",
]  # fmt: skip


def is_number(text: str) -> bool:
    """Whether JSON can hold the text as a number."""
    return text.replace("e", "").lstrip("-").isdigit()


@pytest.mark.parametrize("role", ["timestamp", "end", "received_at"])
@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "json numbers"])
@pytest.mark.parametrize("zone", ["UTC", "America/St_Johns"])
def test_every_text(tmp_path: Path, form: str, role: str, zone: str) -> None:
    """All texts in one file: each is out of range, none makes the others unreadable."""
    n = 3000
    good = [{"u": "u", "event": f"{i:04d}", "timestamp": str(BASE + i)} for i in range(n)]
    texts = TEXTS if form != "json numbers" else [t for t in TEXTS if is_number(t)]
    bad = [{"u": "u", "event": f"z{i:03d}", "timestamp": str(BASE)} for i in range(len(texts))]
    for row, text in zip(bad, texts, strict=True):
        row[role] = text
    if role != "timestamp":
        for row in good:
            row[role] = row["timestamp"]
    path = tmp_path / ("log." + {"json numbers": "jsonl"}.get(form, form))
    rows = [*good, *bad]
    if form in ("csv", "tsv"):
        mark = "," if form == "csv" else "\t"
        names = ["u", "event", "timestamp", *([role] if role != "timestamp" else [])]
        lines = [names, *([row[name] for name in names] for row in rows)]
        path.write_text("\n".join(map(mark.join, lines)))
    elif form == "jsonl":
        path.write_text("\n".join(map(json.dumps, rows)))
    else:
        path.write_text("\n".join(json.dumps(r).replace(f'"{r[role]}"', r[role]) for r in rows))
    found, _ = rows_of(str(path), mapping={"user_id": "u"}, tz=zone)
    assert len(found) == len(rows)
    for row, text in zip(found[n:], texts, strict=True):
        if role == "timestamp":
            assert row["at_us"] in OUTSIDE, text
        else:
            assert (row[f"{role}_us"], row[f"{role}_far"]) == (None, True), text
            assert row["at_us"] == BASE * 10**6


@pytest.mark.parametrize("value", ["1e300", "inf", "9e18", "-9e18", "1e12"])
def test_a_length_that_overflows(tmp_path: Path, value: str) -> None:
    path = tmp_path / "log.csv"
    lines = [f"u,{BASE + i},{i:03d},5" for i in range(GOOD)] + [f"u,{BASE},zzz,{value}"]
    path.write_text("\n".join(["user_id,timestamp,event,duration", *lines]))
    rows, _ = rows_of(str(path))
    assert rows[0]["end_us"] == (BASE + 5) * 10**6
    assert rows[-1]["end_us"] is None
    assert rows[-1]["end_far"] == (value != "inf")  # a word is no number; it is unreadable


@pytest.mark.parametrize(("text", "kept"), EDGES.items())
@pytest.mark.parametrize("role", ["timestamp", "end"])
def test_the_edges_are_exact(tmp_path: Path, text: str, role: str, *, kept: bool) -> None:
    path = tmp_path / "log.csv"
    other = "2026-03-02T09:00:00Z"
    at, end = (text, other) if role == "timestamp" else (other, text)
    path.write_text(f"user_id,timestamp,event,end\nu,{at},a,{end}\n")
    (row,), _ = rows_of(str(path))
    exact = int(dt.datetime.fromisoformat(text).timestamp()) * 10**6
    if role == "timestamp":
        assert CLOCK_FROM_US <= exact < CLOCK_BEFORE_US if kept else row["at_us"] in OUTSIDE
        assert (row["at_us"] == exact) or not kept
        assert CLOCK_FROM_US - 1 <= row["at_us"] <= CLOCK_BEFORE_US
    else:
        assert row["end_us"] == (exact if kept else None)


def test_numbers_of_no_year_say_nothing_about_the_unit(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    times = [*(BASE + i for i in range(50)), *[MOST] * 30]
    path.write_text("user_id,timestamp,event\n" + "".join(f"u,{t},e\n" for t in times))
    rows, found = rows_of(str(path))
    assert "two_time_units" not in found
    assert sum(row["at_us"] == CLOCK_BEFORE_US for row in rows) == 30


def test_median_unit() -> None:
    assert median_unit({}) is None
    assert median_unit({"small": 3, "ms": 2}) == "s"
    assert median_unit({"s": 1, "us": 5}) == "us"


@pytest.mark.parametrize(
    ("nanoseconds", "microseconds"),
    [
        (0, 0),
        (999, 0),
        (1_000, 1),
        (-1, -1),
        (-1_000, -1),
        (-1_001, -2),
        (2**63 - 1, 9_223_372_036_854_775),
        (-(2**63), -9_223_372_036_854_776),
    ],
)
def test_nanoseconds_belong_to_the_microsecond_they_lie_in(
    nanoseconds: int, microseconds: int
) -> None:
    sql = instant(Readings(whole=f"cast({nanoseconds} as bigint)"), "ns")
    assert duckdb.sql(f"select {sql}").fetchall() == [(microseconds,)]
