"""Logs as files of every format that is read."""

import csv
import gzip
import io
import json
import lzma
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final
from xml.sax.saxutils import quoteattr

import pyarrow as pa
import pyarrow.feather as pf
import pyarrow.parquet as pq

from benchmarks.fuzz.books import workbook

Row = dict[str, Any]
Columns = dict[str, list[Any]]
ROWS: Final = 32
FORMS: Final = (
    *("parquet", "parquet", "parquet", "csv", "csv", "tsv", "jsonl", "jsonl", "csv.gz", "jsonl.gz"),
    *("json", "arrow", "xes", "sqlite", "zip", "csv.xz", "xlsx"),
)


def written(columns: Columns, form: str, random: Random) -> bytes:
    """The columns as a file of that ending."""
    kind, _, packed = form.partition(".")
    if kind in _WRITERS:
        return _WRITERS[kind](columns)
    if kind == "json":
        return json.dumps(_rows(columns), default=str, indent=random.choice((None, 1))).encode()
    if kind == "jsonl":
        lines = (json.dumps(row, default=str).encode() + b"\n" for row in _rows(columns))
        data = b"".join(lines)
    else:
        data = _text(columns, "\t" if kind == "tsv" else ",", random)
    packers: dict[str, Callable[[bytes], bytes]] = {
        "": bytes,
        "gz": gzip.compress,
        "xz": lzma.compress,
    }
    return _zip(data) if kind == "zip" else packers[packed](data)


def _text(columns: Columns, cut: str, random: Random) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=cut)
    header = list(columns)
    if random.random() < 0.05:
        header.append(header[0])
    writer.writerow(header)
    writer.writerows([_cell(v) for v in row.values()] for row in _rows(columns))
    data = stream.getvalue().encode("utf-8", "surrogatepass")
    if random.random() < 0.1:
        data = data.decode("utf-8", "replace").encode(random.choice(("utf-16", "utf-32")))
    return data


def _parquet(columns: Columns) -> bytes:
    sink = io.BytesIO()
    pq.write_table(_table(columns), sink)
    return sink.getvalue()


def _arrow(columns: Columns) -> bytes:
    sink = io.BytesIO()
    pf.write_feather(_table(columns), sink, compression="uncompressed")
    return sink.getvalue()


def _table(columns: Columns) -> pa.Table:
    arrays: dict[str, pa.Array] = {}
    for name, values in columns.items():
        try:
            arrays[name] = pa.array(values)
        except (pa.ArrowException, OverflowError):
            arrays[name] = pa.array([None if v is None else str(v) for v in values])
    return pa.table(arrays)


def _zip(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("log.csv", data)
    return stream.getvalue()


def _sqlite(columns: Columns) -> bytes:
    names = ", ".join('"' + name.replace('"', '""').replace("\x00", "") + '"' for name in columns)
    marks = ", ".join("?" for _ in columns)
    with TemporaryDirectory() as folder:
        path = Path(folder, "log.sqlite")
        con = sqlite3.connect(path)
        try:
            con.execute(f"create table events ({names})")
            cells = ([_plain(v) for v in row.values()] for row in _rows(columns))
            con.executemany(f"insert into events values ({marks})", cells)
            con.commit()
        except sqlite3.Error:
            pass  # such names it does not take; a database without the table is a case, too
        finally:
            con.close()
        return path.read_bytes()


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, float | bytes) else str(_cell(value))


def _xes(columns: Columns) -> bytes:
    keys = {"user_id": "org:resource", "timestamp": "time:timestamp", "event": "concept:name"}
    events = []
    for row in _rows(columns):
        items = "".join(
            f"<{'date' if name == 'timestamp' else 'string'} key={quoteattr(keys.get(name, name))}"
            f" value={quoteattr(str(_cell(value)))}/>"
            for name, value in row.items()
            if value is not None
        )
        events.append(f"<event>{items}</event>")
    trace = '<string key="concept:name" value="case"/>' + "".join(events)
    return f'<?xml version="1.0"?><log><trace>{trace}</trace></log>'.encode("utf-8", "replace")


def _rows(columns: Columns) -> list[Row]:
    names = list(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _xlsx(columns: Columns) -> bytes:
    return workbook([list(columns), *([_cell(v) for v in row.values()] for row in _rows(columns))])


_WRITERS: Final[dict[str, Callable[[Columns], bytes]]] = {
    "parquet": _parquet,
    "arrow": _arrow,
    "sqlite": _sqlite,
    "xes": _xes,
    "xlsx": _xlsx,
}
