"""Logs as files of every format, and what is read of them."""

import csv
import gzip
import io
import json

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources import open_source

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
    """The rows in a format; returns what the command line names."""
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
    with source.con as con:
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
]


def broken_csv(tmp_path, good, bad):
    path = tmp_path / "e.csv"
    path.write_text("user_id,ts,event\n" + "u,1767268800,e\n" * good + bad)
    return str(path)


NESTED = [
    {
        "user_id": "u",
        "ts": "2026-01-01",
        "event": "e",
        "properties": {"target": "right", "deep": {"target": "wrong", "n": 7}},
    },
    {
        "user_id": "v",
        "ts": "2026-01-01",
        "event": "e",
        "properties": {"target": None, "deep": {"target": "wrong", "n": 8}},
    },
]


def nested_file(tmp_path, form):
    if form == "json text":
        rows = [{**row, "properties": json.dumps(row["properties"])} for row in NESTED]
        return write(tmp_path, rows, "parquet")
    if form == "csv":
        rows = [{**row, "properties": json.dumps(row["properties"])} for row in NESTED]
        return write(tmp_path, rows, "csv")
    return write(tmp_path, NESTED, form)
