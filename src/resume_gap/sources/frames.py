"""Frames of Python as inputs of a run, of Polars, Arrow, pandas, DuckDB or Spark; none is imported.

A frame that lies in memory is scanned where it lies; nothing is written. A stream (an Arrow reader,
a relation of DuckDB) can be read once and may be larger than the memory, and a log is read several
times, so it is written to Parquet in a temporary folder of its own.

Only the rows come along, as Arrow: the connection of a run never sees the object, the connection
behind a relation, or anything else of the program that calls.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from resume_gap.errors import InputError, UsageError
from resume_gap.sources.fingerprint import Fingerprint
from resume_gap.sources.inputs import Frame, InputFile
from resume_gap.sources.pandas_frames import ERRORS, ReadFrame, read_pandas
from resume_gap.sources.sandbox import first_line
from resume_gap.system.filesystem import disk_error
from resume_gap.system.temporary import Workspace

TAKEN: Final = (
    "a path, a Polars, Arrow or pandas frame, a DuckDB relation, a Spark table, or a list of these"
)
"""What the events of a function may be."""
_BATCH_ROWS: Final = 65_536
_KINDS: Final = {
    ("polars", "DataFrame"): "Polars frame",
    ("polars", "LazyFrame"): "Polars query",
    ("pandas", "DataFrame"): "pandas frame",
    ("pyarrow", "Table"): "Arrow table",
    ("pyarrow", "RecordBatch"): "Arrow table",
    ("pyarrow", "RecordBatchReader"): "Arrow stream",
    ("duckdb", "DuckDBPyRelation"): "DuckDB relation",
    ("_duckdb", "DuckDBPyRelation"): "DuckDB relation",
    ("pyspark", "DataFrame"): "Spark table",
}
_ERRORS: Final = (*ERRORS, duckdb.Error, OSError)


@dataclass(frozen=True, slots=True, eq=False)
class GivenFrame:
    """A frame as it was given.

    Attributes:
        value: The object.
        kind: What it is called.
        name: Its own name; None: it is called by its kind.
    """

    value: Any
    kind: str
    name: str | None = None


def given_frame(value: object) -> GivenFrame | None:
    """A frame among the events of a function; None: it is something else.

    A library that was never imported made none, so none is imported to find out.
    """
    for kind in type(value).__mro__:
        package = kind.__module__.partition(".")[0]
        name = _KINDS.get((package, kind.__name__))
        if name is not None and package in sys.modules:
            return GivenFrame(value, name)
    return GivenFrame(value, "Arrow stream") if hasattr(value, "__arrow_c_stream__") else None


@contextmanager
def held(
    events: Sequence[str | InputFile | GivenFrame],
) -> Iterator[Sequence[str | InputFile]]:
    """The inputs with frames as inputs of a run; what was written for them goes with the block.

    Raises:
        InputError: A frame has no form in Arrow, or its stream breaks.
        UsageError: A stream is given twice.
    """
    frames = [one for one in events if isinstance(one, GivenFrame)]
    if not frames:
        yield [one for one in events if not isinstance(one, GivenFrame)]
        return
    names = _names(frames)
    with Workspace() as workspace:
        made: dict[int, InputFile] = {}
        found: list[str | InputFile] = []
        for one in events:
            if not isinstance(one, GivenFrame):
                found.append(one)
                continue
            key = id(one.value)
            if key not in made:
                made[key] = _input(one, names[key], workspace)
            elif not made[key].is_in_memory:
                raise UsageError(f"{names[key]}: is given twice; it can be read once")
            found.append(made[key])
        yield found


def _names(frames: Sequence[GivenFrame]) -> dict[int, str]:
    """By object what it is called: its name, or its kind, numbered where there are several."""
    kinds = {id(one.value): one.kind for one in frames if one.name is None}
    several = Counter(kinds.values())
    seen: Counter[str] = Counter()
    names = {id(one.value): one.name for one in frames if one.name is not None}
    for key, kind in kinds.items():
        seen[kind] += 1
        names[key] = f"{kind} {seen[kind]}" if several[kind] > 1 else kind
    return names


def _input(one: GivenFrame, name: str, workspace: Workspace) -> InputFile:
    try:
        if one.kind in ("Arrow stream", "DuckDB relation"):
            return _written(_reader(one.value), name, workspace.path, workspace)
        read = _table(one)
        table = as_in_parquet(read.table)
    except _ERRORS as error:
        if disk_error(error) is not None:
            raise
        raise InputError(
            f"{name}: cannot be read as Arrow: {first_line(error)}; change the type of the column"
        ) from error
    digest = Fingerprint(table.schema)
    for batch in table.to_batches():
        digest.add(batch)
    frame = Frame(table, digest.sha256, digest.reason, table.nbytes, read.left_out)
    return InputFile(given=name, path=Path(name), kind="parquet", frame=frame)


def _table(one: GivenFrame) -> ReadFrame:
    value: Any = one.value
    if one.kind == "pandas frame":
        return read_pandas(value)
    return ReadFrame(_whole(one.kind, value), ())


def _whole(kind: str, value: Any) -> pa.Table:  # noqa: ANN401 - a frame of any library
    match kind:
        case "Polars frame":
            return value.to_arrow()
        case "Polars query":
            return value.collect().to_arrow()
        case "Spark table":
            # Its stream of Arrow, which PySpark 4.2 brought, fails at timestamps.
            return value.toArrow()
    return pa.Table.from_batches([value]) if isinstance(value, pa.RecordBatch) else value


def _reader(value: Any) -> pa.RecordBatchReader:  # noqa: ANN401 - a frame of any library
    if isinstance(value, pa.RecordBatchReader):
        return value
    if hasattr(value, "to_arrow_reader"):
        return value.to_arrow_reader(_BATCH_ROWS)
    return pa.RecordBatchReader.from_stream(value)


def _written(
    reader: pa.RecordBatchReader, name: str, folder: Path, workspace: Workspace
) -> InputFile:
    """A stream as a Parquet file."""
    path = folder / f"{name.replace(' ', '-')}.parquet"
    schema = as_in_parquet(reader.schema.empty_table()).schema
    digest = Fingerprint(schema)
    size = 0
    with pq.ParquetWriter(path, schema) as writer:
        for batch in reader:
            rows = as_in_parquet(pa.Table.from_batches([batch]))
            for piece in rows.to_batches():
                digest.add(piece)
            writer.write_table(rows)
            size += rows.nbytes
            workspace.check()
    frame = Frame(None, digest.sha256, digest.reason, size)
    return InputFile(given=name, path=path, kind="parquet", frame=frame)


def as_in_parquet(table: pa.Table) -> pa.Table:
    """The same with the types that a Parquet file of it would come back with.

    So a frame and the file that it is written to are read alike. A column that is as it should be
    is not copied.
    """
    fields = [field.with_type(_stored_type(field.type)) for field in table.schema]
    schema = pa.schema(fields, metadata=table.schema.metadata)
    if all(old.type == new.type for old, new in zip(table.schema, schema, strict=True)):
        return table
    columns = [
        column if column.type == field.type else _recast(column, field.type)
        for column, field in zip(table.columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _recast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        decoded = [chunk.dictionary_decode() for chunk in column.chunks]
        column = pa.chunked_array(decoded, column.type.value_type)
    return column.cast(kind)


def _stored_type(kind: pa.DataType) -> pa.DataType:
    """The type of a column once it lay in a Parquet file."""
    if pa.types.is_dictionary(kind):
        return _stored_type(kind.value_type)
    for test, stored in (
        (pa.types.is_string_view, pa.large_string()),
        (pa.types.is_binary_view, pa.large_binary()),
        (pa.types.is_null, pa.string()),
        (pa.types.is_float16, pa.float32()),
        (pa.types.is_duration, pa.int64()),
    ):
        if test(kind):
            return stored
    return kind
