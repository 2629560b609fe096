"""Files in any layout come out as the same rows; what cannot be read is said in one line."""

import csv
import datetime as dt
import gzip
import hashlib
import io
import json
import os
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from resume_gap.errors import InputError, UsageError
from resume_gap.pipeline.database import connect
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.times import CLOCK_BEFORE_US, CLOCK_FROM_US

FORMATS = ("parquet", "csv", "tsv", "jsonl", "csv.gz", "jsonl.gz", "csv.zst", "duckdb")
US = 1_000_000
NOON = 1_767_268_800 * US
"""2026-01-01 12:00 UTC."""


def zstd(data):
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


def as_csv(rows, delimiter=","):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def write(folder, rows, form, name="events"):
    """The rows in a format; returns what stands on the command line."""
    path = folder / f"{name}.{form}"
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif form == "duckdb":
        with duckdb.connect(str(path)) as con:
            con.register("given", pa.Table.from_pylist(rows))
            con.execute("create table events as from given")
        return f"{path}::events"
    else:
        kind, _, pack = form.partition(".")
        text = (
            "".join(json.dumps(row) + "\n" for row in rows).encode()
            if kind == "jsonl"
            else as_csv(rows, "\t" if kind == "tsv" else ",")
        )
        path.write_bytes({"": bytes, "gz": gzip.compress, "zst": zstd}[pack](text))
    return str(path)


def read(events, columns="*", order="order by all", **options):
    """Rows as dicts, through the locked connection of a run."""
    source = open_source([events] if isinstance(events, str) else events, Settings(**options))
    with connect(allowed_paths=source.paths, spill=None, memory_limit=None, threads=1) as con:
        report = source.create_rows(con)
        result = con.execute(f"select {columns} from rows {order}")
        names = [item[0] for item in result.description]
        # Null and empty text mean the same in `rows`; formats may differ in which they hand over.
        rows = [
            {name: None if value == "" else value for name, value in zip(names, row, strict=True)}
            for row in result.fetchall()
        ]
    return source, report, rows


def values(events, column, **options):
    return [row[column] for row in read(events, column, **options)[2]]


def checks(source):
    return {check.check: check for check in source.checks}


def message(events, **options):
    """The one line with which the inputs are refused."""
    with pytest.raises(InputError) as caught:
        read(events, **options)
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 500
    return line


PLAIN = [
    {"user_id": "007", "timestamp": "2026-01-01 12:00:00", "event": "edit", "target": "a", "n": 1},
    {"user_id": "7", "timestamp": "2026-01-01T12:00:01Z", "event": 'ü, "q"', "target": "", "n": 2},
    {"user_id": "", "timestamp": "2026-01-01T13:00:02+01", "event": "view", "target": "b", "n": 2},
    {"user_id": "u", "timestamp": "soon", "event": "view", "target": "b", "n": 3},
    {"user_id": "u", "timestamp": "", "event": "", "target": "line\nbreak", "n": 3},
]  # fmt: skip


# Formats -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_gives_the_same_rows(tmp_path, form):
    source, report, rows = read(write(tmp_path, PLAIN, form), order="order by at_us, at_given")
    parquet = read(write(tmp_path, PLAIN, "parquet", "same"), order="order by at_us, at_given")[2]
    assert rows == parquet
    assert report.rows == len(PLAIN)
    assert report.broken_lines == 0
    by_event = {(row["user_id"], row["event"]): row for row in rows}
    assert by_event["007", "edit"]["at_us"] == NOON
    assert by_event["7", 'ü, "q"']["at_us"] == NOON + US
    assert by_event["7", 'ü, "q"']["target"] is None
    assert by_event[None, "view"]["at_us"] == NOON + 2 * US
    assert (by_event["u", "view"]["at_us"], by_event["u", "view"]["at_given"]) == (None, True)
    assert (by_event["u", None]["at_us"], by_event["u", None]["at_given"]) == (None, False)
    assert by_event["u", None]["target"] == "line\nbreak"
    assert source.columns["target"] == "target"


@pytest.mark.parametrize("form", FORMATS)
def test_types_of_the_relation(tmp_path, form):
    row = {
        "user_id": "u", "timestamp": NOON // US, "event": "e", "target": "t", "context": "c",
        "task": "k", "end": NOON // US + 5, "device": "d", "sequence": 3, "event_id": "i",
        "received_at": NOON // US + 6, "variant": "A", "position": 1.5, "stream": "s", "x": 1,
    }  # fmt: skip
    source = open_source([write(tmp_path, [row], form)], Settings())
    with connect(allowed_paths=source.paths, spill=None, memory_limit=None, threads=1) as con:
        source.create_rows(con)
        described = {name: kind for name, kind, *_ in con.execute("describe rows").fetchall()}
        values = con.execute("select * exclude (row_hash) from rows").fetchall()
    text = dict.fromkeys(("device", "event_id", "variant", "stream"), "VARCHAR")
    assert described == {
        "input_no": "USMALLINT", "user_id": "VARCHAR", "at_us": "BIGINT", "at_given": "BOOLEAN",
        "event": "VARCHAR", "target": "VARCHAR", "context": "VARCHAR", "task": "VARCHAR",
        "marks": "UTINYINT", "sequence": "BIGINT", "end_us": "BIGINT", **text,
        "received_at_us": "BIGINT", "end_far": "BOOLEAN", "received_at_far": "BOOLEAN",
        "position": "DOUBLE", "row_hash": "UBIGINT",
    }  # fmt: skip
    assert values == [
        (0, "u", NOON, True, "e", "t", "c", "k", 0, 3, NOON + 5 * US, "d", "i", "A", "s",
         NOON + 6 * US, 1.5, False, False),
    ]  # fmt: skip


def test_no_row_hash_when_every_column_is_mapped(tmp_path):
    rows = [{"user_id": "u", "timestamp": "2026-01-01", "event": "e"}]
    _, _, got = read(write(tmp_path, rows, "csv"))
    assert "row_hash" not in got[0]
    assert "sequence" not in got[0]


@pytest.mark.parametrize("form", FORMATS)
def test_row_hash_is_blind_to_format_order_and_absence(tmp_path, form):
    base = {"user_id": "u", "timestamp": "2026-01-01", "event": "e"}
    one = [{**base, "b": 5, "a": "x"}, {**base, "b": 5, "a": "x"}, {**base, "b": 6, "a": None}]
    other = [{"b": 6, **base}]
    files = [write(tmp_path, one, form), write(tmp_path, other, "parquet", "other")]
    hashes = [r["row_hash"] for r in read(files, "row_hash, input_no", "order by input_no")[2]]
    assert len(set(hashes)) == 2
    assert hashes.count(hashes[-1]) == 2


def test_array_of_json_objects(tmp_path):
    path = tmp_path / "e.json"
    path.write_text(
        '[{"user_id": 1, "ts": 1767268800, "event": "e"},\n {"user_id": 2, "ts": 1, "event": "f"}]'
    )
    assert values(str(path), "user_id") == ["1", "2"]


@pytest.mark.parametrize("delimiter", [";", "|", "\t"])
def test_csv_with_another_delimiter(tmp_path, delimiter):
    path = tmp_path / "e.csv"
    path.write_bytes(as_csv(PLAIN, delimiter))
    assert len(values(str(path), "user_id")) == len(PLAIN)


@pytest.mark.parametrize("ends", ["\r\n", "\r", "mixed"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark(tmp_path, ends, mark):
    text = "user_id,ts,event\nu,1767268800,a\nu,1767268801,b\nu,1767268802,c\n"
    text = text.replace("a\n", "a\r\n") if ends == "mixed" else text.replace("\n", ends)
    path = tmp_path / "e.csv"
    path.write_bytes(mark + text.encode())
    source, report, rows = read(str(path), "event, at_us")
    assert [row["event"] for row in rows] == ["a", "b", "c"]
    assert report.broken_lines == 0
    assert source.columns["user_id"] == "user_id"


def test_json_lines_after_a_byte_order_mark(tmp_path):
    path = tmp_path / "e.jsonl"
    line = b'{"user_id": "u", "ts": 1767268800, "event": "e"}\r\n'
    path.write_bytes(b"\xef\xbb\xbf" + line * 3 + b"\n")
    assert values(str(path), "event") == ["e"] * 3


def test_backslash_quotes(tmp_path):
    path = tmp_path / "e.csv"
    path.write_text('user_id,ts,event,p\nu,1767268800,e,"{\\"a\\": \\"x,y\\"}"\n' * 1)
    assert values(str(path), "target", mapping={"target": "p.a"}) == ["x,y"]


def test_parquet_in_gzip(tmp_path):
    plain = write(tmp_path, PLAIN, "parquet")
    packed = tmp_path / "packed.parquet.gz"
    packed.write_bytes(gzip.compress(Path(plain).read_bytes()))
    assert len(values(str(packed), "user_id")) == len(PLAIN)


def test_parquet_under_another_ending(tmp_path):
    Path(write(tmp_path, PLAIN, "parquet")).rename(tmp_path / "events.bin")
    assert len(values(str(tmp_path / "events.bin"), "user_id")) == len(PLAIN)


# Ids and names -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "duckdb"])
@pytest.mark.parametrize("user", [9007199254740993, 2**64 - 1, -1, 0])
def test_integers_keep_all_digits(tmp_path, form, user):
    kind = pa.uint64() if user >= 2**63 else pa.int64()
    table = pa.table({"user_id": pa.array([user], kind), "ts": ["2026-01-01"], "event": ["e"]})
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
    assert values(events, "user_id") == [str(user)]


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


# Times ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_units_by_the_median(tmp_path, unit, form):
    factor = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[unit]
    rows = [{"user_id": "u", "ts": (NOON // US + i) * factor, "event": "e"} for i in range(5)]
    source, _, got = read(write(tmp_path, rows, form), "at_us")
    assert [row["at_us"] for row in got] == [NOON + i * US for i in range(5)]
    assert checks(source)["time_unit"].severity == "note"


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_fractions_of_seconds(tmp_path, form):
    rows = [{"user_id": "u", "ts": 1767268800.123456, "event": "e"}]
    assert values(write(tmp_path, rows, form), "at_us") == [NOON + 123_456]


def test_the_unit_can_be_told(tmp_path):
    rows = [{"user_id": "u", "ts": NOON // US, "event": "e"}]
    assert values(write(tmp_path, rows, "csv"), "at_us", time_unit="s") == [NOON]
    assert values(write(tmp_path, rows, "csv"), "at_us", time_unit="ms") == [CLOCK_FROM_US - 1]


def test_the_unit_is_one_for_all_inputs(tmp_path):
    few = [{"user_id": "u", "ts": 0, "event": "e"}]
    many = [{"user_id": "u", "ts": NOON // 1000, "event": "e"}] * 3
    files = [write(tmp_path, few, "csv", "a"), write(tmp_path, many, "jsonl", "b")]
    assert values(files, "at_us") == [CLOCK_FROM_US - 1, NOON, NOON, NOON]


def test_two_units_are_refused_or_warned_about(tmp_path):
    seconds = [{"user_id": "u", "ts": NOON // US, "event": "e"}]
    millis = [{"user_id": "u", "ts": NOON // 1000, "event": "e"}]
    line = message(write(tmp_path, seconds * 50 + millis * 50, "csv"))
    assert "two units" in line
    assert "--time-unit" in line
    source, _, _ = read(write(tmp_path, seconds * 199 + millis, "csv"))
    assert checks(source)["two_time_units"].severity == "warn"
    assert checks(source)["two_time_units"].count == 1


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


@pytest.mark.parametrize(
    "text",
    ["epoch", "now", "today", "nan", "-", " ", "12:00", "2026-13-01", "0x10", "1_000"],
)
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_words_are_no_times(tmp_path, text, form):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e"}] * 3
    rows.append({"user_id": "v", "ts": text, "event": "e"})
    _, _, got = read(write(tmp_path, rows, form), order="order by user_id")
    assert (got[-1]["at_us"], got[-1]["at_given"]) == (None, True)


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
    assert "seconds" in checks(source)["duration_unit"].message


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


# Columns -------------------------------------------------------------------------------------


def named(tmp_path, *names):
    rows = [dict.fromkeys(names, "1767268800")]
    return write(tmp_path, rows, "csv")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("user_id", "timestamp", "event"), ("user_id", "timestamp", "event")),
        (("UserID", "Timestamp", "Event"), ("UserID", "Timestamp", "Event")),
        (("user-id", "time stamp", "EVENT"), ("user-id", "time stamp", "EVENT")),
        (("uid", "ts", "event_name"), ("uid", "ts", "event_name")),
        (("distinct_id", "eventTime", "action"), ("distinct_id", "eventTime", "action")),
        (("user_id", "uid", "ts", "event"), ("user_id", "ts", "event")),
        (
            ("user_id", "timestamp", "created_at", "time", "event"),
            ("user_id", "timestamp", "event"),
        ),
    ],
)
def test_columns_by_name(tmp_path, names, expected):
    source, _, _ = read(named(tmp_path, *names))
    assert tuple(source.columns[c] for c in ("user_id", "timestamp", "event")) == expected


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("user_id", "User_ID", "ts", "event"), "--user user_id"),
        (("user_id", "ts", "time", "event"), "--time ts"),
        (("user_id", "ts", "action", "name"), "--event action"),
        (("user_id", "ts", "event", "element", "object"), "--target element"),
    ],
)
def test_two_candidates_are_refused(tmp_path, names, words):
    assert words in message(named(tmp_path, *names))


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_twins_up_to_case_can_be_mapped(tmp_path, form):
    rows = [{"user_id": "a", "User_ID": "b", "ts": "2026-01-01", "event": "e"}]
    events = write(tmp_path, rows, form)
    assert values(events, "user_id", mapping={"user_id": "User_ID"}) == ["b"]
    source, _, got = read(events, mapping={"user_id": "user_id"})
    assert got[0]["user_id"] == "a"
    assert checks(source)["column_names_alike"].severity == "warn"


def test_missing_columns_end_in_a_command_to_paste(tmp_path):
    line = message(named(tmp_path, "who", "ts", "what"))
    assert "who, ts, what" in line
    assert "--user COL --event COL" in line
    assert "--time COL" not in line


def test_a_mapped_column_must_exist(tmp_path):
    line = message(named(tmp_path, "who", "ts", "event"), mapping={"user_id": "whoo"})
    assert "did you mean who?" in line


def test_a_mapped_column_is_not_taken_twice(tmp_path):
    source, _, _ = read(named(tmp_path, "user_id", "ts", "target"), mapping={"event": "target"})
    assert source.columns["target"] is None


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_position_in_words_is_left_out(tmp_path, form):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "position": "top", "end": "never"}]
    source, _, got = read(write(tmp_path, rows, form))
    assert source.columns["position"] is None
    assert source.columns["end"] is None
    assert "position" not in got[0]
    assert [c.check for c in source.checks].count("column_left_out") == 2
    assert "no value" in message(write(tmp_path, rows, form), mapping={"position": "position"})


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [
        ([1, 2, 10], [1, 2, 10]),
        ([1.5, 2.0, 10.0], [1.5, 2.0, 10.0]),
        (["a", "b", "10"], ["10", "a", "b"]),
    ],
)
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_sequences_are_numbers_where_they_can_be(tmp_path, form, sequence, expected):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "sequence": s} for s in sequence]
    assert values(write(tmp_path, rows, form), "sequence") == expected


@pytest.mark.full
def test_hostile_column_names(tmp_path):
    names = [
        'a"b',
        "x; drop table rows; --",
        "select",
        "rowid",
        "filename",
        "file_index",
        "ü ñ",
        "'",
        "{0}",
        "a.b",
        "?",
        "$1",
        "c0",
        "[x]",
    ]
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", **dict.fromkeys(names, "v")}]
    for form in ("csv", "parquet", "jsonl", "duckdb"):
        if form == "duckdb":
            rows = [{k: v for k, v in row.items() if k != "rowid"} for row in rows]
        for name in names[:3] + names[6:]:
            assert values(write(tmp_path, rows, form), "target", mapping={"target": name}) == ["v"]
            (tmp_path / "events.duckdb").unlink(missing_ok=True)


def test_repeated_header_names(tmp_path):
    path = tmp_path / "e.csv"
    path.write_text("user_id,ts,event,x,x ,\nu,2026-01-01,e,1,2,3\n")
    source, _, _ = read(str(path))
    assert source.columns_found == ("user_id", "ts", "event", "x", "x (2)", "column 6")
    path.write_text("user_id,ts,event,x,y,x\nu,2026-01-01,e,1,2,3\n")
    assert "two columns called 'x' (columns 4 and 6" in message(str(path))


# Nested values -------------------------------------------------------------------------------


NESTED = [
    {"user_id": "u", "ts": "2026-01-01", "event": "e",
     "properties": {"target": "right", "deep": {"target": "wrong", "n": 7}}},
    {"user_id": "v", "ts": "2026-01-01", "event": "e",
     "properties": {"target": None, "deep": {"target": "wrong", "n": 8}}},
]  # fmt: skip


def nested_file(tmp_path, form):
    if form == "json text":
        rows = [{**row, "properties": json.dumps(row["properties"])} for row in NESTED]
        return write(tmp_path, rows, "parquet")
    if form == "csv":
        rows = [{**row, "properties": json.dumps(row["properties"])} for row in NESTED]
        return write(tmp_path, rows, "csv")
    return write(tmp_path, NESTED, form)


@pytest.mark.parametrize("form", ["jsonl", "parquet", "json text", "csv", "duckdb"])
def test_dotted_names_walk(tmp_path, form):
    events = nested_file(tmp_path, form)
    got = read(
        events,
        "target, context",
        order="order by user_id",
        mapping={"target": "properties.target", "context": "properties.deep.n"},
    )[2]
    assert [tuple(row.values()) for row in got] == [("right", "7"), (None, "8")]


def test_dotted_names_walk_maps(tmp_path):
    table = pa.table({
        "user_id": ["u"], "ts": ["2026-01-01"], "event": ["e"],
        "p": pa.array([[("a", "x"), ("b", "y")]], pa.map_(pa.string(), pa.string())),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "e.parquet")
    assert values(str(tmp_path / "e.parquet"), "target", mapping={"target": "p.b"}) == ["y"]


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_a_flat_name_with_a_dot_wins(tmp_path, form):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "p.a": "flat", "p": '{"a": "deep"}'}]
    assert values(write(tmp_path, rows, form), "target", mapping={"target": "p.a"}) == ["flat"]


def test_a_nested_value_is_no_user(tmp_path):
    rows = [{"user_id": ["a", "b"], "ts": "2026-01-01", "event": "e"}]
    line = message(write(tmp_path, rows, "parquet"))
    assert "'user_id'" in line
    assert "--user COL" in line


# Roles by column -----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_marks_by_column(tmp_path, form):
    kinds = ["edit", "edit-x", "view", None, "both"]
    rows = [
        {"user_id": f"u{i}", "ts": "2026-01-01", "event": "e", "kind": k, "n": i}
        for i, k in enumerate(kinds)
    ]
    source, _, got = read(
        write(tmp_path, rows, form),
        "marks",
        "order by user_id",
        productive=("kind=edit*", "kind=both", "save"),
        complete=("kind=both",),
        away=("n=2",),
        ignore=("event=nothing",),
    )
    assert [row["marks"] for row in got] == [1, 1, 4, 0, 3]
    assert source.entries.names == {1: ("save",), 2: (), 4: (), 8: (), 16: ()}


def test_marks_by_a_mapped_column(tmp_path):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "element": "a"}]
    assert values(write(tmp_path, rows, "csv"), "marks", away=("target=a",)) == [4]


def test_an_equals_sign_in_an_event_name_stays(tmp_path):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "mode=edit", "kind": "x"}]
    source, _, got = read(write(tmp_path, rows, "csv"), productive=("mode=edit",))
    assert got[0]["marks"] == 0
    assert source.entries.names[1] == ("mode=edit",)


@pytest.mark.parametrize("entry", ["knd=x", "target=x"])
def test_a_role_of_a_column_that_is_not_there(tmp_path, entry):
    rows = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "kind": "x"}]
    with pytest.raises(UsageError, match="no"):
        read(write(tmp_path, rows, "csv"), productive=(entry,))


# Several inputs ------------------------------------------------------------------------------


def test_union_by_name_with_a_note(tmp_path):
    one = [{"user_id": "u", "ts": "2026-01-01", "event": "e", "target": "t"}]
    two = [{"event": "f", "user_id": 5, "ts": NOON // US}]
    files = [write(tmp_path, one, "parquet", "a"), write(tmp_path, two, "parquet", "b")]
    source, _, rows = read(files)
    assert [(r["input_no"], r["user_id"], r["target"]) for r in rows] == [
        (0, "u", "t"),
        (1, "5", None),
    ]
    note = checks(source)["column_missing_in_file"]
    assert "b.parquet" in note.message
    assert note.severity == "note"


def test_a_required_column_missing_in_one_file(tmp_path):
    files = [
        write(tmp_path, PLAIN, "csv", "a"),
        write(tmp_path, [{"user_id": 1, "ts": 2}], "csv", "b"),
    ]
    assert "b.csv" in message(files, mapping={"timestamp": "timestamp"})


def test_a_type_clash_names_file_and_column(tmp_path):
    bad = [{"user_id": [1], "timestamp": "2026-01-01", "event": "e"}]
    line = message([write(tmp_path, PLAIN, "csv", "a"), write(tmp_path, bad, "parquet", "bad")])
    assert "bad.parquet" in line
    assert "'user_id'" in line


def test_many_partitions_keep_their_numbers(tmp_path):
    for i in range(30):
        row = {"user_id": i, "ts": "2026-01-01", "event": "e"}
        if i % 3 == 0:
            row["target"] = "t"
        write(tmp_path, [row], "parquet" if i % 2 else "csv", f"part-{i:02}")
    source, report, rows = read(str(tmp_path))
    assert report.rows == 30
    assert all(row["input_no"] == int(row["user_id"]) for row in rows)
    assert source.sql.count("union all") == 3
    assert len(source.inputs) == 30


def test_inputs_keep_their_path_and_hash(tmp_path, monkeypatch):
    write(tmp_path, PLAIN, "csv")
    monkeypatch.chdir(tmp_path)
    source, _, _ = read("events.csv")
    assert source.inputs[0].path == "events.csv"
    assert source.inputs[0].rows == len(PLAIN)
    digest = hashlib.sha256((tmp_path / "events.csv").read_bytes()).hexdigest()
    assert source.inputs[0].sha256 == digest
    assert read(".")[0].inputs[0].path == "events.csv"
    assert str(tmp_path) not in " ".join(c.message for c in source.checks)


def test_the_same_file_twice_is_read_once(tmp_path):
    events = write(tmp_path, PLAIN, "csv")
    (tmp_path / "link.csv").symlink_to(events)
    source, report, _ = read([events, str(tmp_path)])
    assert report.rows == len(PLAIN)
    assert checks(source)["repeated_input"].count == 2


@pytest.mark.parametrize(
    "name",
    ["a?b", "a*b", "[x]", "q'uo", 'd"q', "new\nline", "sp ace;", "{a,b}", "ü", "a=1"],
)
@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_hostile_file_names(tmp_path, name, form):
    write(tmp_path, [{"user_id": "decoy", "ts": 1, "event": "e"}] * 2, form, "axb")
    write(tmp_path, [{"user_id": "decoy", "ts": 1, "event": "e"}] * 2, form, "x")
    assert len(values(write(tmp_path, PLAIN, form, name), "user_id")) == len(PLAIN)


def test_globs_and_literal_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = [{"user_id": "1", "ts": 1, "event": "e"}]
    write(tmp_path, one, "csv", "a1")
    write(tmp_path, [{**one[0], "user_id": "2"}], "csv", "a2")
    write(tmp_path, [{**one[0], "user_id": "star"}], "csv", "a*")
    assert values("a*.csv", "user_id") == ["star"]
    assert values("a[12].csv", "user_id") == ["1", "2"]


# What is wrong with a file -------------------------------------------------------------------


def broken_csv(tmp_path, good, bad):
    path = tmp_path / "e.csv"
    path.write_text("user_id,ts,event\n" + "u,1767268800,e\n" * good + bad)
    return str(path)


@pytest.mark.parametrize(
    ("bad", "count"),
    [
        ("u,1\n", 1),
        ("u,1,e,more\n", 1),
        ('u,1,"bad"x\n', 1),
        ('u,1,"never closed\n', 1),
        ('u,1,"never closed\nu,2,e\nu,3,e\n', 3),
        ("u,1\n\nu,2\n", 2),
    ],
)
def test_broken_csv_lines_are_counted(tmp_path, bad, count):
    source, report, _ = read(broken_csv(tmp_path, 1000, bad))
    assert (report.rows, report.broken_lines) == (1000, count)
    check = checks(source)["broken_lines"]
    assert (check.severity, check.count) == ("warn", count)
    assert "1002" in check.message


def test_an_open_quote_in_the_middle_loses_nothing_in_silence(tmp_path):
    _, report, rows = read(broken_csv(tmp_path, 500, 'u,1,"x\n' + "u,2,f\n" * 500), lenient=True)
    assert report.rows + report.broken_lines == 1001
    assert len(rows) == report.rows


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_too_many_broken_lines(tmp_path, form):
    if form == "csv":
        events = broken_csv(tmp_path, 10, "u,1\n")
    else:
        (tmp_path / "e.jsonl").write_text(
            '{"user_id": "u", "ts": 1767268800, "event": "e"}\n' * 10 + "{broken\n"
        )
        events = str(tmp_path / "e.jsonl")
    line = message(events)
    assert "--lenient" in line
    assert "9.1%" in line
    _, report, _ = read(events, lenient=True)
    assert (report.rows, report.broken_lines) == (10, 1)


@pytest.mark.parametrize("bad", ["{broken", '{"a": "x', "[1, 2]", "5", '{"a": 1}{"b": 2}'])
@pytest.mark.parametrize("pack", ["", ".gz"])
def test_broken_json_lines_are_counted(tmp_path, bad, pack):
    good = '{"user_id": "u", "ts": 1767268800, "event": "e"}\n'
    text = (good * 200 + "\n" + bad + "\n" + good * 200).encode()
    path = tmp_path / f"e.jsonl{pack}"
    path.write_bytes(gzip.compress(text) if pack else text)
    source, report, _ = read(str(path))
    assert (report.rows, report.broken_lines) == (400, 1)
    assert report.broken_examples == {str(path): (202,)}
    assert "202" in checks(source)["broken_lines"].message


def test_invalid_bytes_in_one_line(tmp_path):
    path = tmp_path / "e.csv"
    path.write_bytes(b"user_id,ts,event\n" + b"u,1767268800,e\n" * 200 + b"u,1,\xff\xfe\n")
    _, report, _ = read(str(path))
    assert (report.rows, report.broken_lines) == (200, 1)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("e.csv", b"", "no rows"),
        ("e.csv", b"user_id,ts,event\n", "no rows"),
        ("e.jsonl", b"\n\n", "no rows"),
        ("e.parquet", b"", "broken Parquet"),
        ("e.parquet", b"PAR1 and no more", "broken Parquet"),
        ("e.parquet", b"hello hello hello", "PAR1"),
        ("e.csv", "user_id,ts,event\nü,1,e\n".encode("utf-16"), "UTF-16"),
        ("e.csv", "user_id,ts,event\nü,1,e\n".encode("utf-16-le"), "UTF-16"),
        ("e.csv", b"user_id,ts,event\n" + b"\xfc,1,e\n" * 50, "UTF-8"),
        ("e.csv.gz", gzip.compress(b"user_id,ts,event\n" * 9999, mtime=0)[:60], "cannot be read"),
        ("e.csv.gz", b"user_id,ts,event\nu,1,e\n", "not compressed"),
        ("e.zip", b"PK\x03\x04", "unpack"),
        ("e.dat", b"user_id,ts,event\n", "ending"),
        ("e.jsonl", b'{\n"user_id": 1\n}\n', "one object per line"),
        ("e.json", b'[{"user_id": 1,', "cannot be read"),
        ("e.duckdb", b"x" * 100, "::TABLE"),
        ("e.txt", b"12345678DUCKxxxx", "::TABLE"),
        ("e.csv", b"\n\n\n", "no rows"),
        ("e.csv", b"a\n1\n2\n", "columns found: a"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used(tmp_path, name, data, words):
    (tmp_path / name).write_bytes(data)
    line = message(str(tmp_path / name))
    assert words in line
    assert name in line or "columns found" in line


def test_nothing_there(tmp_path):
    assert "no such file" in message(str(tmp_path / "missing.csv"))
    assert "no file matches" in message(str(tmp_path / "*.csv"))
    assert "holds no event files" in message(str(tmp_path))
    assert "no input" in message([])


def test_one_empty_file_of_many_is_a_note(tmp_path):
    files = [write(tmp_path, PLAIN, "csv")]
    for name, data in (("empty.csv", b""), ("header.csv", b"user_id,timestamp,event\n")):
        (tmp_path / name).write_bytes(data)
        files.append(str(tmp_path / name))
    source, report, _ = read(files)
    assert report.rows == len(PLAIN)
    assert checks(source)["empty_input"].count == 2


def raise_blamed(*events):
    found = open_source(events, Settings()).blame(duckdb.Error("x"))
    assert found is not None
    raise found


def test_a_broken_page_is_traced_to_its_file(tmp_path):
    good = write(tmp_path, PLAIN, "parquet", "good")
    rows = [
        {"user_id": f"u{i}", "timestamp": f"2026-01-01 00:00:{i % 60}", "event": "e"}
        for i in range(5000)
    ]
    bad = write(tmp_path, rows, "parquet", "bad")
    data = bytearray((tmp_path / "bad.parquet").read_bytes())
    data[200:2000] = os.urandom(1800)
    (tmp_path / "bad.parquet").write_bytes(data)
    with pytest.raises(InputError) as caught:
        raise_blamed(good, bad)
    assert "bad.parquet" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nobody_is_blamed_without_a_fault(tmp_path):
    source = open_source([write(tmp_path, PLAIN, "parquet")], Settings())
    assert source.blame(duckdb.Error("x")) is None


@pytest.mark.parametrize(
    "text",
    [
        "\n\nuser_id,ts,event\nu,1767268800,e\n",
        "sep=;\r\nuser_id;ts;event\r\nu;1767268800;e\r\n",
        'user_id,ts,event,"a\nb"\nu,1767268800,e,1\n',
        "user_id,ts,event,\nu,1767268800,e,\n\n\n",
        "user_id, ts, event\nu,1767268800,e\n",
        "ORCID,ts,event,user_id\n1,1767268800,e,u\n",
        "PAR1,DUCK,ts,event,user_id\n1,1,1767268800,e,u\n",
    ],
)
def test_odd_beginnings_of_csv(tmp_path, text):
    (tmp_path / "e.csv").write_bytes(text.encode())
    _, report, rows = read(str(tmp_path / "e.csv"), "user_id, at_us, event")
    assert [tuple(row.values()) for row in rows] == [("u", NOON, "e")]
    assert report.broken_lines == 0


def test_odd_json_keys(tmp_path):
    row = {
        "user_id": "u",
        "ts": 1767268800,
        "event": "e",
        "": 1,
        "a/b": "slash",
        "c~d": "tilde",
        "\x00": 4,
        "x'y": "quote",
        "$.z": 6,
        "Event": "twin",
        "_v": {"a": [1]},
    }
    (tmp_path / "e.jsonl").write_text(json.dumps(row) + "\n")
    mapping = {"event": "event", "target": "a/b", "context": "c~d", "task": "x'y"}
    _, _, rows = read(str(tmp_path / "e.jsonl"), "event, target, context, task", mapping=mapping)
    assert [tuple(row.values()) for row in rows] == [("e", "slash", "tilde", "quote")]


def test_deeply_nested_json_is_survived(tmp_path):
    good = '{"user_id": "u", "ts": 1767268800, "event": "e"}\n' * 400
    deep = '{"a": ' + "[" * 100_000 + "\n"
    (tmp_path / "e.jsonl").write_text(good + deep)
    _, report, _ = read(str(tmp_path / "e.jsonl"))
    assert (report.rows, report.broken_lines) == (400, 1)


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_path_to_nothing_is_refused(tmp_path, form):
    line = message(nested_file(tmp_path, form), mapping={"target": "properties.tarket"})
    assert "--target properties.tarket:" in line
    assert "keys" in line


def test_like_files_in_a_row_keep_their_numbers(tmp_path):
    files = [write(tmp_path, [{"user_id": "0", "ts": 1, "event": "e"}], "csv")]
    for i in range(1, 6):
        row = {"user_id": i, "ts": "2026-01-01", "event": "e"}
        files.append(write(tmp_path, [row], "parquet", f"p{i}"))
    source, _, rows = read(files, "input_no, user_id")
    assert source.sql.count("file_index + 1") == 1
    assert all(row["input_no"] == int(row["user_id"]) for row in rows)


# Databases -----------------------------------------------------------------------------------


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


# The rest ------------------------------------------------------------------------------------


def test_excluded_users(tmp_path):
    listed = tmp_path / "out.txt"
    listed.write_text("\ufeffuser_id\n007\n\n u \n007\n")
    source = open_source([write(tmp_path, PLAIN, "csv")], Settings(), exclude_users=listed)
    assert source.excluded_users == ("007", "u")
    with pytest.raises(InputError):
        open_source([write(tmp_path, PLAIN, "csv")], Settings(), exclude_users=tmp_path / "no")


def test_what_was_written_goes_with_the_source(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with open_source([write(tmp_path, PLAIN, "csv")], Settings()) as source:
        assert list(folder.iterdir())
        assert all(folder in path.parents for path in source.paths)
    assert not list(folder.iterdir())
    with pytest.raises(InputError):
        open_source([broken_csv(tmp_path, 1, "x\n")], Settings())
    assert not list(folder.iterdir())


def test_progress_ends_at_all_inputs(tmp_path):
    seen = []
    files = [write(tmp_path, PLAIN, "csv"), write(tmp_path, PLAIN, "parquet")]
    open_source(files, Settings(), on_progress=lambda *at: seen.append(at))
    assert seen[-1] == (2, 2)
    assert seen == sorted(seen)


def test_row_order_and_split_change_nothing(tmp_path):
    whole = write(tmp_path, PLAIN, "csv", "whole")
    parts = [write(tmp_path, [row], "jsonl", f"p{i}") for i, row in enumerate(reversed(PLAIN))]
    columns = "* exclude (input_no)"
    assert read(whole, columns)[2] == read(parts, columns)[2]
