"""A log as it was given: what it consists of, how its columns are read, and its rows."""

import types
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Self

import duckdb

from resume_gap.errors import InputError
from resume_gap.results.common import Check
from resume_gap.settings import EVENT_COLUMNS, Settings
from resume_gap.sources.digests import Digests
from resume_gap.sources.excluded import read_excluded
from resume_gap.sources.expansion import expand, reading_of
from resume_gap.sources.inputs import InputFile, SourceInput
from resume_gap.sources.interpretation import interpret
from resume_gap.sources.opener import MEMORY_LIMIT, Opener
from resume_gap.sources.opening import Opened, open_tables
from resume_gap.sources.plain_files import PlainFiles, plain_files
from resume_gap.sources.reuse import Reuse
from resume_gap.sources.roles import Entries, Mark
from resume_gap.sources.rows import (
    UnmappedColumns,
    select_experiments,
    select_rows,
    unmapped_columns,
)
from resume_gap.sources.sandbox import one_line_errors, open_sandbox
from resume_gap.sources.second_look import SecondLook
from resume_gap.sources.tables import InputTable, register_frames
from resume_gap.sqltext import quote_ident, quote_text
from resume_gap.system.state import StateFolder
from resume_gap.system.temporary import SourceFolder, Workspace
from resume_gap.system.threads import workers


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsRead:
    """What came of creating `rows`.

    Attributes:
        broken_lines: Lines that could not become a row.
        broken_examples: Input path to the numbers of its first broken lines.
    """

    broken_lines: int
    broken_examples: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """One log, from one input or many; `rows` can be made in any connection that may read `paths`.

    Attributes:
        inputs: What it consists of; `input_no` counts these from 0.
        columns: Event column to the files' column, for every event column; None: not there.
        layout: The tracker whose layout says what the columns are; `plain` for none.
        columns_found: All columns of the files.
        checks: How columns, units and zones were taken, and what is odd about the files.
        paths: The files a connection must be allowed to read; some lie in a folder of the
            source's own, which goes with the source.
        entries: What the role options say.
        likely_agents: Values of columns by which an assistant or automation may have acted.
        excluded_users: Ids of the people whose rows are to be left out.
        sql: The SELECT behind `rows`.
        plain: The files, if their columns need no query to be read.
        unmapped: Columns known by name alone, with the SELECT behind their values.
        look: The files, to be asked again when rows cannot be used.
        con: A locked connection that reaches `paths`, the temporary folder, and no more.
    """

    inputs: tuple[SourceInput, ...]
    columns: Mapping[str, str | None]
    layout: str
    columns_found: tuple[str, ...]
    checks: tuple[Check, ...]
    paths: tuple[Path, ...]
    entries: Entries
    likely_agents: tuple[Mark, ...]
    excluded_users: tuple[str, ...]
    sql: str
    plain: PlainFiles | None
    unmapped: UnmappedColumns
    look: SecondLook
    con: duckdb.DuckDBPyConnection = field(repr=False)
    _read: RowsRead = field(repr=False)
    _tables: tuple[InputTable, ...] = field(repr=False)
    _experiments: Callable[[], str] = field(repr=False)
    _folder: SourceFolder = field(repr=False)
    _digests: Digests = field(repr=False)

    def create_rows(self, con: duckdb.DuckDBPyConnection, relation: str = "rows") -> RowsRead:
        """Create the relation (`rows`) as docs/design.md says.

        Raises:
            InputError: The engine cannot read what it could read before.
        """
        with one_line_errors(self.inputs[0].path):
            con.execute(f"create or replace view {quote_ident(relation)} as\n{self.sql}")
        return self._read

    @property
    def shown_sql(self) -> str:
        """The SELECT behind `rows` with the names of the inputs for the files that are read."""
        sql = self.sql
        for table in self._tables:
            name = quote_text(Path(table.file.given).name)
            sql = sql.replace(quote_text(str(table.parquet)), name)
        return f"-- One row per row of the input, as its columns were read.\n{sql}"

    def experiments(self) -> tuple[str, ...]:
        """The experiments that assignment events name, the most frequent first."""
        return tuple(key for (key,) in self.con.execute(self._experiments()).fetchall())

    def blame(self, error: Exception) -> InputError | None:
        """The input that makes the engine fail, found by reading every one in full; None: none.

        A broken page inside a Parquet file shows only when it is read, and can invalidate the
        connection that read it.
        """
        for table in self._tables:
            if not table.rows:
                continue
            try:
                with (
                    _sandbox_of(table) as con,
                    one_line_errors(table.file.label),
                ):
                    con.execute(
                        f"select bit_xor(hash(columns(*))) from {table.relation}"
                    ).fetchall()
            except InputError as found:
                found.__cause__ = error
                return found
        return None

    def close(self) -> None:
        """Remove what was written to open the inputs; `rows` cannot be read any more."""
        self._digests.close()
        self.con.close()
        self._folder.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        self.close()


def _sandbox_of(table: InputTable) -> duckdb.DuckDBPyConnection:
    """A connection that reaches one input and nothing else."""
    con = open_sandbox(files=[] if table.view else [table.parquet], memory_limit=MEMORY_LIMIT)
    register_frames(con, [table])
    return con


def open_source(
    events: Sequence[str | InputFile],
    settings: Settings,
    *,
    workspace: Workspace | None = None,
    beside: Sequence[Path] = (),
    state: StateFolder | None = None,
    is_beside: bool = False,
) -> Source:
    """Open the inputs, recognize their columns and look at what needs looking at.

    Args:
        events: Paths, quoted globs, folders, `FILE::TABLE`, or files that are known already.
        settings: Mapping, units, zone, roles.
        workspace: The temporary folder of the run; None: one of the source's own.
        beside: Other files that its connection shall reach.
        state: What an earlier run read; None: nothing.
        is_beside: Whether the inputs lie beside a log: a form of times that is stated decides only
            where several read theirs.

    Raises:
        InputError: A file cannot be used; the message names it and says what to do.
        UsageError: A role names a column that is not there.
    """
    files, twice = expand(events, reading_of(settings))
    folder = SourceFolder(workspace)
    with ExitStack() as undo:
        undo.callback(folder.remove)
        digests = undo.enter_context(closing(Digests(files, workers(settings.threads))))
        reuse = Reuse(state, digests.of)
        opener = Opener(files, settings, folder, reuse=reuse, beside=beside, is_beside=is_beside)
        opened = open_tables(undo.enter_context(opener))
        excluded, ids = settings.exclude_users, opened.taken["user_id"].column
        users = read_excluded(Path(excluded), ids) if excluded else ()
        found = _source(opened, folder, digests, twice, users)
        undo.pop_all()
    return found


def _source(
    opened: Opened,
    folder: SourceFolder,
    digests: Digests,
    twice: Sequence[str],
    excluded_users: tuple[str, ...],
) -> Source:
    known = opened.known
    read = interpret(opened, folder, twice)
    con = opened.opener.con
    paths = tuple(path for one in read.groups for path in one.paths)
    tables, mapped = read.tables, read.plan.taken
    return Source(
        inputs=tuple(table.as_input(digests) for table in tables),
        columns={name: mapped.get(name) for name in EVENT_COLUMNS},
        layout=known.layout.name if known else "plain",
        columns_found=opened.names,
        checks=read.checks,
        paths=paths,
        entries=read.roles.entries,
        likely_agents=read.roles.agents,
        excluded_users=excluded_users,
        sql=select_rows(read.groups, read.plan, con),
        plain=plain_files(read.groups, read.plan),
        unmapped=unmapped_columns(read.groups, read.plan, con),
        look=SecondLook(
            groups=read.groups,
            paths=paths,
            names=opened.names,
            taken=mapped,
            settings=opened.opener.settings,
            times=read.times,
            unit=read.plan.units["timestamp"],
            layout=known.layout.columns if known else {},
        ),
        con=con,
        _read=RowsRead(
            broken_lines=sum(table.broken.count for table in tables),
            broken_examples={t.file.given: t.broken.lines for t in tables if t.broken.count},
        ),
        _tables=tables,
        _experiments=partial(select_experiments, read.groups, read.plan, con),
        _folder=folder,
        _digests=digests,
    )
