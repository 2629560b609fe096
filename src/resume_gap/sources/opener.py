"""Opens one input after the other in the connection of a run."""

import importlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from resume_gap.fileformats import FORMATS
from resume_gap.marks import SIMULATED
from resume_gap.settings import Settings
from resume_gap.sources import nested, staging
from resume_gap.sources.drafts import Draft, draft_of
from resume_gap.sources.formats import is_read_packed
from resume_gap.sources.inputs import BROKEN, InputFile, unreadable
from resume_gap.sources.readers import jsonlines
from resume_gap.sources.readers.duckdb import copy_table
from resume_gap.sources.readers.parquet import named_columns, parquet_schema
from resume_gap.sources.reuse import FileSteps, Reuse, StepFacts
from resume_gap.sources.sandbox import open_sandbox
from resume_gap.sources.small_files import SmallFiles
from resume_gap.sources.tables import (
    Broken,
    Column,
    InputTable,
    has_glob_marks,
    link_to,
    read_parquet,
)
from resume_gap.sources.unpack import packing, write_events, write_lines
from resume_gap.sources.walks import find
from resume_gap.system.filesystem import disk_error
from resume_gap.system.temporary import SourceFolder

_BATCH_ROWS: Final = 65_536
MEMORY_LIMIT: Final = "1GB"
"""While one input is read alone: enough to parse any text, which streams."""


class Opener:
    """Opens one file after the other, in the connection of the run.

    It reaches the inputs and our folder. An error there may leave it unusable; nearly always that
    ends the run, too. Another connection would take longer to make than a small log to open.

    Args:
        files: The inputs.
        settings: Memory, threads, zone, mapping.
        folder: Where what is written lies.
        reuse: What an earlier run may have read; None: nothing.
        beside: Other files that the connection shall reach.
        is_beside: Whether these files lie beside a log: a form that is stated for its times may not
            be theirs.
    """

    def __init__(
        self,
        files: Sequence[InputFile],
        settings: Settings,
        folder: SourceFolder,
        *,
        reuse: Reuse | None = None,
        beside: Sequence[Path] = (),
        is_beside: bool = False,
    ) -> None:
        self.files = files
        self.is_beside = is_beside
        self.settings = settings
        self._folder = folder
        self._schemas: dict[str, dict[str, Column]] = {}
        inputs = (file for file in files if file.kind != "duckdb" and not file.is_in_memory)
        self._reuse = reuse or Reuse()
        self._reached = (*(file.path for file in inputs), *beside, *self._reuse.files)
        self._frames: dict[str, pa.Table] = {}
        self._small_files = SmallFiles(())
        self.con = self._connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.con.close()

    def renew(self) -> None:
        """Another connection after an error that may have left this one unusable."""
        self.con.close()
        self.con = self._connect()

    def open(self, file: InputFile, number: int) -> InputTable | Draft:
        """A table, or a draft of one where the columns must be known before it is written."""
        workspace = self._folder.workspace
        if file.frame is not None and file.frame.table is not None:
            return self._held(file, file.frame.table, number)
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
            return self._parquet(file, self._converted(file, path, number))
        if file.member or file.encoding or not is_read_packed(path.name, file.compression):
            path = self._plain(file, path, self._folder.path / f"plain-{number}")
        if FORMATS[file.kind].lines:
            return self._lines(file, number)
        return self._text(file, path, number)

    def _converted(self, file: InputFile, path: Path, number: int) -> Path:
        """A file as Parquet, which its reader writes."""
        target = self._target(number)

        def convert() -> StepFacts:
            plain = self._plain(file, path, self._folder.path / f"plain-{number}")
            reader = importlib.import_module(f"resume_gap.sources.readers.{file.kind}")
            reader.to_parquet(file, plain, target, self._folder.workspace.check)
            return {}

        # What reads workbooks goes by the ending, too.
        return self._reuse.of(file).made("parquet", path.suffix, target, convert).path or target

    def _text(self, file: InputFile, path: Path, number: int) -> Draft:
        """A text file; where lines hold several events each, one that holds these."""
        steps = self._reuse.of(file)
        draft = draft_of(self.con, file, path, steps)
        packed = packing(draft.names, self.settings.source) if draft.layout else None
        if packed is None:
            return draft
        target = self._folder.path / f"events-{number}"

        def unpack() -> StepFacts:
            check = self._folder.workspace.check
            broken = write_events(file, packed, draft.layout or "", target, check)
            return {"count": broken.count, "lines": broken.lines}

        goes_by = [packed.ways, packed.carry]
        made = steps.made("events", goes_by, target, unpack)
        lines = self._draft_of_lines(made.path or target, steps.after("events", goes_by))
        broken = Broken(made.facts["count"], tuple(made.facts["lines"]))
        return replace(lines, broken=broken)

    def _lines(self, file: InputFile, number: int) -> Draft:
        """A file that its reader writes as JSON lines."""
        steps = self._reuse.of(file)
        target = self._folder.path / f"events-{number}"

        def read() -> StepFacts:
            reader = importlib.import_module(f"resume_gap.sources.readers.{file.kind}")
            write_lines(reader.rows(file), target, self._folder.workspace.check)
            return {}

        made = steps.made("lines", None, target, read)
        return self._draft_of_lines(made.path or target, steps.after("lines", None))

    def _draft_of_lines(self, path: Path, steps: FileSteps) -> Draft:
        """JSON lines that were written of an input."""
        lines = InputFile(given=steps.file.given, path=path, kind="json")
        return (
            draft_of(self.con, lines, path, steps)
            if path.stat().st_size
            else Draft(lines, path, (), steps=steps)
        )

    def write(
        self,
        draft: Draft,
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
                small_files=self._small_files,
            )

    def expect(self, drafts: Mapping[int, Draft]) -> None:
        """Drafts, by number, that are written in this order, so that small ones go together."""
        self._small_files = SmallFiles(
            (one, self._target(number)) for number, one in drafts.items()
        )

    def kinds(self, draft: Draft, mapped: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """By event column the kinds of values that a JSON file holds."""
        if draft.layout is None:
            return {}

        def look() -> StepFacts:
            return jsonlines.kinds(self.con, draft.raw(), mapped, known=draft.names)

        found = draft.steps.made("kinds", mapped, None, look).facts
        return {name: tuple(kinds) for name, kinds in found.items()}

    def documents(self, opened: InputTable | Draft) -> list[dict[str, object]]:
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
            self._schemas[key] = named_columns(self.con, file, read_parquet([path]), schema)
        simulated = SIMULATED in (schema.metadata or {})
        return InputTable(file, path, self._schemas[key], rows, simulated=simulated)

    def _held(self, file: InputFile, rows: pa.Table, number: int) -> InputTable:
        """A frame in memory, scanned where it lies."""
        view = f"frame_{number}"
        self._frames[view] = rows
        self.con.register(view, rows)
        columns = named_columns(self.con, file, view, rows.schema)
        simulated = SIMULATED in (rows.schema.metadata or {})
        return InputTable(file, file.path, columns, rows.num_rows, simulated=simulated, view=view)

    def lay_down(self, table: InputTable, number: int) -> InputTable:
        """A frame in memory as a Parquet file, where its values need mending."""
        rows = self._frames.pop(table.view)
        with pq.ParquetWriter(self._target(number), rows.schema) as writer:
            for batch in rows.to_batches(_BATCH_ROWS):
                writer.write_batch(batch)
                self._folder.workspace.check()
        return self._parquet(table.file, self._target(number))

    def _target(self, number: int) -> Path:
        return self._folder.path / f"input-{number}.parquet"

    def _connect(self) -> duckdb.DuckDBPyConnection:
        con = self._sandbox(*self._reached)
        for view, rows in self._frames.items():
            con.register(view, rows)
        return con

    def _sandbox(self, *paths: Path) -> duckdb.DuckDBPyConnection:
        return open_sandbox(
            files=paths,
            folders=[self._folder.workspace.path],
            memory_limit=self.settings.memory_limit,
            threads=self.settings.threads,
            temp_limit=self._folder.workspace.room(),
        )
