"""A table of a SQLite database, written to Parquet batch by batch.

SQLite gives every value a type of its own; a column is of whole numbers, of numbers or of text as
all its values are, so that no id loses a digit.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq

from resume_gap.errors import InputError
from resume_gap.settings import nearest
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.sandbox import first_line
from resume_gap.sqltext import quote_ident

_ROWS: Final = 50_000
_TYPES: Final = {
    frozenset(("integer",)): pa.int64(),
    frozenset(("real",)): pa.float64(),
}
"""By the kinds of a column's values but null; whatever else is text."""


def to_parquet(file: InputFile, path: Path, target: Path, check: Callable[[], None]) -> None:
    """Write the rows of the table to `target`.

    Args:
        file: The input, with the name of the table; without one, the only table is meant.
        path: Where its bytes lie, decompressed.
        target: The Parquet file to write.
        check: Called after each batch; raises when the temporary folder is too large.

    Raises:
        InputError: The file is broken, or there is no such table.
    """
    try:
        # Nobody else writes to it meanwhile, so no file appears beside it.
        con = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise _broken(file, error) from error
    try:
        # What a schema defines is as good as code: no function of it runs, and no view is read.
        con.execute("pragma trusted_schema = off")
        con.text_factory = lambda text: text.decode("utf-8", "replace")
        table = quote_ident(_name(con, file))
        found = con.execute(f"pragma table_info({table})").fetchall()
        schema = pa.schema([(str(row[1]), _type(con, table, str(row[1]))) for row in found])
        rows = con.execute(f"select * from {table}")
        with pq.ParquetWriter(target, schema) as writer:
            while batch := rows.fetchmany(_ROWS):
                writer.write_table(_arrow(batch, schema))
                check()
    except (sqlite3.Error, OverflowError, UnicodeError) as error:
        raise _broken(file, error) from error
    finally:
        con.close()


def _name(con: sqlite3.Connection, file: InputFile) -> str:
    """The table that is meant.

    Raises:
        InputError: There is no such table, or several and none is named.
    """
    names = tuple(
        str(name)
        for (name,) in con.execute(
            "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%'"
            " escape '\\' order by name"
        )
    )
    if file.table is None and len(names) == 1:
        return names[0]
    if file.table is not None and file.table in names:
        return file.table
    if not names:
        views = con.execute("select count(*) from sqlite_schema where type = 'view'").fetchone()
        only = "no table, only views, which are not read" if views and views[0] else "no table"
        raise InputError(f"{file.label}: has {only}; export the events as CSV and give that file")
    there = f"there are {', '.join(names[:40])}"
    if file.table is None:
        raise InputError(f"{file.label}: name the table: {file.label}::TABLE; {there}")
    raise InputError(f"{file.label}: no such table{nearest(file.table, names)}; {there}")


def _type(con: sqlite3.Connection, table: str, column: str) -> pa.DataType:
    own = quote_ident(column)
    kinds = con.execute(f"select distinct typeof({own}) from {table} where {own} is not null")
    return _TYPES.get(frozenset(kind for (kind,) in kinds), pa.string())


def _arrow(rows: list[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = []
    for values, one in zip(zip(*rows, strict=True), schema, strict=True):
        held = values if one.type != pa.string() else [_text(value) for value in values]
        columns.append(pa.array(held, one.type))
    return pa.table(columns, schema=schema)


def _text(value: object) -> str | None:
    if value is None:
        return None
    return value.hex() if isinstance(value, bytes) else str(value)


def _broken(file: InputFile, error: Exception) -> InputError:
    return InputError(
        f"{file.label}: is a SQLite database that cannot be read ({first_line(error)}); copy it"
        " again, or export the table as CSV"
    )
