"""A file as a Parquet table whose columns are known: what rows are made from.

Parquet files are read where they lie. Everything else is written to Parquet once: text is parsed a
single time, what is broken is counted before the analysis begins, and ten million rows of text
need no more memory than ten million rows of Parquet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

import duckdb

from resume_gap.sources.digests import Digests
from resume_gap.sources.inputs import InputFile, SourceInput, unreadable
from resume_gap.sources.times import Readings, readings
from resume_gap.sqltext import quote_text

_GLOB_MARKS: Final = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Column:
    """One column as SQL.

    Attributes:
        sql: The expression that reads it.
        kind: Its DuckDB type.
        times: Readings as an instant that were worked out beforehand.
        is_sound: Whether the way it is stored lets the engine read every value.
    """

    sql: str
    kind: str
    times: Readings | None = None
    is_sound: bool = False

    def readings(self, tz: str, pattern: str | None = None) -> Readings | None:
        """The column's readings as an instant; None for types that are no time."""
        return self.times or readings(self.sql, self.kind, tz, pattern)


@dataclass(frozen=True, slots=True)
class Broken:
    """Lines that could not become a row.

    Attributes:
        count: How many.
        lines: Numbers of the first few.
        encoding: Whether most of them are not UTF-8.
        halves: Whether the first ones are JSON with half of a character.
    """

    count: int = 0
    lines: tuple[int, ...] = ()
    encoding: bool = False
    halves: bool = False


@dataclass(frozen=True, slots=True)
class InputTable:
    """One input in Parquet.

    Attributes:
        file: The input.
        parquet: Where its rows lie.
        columns: Column name to column, in the order of the file.
        rows: How many rows there are.
        broken: What could not become a row.
        walked: Dotted names among the columns, worked out beforehand.
        rest: SQL of a hash of the columns that are not kept; None: all are.
        kinds: Of a JSON file by mapped column the kinds of its values.
        simulated: Whether the file says that a simulation wrote it.
        view: What a frame in memory is called in the connection; empty: the rows are a file.
    """

    file: InputFile
    parquet: Path
    columns: Mapping[str, Column]
    rows: int
    broken: Broken = field(default=Broken())
    walked: frozenset[str] = frozenset()
    rest: str | None = None
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    simulated: bool = False
    view: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of the file itself."""
        return tuple(name for name in self.columns if name not in self.walked)

    @property
    def relation(self) -> str:
        """The rows as a table function."""
        return self.view or read_parquet([self.parquet])

    def as_input(self, digests: Digests) -> SourceInput:
        """The input as the report lists it."""
        return SourceInput(
            path=self.file.given,
            digest=partial(digests.of, self.file),
            kind=self.file.kind,
            rows=self.rows,
            simulated=self.simulated,
            reason=self.file.frame.reason if self.file.frame else None,
        )


def register_frames(con: duckdb.DuckDBPyConnection, tables: Iterable[InputTable]) -> None:
    """Let another connection read the frames in memory that are among the tables."""
    for table in tables:
        if table.view and table.file.frame is not None:
            con.register(table.view, table.file.frame.table)


def read_parquet(paths: Iterable[Path]) -> str:
    """`read_parquet` over exactly these files."""
    listed = ", ".join(quote_text(str(path)) for path in paths)
    return f"read_parquet([{listed}], hive_partitioning = false, union_by_name = false)"


def has_glob_marks(path: Path) -> bool:
    """Whether DuckDB would read the path as a pattern; it has no way to escape one."""
    return not _GLOB_MARKS.isdisjoint(str(path))


def link_to(path: Path, link: Path) -> Path:
    """A link with a harmless name that keeps the ending."""
    link = link.with_name(link.name + "".join(s for s in path.suffixes if s[1:].isalnum()))
    try:
        link.symlink_to(path)
    except OSError as error:
        raise unreadable(str(path), error) from error
    return link
