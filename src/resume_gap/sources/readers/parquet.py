"""Parquet files: columns and rows by their footer, and values that the engine cannot read.

One value is enough to stop the engine: text that is not UTF-8, a time of day beyond midnight, a
millisecond stamp too large for microseconds. Such columns are looked for before the analysis
begins and rewritten with the same bytes under a type that holds anything.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from resume_gap.errors import InputError
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers.header import refuse_too_many
from resume_gap.sources.sandbox import first_line, open_sandbox
from resume_gap.sources.tables import Column, InputTable, read_parquet
from resume_gap.sqltext import quote_ident

_BATCH_ROWS: Final = 65_536
_SOUND: Final = frozenset(
    {
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "HUGEINT",
        "UTINYINT",
        "USMALLINT",
        "UINTEGER",
        "UBIGINT",
        "FLOAT",
        "DOUBLE",
        "BOOLEAN",
        "UUID",
        "BLOB",
        "DATE",
        "TIMESTAMP_NS",
        "INTERVAL",
    }
)
"""Types of which every value can be read."""
_YEAR_1_SECONDS: Final = -62_135_596_800
_YEAR_9999_SECONDS: Final = 253_402_300_799


def parquet_schema(file: InputFile, path: Path) -> tuple[pa.Schema, int]:
    """Columns and rows as the file's own footer says them.

    Raises:
        InputError: The footer is broken.
    """
    try:
        with pq.ParquetFile(path) as parquet:
            return parquet.schema_arrow, parquet.metadata.num_rows
    except (pa.ArrowException, OSError, ValueError, UnicodeDecodeError) as error:
        raise InputError(
            f"{file.label}: is a broken Parquet file ({first_line(error)}); copy or export it again"
        ) from error


def _is_sound(kind: pa.DataType) -> bool:
    """Instants in microseconds, as the engine itself has them; others can be too large for these.

    Those of 96 bits are in nanoseconds here.
    """
    return bool(pa.types.is_timestamp(kind) and kind.unit == "us")


def named_columns(
    con: duckdb.DuckDBPyConnection, file: InputFile, relation: str, schema: pa.Schema
) -> dict[str, Column]:
    """The columns of a relation with the names of the file; DuckDB renames those equal up to case.

    Raises:
        InputError: A name is there twice or cannot be a name, or there are too many.
    """
    refuse_too_many(file.label, len(schema.names))
    for name, count in Counter(schema.names).items():
        if "\x00" in name:
            raise InputError(f"{file.label}: a column's name holds a NUL character; rename it")
        if count > 1:
            raise InputError(f"{file.label}: has two columns called {name!r}; rename one of them")
    described = con.execute(f"describe select * from {relation}").fetchall()
    return {
        own: Column(quote_ident(str(row[0])), str(row[1]), is_sound=_is_sound(kind))
        for own, kind, row in zip(schema.names, schema.types, described, strict=True)
    }


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of a table with values that the engine cannot read.

    Attributes:
        table: The table to read instead.
        columns: Columns that were rewritten.
        left_out: Columns that could not be rewritten; they are not read at all.
    """

    table: InputTable
    columns: tuple[str, ...]
    left_out: tuple[str, ...]


def suspects(tables: Iterable[InputTable], mapped_text: Collection[str]) -> tuple[str, ...]:
    """Columns of Parquet files that may hold a value the engine cannot read.

    Args:
        tables: Parquet files where they lie, with the same columns.
        mapped_text: Columns used as text; if they are broken, the run ends and says so.
    """
    columns = {id(table.columns): table.columns for table in tables}.values()
    found = (
        name
        for some in columns
        for name, column in some.items()
        if name not in mapped_text
        and column.kind not in _SOUND
        and not column.kind.startswith("DECIMAL")
        and not column.is_sound
    )
    return tuple(dict.fromkeys(found))


def broken_columns(
    tables: Sequence[InputTable], names: Sequence[str], memory_limit: str
) -> dict[int, tuple[str, ...]]:
    """By position of the table the columns of which not every value can be read.

    Each is looked at alone, in a connection of its own, for an error can leave a connection
    unusable.
    """
    found = {}
    for number, table in enumerate(tables):
        if not _reads_alone(table, names, memory_limit):
            found[number] = tuple(n for n in names if not _reads_alone(table, [n], memory_limit))
    return found


def _reads_alone(table: InputTable, names: Sequence[str], memory_limit: str) -> bool:
    with open_sandbox(files=[table.parquet], memory_limit=memory_limit) as con:
        return reads(con, [table], names)


def reads(
    con: duckdb.DuckDBPyConnection, tables: Sequence[InputTable], names: Sequence[str]
) -> bool:
    """Whether every value of these columns can be read; if not, the connection may be unusable."""
    columns = [tables[0].columns[name] for name in names]
    items = ", ".join(f"bit_xor(hash({column.sql}))" for column in columns)
    paths = [table.parquet for table in tables]
    try:
        relation = tables[0].view or read_parquet(paths)
        con.execute(f"select {items} from {relation}").fetchall()
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        return False
    return True


def mend(table: InputTable, names: Collection[str], target: Path) -> Mended:
    """Write the file anew with these columns under types that hold any value.

    Text becomes bytes, a time of day its number, an instant out of the years 1 to 9999 the nearest
    one in them. What the file holds beside these stays as it is.

    Raises:
        InputError: Arrow cannot read the file either.
    """
    try:
        with pq.ParquetFile(table.parquet, coerce_int96_timestamp_unit="us") as source:
            schema = source.schema_arrow
            kept, left_out = _mended_schema(source, schema, names)
            with pq.ParquetWriter(target, kept, compression="snappy") as writer:
                for batch in source.iter_batches(_BATCH_ROWS, columns=kept.names):
                    writer.write_batch(_mended_batch(batch, kept))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(
            f"{table.file.label}: is a broken Parquet file ({first_line(error)}); copy or export it"
            " again"
        ) from error
    changed = tuple(name for name in kept.names if kept.field(name).type != schema.field(name).type)
    with open_sandbox(files=[target]) as con:
        columns = named_columns(con, table.file, read_parquet([target]), kept)
    mended = replace(table, parquet=target, columns=columns)
    return Mended(mended, tuple(n for n in names if n in changed or n in kept.names), left_out)


def _mended_schema(
    source: pq.ParquetFile, schema: pa.Schema, names: Collection[str]
) -> tuple[pa.Schema, tuple[str, ...]]:
    """The schema to write, and the columns of which no type holds everything."""
    fields, left_out = [], []
    for field in schema:
        if field.name not in names:
            fields.append(field.remove_metadata())
            continue
        kind = field.type if pa.types.is_timestamp(field.type) else _holding_all(field.type)
        try:
            for batch in source.iter_batches(_BATCH_ROWS, columns=[field.name]):
                _recast(batch.column(0), kind)
        except (pa.ArrowException, ValueError):
            left_out.append(field.name)
        else:
            fields.append(pa.field(field.name, kind))
    return pa.schema(fields), tuple(left_out)


def _mended_batch(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    arrays = [_recast(batch.column(field.name), field.type) for field in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _recast(array: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(kind) and pa.types.is_timestamp(array.type):
        scale = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[kind.unit]
        if kind.unit == "ns":
            return array
        number = array.view(pa.int64())
        import pyarrow.compute as pc  # noqa: PLC0415 - heavy, and few files need it

        low, high = _YEAR_1_SECONDS * scale, _YEAR_9999_SECONDS * scale
        return pc.max_element_wise(
            pc.min_element_wise(number, pa.scalar(high, pa.int64()), skip_nulls=False),
            pa.scalar(low, pa.int64()),
            skip_nulls=False,
        ).view(kind)
    return array if array.type == kind else array.cast(kind)


def _holding_all(kind: pa.DataType) -> pa.DataType:  # noqa: PLR0911 - one per kind
    """A type that takes the bytes of every value of `kind`."""
    if pa.types.is_dictionary(kind):
        return _holding_all(kind.value_type)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pa.binary() if pa.types.is_string(kind) else pa.large_binary()
    if pa.types.is_time32(kind) or pa.types.is_date32(kind):
        return pa.int32()
    if pa.types.is_temporal(kind):
        return pa.int64()
    if pa.types.is_list(kind):
        return pa.list_(_holding_all(kind.value_type))
    if pa.types.is_large_list(kind):
        return pa.large_list(_holding_all(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(field.name, _holding_all(field.type)) for field in kind])
    if pa.types.is_map(kind):
        return pa.map_(_holding_all(kind.key_type), _holding_all(kind.item_type))
    return kind
