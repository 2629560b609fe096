"""Logs in the shapes that the laws compare, as files, and what is measured of them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, Phase, settings

import resume_gap
from factories.effort import effort
from resume_gap.errors import DataError
from resume_gap.report.render import jsonfile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from factories.strategies import Log
    from resume_gap.results.analyze import Analysis

DAY = 86_400


FORMATS = ("parquet", "csv", "jsonl", "csv.gz", "jsonl.zst")


FILE_COLUMN = {"timestamp_us": "timestamp", "end_us": "end", "received_at_us": "received_at"}


WHOLE_NUMBERS = {"timestamp", "end", "received_at", "sequence", "position"}


ROLES = {
    "productive": "edit_cell,update_field,rename_item,write_note,submit",
    "complete": "submit,sign_out",
    "away": "idle,focus,screen*",
}


NOTHING = "(no event has this name)"
"""Keeps the roles from being suggested where a random log has none."""


small_logs = settings(
    max_examples=effort(1, 6),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)


def file_rows(log: Log) -> list[dict[str, Any]]:
    return [{FILE_COLUMN.get(k, k): v for k, v in row.items()} for row in log.rows]


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows in the format that the name says; a column is text or a whole number."""
    names = list(rows[0])
    kind, _, packed = path.name.partition(".")[2].partition(".")
    if kind == "parquet":
        pq.write_table(
            pa.table(
                {
                    n: pa.array(
                        [r[n] for r in rows], pa.int64() if n in WHOLE_NUMBERS else pa.string()
                    )
                    for n in names
                }
            ),
            path,
        )
        return str(path)
    if kind == "csv":
        stream = io.StringIO()
        writer = csv.DictWriter(stream, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        data = stream.getvalue().encode()
    else:
        data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    if packed == "gz":
        data = gzip.compress(data)
    elif packed == "zst":
        sink = pa.BufferOutputStream()
        with pa.CompressedOutputStream(sink, "zstd") as packer:
            packer.write(data)
        data = sink.getvalue().to_pybytes()
    path.write_bytes(data)
    return str(path)


def options(log: Log, **more: Any) -> dict[str, Any]:
    """All columns mapped, roles and threshold given: nothing is left to recognize."""
    columns = ["user_id", "timestamp", "event", *(FILE_COLUMN.get(c, c) for c in log.columns)]
    given: dict[str, Any] = {
        "map": {c: c for c in columns},
        "time_unit": "us",
        "gap": f"{log.threshold_us // 1_000_000}s",
        "productive": sorted(log.roles.productive) or [NOTHING],
        "complete": sorted(log.roles.completing),
        "away": sorted(log.roles.away),
        "threads": 1,
    }
    if log.until_us is not None:
        given["until"] = iso(log.until_us)
    return given | more


def iso(at_us: int) -> str:
    moment = pl.Series([at_us]).cast(pl.Datetime("us", "UTC"))[0]
    return moment.isoformat()


def result(analysis: Analysis) -> dict[str, Any]:
    content = json.loads(jsonfile.summary(analysis))
    del content["generated_from"]
    return content


def measured(files: Sequence[str], **given: Any) -> dict[str, Any] | None:
    """The result; None where nothing but absence is left to measure."""
    try:
        return result(resume_gap.analyze(files, **given))
    except DataError as error:
        assert "no event is left" in str(error)  # noqa: PT017 - the only one random logs may give
        return None


class Folder:
    """A folder for one example; `tmp_path` would be shared by all examples of a test."""

    def __enter__(self) -> Path:
        self._folder = tempfile.TemporaryDirectory()
        return Path(self._folder.name)

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def without_ledger(found: dict[str, Any] | None) -> dict[str, Any] | None:
    """A result without what counts rows of the input instead of events."""
    if found is None:
        return None
    # The names to choose from are counted in rows of the input, too.
    roles = {k: v for k, v in found["roles"].items() if k != "leading"}
    counted = ("rows", "data_quality", "columns", "first_screen")  # the screen shows warnings
    return {k: v for k, v in found.items() if k not in counted} | {"roles": roles}
