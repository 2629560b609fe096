"""A log as it was given: what it consists of, how its columns are read, and its rows."""

import types
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import duckdb

from resume_gap.errors import InputError, UsageError
from resume_gap.results.common import Check
from resume_gap.settings import EVENT_COLUMNS, Settings, nearest
from resume_gap.sources import findings
from resume_gap.sources.agent_columns import likely_agents
from resume_gap.sources.choices import about_choices
from resume_gap.sources.clashes import about_kinds
from resume_gap.sources.columns import Taken, found_columns
from resume_gap.sources.excluded import read_excluded
from resume_gap.sources.expansion import expand, reading_of
from resume_gap.sources.fitness import (
    drop_unfit,
    drop_unreadable,
    refuse_blind_walks,
    sequence_kind,
    time_unit,
)
from resume_gap.sources.groups import group
from resume_gap.sources.inputs import InputFile, SourceInput
from resume_gap.sources.lengths import lengths_of
from resume_gap.sources.measure import TIMES, measure
from resume_gap.sources.mending import mend_tables
from resume_gap.sources.opener import MEMORY_LIMIT, Opener
from resume_gap.sources.opening import Opened, open_tables
from resume_gap.sources.people_columns import people_checks
from resume_gap.sources.roles import Entries, Mark, parse
from resume_gap.sources.rows import RowPlan, UnmappedColumns, select_rows, unmapped_columns
from resume_gap.sources.sandbox import one_line_errors, open_sandbox
from resume_gap.sources.second_look import SecondLook
from resume_gap.sources.siblings import Siblings
from resume_gap.sources.tables import InputTable
from resume_gap.sqltext import quote_ident, quote_text
from resume_gap.system.temporary import SourceFolder, Workspace


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
    unmapped: UnmappedColumns
    look: SecondLook
    con: duckdb.DuckDBPyConnection = field(repr=False)
    _read: RowsRead = field(repr=False)
    _tables: tuple[InputTable, ...] = field(repr=False)
    _folder: SourceFolder = field(repr=False)

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

    def blame(self, error: duckdb.Error) -> InputError | None:
        """The input that makes the engine fail, found by reading every one in full; None: none.

        A broken page inside a Parquet file shows only when it is read, and can invalidate the
        connection that read it.
        """
        for table in self._tables:
            if not table.rows:
                continue
            try:
                with (
                    open_sandbox(files=[table.parquet], memory_limit=MEMORY_LIMIT) as con,
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


def open_source(
    events: Sequence[str | InputFile],
    settings: Settings,
    *,
    workspace: Workspace | None = None,
    beside: Sequence[Path] = (),
) -> Source:
    """Open the inputs, recognise their columns and look at what needs looking at.

    Args:
        events: Paths, quoted globs, folders, `FILE::TABLE`, or files that are known already.
        settings: Mapping, units, zone, roles.
        workspace: The temporary folder of the run; None: one of the source's own.
        beside: Other files that its connection shall reach.

    Raises:
        InputError: A file cannot be used; the message names it and says what to do.
        UsageError: A role names a column that is not there.
    """
    files, twice = expand(events, reading_of(settings))
    folder = SourceFolder(workspace)
    with ExitStack() as undo:
        undo.callback(folder.remove)
        opened = open_tables(undo.enter_context(Opener(files, settings, folder, beside=beside)))
        excluded, ids = settings.exclude_users, opened.taken["user_id"].column
        users = read_excluded(Path(excluded), ids) if excluded else ()
        found = _source(opened, settings, folder, twice, users)
        undo.pop_all()
    return found


def _source(
    opened: Opened,
    settings: Settings,
    folder: SourceFolder,
    twice: tuple[str, ...],
    excluded_users: tuple[str, ...],
) -> Source:
    taken, names, known = opened.taken, opened.names, opened.known
    settings = opened.opener.settings
    findings.refuse_broken(opened.tables, lenient=settings.lenient)
    tables, unread = mend_tables(opened.tables, taken, folder, opened.opener)
    groups = group(tables)
    if not groups:
        raise InputError(f"{tables[0].file.label}: no rows; check that the export finished")
    paths = tuple(path for one in groups for path in one.paths)
    con = opened.opener.con
    preferred, event_else = Siblings(groups, con).choose(taken, names)
    left_out = drop_unfit(con, groups, taken)
    refuse_blind_walks(con, groups, taken)
    held = measure(con, groups, _columns(taken), settings.tz, settings.time_format)
    left_out += drop_unreadable(held, taken)
    entries = parse(
        settings,
        names,
        tuple(taken),
        lambda name: any(one.column(name, con) is not None for one in groups),
    )
    agents = () if settings.agent else likely_agents(con, groups, names, _columns(taken).values())
    people = people_checks(con, groups, names, taken["user_id"].column, _columns(taken).values())
    units = {name: time_unit(held[name], settings) for name in TIMES if name in held}
    lengths, about_lengths = lengths_of(con, groups, taken, settings, units["timestamp"])
    mapped = _columns(taken)
    plan = RowPlan(
        taken=mapped,
        units=units,
        tz=settings.tz,
        time_format=settings.time_format,
        sequence_kind=sequence_kind(held.get("sequence"), con, groups, mapped),
        marks=(*entries.marks, *agents),
        unmapped=sorted(set(names) - set(mapped.values())),
        segments=[_segment(name, names, mapped) for name in settings.by],
        unit=_unit(settings.unit, names, mapped),
        lengths=lengths,
        event_else=event_else,
        experiment=settings.experiment,
        session=known.session if known else None,
    )
    return Source(
        inputs=tuple(table.as_input() for table in tables),
        columns={name: mapped.get(name) for name in EVENT_COLUMNS},
        layout=known.layout.name if known else "plain",
        columns_found=names,
        checks=(
            *findings.about_files(tables, twice),
            *((known.check(),) if known else ()),
            *((opened.written.check(),) if opened.written else ()),
            *findings.about_columns(taken, names, tables, left_out),
            *about_choices(preferred, event_else),
            *about_lengths,
            *people,
            *findings.about_unread(unread),
            *about_kinds(taken, tables),
            *findings.about_times(held, units, settings, mapped, known.zoned if known else None),
        ),
        paths=paths,
        entries=entries,
        likely_agents=agents,
        excluded_users=excluded_users,
        sql=select_rows(groups, plan, con),
        unmapped=unmapped_columns(groups, plan, con),
        look=SecondLook(
            groups=groups,
            paths=paths,
            names=names,
            taken=mapped,
            settings=settings,
            times=held["timestamp"],
            unit=units["timestamp"],
        ),
        con=con,
        _read=RowsRead(
            broken_lines=sum(table.broken.count for table in tables),
            broken_examples={t.file.given: t.broken.lines for t in tables if t.broken.count},
        ),
        _tables=tables,
        _folder=folder,
    )


def _segment(name: str, names: Sequence[str], mapped: Mapping[str, str]) -> str:
    """The column that --by names, by its own name or as an event column.

    Raises:
        UsageError: There is none.
    """
    if name in names:
        return name
    if name in mapped:
        return mapped[name]
    raise UsageError(
        f"--by {name!r}: there is no such column{nearest(name, tuple(names))};"
        f" columns found: {found_columns(names, [name])}"
    )


def _unit(name: str | None, names: Sequence[str], mapped: Mapping[str, str]) -> str | None:
    """The column that --unit names; None where the log has none, as the assignments may."""
    return name if name in names else mapped.get(name or "")


def _columns(taken: Mapping[str, Taken]) -> dict[str, str]:
    return {name: one.column for name, one in taken.items()}
