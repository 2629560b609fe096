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
from factories.source_files import NOON, US, checks, read, values, write

from resume_gap.report.text.findings.table import worded
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.times import (
    CLOCK_BEFORE_US,
    CLOCK_FROM_US,
    Readings,
    instant,
    length_us,
    readings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

GOOD = 60
BASE = 1_772_442_000
"""2026-03-02 09:00 UTC."""
MOST = 2**63 - 1
LEAST = -(2**63)
PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
OTHERS = ("end", "received_at", "other")
INT96 = "int96"
ALL = ": all"
OUTSIDE = (CLOCK_FROM_US - 1, CLOCK_BEFORE_US)
EDGES = {
    "1989-12-31T23:59:59Z": False,
    "1990-01-01T00:00:00Z": True,
    "2037-12-31T23:59:59Z": True,
    "2038-01-01T00:00:00Z": False,
}


def rows_of(event: str, **options: Any) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows as the pipeline reads them, and the names of the source's checks."""
    with open_source([event], Settings(**options)) as source:
        con = source.con
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


def of_type(good: list[Any], far: dict[str, Any], kind: Any) -> dict[str, pa.Array]:
    """A column with each of the values in turn, last, and one with them all."""
    columns = {f"{kind} {name}": [*good, value] for name, value in far.items()}
    columns[f"{kind}{ALL}"] = [*good, *far.values()]
    return {name: column_of(values, kind) for name, values in columns.items()}


def column_of(values: list[Any], kind: Any) -> pa.Array:
    if kind in (INT96, pa.date32()) or pa.types.is_timestamp(kind):
        return raw(pa.timestamp("ns") if kind == INT96 else kind, values)
    return pa.array(values, kind)


def arrow_cases() -> dict[str, pa.Array]:
    """Columns of 60 good values and then of what is out of range."""
    cases: dict[str, pa.Array] = {}
    for unit, scale in PER_SECOND.items():
        far = {"most": MOST, "next to most": MOST - 1, "least": LEAST, "next to least": LEAST + 1}
        far |= {"1970": 0, "year 0": -62_167_219_200 * scale, "year 10000": 253_402_300_800 * scale}
        far |= {"before Christ": -70_000_000_000 * scale}
        far = {
            name: number
            for name, number in far.items()
            # Nanoseconds end in 2262; Parquet keeps seconds as milliseconds.
            if LEAST <= number <= MOST and (unit != "s" or abs(number) <= MOST // 1000)
        }
        for zone in (None, "UTC"):
            good = [(BASE + 60 * i) * scale for i in range(GOOD)]
            cases |= of_type(good, far, pa.timestamp(unit, zone))
    days = (2**31 - 1, -(2**31), -(2**31) + 1, 2_932_897, -719_529, 0, 10**8, -(10**8))
    cases |= of_type([20_500 + i // 20 for i in range(GOOD)], by_text(days), pa.date32())
    stamps = [(BASE + 60 * i) * PER_SECOND["ns"] for i in range(GOOD)]
    cases |= of_type(stamps, by_text((0, MOST, LEAST + 1)), INT96)
    seconds = [BASE + 60 * i for i in range(GOOD)]
    whole = (MOST, LEAST, 0, -1, BASE * 1000, BASE * 10**6, BASE * 10**9)
    cases |= of_type(seconds, by_text(whole), pa.int64())
    real = (float("inf"), float("-inf"), 1e300, -1e300, 0.0)
    cases |= of_type([*map(float, seconds)], by_text(real), pa.float64())
    texts = (
        *("0000-01-01", "10000-01-01 00:00:00", "-0044-03-15", "infinity", "1e300"),
        *("0044-03-15 (BC)", "99999999999999999999", "0000-00-00 00:00:00"),
    )
    cases |= of_type([*map(str, seconds)], by_text(texts), pa.string())
    large = by_text([Decimal(10) ** 30])
    return cases | of_type([*map(Decimal, seconds)], large, pa.decimal128(38, 0))


def by_text(values: Iterable[Any]) -> dict[str, Any]:
    return {str(value): value for value in values}


CASES = arrow_cases()
TOGETHER = [case for case in CASES if case.endswith(ALL)]
ALONE = [case for case in CASES if not case.endswith(ALL)]


def check_last(rows: list[dict[str, Any]], roles: Sequence[str], n: int = GOOD + 1) -> None:
    """All rows are there; those after the good are out of range in these columns, and whole."""
    assert len(rows) == n
    for i, row in enumerate(rows):
        bad = i >= GOOD
        inside = CLOCK_FROM_US <= row["at_us"] < CLOCK_BEFORE_US
        assert inside != (bad and "timestamp" in roles), row
        if bad and "timestamp" in roles:
            assert row["at_us"] in OUTSIDE, row
            assert row["at_given"], row
        for role in {"end", "received_at"}.intersection(roles):
            assert row[f"{role}_far"] == bad, row
            assert (row[f"{role}_us"] is None) == bad, row


def table_of(column: pa.Array, roles: Sequence[str]) -> pa.Table:
    n = len(column)
    times = pa.array([BASE + 60 * i for i in range(n)], pa.int64())
    table = {"user_id": ["u"] * n, "event": [f"{i:03d}" for i in range(n)], "timestamp": times}
    return pa.table({**table, **dict.fromkeys(roles, column)})


def check_parquet(folder: Path, case: str, roles: Sequence[str], **options: Any) -> None:
    path = folder / "log.parquet"
    int96 = case.startswith(INT96)
    table = table_of(CASES[case], roles)
    pq.write_table(table, path, use_deprecated_int96_timestamps=int96)
    check_last(rows_of(str(path), **options)[0], roles, len(CASES[case]))


def pairs(cases: Sequence[str]) -> list[Any]:
    """Each case as a timestamp and as the other times; one of the two only with `--full`."""
    return [
        pytest.param(
            case,
            roles,
            id=f"{case}-{'+'.join(roles)}",
            marks=() if (at + place) % 2 == 0 else pytest.mark.full,
        )
        for at, case in enumerate(cases)
        for place, roles in enumerate([("timestamp",), OTHERS])
    ]


@pytest.mark.parametrize(("case", "roles"), pairs(TOGETHER))
def test_every_type_of_parquet(tmp_path: Path, case: str, roles: Sequence[str]) -> None:
    check_parquet(tmp_path, case, roles)


@pytest.mark.full
@pytest.mark.parametrize("roles", [("timestamp",), OTHERS], ids="+".join)
@pytest.mark.parametrize("case", ALONE)
def test_every_value_of_parquet(tmp_path: Path, case: str, roles: Sequence[str]) -> None:
    check_parquet(tmp_path, case, roles)


ZONE = "Pacific/Kiritimati"


@pytest.mark.parametrize(
    "case",
    [
        case
        if case.startswith(("timestamp[ms]", "date", "string"))
        else pytest.param(case, marks=pytest.mark.full)
        for case in TOGETHER
        if "int64" not in case and "UTC" not in case
    ],
)
def test_every_type_of_parquet_in_a_zone(tmp_path: Path, case: str) -> None:
    check_parquet(tmp_path, case, ("timestamp",), tz=ZONE)


@pytest.mark.full
@pytest.mark.parametrize("case", [c for c in ALONE if "int64" not in c and "UTC" not in c])
def test_every_value_of_parquet_in_a_zone(tmp_path: Path, case: str) -> None:
    check_parquet(tmp_path, case, ("timestamp",), tz=ZONE)


IN_DATABASES = {
    "date": ("'infinity'", "'-infinity'", "'5877642-06-25 (BC)'", "'0000-01-01'"),
    "timestamp": (
        *("'infinity'", "'-infinity'", "'0000-01-01'"),
        *("make_timestamp(-9223372022400000000)", "make_timestamp(9223372036854775806)"),
    ),
    "timestamptz": ("'infinity'",),
    "timestamp_s": ("'infinity'", "'290000-01-01'"),
    "timestamp_ms": ("'infinity'",),
    "timestamp_ns": ("'-infinity'", "make_timestamp_ns(-9223372036854775806)"),
}


@pytest.mark.parametrize(("kind", "roles"), pairs(list(IN_DATABASES)))
def test_every_type_of_a_database(tmp_path: Path, kind: str, roles: Sequence[str]) -> None:
    path = tmp_path / "log.duckdb"
    far = IN_DATABASES[kind]
    n = GOOD + len(far)
    with duckdb.connect(str(path)) as con:
        con.execute("set TimeZone = 'UTC'")
        con.execute(
            "create table t as select 'u' as user_id, lpad(i::varchar, 3, '0') as event,"
            f" make_timestamp({BASE}000000 + i * 60000000) as timestamp from range({n}) r(i)"
        )
        if "timestamp" in roles:
            con.execute(f"alter table t alter timestamp type {kind}")
        for role in roles:
            con.execute(f'alter table t add column if not exists "{role}" {kind}')
            con.execute(f'update t set "{role}" = timestamp::{kind}')
            for i, value in enumerate(far, start=GOOD):
                con.execute(f"update t set \"{role}\" = {value}::{kind} where event = '{i:03d}'")
    check_last(rows_of(f"{path}::t")[0], roles, n)


TEXTS = (
    *("0000-01-01T00:00:00Z", "0000-00-00 00:00:00", "10000-01-01", "+10000-01-01T00:00:00Z"),
    *("-0001-01-01", "0044-03-15 (BC)", "1889-01-01 10:00:00", "9999-12-31T23:59:59+00:00"),
    *("infinity", "-Infinity", "inf", "1e300", "-1e300", "9223372036854775807"),
    *("99999999999999999999", "-9223372036854775808", "0", "-5"),
    *("1772442000000", "1772442000000000000"),
)


def is_number(text: str) -> bool:
    """Whether JSON can hold the text as a number."""
    return text.replace("e", "").lstrip("-").isdigit()


def lines_of(form: str, rows: list[dict[str, str]]) -> list[str]:
    if form in ("csv", "tsv"):
        mark = "," if form == "csv" else "\t"
        return [mark.join(rows[0]), *(mark.join(row.values()) for row in rows)]
    if form == "jsonl":
        return [*map(json.dumps, rows)]
    numbers = [{k: v if k in NAMES else f"={v}=" for k, v in row.items()} for row in rows]
    return [json.dumps(row).replace('"=', "").replace('="', "") for row in numbers]


NAMES = ("u", "event")
ZONES = ["UTC", pytest.param("America/St_Johns", marks=pytest.mark.full)]


@pytest.mark.parametrize(("form", "roles"), pairs(["csv", "tsv", "jsonl", "json numbers"]))
@pytest.mark.parametrize("zone", ZONES)
def test_every_text(tmp_path: Path, form: str, roles: Sequence[str], zone: str) -> None:
    """All texts in one file: each is out of range, none makes the others unreadable."""
    n = 3000
    roles = tuple(role for role in roles if role != "other")
    times = ("timestamp", *roles)
    texts = TEXTS if form != "json numbers" else tuple(t for t in TEXTS if is_number(t))
    rows = [
        {"u": "u", "event": f"{i:04d}", **dict.fromkeys(times, str(BASE + i))} for i in range(n)
    ] + [
        {"u": "u", "event": f"z{i:03d}", "timestamp": str(BASE), **dict.fromkeys(roles, text)}
        for i, text in enumerate(texts)
    ]
    path = tmp_path / ("log." + {"json numbers": "jsonl"}.get(form, form))
    path.write_text("\n".join(lines_of(form, rows)))
    found, _ = rows_of(str(path), mapping={"user_id": "u"}, tz=zone)
    assert len(found) == len(rows)
    for row, text in zip(found[n:], texts, strict=True):
        if "timestamp" in roles:
            assert row["at_us"] in OUTSIDE, text
            continue
        assert row["at_us"] == BASE * 10**6
        for role in roles:
            assert (row[f"{role}_us"], row[f"{role}_far"]) == (None, True), text


@pytest.mark.parametrize("value", ["1e300", "inf", "9e18", "-9e18", "1e12"])
def test_a_length_that_overflows(tmp_path: Path, value: str) -> None:
    path = tmp_path / "log.csv"
    lines = [f"u,{BASE + i},{i:03d},5" for i in range(GOOD)] + [f"u,{BASE},zzz,{value}"]
    path.write_text("\n".join(["user_id,timestamp,event,duration", *lines]))
    rows, _ = rows_of(str(path), duration_unit="s")
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
        assert (CLOCK_FROM_US <= exact < CLOCK_BEFORE_US) == kept
        nearest = CLOCK_FROM_US - 1 if exact < CLOCK_FROM_US else CLOCK_BEFORE_US
        assert row["at_us"] == (exact if kept else nearest)
    else:
        assert row["end_us"] == (exact if kept else None)


def test_numbers_of_no_year_say_nothing_about_the_unit(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    times = [*(BASE + i for i in range(50)), *[MOST] * 30]
    path.write_text("user_id,timestamp,event\n" + "".join(f"u,{t},e\n" for t in times))
    rows, found = rows_of(str(path))
    assert "two_time_units" not in found
    assert sum(row["at_us"] == CLOCK_BEFORE_US for row in rows) == 30


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


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (pa.timestamp("s"), 1767268800, NOON),
        (pa.timestamp("ms"), 1767268800123, NOON + 123_000),
        (pa.timestamp("us"), NOON + 5, NOON + 5),
        (pa.timestamp("ns"), NOON * 1000 + 999, NOON),
        (pa.timestamp("ns"), -1, CLOCK_FROM_US - 1),
        (pa.timestamp("ns", "UTC"), NOON * 1000 + 999, NOON),
        (pa.timestamp("us", "Europe/Berlin"), NOON, NOON),
        (pa.timestamp("us"), 2**63 - 1, CLOCK_BEFORE_US),
        (pa.date32(), 20454, NOON - 12 * 3600 * US),
        (pa.float64(), float("nan"), None),
        (pa.float64(), float("inf"), CLOCK_BEFORE_US),
        (pa.float64(), 1e300, CLOCK_BEFORE_US),
        (pa.int64(), 2**63 - 1, CLOCK_BEFORE_US),
    ],
)
def test_typed_times(tmp_path, kind, value, expected):
    array = pa.array([value], pa.int32() if kind == pa.date32() else None)
    array = array.cast(kind) if not pa.types.is_floating(kind) else array
    table = pa.table({"user_id": ["u"], "timestamp": array, "event": ["e"]})
    pq.write_table(table, tmp_path / "e.parquet", version="2.6")
    options = {} if pa.types.is_temporal(kind) else {"time_unit": "s"}
    _, _, rows = read(str(tmp_path / "e.parquet"), **options)
    assert rows[0]["at_us"] == expected
    assert rows[0]["at_given"]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_words_are_no_times(tmp_path, form):
    words = ["epoch", "now", "today", "nan", "-", " ", "12:00", "2026-13-01", "0x10", "1_000"]
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e"}] * 30
    rows += [{"user_id": "v", "ts": word, "event": "e"} for word in words]
    _, _, got = read(write(tmp_path, rows, form), order="order by user_id")
    assert [(row["at_us"], row["at_given"]) for row in got[30:]] == [(None, True)] * len(words)


def test_naive_and_zoned_times_in_one_column(tmp_path):
    rows = [
        {"user_id": "a", "ts": "2026-01-01 13:00:00", "event": "e"},
        {"user_id": "b", "ts": "2026-01-01T12:00:00Z", "event": "e"},
        {"user_id": "c", "ts": "2026-01-01T12:00:00.000+00:00", "event": "e"},
        {"user_id": "d", "ts": "2026-01-01 07:00:00 America/New_York", "event": "e"},
        {"user_id": "e", "ts": "2026-01-01 12:00:00 UTC", "event": "e"},
        {"user_id": "f", "ts": str(NOON // US), "event": "e"},
    ]
    for form in ("csv", "jsonl", "parquet"):
        source, _, got = read(write(tmp_path, rows, form), "at_us", tz="Europe/Berlin")
        assert [row["at_us"] for row in got] == [NOON] * 6
        zone = checks(source)["time_zone"]
        assert "Europe/Berlin" in zone.message
        assert zone.count == 1


OFFSETS_APART = [
    ("2026-01-01 12:00:00.1985780 +00:00", 198_578),
    ("2026-01-01 13:30:00.1985789 +01:30", 198_578),
    ("2026-01-01 12:00:00.198578999 +0000", 198_578),
    ("2026-01-01 12:00:00.198578 +0000 UTC", 198_578),
    ("2026-01-01 12:00:00 +0000 UTC", 0),
    ("2026-01-01 05:00:00.5 -0700 MST", 500_000),
    ("2026-01-01 09:00:00.5 -0300 -03", 500_000),
    ("2026-01-01 13:00:00.19 +0100 CET m=+0.000012", 190_000),
    ("2026-01-01 13:00:00.198+01:00", 198_000),
    ("2026-01-01T13:00:00.198+01:00[Europe/Berlin]", 198_000),
    ("2026-01-01T12:00:00.198578999Z[UTC]", 198_578),
    ("2026-01-01 12:00:00,1985789 +0000", 198_578),
    ("2026/1/1 12:00:00 +00", 0),
    ("2026-01-01 13:00:00 +0100 (Central European Standard Time)", 0),
    ("2026-01-01 12:00:00  Z", 0),
]


@pytest.mark.parametrize("tz", ["UTC", "Europe/Berlin"])
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_an_offset_may_stand_apart(tmp_path, form, tz):
    rows = [{"user_id": f"{i:02}", "ts": t, "event": "e"} for i, (t, _) in enumerate(OFFSETS_APART)]
    source, _, got = read(write(tmp_path, rows, form), "at_us", order="order by user_id", tz=tz)
    assert [row["at_us"] - NOON for row in got] == [micros for _, micros in OFFSETS_APART]
    assert not {"time_zone", "time_format_found"} & checks(source).keys()


@pytest.mark.parametrize(
    "text",
    [
        *("2026-01-01 12:00:00 CET", "2026-01-01 12:00:00 +01:00 and more", "2026-01-01 +01:00"),
        *("2026-01-01 12:00:00 +01:00 [CET", "2026-13-01 12:00:00 +01:00", "2026-01-01 12:00 +1"),
    ],
)
def test_what_is_not_quite_an_offset_apart_is_no_time(text):
    assert parts("VARCHAR", text)["clock"] is None
    assert parts("VARCHAR", text, tz="Asia/Tokyo")["clock"] is None


def test_naive_timestamps_in_a_zone(tmp_path):
    table = pa.table(
        {
            "user_id": ["u", "u"],
            "event": ["a", "b"],
            "timestamp": pa.array(
                [dt.datetime(2026, 7, 1, 14), dt.datetime(2026, 1, 1, 13)],  # noqa: DTZ001
                pa.timestamp("ns"),
            ),
        }
    )
    pq.write_table(table, tmp_path / "e.parquet")
    _, _, rows = read(str(tmp_path / "e.parquet"), "at_us", tz="Europe/Berlin")
    assert [row["at_us"] for row in rows] == [NOON, 1_782_907_200 * US]


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_duration_is_seconds(tmp_path, form):
    rows = [{"user_id": "u", "ts": NOON // US, "event": "e", "duration": 1.5}]
    source, _, got = read(write(tmp_path, rows, form), "end_us")
    assert got[0]["end_us"] == NOON + 1_500_000
    assert "seconds" in worded(checks(source)["duration_unit"]).message


def test_duration_may_be_an_interval(tmp_path):
    with duckdb.connect(str(tmp_path / "d.duckdb")) as con:
        con.execute(
            "create table t as select 'u' as user_id, timestamp '2026-01-01 12:00' as ts,"
            " 'e' as event, interval '2 minutes' as duration"
        )
    assert values(f"{tmp_path}/d.duckdb::t", "end_us") == [NOON + 120 * US]


def test_end_is_taken_before_duration(tmp_path):
    rows = [{"user_id": "u", "ts": NOON // US, "event": "e", "duration": 9, "end": NOON // US + 1}]
    source, _, got = read(write(tmp_path, rows, "csv"))
    assert got[0]["end_us"] == NOON + US
    assert source.columns["duration"] is None
    assert "row_hash" in got[0]


def parts(kind, value, *, tz="UTC", pattern=None):
    """The readings of one value of a type, by name."""
    read = readings("x", kind, tz, pattern)
    if read is None:
        return None
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        items = {name: getattr(read, name) for name in ("clock", "whole", "real", "naive", "far")}
        given = {name: sql for name, sql in items.items() if sql is not None}
        sql = ", ".join(given.values())
        row = con.execute(f"select {sql} from (select cast('{value}' as {kind}) as x)").fetchone()
    return dict(zip(given, row, strict=True))


T10 = 1_772_445_600_000_000
"""2026-03-02 10:00 UTC."""
NINE = 9 * 3_600_000_000


@pytest.mark.parametrize(
    ("kind", "value", "tz", "expected"),
    [
        ("TIMESTAMP WITH TIME ZONE", "2026-03-02 10:00+00", "Asia/Tokyo", (T10, False)),
        ("TIMESTAMP", "2026-03-02 10:00", "UTC", (T10, True)),
        ("TIMESTAMP", "2026-03-02 10:00", "Asia/Tokyo", (T10 - NINE, True)),
        ("TIMESTAMP_NS", "2026-03-02 10:00", "Asia/Tokyo", (T10 - NINE, True)),
        ("DATE", "2026-03-02", "UTC", (T10 - 10 * 3_600_000_000, True)),
    ],
)
def test_types_of_times_say_whether_they_have_a_zone(kind, value, tz, expected):
    found = parts(kind, value, tz=tz)
    assert found == {"clock": expected[0], "naive": expected[1], "far": True}


def test_types_that_are_no_time_have_no_reading():
    assert parts("BOOLEAN", "true") is None
    assert parts("BOOLEAN", "true", pattern="%Y") is None
    assert parts("BOOLEAN", "true", pattern="spreadsheet") is None
    assert parts("BIGINT", "7") == {"whole": 7, "far": True}
    assert parts("DOUBLE", "7.5") == {"real": 7.5, "far": True}
    assert parts("DOUBLE", "7.5", pattern="%Y") == {"real": 7.5, "far": True}


@pytest.mark.parametrize("kind", ["VARCHAR", "DOUBLE", "BIGINT"])
def test_day_numbers_are_days_since_1899(kind):
    day = "46083" if kind == "BIGINT" else "46083.5"
    found = parts(kind, day, pattern="spreadsheet")
    at = T10 + (2 if kind != "BIGINT" else -10) * 3_600_000_000
    assert found == {"clock": at, "whole": None, "real": None, "naive": True, "far": True}
    tokyo = parts(kind, day, tz="Asia/Tokyo", pattern="spreadsheet")
    assert tokyo["clock"] == at - NINE


@pytest.mark.parametrize(
    ("value", "pattern", "clock", "naive"),
    [
        ("02.03.2026 10", "%d.%m.%Y %H", T10, True),
        ("02.03.2026 10 +0900", "%d.%m.%Y %H %z", T10 - NINE, False),
        ("2026-03-02 10:00", "%d.%m.%Y %H", T10, True),
        ("2026-03-02 10:00", "%d.%m.%Y %H %z", T10, True),
        ("2026-03-02T10:00Z", "%d.%m.%Y %H", T10, False),
        ("2026-03-02T10:00Z", "%d.%m.%Y %H %z", T10, False),
        ("soon", "%d.%m.%Y %H", None, None),
    ],
)
def test_a_pattern_comes_before_the_usual_forms(value, pattern, clock, naive):
    found = parts("VARCHAR", value, pattern=pattern)
    assert found["clock"] == clock
    assert naive is None or bool(found["naive"]) == naive
    assert found["whole"] is None


def test_whole_numbers_by_a_pattern_are_no_numbers():
    found = parts("BIGINT", "20260302", pattern="%Y%m%d")
    assert found["clock"] == T10 - 10 * 3_600_000_000
    assert found["whole"] is None
    assert parts("BIGINT", "7", pattern="%Y%m%d")["whole"] == 7
    tokyo = parts("VARCHAR", "02.03.2026 10", tz="Asia/Tokyo", pattern="%d.%m.%Y %H")
    assert tokyo["clock"] == T10 - NINE


def test_lengths_are_microseconds_in_every_unit():
    with duckdb.connect() as con:
        for unit, us in (("s", 7_500_000), ("ms", 7_500), ("us", 7), ("ns", 0)):
            sql = length_us("7.5::double", "DOUBLE", unit)
            assert con.execute(f"select {sql}").fetchone() == (us,), unit
        sql = length_us("interval 90 seconds", "INTERVAL")
        assert con.execute(f"select {sql}").fetchone() == (90_000_000,)
    assert length_us("x", "BOOLEAN") is None
