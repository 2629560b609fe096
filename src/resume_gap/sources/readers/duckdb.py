"""A table of a DuckDB database, copied to Parquet inside a locked connection."""

from pathlib import Path
from typing import Final

import duckdb

from resume_gap.errors import InputError
from resume_gap.settings import nearest
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.sandbox import first_line
from resume_gap.sources.staging import copy_to
from resume_gap.sources.tables import Column, InputTable
from resume_gap.sources.values import is_nested
from resume_gap.sqltext import quote_ident, quote_text

_KEPT: Final = {
    "VARCHAR",
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "FLOAT",
    "DOUBLE",
    "BOOLEAN",
    "DATE",
    "TIMESTAMP",
    "TIMESTAMP_S",
    "TIMESTAMP_MS",
    "TIMESTAMP_NS",
    "TIMESTAMP WITH TIME ZONE",
    "INTERVAL",
}
"""Types that Parquet gives back as they were; others travel as text (a HUGEINT would become a
double and merge ids)."""


def copy_table(
    con: duckdb.DuckDBPyConnection, file: InputFile, target: Path, *, allow_views: bool
) -> InputTable:
    """Copy the rows of the table to `target`.

    Args:
        con: May read the database file and write the folder of `target`, and nothing else: what
            is in a database file is as good as code.
        file: The database and the name of the table.
        target: The Parquet file to write.
        allow_views: Whether a view may be read too.

    Raises:
        InputError: There is no such table, or it is a view.
    """
    try:
        con.execute(f"attach {quote_text(str(file.path))} as input_db (read_only)")
    except duckdb.Error as error:
        raise InputError(
            f"{file.label}: cannot be opened as a DuckDB database: {first_line(error)}"
        ) from error
    try:
        schema, name = _locate(con, file, allow_views=allow_views)
        whole = f"input_db.{quote_ident(schema)}.{quote_ident(name)}"
        described = con.execute(f"describe select * from {whole}").fetchall()
        columns: dict[str, Column] = {}
        items = []
        for position, (column, kind, *_) in enumerate(described):
            own = quote_ident(str(column))
            keeps = kind in _KEPT or str(kind).startswith("DECIMAL") or is_nested(str(kind))
            items.append(f"{own if keeps else f'cast({own} as varchar)'} as c{position}")
            columns[str(column)] = Column(f"c{position}", str(kind) if keeps else "VARCHAR")
        rows = copy_to(con, f"select {', '.join(items)} from {whole}", target)
    finally:
        con.execute("detach input_db")
    return InputTable(file, target, columns, rows)


def _locate(
    con: duckdb.DuckDBPyConnection, file: InputFile, *, allow_views: bool
) -> tuple[str, str]:
    found = con.execute(
        "select schema_name, table_name, false from duckdb_tables()"
        " where database_name = 'input_db'"
        " union all select schema_name, view_name, true from duckdb_views()"
        " where database_name = 'input_db' and not internal order by all"
    ).fetchall()
    wanted = file.table or ""
    for schema, name, is_view in found:
        if wanted in (name if schema == "main" else "", f"{schema}.{name}"):
            if is_view and not allow_views:
                raise InputError(
                    f"{file.label}: is a view, which is code; --allow-views runs it all the same"
                )
            return str(schema), str(name)
    names = tuple(n if s == "main" else f"{s}.{n}" for s, n, view in found if not view)
    there = f"there are {', '.join(names[:40])}" if names else "there is none"
    raise InputError(f"{file.label}: no such table{nearest(wanted, names)}; {there}")
