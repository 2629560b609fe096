"""Text files and database tables, written to Parquet once."""

import io
import itertools
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from enum import Enum
from pathlib import Path
from typing import Final

import duckdb

from resume_gap.sources.drafts import REST, Draft, columns_of, forget_rejected
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers.delimited import Dialect, count_blank_lines, count_lines
from resume_gap.sources.reuse import StepFacts
from resume_gap.sources.small_files import SmallFiles
from resume_gap.sources.tables import Broken, Column, InputTable
from resume_gap.sources.times import Readings, readings
from resume_gap.sources.walks import find
from resume_gap.sqltext import quote_text

_EXAMPLES: Final = 5
WIDE: Final = 500
"""A file with more columns keeps those that are used; the others become one hash at once."""


def write(
    con: duckdb.DuckDBPyConnection,
    draft: Draft,
    target: Path,
    *,
    times: Collection[str],
    dotted: Collection[str],
    needed: Collection[str],
    tz: str,
    pattern: str | None = None,
    small_files: SmallFiles | None = None,
) -> InputTable:
    """Parse the file into `target`, with instants and dotted names worked out beforehand.

    Args:
        con: May read the file and write the folder of `target`.
        draft: The file.
        target: The Parquet file to write.
        times: Columns (or dotted names) that are read as instants.
        dotted: Names that may walk into a column.
        needed: Columns that are used by name; a wide file keeps only these.
        tz: Zone of times that carry none.
        pattern: How times are written.
        small_files: Copies others like this one with it, if it is small.
    """
    if not draft.names:
        return InputTable(draft.file, target, {}, 0)
    kept = None if len(draft.names) <= WIDE else frozenset(needed)
    columns = columns_of(draft, kept)
    table = InputTable(draft.file, target, columns, 0)
    walked = {name: find(table, name, con) for name in dotted if name not in columns}
    items = ["*"]
    for name, column in walked.items():
        if column is not None:
            columns[name] = Column(f"w{len(columns)}", "VARCHAR")
            items.append(f"{column.sql} as {columns[name].sql}")
    instants = []
    for name in times:
        read = readings(columns[name].sql, "VARCHAR", tz, pattern) if name in columns else None
        if read is not None:
            own = columns[name].sql
            number = f"{own}_whole is not null or {own}_real is not null"
            parts = {
                "clock": read.clock,
                "whole": read.whole,
                "real": read.real,
                "naive": read.naive,
                "far": f"case when {own}_clock is null then case when {number} then true"
                f" else {read.far} end end",
            }
            instants += [f"{sql} as {own}_{part}" for part, sql in parts.items()]
            columns[name] = Column(own, "VARCHAR", Readings(*(f"{own}_{part}" for part in parts)))
    before = f"select {', '.join(['*', *instants])} from (select {', '.join(items)} from "
    found = frozenset(name for name, column in walked.items() if column is not None)
    rest = None if kept is None else REST
    table = InputTable(draft.file, target, columns, 0, walked=found, rest=rest)

    def copied() -> StepFacts:
        rows = None if small_files is None else small_files.copy(con, draft, before, kept)
        if rows is not None:
            broken = _broken(con, draft, replace(table, rows=rows), alone=False)
            if not broken.count:
                return {"rows": rows, **asdict(broken)}
        # Which lines are broken is known of a file that is read alone.
        rows = _copy(con, draft, before, target, kept)
        return {"rows": rows, **asdict(_broken(con, draft, replace(table, rows=rows), alone=True))}

    # The statement says all that decides what is written, but for the file itself.
    goes_by = f"{before}{draft.source(kept)}".replace(quote_text(str(draft.path)), "?")
    made = draft.steps.made("rows", goes_by, target, copied)
    facts = made.facts
    broken = Broken(facts["count"], tuple(facts["lines"]), facts["encoding"], facts["halves"])
    return replace(table, parquet=made.path or target, rows=facts["rows"], broken=broken)


def copy_to(con: duckdb.DuckDBPyConnection, select: str, target: Path) -> int:
    """Write the rows of a select to Parquet and count them."""
    row = con.execute(
        f"copy ({select}) to {quote_text(str(target))} (format parquet, compression snappy)"
    ).fetchone()
    return int(row[0]) if row else 0


def _copy(
    con: duckdb.DuckDBPyConnection,
    draft: Draft,
    before: str,
    target: Path,
    kept: Collection[str] | None,
) -> int:
    forget_rejected(con)
    try:
        return copy_to(con, f"{before}{draft.source(kept)})", target)
    except duckdb.InvalidInputException as error:
        if draft.dialect is None or "invalid state" not in str(error):
            raise
    # Lines that end in different ways are no fault of the data, but one in strict mode.
    forget_rejected(con)
    return copy_to(con, f"{before}{draft.source(kept, strict=False)})", target)


def _broken(
    con: duckdb.DuckDBPyConnection, draft: Draft, table: InputTable, *, alone: bool
) -> Broken:
    """The lines of a file that are in no row of its table.

    Args:
        con: Knows the lines that it rejected of what it read last.
        draft: The file.
        table: What was written of it.
        alone: Whether it was read last; else none of its lines was rejected.
    """
    if draft.dialect is not None:
        rejected = _rejected(con) if alone else []
        return _broken_csv(con, draft, draft.dialect, table, rejected)
    return draft.broken if draft.broken.count else _broken_json(con, draft, table.rows)


def _rejected(con: duckdb.DuckDBPyConnection) -> list[tuple[int, bool]]:
    """The lines that the parser rejected, and whether for their encoding."""
    return con.execute(
        "select distinct line, error_type = 'INVALID ENCODING' from reject_errors order by all"
    ).fetchall()


def _broken_csv(
    con: duckdb.DuckDBPyConnection,
    draft: Draft,
    dialect: Dialect,
    table: InputTable,
    rejected: Sequence[tuple[int, bool]],
) -> Broken:
    """Broken lines by the ledger: every line is in a row, blank, the header or broken.

    The parser's own list is not enough: behind a quote that never closes it can swallow the rest
    of the file and name one line, or none.
    """
    lines = count_lines(draft.file) - dialect.header_lines
    held = table.rows
    if lines > held:
        held += _line_ends_inside(con, table, draft) + count_blank_lines(draft.file)
    numbers = sorted({int(line) for line, _ in rejected})
    count = max(len(numbers), lines - held)
    bad_bytes = sum(bool(encoding) for _, encoding in rejected)
    return Broken(count, tuple(numbers[:_EXAMPLES]), encoding=2 * bad_bytes > max(count, 1))


def _line_ends_inside(con: duckdb.DuckDBPyConnection, table: InputTable, draft: Draft) -> int:
    """Line ends inside quoted fields."""
    if not table.rows:
        return 0
    ends = " + ".join(
        f"coalesce(sum(len(regexp_extract_all(c{i}, '\\r\\n|\\r|\\n'))), 0)"
        for i in range(len(draft.names))
    )
    relation = table.relation if table.rest is None else draft.source()
    row = con.execute(f"select {ends} from {relation}").fetchone()
    return int(row[0]) if row else 0


def _broken_json(con: duckdb.DuckDBPyConnection, draft: Draft, rows: int) -> Broken:
    # Counting lines is much cheaper than parsing them again, and nearly always says: none.
    if draft.layout in ("lines", "bom") and count_lines(draft.file) == rows:
        return Broken()
    row = con.execute(f"select count(*) from {draft.raw()}").fetchone()
    count = (int(row[0]) if row else rows) - rows
    found = _broken_json_lines(draft.file)[:count] if count > 0 else ()
    halves = bool(found) and all(fault is _Fault.HALF for _, fault in found)
    return Broken(count, tuple(number for number, _ in found), halves=halves)


class _Fault(Enum):
    """Why a line of JSON is no row."""

    NO_OBJECT = "it is no object"
    HALF = "it holds half of a character"


def _broken_json_lines(file: InputFile) -> tuple[tuple[int, _Fault], ...]:
    """Numbers of the first lines that hold no object that can be read, each with the reason."""
    with file.open_bytes() as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape")
        faults = ((number, _fault(line)) for number, line in enumerate(text, 1))
        found = ((number, fault) for number, fault in faults if fault is not None)
        return tuple(itertools.islice(found, _EXAMPLES))


def _fault(line: str) -> _Fault | None:
    if not line.strip():
        return None
    try:
        line.encode()
        value = json.loads(line)
    except (ValueError, RecursionError):
        return _Fault.NO_OBJECT
    try:
        # As a title that was cut in the middle of an emoji ends with.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return _Fault.HALF
    return None if isinstance(value, dict) else _Fault.NO_OBJECT
