"""Text files and database tables, written to Parquet once."""

import io
import itertools
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

import duckdb

from resume_gap.errors import InputError
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers import jsonlines
from resume_gap.sources.readers.delimited import Dialect, count_blank_lines, count_lines, sniff
from resume_gap.sources.reuse import FileSteps, StepFacts
from resume_gap.sources.tables import Broken, Column, InputTable
from resume_gap.sources.times import Readings, readings
from resume_gap.sources.walks import find
from resume_gap.sqltext import quote_text

_EXAMPLES: Final = 5
WIDE: Final = 500
"""A file with more columns keeps those that are used; the others become one hash at once."""
_REST: Final = "rest"
_REJECTS: Final = ("reject_errors", "reject_scans")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text file before it is written to Parquet.

    Attributes:
        file: The input.
        path: What DuckDB reads; a link where the name would be a pattern.
        names: Its columns; none where it is empty.
        dialect: Of a CSV or TSV file.
        layout: Of a JSON file.
        most: Bytes of its longest object.
        broken: Lines of a document that never came here.
        steps: How it is read on, unless an earlier run did.
    """

    file: InputFile
    path: Path
    names: tuple[str, ...]
    dialect: Dialect | None = None
    layout: str | None = None
    most: int = jsonlines.OBJECT_MOST
    broken: Broken = field(default=Broken())
    steps: FileSteps = field(kw_only=True)

    def raw(self) -> str:
        """The objects of a JSON file."""
        return jsonlines.relation(str(self.path), self.layout or "lines", self.most)

    def source(self, kept: Collection[str] | None = None, *, strict: bool = True) -> str:
        """A relation of the columns c0, c1, ... by place in the file, all text.

        Args:
            kept: The columns that are needed, beside which stands a hash of all others, `rest`;
                None: all.
            strict: Whether lines of a CSV file must end alike.
        """
        places = [(i, name) for i, name in enumerate(self.names) if kept is None or name in kept]
        if self.dialect is not None:
            relation = self.dialect.relation(str(self.path), strict=strict)
            if kept is None:
                return relation
            rest = sorted((name, f"c{i}") for i, name in enumerate(self.names) if name not in kept)
            items = "".join(f"c{i}, " for i, _ in places)
            return (
                f"(select {items}hash({', '.join(sql for _, sql in rest)}) as {_REST}"
                f" from {relation})"
            )
        pointers = ", ".join(quote_text(jsonlines.pointer([name])) for _, name in places)
        values = [
            f"{jsonlines.text_at('json', [name], f'v[{place + 1}]')} as c{i}"
            for place, (i, name) in enumerate(places)
        ]
        if kept is not None:
            values.append(f"hash(cast(json as varchar)) as {_REST}")
        # One parse for all keys; the list is taken apart in the outer select.
        return (
            f"(select {', '.join(values)} from (select json, json_extract_string(json,"
            f" cast([{pointers}] as varchar[])) as v"
            f" from {self.raw()} where json_type(json) = 'OBJECT'))"
        )


def draft(con: duckdb.DuckDBPyConnection, file: InputFile, path: Path, steps: FileSteps) -> Draft:
    """Look at a text file: its dialect and its columns.

    Args:
        con: May read the file.
        file: The input, or what was written of it.
        path: What the engine reads.
        steps: How it is read, unless an earlier run did.

    Raises:
        InputError: It is no text, or no header can be found.
    """
    if file.kind == "json":
        how = jsonlines.layout(file)
        if how is None:
            return Draft(file, path, (), steps=steps)
        keys = steps.made("keys", how, None, lambda: _keys(con, file, path, how)).facts
        names, most = tuple(keys["names"]), keys["most"]
        if not names:
            raise InputError(f"{file.label}: no line is a JSON object; write one object per line")
        return Draft(file, path, names, layout=how, most=most, steps=steps)
    dialect = sniff(file)
    names = dialect.names if dialect else ()
    return Draft(file, path, names, dialect=dialect, steps=steps)


def _keys(con: duckdb.DuckDBPyConnection, file: InputFile, path: Path, how: str) -> StepFacts:
    names, most = jsonlines.keys(con, file, str(path), how)
    return {"names": names, "most": most}


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
    rest = None if kept is None else _REST
    table = InputTable(draft.file, target, columns, 0, walked=found, rest=rest)

    def copied() -> StepFacts:
        whole = replace(table, rows=_copy(con, draft, before, target, kept))
        return {"rows": whole.rows, **asdict(_broken(con, draft, whole))}

    # The statement says all that decides what is written, but for the file itself.
    goes_by = f"{before}{draft.source(kept)}".replace(quote_text(str(draft.path)), "?")
    made = draft.steps.made("rows", goes_by, target, copied)
    facts = made.facts
    broken = Broken(facts["count"], tuple(facts["lines"]), encoding=facts["encoding"])
    return replace(table, parquet=made.path or target, rows=facts["rows"], broken=broken)


def columns_of(draft: Draft, kept: Collection[str] | None = None) -> dict[str, Column]:
    """The columns of `Draft.source`, all text."""
    return {
        name: Column(f"c{i}", "VARCHAR")
        for i, name in enumerate(draft.names)
        if kept is None or name in kept
    }


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
    for name in _REJECTS:
        con.execute(f"drop table if exists {name}")
    try:
        return copy_to(con, f"{before}{draft.source(kept)})", target)
    except duckdb.InvalidInputException as error:
        if draft.dialect is None or "invalid state" not in str(error):
            raise
    # Lines that end in different ways are no fault of the data, but one in strict mode.
    for name in _REJECTS:
        con.execute(f"drop table if exists {name}")
    return copy_to(con, f"{before}{draft.source(kept, strict=False)})", target)


def _broken(con: duckdb.DuckDBPyConnection, draft: Draft, table: InputTable) -> Broken:
    """The lines of a file that are in no row of the table that was just written."""
    if draft.dialect is not None:
        return _broken_csv(con, draft, draft.dialect, table)
    return draft.broken if draft.broken.count else _broken_json(con, draft, table.rows)


def _broken_csv(
    con: duckdb.DuckDBPyConnection, draft: Draft, dialect: Dialect, table: InputTable
) -> Broken:
    """Broken lines by the ledger: every line is in a row, blank, the header or broken.

    The parser's own list is not enough: behind a quote that never closes it can swallow the rest
    of the file and name one line, or none.
    """
    rejected = con.execute(
        "select distinct line, error_type = 'INVALID ENCODING' from reject_errors order by all"
    ).fetchall()
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
    return Broken(count, _broken_json_lines(draft.file)[:count] if count > 0 else ())


def _broken_json_lines(file: InputFile) -> tuple[int, ...]:
    """Numbers of the first lines that hold no object."""
    with file.open_bytes() as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape")
        numbers = (number for number, line in enumerate(text, 1) if not _is_object(line))
        return tuple(itertools.islice(numbers, _EXAMPLES))


def _is_object(line: str) -> bool:
    try:
        line.encode()
        return not line.strip() or isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
