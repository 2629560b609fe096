"""Text files before they are written to Parquet: their columns, and how their rows are read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb

from resume_gap.errors import InputError
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers import jsonlines
from resume_gap.sources.readers.delimited import Dialect, sniff
from resume_gap.sources.readers.header import refuse_too_many
from resume_gap.sources.reuse import FileSteps, StepFacts
from resume_gap.sources.tables import Broken, Column
from resume_gap.sqltext import quote_text

REST: Final = "rest"
"""The hash of the columns that are not kept."""
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

    def raw(self, paths: Sequence[Path] = ()) -> str:
        """The objects of a JSON file, or of others like it."""
        return jsonlines.relation([*paths] or [self.path], self.layout or "lines", self.most)

    def source(
        self,
        kept: Collection[str] | None = None,
        *,
        strict: bool = True,
        paths: Sequence[Path] = (),
    ) -> str:
        """A relation of the columns c0, c1, ... by place in the file, all text.

        Args:
            kept: The columns that are needed, beside which stands a hash of all others, `rest`;
                None: all.
            strict: Whether lines of a CSV file must end alike.
            paths: Files like this one that are read instead; then `file_index` is the place of a
                row's file among them.
        """
        file = "file_index, " if paths else ""
        places = [(i, name) for i, name in enumerate(self.names) if kept is None or name in kept]
        if self.dialect is not None:
            relation = self.dialect.relation([*paths] or [self.path], strict=strict)
            if self.dialect.padded:
                trimmed = ", ".join(f"trim(c{i}) as c{i}" for i in range(len(self.names)))
                relation = f"(select {file}{trimmed} from {relation})"
            elif kept is None and paths:
                relation = f"(select {file}* from {relation})"
            if kept is None:
                return relation
            rest = sorted((name, f"c{i}") for i, name in enumerate(self.names) if name not in kept)
            items = "".join(f"c{i}, " for i, _ in places)
            return (
                f"(select {file}{items}hash({', '.join(sql for _, sql in rest)}) as {REST}"
                f" from {relation})"
            )
        pointers = ", ".join(quote_text(jsonlines.pointer([name])) for _, name in places)
        values = [
            f"{jsonlines.text_at('json', [name], f'v[{place + 1}]')} as c{i}"
            for place, (i, name) in enumerate(places)
        ]
        if kept is not None:
            values.append(f"hash(cast(json as varchar)) as {REST}")
        # One parse for all keys; the list is taken apart in the outer select.
        return (
            f"(select {file}{', '.join(values)} from (select {file}json, json_extract_string(json,"
            f" cast([{pointers}] as varchar[])) as v"
            f" from {self.raw(paths)} where json_type(json) = 'OBJECT'))"
        )


def draft_of(
    con: duckdb.DuckDBPyConnection, file: InputFile, path: Path, steps: FileSteps
) -> Draft:
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
        refuse_too_many(file.label, len(names))
        if not names:
            raise InputError(
                f"{file.label}: no line is a JSON object; write one object per line"
                f"{jsonlines.about_lines(file)}"
            )
        return Draft(file, path, names, layout=how, most=most, steps=steps)
    dialect = sniff(file)
    names = dialect.names if dialect else ()
    return Draft(file, path, names, dialect=dialect, steps=steps)


def _keys(con: duckdb.DuckDBPyConnection, file: InputFile, path: Path, how: str) -> StepFacts:
    names, most = jsonlines.keys(con, file, str(path), how)
    return {"names": names, "most": most}


def columns_of(draft: Draft, kept: Collection[str] | None = None) -> dict[str, Column]:
    """The columns of `Draft.source`, all text."""
    return {
        name: Column(f"c{i}", "VARCHAR")
        for i, name in enumerate(draft.names)
        if kept is None or name in kept
    }


def forget_rejected(con: duckdb.DuckDBPyConnection) -> None:
    """Drop the lines that the parser of CSV files rejected, which it adds to."""
    for name in _REJECTS:
        con.execute(f"drop table if exists {name}")
