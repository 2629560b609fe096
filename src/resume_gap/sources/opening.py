"""Files to tables: every input opened, and what is not Parquet written to Parquet."""

import importlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Self

import duckdb

from resume_gap.errors import InputError
from resume_gap.marks import SIMULATED
from resume_gap.settings import Settings
from resume_gap.sources import nested, staging
from resume_gap.sources.columns import Taken, recognise
from resume_gap.sources.formats import FORMATS, is_read_packed
from resume_gap.sources.inputs import BROKEN, InputFile, unreadable
from resume_gap.sources.measure import TIMES
from resume_gap.sources.needed import needed_columns
from resume_gap.sources.readers import jsonlines
from resume_gap.sources.readers.duckdb import copy_table
from resume_gap.sources.readers.parquet import parquet_columns, parquet_schema
from resume_gap.sources.sandbox import default_memory_limit, one_line_errors, open_sandbox
from resume_gap.sources.tables import (
    Column,
    InputTable,
    find,
    has_glob_marks,
    link_to,
)
from resume_gap.sources.written_times import check_pattern
from resume_gap.system.filesystem import disk_error
from resume_gap.system.temporary import SourceFolder

MEMORY_LIMIT: Final = "1GB"
"""While one input is read alone: enough to parse any text, which streams."""


@dataclass(frozen=True, slots=True)
class Opened:
    """All inputs with what their columns are.

    Attributes:
        tables: In the order of the files.
        taken: Event columns to the files' columns.
        names: All columns of the files, each once.
        opener: What opened them.
    """

    tables: tuple[InputTable, ...]
    taken: dict[str, Taken]
    names: tuple[str, ...]
    opener: "Opener"


def open_tables(opener: "Opener") -> Opened:
    """Open every input; text is parsed, what is broken is counted.

    Raises:
        InputError: A file cannot be read or the columns do not say what is needed.
    """
    files, settings = opener.files, opener.settings
    tables: dict[int, InputTable] = {}
    drafts: dict[int, staging.Draft] = {}
    for number, file in enumerate(files):
        with one_line_errors(file.label):
            opened = opener.open(file, number)
        if isinstance(opened, InputTable):
            tables[number] = opened
        else:
            drafts[number] = opened
    check_pattern(opener.con, settings.time_format)
    names = _names(files, tables, drafts)
    if not any(t.rows for t in tables.values()) and not any(d.names for d in drafts.values()):
        raise _all_empty(files)
    walks = {
        value
        for value in settings.mapping.values()
        if value not in names
        and (
            any(_draft_walks(draft, value) for draft in drafts.values())
            or opener.walks(tables.values(), value)
        )
    }
    dotted = [value for value in settings.mapping.values() if "." in value]

    def advice(missing: Sequence[str]) -> str:
        number = next(n for n in range(len(files)) if _has_rows(tables.get(n), drafts.get(n)))
        documents = opener.documents(tables.get(number) or drafts[number])
        return nested.advice(documents, missing, files[number].label)

    taken = recognise(names, settings.mapping, dotted=walks, advice=advice)
    times = [taken[name].column for name in TIMES if name in taken]
    needed = needed_columns(settings, taken, names)
    mapped = sorted({one.column for one in taken.values()})
    for number, draft in drafts.items():
        with one_line_errors(draft.file.label):
            table = opener.write(draft, number, times, dotted, needed)
            tables[number] = replace(table, kinds=opener.kinds(draft, mapped))
    return Opened(tuple(tables[number] for number in range(len(files))), taken, names, opener)


def column_names(
    files: Sequence[InputFile], settings: Settings, folder: SourceFolder
) -> tuple[str, ...]:
    """The columns of all files, each once, before anybody asks what they mean.

    Raises:
        InputError: A file cannot be read.
    """
    with Opener(files, settings, folder) as opener:
        names: dict[str, None] = {}
        for number, file in enumerate(files):
            with one_line_errors(file.label):
                opened = opener.open(file, number)
            names.update(
                dict.fromkeys(opened.columns if isinstance(opened, InputTable) else opened.names)
            )
    return tuple(names)


class Opener:
    """Opens one file after the other, in the connection of the run.

    It reaches the inputs and our folder. An error there may leave it unusable; nearly always that
    ends the run, too. Another connection would take longer to make than a small log to open.

    Args:
        files: The inputs.
        settings: Memory, threads, zone, mapping.
        folder: Where what is written lies.
        beside: Other files that the connection shall reach.
    """

    def __init__(
        self,
        files: Sequence[InputFile],
        settings: Settings,
        folder: SourceFolder,
        *,
        beside: Sequence[Path] = (),
    ) -> None:
        self.files = files
        self.settings = settings
        self._folder = folder
        self._schemas: dict[str, dict[str, Column]] = {}
        self._reached = (*(file.path for file in files if file.kind != "duckdb"), *beside)
        self.con = self._connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.con.close()

    def renew(self) -> None:
        """Another connection after an error that may have left this one unusable."""
        self.con.close()
        self.con = self._connect()

    def open(self, file: InputFile, number: int) -> InputTable | staging.Draft:
        """A table, or a draft of one where the columns must be known before it is written."""
        workspace = self._folder.workspace
        if file.kind == "duckdb":
            # What is in a database is as good as code: a connection that sees nothing else. The
            # engine asks for the log beside a database even where there is none.
            with self._sandbox(file.path, Path(f"{file.path}.wal")) as con, workspace.bounded(con):
                return copy_table(
                    con, file, self._target(number), allow_views=self.settings.allow_views
                )
        path = file.path
        if has_glob_marks(path):
            path = link_to(path, self._folder.path / f"link-{number}")
        if file.kind == "parquet":
            return self._parquet(file, self._plain(file, path, self._target(number)))
        if FORMATS[file.kind].converted:
            path = self._plain(file, path, self._folder.path / f"plain-{number}")
            reader = importlib.import_module(f"resume_gap.sources.readers.{file.kind}")
            reader.to_parquet(file, path, self._target(number), workspace.check)
            return self._parquet(file, self._target(number))
        if file.member or file.encoding or not is_read_packed(path.name, file.compression):
            path = self._plain(file, path, self._folder.path / f"plain-{number}")
        return staging.draft(self.con, file, path)

    def write(
        self,
        draft: staging.Draft,
        number: int,
        times: Sequence[str],
        dotted: Sequence[str],
        needed: Collection[str],
    ) -> InputTable:
        """The table of a draft."""
        target = self._target(number)
        with self._folder.workspace.bounded(self.con):
            return staging.write(
                self.con,
                draft,
                target,
                times=times,
                dotted=dotted,
                needed=needed,
                tz=self.settings.tz,
                pattern=self.settings.time_format,
            )

    def kinds(self, draft: staging.Draft, mapped: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """By event column the kinds of values that a JSON file holds."""
        if draft.layout is None:
            return {}
        return jsonlines.kinds(self.con, draft.raw(), mapped, known=draft.names)

    def documents(self, opened: InputTable | staging.Draft) -> list[dict[str, object]]:
        """The first rows of an input by column, to look at."""
        if isinstance(opened, InputTable):
            names, relation = opened.names, opened.relation
            items = ", ".join(opened.columns[name].sql for name in names)
        else:
            names, relation = opened.names, opened.source()
            items = ", ".join(f"c{place}" for place in range(len(names)))
        try:
            rows = self.con.execute(f"select {items} from {relation} limit {nested.ROWS}")
            return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
        except duckdb.Error:
            # Only an advice is lost; the run ends all the same.
            return []

    def walks(self, tables: Iterable[InputTable], name: str) -> bool:
        """Whether a dotted name leads to a value in one of the tables."""
        kinds = {id(table.columns): table for table in tables if table.rows}
        return any(find(table, name, self.con) is not None for table in kinds.values())

    def _plain(self, file: InputFile, path: Path, place: Path) -> Path:
        """Where the file's bytes lie as a reader of its kind needs them: else they are written."""
        if file.is_plain:
            return path
        try:
            with file.open_bytes() as source, place.open("wb") as target:
                self._folder.workspace.copy(source, target)
        except BROKEN as error:
            if disk_error(error) is not None:
                raise
            raise unreadable(file.label, error) from error
        return place

    def _parquet(self, file: InputFile, path: Path) -> InputTable:
        schema, rows = parquet_schema(file, path)
        # Partition files are alike; DuckDB is asked once for all that have the same footer.
        key = repr(list(zip(schema.names, map(str, schema.types), strict=True)))
        if key not in self._schemas:
            self._schemas[key] = parquet_columns(self.con, file, path, schema)
        simulated = SIMULATED in (schema.metadata or {})
        return InputTable(file, path, self._schemas[key], rows, simulated=simulated)

    def _target(self, number: int) -> Path:
        return self._folder.path / f"input-{number}.parquet"

    def _connect(self) -> duckdb.DuckDBPyConnection:
        return self._sandbox(*self._reached)

    def _sandbox(self, *paths: Path) -> duckdb.DuckDBPyConnection:
        return open_sandbox(
            files=paths,
            folders=[self._folder.workspace.path],
            memory_limit=self.settings.memory_limit or default_memory_limit(),
            threads=self.settings.threads,
            temp_limit=self._folder.workspace.room(),
        )


def _names(
    files: Sequence[InputFile],
    tables: Mapping[int, InputTable],
    drafts: Mapping[int, staging.Draft],
) -> tuple[str, ...]:
    """All column names, each once, in the order of the inputs."""
    found: dict[str, None] = {}
    for number in range(len(files)):
        names = tables[number].columns if number in tables else drafts[number].names
        found.update(dict.fromkeys(names))
    return tuple(found)


def _has_rows(table: InputTable | None, draft: staging.Draft | None) -> bool:
    return bool(table is not None and table.rows) or bool(draft is not None and draft.names)


def _all_empty(files: Sequence[InputFile]) -> InputError:
    names = ", ".join(file.label for file in files[:3]) + (" ..." if len(files) > 3 else "")
    return InputError(f"{names}: no rows; check that the export finished")


def _draft_walks(draft: staging.Draft, name: str) -> bool:
    parts = name.split(".")
    return any(".".join(parts[:cut]) in draft.names for cut in range(len(parts), 0, -1))
