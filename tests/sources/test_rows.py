"""Files in any layout come out as the same rows."""

import pytest
from factories.source_files import FORMATS, NOON, PLAIN, US, read, values, write

from resume_gap.errors import UsageError
from resume_gap.settings import Settings
from resume_gap.sources import open_source
from resume_gap.sources.role_bits import PRODUCTIVE

FEWER = [
    form if form in ("csv", "jsonl.gz", "duckdb") else pytest.param(form, marks=pytest.mark.full)
    for form in FORMATS
]
"""One of each reader."""


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_gives_the_same_rows(tmp_path, form):
    source, report, rows = read(write(tmp_path, PLAIN, form), order="order by at_us, at_given")
    parquet = read(write(tmp_path, PLAIN, "parquet", "same"), order="order by at_us, at_given")[2]
    assert rows == parquet
    assert len(rows) == len(PLAIN)
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


@pytest.mark.parametrize("form", FEWER)
def test_types_of_the_relation(tmp_path, form):
    row = {
        "user_id": "u",
        "timestamp": NOON // US,
        "event": "e",
        "target": "t",
        "context": "c",
        "task": "k",
        "end": NOON // US + 5,
        "device": "d",
        "sequence": 3,
        "event_id": "i",
        "received_at": NOON // US + 6,
        "variant": "A",
        "position": 1.5,
        "stream": "s",
        "x": 1,
    }
    source = open_source([write(tmp_path, [row], form)], Settings())
    with source.con as con:
        source.create_rows(con)
        described = {name: kind for name, kind, *_ in con.execute("describe rows").fetchall()}
        (values,) = con.execute("select * exclude (row_hash) from rows").fetchall()
    text = dict.fromkeys(("device", "event_id", "variant", "stream"), "VARCHAR")
    assert described == {
        "input_no": "USMALLINT",
        "user_id": "VARCHAR",
        "at_us": "BIGINT",
        "at_given": "BOOLEAN",
        "event": "VARCHAR",
        "target": "VARCHAR",
        "context": "VARCHAR",
        "task": "VARCHAR",
        "marks": "UTINYINT",
        "sequence": "BIGINT",
        "end_us": "BIGINT",
        **text,
        "received_at_us": "BIGINT",
        "end_far": "BOOLEAN",
        "received_at_far": "BOOLEAN",
        "position": "DOUBLE",
        "row_hash": "UBIGINT",
    }
    named = dict(zip((name for name in described if name != "row_hash"), values, strict=True))
    assert named == {
        "input_no": 0,
        "user_id": "u",
        "at_us": NOON,
        "at_given": True,
        "event": "e",
        "target": "t",
        "context": "c",
        "task": "k",
        "marks": 0,
        "sequence": 3,
        "end_us": NOON + 5 * US,
        "device": "d",
        "event_id": "i",
        "variant": "A",
        "stream": "s",
        "received_at_us": NOON + 6 * US,
        "position": 1.5,
        "end_far": False,
        "received_at_far": False,
    }


def test_no_row_hash_when_every_column_is_mapped(tmp_path):
    rows = [{"user_id": "u", "timestamp": "2026-01-01", "event": "e"}]
    _, _, got = read(write(tmp_path, rows, "csv"))
    assert "row_hash" not in got[0]
    assert "sequence" not in got[0]


@pytest.mark.parametrize("form", FEWER)
def test_row_hash_is_blind_to_format_order_and_idle(tmp_path, form):
    base = {"user_id": "u", "timestamp": "2026-01-01", "event": "e"}
    one = [{**base, "b": 5, "a": "x"}, {**base, "b": 5, "a": "x"}, {**base, "b": 6, "a": None}]
    other = [{"b": 6, **base}]
    files = [write(tmp_path, one, form), write(tmp_path, other, "parquet", "other")]
    hashes = [r["row_hash"] for r in read(files, "row_hash, input_no", "order by input_no")[2]]
    assert len(set(hashes)) == 2
    assert hashes.count(hashes[-1]) == 2


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
    names = {bit: found for bit, found in source.entries.names.items() if found}
    assert names == {PRODUCTIVE: ("save",)}


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


def test_row_order_and_split_change_nothing(tmp_path):
    whole = write(tmp_path, PLAIN, "csv", "whole")
    parts = [write(tmp_path, [row], "jsonl", f"p{i}") for i, row in enumerate(reversed(PLAIN))]
    columns = "* exclude (input_no)"
    assert read(whole, columns)[2] == read(parts, columns)[2]


def test_many_partitions_keep_their_numbers(tmp_path):
    for i in range(30):
        row = {"user_id": i, "ts": "2026-01-01", "event": "e"}
        if i % 3 == 0:
            row["target"] = "t"
        write(tmp_path, [row], "parquet" if i % 2 else "csv", f"part-{i:02}")
    source, _, rows = read(str(tmp_path))
    assert len(rows) == 30
    assert all(row["input_no"] == int(row["user_id"]) for row in rows)
    assert source.sql.count("union all") == 3
    assert len(source.inputs) == 30


def test_like_files_in_a_row_keep_their_numbers(tmp_path):
    files = [write(tmp_path, [{"user_id": "0", "ts": 1, "event": "e"}], "csv")]
    for i in range(1, 6):
        row = {"user_id": i, "ts": "2026-01-01", "event": "e"}
        files.append(write(tmp_path, [row], "parquet", f"p{i}"))
    source, _, rows = read(files, "input_no, user_id")
    assert source.sql.count("file_index + 1") == 1
    assert all(row["input_no"] == int(row["user_id"]) for row in rows)
