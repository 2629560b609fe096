"""The SELECT behind the relation `rows`; its contract stands in docs/design.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import duckdb

from resume_gap.eventcolumns import BY_NAME, EVENTS, FAR_CHECKED, EventColumn, far_name
from resume_gap.sources.column_words import first_columns
from resume_gap.sources.columns import session_column
from resume_gap.sources.experiments import assigned_variant, carried_variant, keys_named
from resume_gap.sources.groups import Group
from resume_gap.sources.lengths import Lengths
from resume_gap.sources.platform_columns import is_platform_column
from resume_gap.sources.roles import Mark
from resume_gap.sources.siblings import Preferred
from resume_gap.sources.tables import Column
from resume_gap.sources.times import TimeUnit, bounded, inside, instant, length_us
from resume_gap.sources.unit_columns import is_unit_column
from resume_gap.sources.values import as_text, given, hashable, real_of, whole_of
from resume_gap.sqltext import quote_ident

_ALWAYS: Final = ("user_id", "timestamp", "event", "target", "context", "task")
"""Event columns that `rows` has whether or not they are mapped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """How columns become rows.

    Attributes:
        taken: Event column to the files' column.
        units: Unit of numbers, by time column.
        tz: Zone of times that carry none.
        time_format: How times are written; None: in one of the usual forms.
        sequence_kind: BIGINT, DOUBLE or VARCHAR.
        marks: Roles given as `column=value`.
        unmapped: Columns that only make the row hash, sorted.
        segments: Columns by which the result is broken down.
        lengths: How durations are read.
        unit: Column of what was assigned at random; None: there is none.
        event_else: The column that names events without a name; None: nothing does.
        session: The name of the session's id that a layout knows; None: by the columns' names.
        experiment: Key of the experiment whose assignment events are read; None: none.
    """

    taken: Mapping[str, str]
    units: Mapping[str, TimeUnit]
    tz: str
    time_format: str | None
    sequence_kind: str
    marks: Sequence[Mark]
    unmapped: Sequence[str]
    segments: Sequence[str]
    lengths: Lengths
    unit: str | None = None
    event_else: Preferred | None = None
    experiment: str | None = None
    session: str | None = None


class ColumnValues(NamedTuple):
    """Columns that nothing else reads.

    Attributes:
        columns: As the files call them.
        sql: One SELECT over all groups: user_id, and as `texts` those of these columns.
    """

    columns: tuple[str, ...]
    sql: str

    def create_rows(self, con: duckdb.DuckDBPyConnection, relation: str) -> None:
        """Create the relation that the queries of these columns read."""
        con.execute(f"create or replace view {quote_ident(relation)} as\n{self.sql}")


class UnmappedColumns(NamedTuple):
    """Columns that are known by their names alone.

    Attributes:
        platforms: What events came from.
        units: What users may have in common, such as a company.
    """

    platforms: ColumnValues
    units: ColumnValues


def unmapped_columns(
    groups: Sequence[Group], plan: RowPlan, con: duckdb.DuckDBPyConnection
) -> UnmappedColumns:
    """As `select_rows` reads them, with its arguments; nothing is read until it is asked for."""

    def values(columns: tuple[str, ...]) -> ColumnValues:
        read = [_GroupRows(group, plan, con).select_values(columns) for group in groups]
        return ColumnValues(columns, "\nunion all\n".join(read))

    return UnmappedColumns(
        platforms=values(first_columns(plan.unmapped, plan.segments, is_platform_column)),
        units=values(first_columns(plan.unmapped, plan.segments, is_unit_column)),
    )


def select_experiments(
    groups: Sequence[Group], plan: RowPlan, con: duckdb.DuckDBPyConnection
) -> str:
    """One SELECT of the experiments that assignment events name, the most frequent first."""
    read = "\nunion all\n".join(_GroupRows(group, plan, con).select_keys() for group in groups)
    return (
        f"select key from (\n{read}\n) where key is not null"
        " group by key order by count(*) desc, key"
    )


def select_rows(groups: Sequence[Group], plan: RowPlan, con: duckdb.DuckDBPyConnection) -> str:
    """One SELECT over all groups.

    Args:
        groups: The inputs that have rows; at least one.
        plan: How columns become rows.
        con: Tells the types of nested values; nothing is read.
    """
    read = "\nunion all\n".join(_GroupRows(group, plan, con).select() for group in groups)
    held = {"at_us": bounded("at_us")}
    extra = {}
    made = {column.row_column for column in EVENTS if column.name in plan.taken}
    for name in FAR_CHECKED:
        if name in made:
            held[name] = f"case when {inside(name)} then {name} end"
            extra[far_name(name)] = f"coalesce(not {inside(name)}, false)"
    replaced = ",\n  ".join(f"{sql} as {name}" for name, sql in held.items())
    more = "".join(f",\n  {sql} as {name}" for name, sql in extra.items())
    return f"select * replace (\n  {replaced}\n){more}\nfrom (\n{read}\n)"


@dataclass(frozen=True, slots=True)
class _GroupRows:
    group: Group
    plan: RowPlan
    con: duckdb.DuckDBPyConnection

    def select(self) -> str:
        plan = self.plan
        time = self._column("timestamp")
        items = {
            "input_no": self.group.input_no,
            "at_given": given(time.sql, time.kind) if time else "false",
        }
        if plan.marks:
            items["marks"] = self._marks()
        for column in EVENTS:
            if column.name in plan.taken or column.name in _ALWAYS:
                items[column.row_column] = self._read(column)
        if "duration" in plan.taken and plan.lengths.time_is == "end":
            begun, stamped = items["end_us"], items["at_us"]
            items |= {"at_us": f"coalesce({begun}, {stamped})", "end_us": stamped}
        if plan.unmapped:
            items["row_hash"] = self._row_hash()
        if plan.segments:
            values = (self._text_of(self._find(name)) for name in plan.segments)
            items["segments"] = f"[{', '.join(values)}]"
        if plan.unit is not None:
            items["unit"] = self._text_of(self._find(plan.unit))
        items |= self._session() | self._experiment()
        listed = ",\n  ".join(f"{sql} as {quote_ident(name)}" for name, sql in items.items())
        return f"select\n  {listed}\nfrom {self.group.relation}"

    def select_values(self, names: Sequence[str]) -> str:
        """The text of some columns of each row, with its user."""
        values = ", ".join(self._text_of(self._find(name)) for name in names)
        user = self._read(BY_NAME["user_id"])
        return f"select\n  {user} as user_id,\n  [{values}] as texts\nfrom {self.group.relation}"

    def select_keys(self) -> str:
        """The keys of experiments in assignment events, a row each."""
        keys = keys_named(self._find, self._text("event"))
        return f"select unnest({keys}) as key from {self.group.relation}"

    def _read(self, column: EventColumn) -> str:
        name = column.name
        match column.reads:
            case "instant":
                return self._instant(name)
            case "length":
                return self._other_end(self._instant("timestamp"), name)
            case "order":
                return self._order(name)
            case "number":
                return self._number(name)
            case "text":
                text = self._text(name)
                if name == "event" and self.plan.event_else is not None:
                    other = self._text_of(self._find(self.plan.event_else.column))
                    text = f"case when trim(coalesce({text}, '')) = '' then {other} else {text} end"
                return text if column.is_key else f"nullif({text}, '')"

    def _column(self, event_column: str) -> Column | None:
        name = self.plan.taken.get(event_column)
        return None if name is None else self.group.column(name, self.con)

    def _session(self) -> dict[str, str]:
        """The session id of the log, which is compared with the gaps and decides nothing."""
        name = self.plan.session or session_column(self.plan.unmapped)
        return {} if name is None else {"session_id": self._text_of(self._find(name))}

    def _experiment(self) -> dict[str, str]:
        key = self.plan.experiment
        if key is None:
            return {}
        return {
            "assigned_variant": assigned_variant(self._find, self._text("event"), key),
            "carried_variant": carried_variant(self._find, key),
        }

    def _find(self, name: str) -> Column | None:
        return self.group.column(name, self.con)

    def _row_hash(self) -> str:
        rest = self.group.tables[0].rest
        columns = [self.group.column(name, self.con) for name in self.plan.unmapped]
        if rest is not None:
            columns = [column for column in columns if column is not None]
        values = ["null" if c is None else hashable(c.sql, c.kind) for c in columns]
        return f"hash({', '.join([*values, *filter(None, [rest])])})"

    @staticmethod
    def _text_of(column: Column | None) -> str:
        # A column that this file lacks hashes like one that is null in every row.
        return "cast(null as varchar)" if column is None else as_text(column.sql, column.kind)

    def _text(self, event_column: str) -> str:
        return self._text_of(self._column(event_column))

    def _instant(self, event_column: str) -> str:
        column = self._column(event_column)
        read = column.readings(self.plan.tz, self.plan.time_format) if column else None
        if read is None:
            return "cast(null as bigint)"
        return instant(read, self.plan.units.get(event_column, "s"))

    def _other_end(self, at_us: str, name: str) -> str:
        """The end of an interval event whose start is stamped, or its start."""
        column = self._column(name)
        lengths = self.plan.lengths
        length = length_us(column.sql, column.kind, lengths.unit) if column else None
        if length is None:
            return "cast(null as bigint)"
        sign = "-" if lengths.time_is == "end" else "+"
        # Both lie within 9e18; the sum may not, and then the end is unreadable.
        return f"try_cast(cast({at_us} as hugeint) {sign} {length} as bigint)"

    def _number(self, name: str) -> str:
        column = self._column(name)
        real = real_of(column.sql, column.kind) if column else None
        if real is None:
            return "cast(null as double)"
        return f"case when isfinite({real}) then {real} end"

    def _order(self, name: str) -> str:
        kind = self.plan.sequence_kind
        column = self._column(name)
        if column is None or kind == "VARCHAR":
            return f"cast({self._text_of(column)} as {kind})"
        read = (whole_of if kind == "BIGINT" else real_of)(column.sql, column.kind)
        if kind == "DOUBLE" and read is not None:
            read = f"case when isfinite({read}) then {read} end"
        return read or f"cast(null as {kind})"

    def _marks(self) -> str:
        bits = []
        for mark in self.plan.marks:
            name = self.plan.taken.get(mark.column, mark.column)
            column = self.group.column(mark.column, self.con) or self.group.column(name, self.con)
            if column is not None:
                condition = mark.condition(as_text(column.sql, column.kind))
                bits.append(f"case when {condition} then {mark.bit} else 0 end")
        return f"cast({' | '.join(bits) or '0'} as utinyint)"
