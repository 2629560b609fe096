"""The log without a mess, and logs as files."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.messes.mess import Made, Row, Rows

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
START: Final = 1_772_445_600 * SECOND
"""2026-03-02 10:00 UTC, in microseconds."""
PEOPLE: Final = 8
VISITS: Final = 5
NAMES: Final = ("view_item", "edit_item", "open_item", "view_item", "edit_item", "edit_item")
"""Events of a visit, in order."""
WORK: Final = "edit_item"
GAP: Final = "30m"
EACH: Final = len(NAMES) * VISITS
ALL: Final = PEOPLE * EACH
"""Rows of the log without a mess."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Time = Callable[[int], object]


def log(people: int = PEOPLE) -> Rows:
    """People who come five times, hours apart: looks and edits, stamped to the millisecond."""
    rows = []
    for person in range(people):
        at_us = START + person * 97_531_000
        for visit in range(VISITS):
            for step, name in enumerate(NAMES):
                at_us += 40_123_000 + (37 * step + 11 * visit + 5 * person) % 60 * SECOND
                rows.append(
                    {
                        "user_id": f"ann{person:02}",
                        "at_us": at_us,
                        "event": name,
                        "target": f"item{(visit + step // 3 + person) % 4}",
                    }
                )
            at_us += 2 * HOUR + (visit * 3 + person) * MINUTE
    return rows


def iso(at_us: int) -> str:
    """2026-03-02T10:00:00.123Z."""
    return written(at_us).replace(" ", "T") + "Z"


def written(at_us: int) -> str:
    """2026-03-02 10:00:00.123, in UTC."""
    return (_EPOCH + timedelta(microseconds=at_us)).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def pattern(form: str) -> Time:
    """A way to write times."""
    return lambda at_us: (_EPOCH + timedelta(microseconds=at_us)).strftime(form)


def as_logged(rows: Iterable[Row], time: Time = iso) -> Rows:
    """The rows as a tracker writes them: a time for each instant."""
    names = {"at_us": "timestamp"}
    return [
        {names.get(k, k): time(v) if k == "at_us" and v is not None else v for k, v in row.items()}
        for row in rows
    ]


def csv_file(rows: Sequence[Row], time: Time = iso, cut: str = ",") -> bytes:
    """A CSV file."""
    logged = as_logged(rows, time)
    stream = io.StringIO()
    names = list(dict.fromkeys(name for row in logged for name in row))
    writer = csv.DictWriter(stream, names, delimiter=cut, lineterminator="\n")
    writer.writeheader()
    writer.writerows(logged)
    return stream.getvalue().encode()


def json_file(rows: Sequence[Mapping[str, Any]], time: Time = iso) -> bytes:
    """A file of JSON lines."""
    return "".join(json.dumps(row) + "\n" for row in as_logged(map(dict, rows), time)).encode()


def parquet_file(rows: Sequence[Row], time: Time = iso) -> bytes:
    """A Parquet file."""
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(as_logged(rows, time)), sink)
    return sink.getvalue()


def arrow_table(columns: Mapping[str, Any]) -> bytes:
    """A Parquet file of arrays."""
    sink = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), sink)
    return sink.getvalue()


def gzipped(data: bytes) -> bytes:
    """The same bytes every time."""
    return gzip.compress(data, mtime=0)


def one(rows: Sequence[Row], kept: Rows | None = None, time: Time = iso) -> Made:
    """One CSV file."""
    return Made({"log.csv": csv_file(rows, time)}, list(rows) if kept is None else kept)


def lines(rows: Sequence[Row], kept: Rows | None = None, time: Time = iso) -> Made:
    """One file of JSON lines."""
    return Made({"log.jsonl": json_file(rows, time)}, list(rows) if kept is None else kept)


def table(rows: Sequence[Row], kept: Rows | None = None, time: Time = iso) -> Made:
    """One Parquet file."""
    return Made({"log.parquet": parquet_file(rows, time)}, list(rows) if kept is None else kept)


def bad(data: bytes | str, name: str = "log.csv") -> Made:
    """One file that is read by nobody."""
    return Made({name: data if isinstance(data, bytes) else data.encode()}, [])


def every(rows: Rows, n: int) -> Rows:
    """Every so manieth row."""
    return rows[::n]


def changed(rows: Rows, n: int, **values: object) -> Rows:
    """The log with other values in every so manieth row, where a function takes the row."""
    return [
        row | {k: v(row) if callable(v) else v for k, v in values.items()} if i % n == 0 else row
        for i, row in enumerate(rows)
    ]


def added(rows: Rows, **values: object) -> Rows:
    """The log with more columns, of which each is a value or a function of the row."""
    return [row | {k: v(row) if callable(v) else v for k, v in values.items()} for row in rows]


def numbered(rows: Rows) -> Rows:
    """The log with an id for each event."""
    return [row | {"event_id": f"e{n}"} for n, row in enumerate(rows)]
