"""Columns that could be the same part of an event: which one the values speak for.

Trackers log several ids, times and names side by side. The name of a column says which is meant
first; where it holds nothing, or nothing that can be meant, the next one is taken. A column that a
person mapped stays.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from resume_gap.constants import ID_EVERYWHERE
from resume_gap.sources.columns import REQUIRED, Taken, alternatives, plain_name
from resume_gap.sources.groups import Group
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.tables import Column
from resume_gap.sources.values import as_text, given, is_nested, is_text
from resume_gap.sqltext import quote_text

_OBJECTS_SHARE: Final = 0.5
"""A column of which more values are JSON objects holds payloads, not names."""
_FINER: Final = {"event": "eventname"}
"""Event columns to the plain name of the sibling that says more, where it does (Snowplow: `event`
is `unstruct` for every event of one's own)."""
_KINDS_OF_EVENT: Final = ("unstruct", "struct", "ue", "track", "custom", "custom_event", "event")
"""Values of an event column that say how an event was sent, not what happened."""


_NAMES_OF_CALLS: Final = ("type", "eventtype", "kind", "name")
"""Plain names of columns that say what an event without a name is, best first."""


@dataclass(frozen=True, slots=True)
class Preferred:
    """A column that was taken in place of another one.

    Attributes:
        event_column: The part of an event.
        column: The column taken.
        instead_of: The column that its name spoke for.
        why: What the values of that one are, as a clause.
    """

    event_column: str
    column: str
    instead_of: str
    why: str


@dataclass(frozen=True, slots=True)
class Siblings:
    """All rows of a log, to be asked about columns beside each other."""

    groups: Sequence[Group]
    con: duckdb.DuckDBPyConnection

    def choose(
        self, taken: dict[str, Taken], names: Sequence[str]
    ) -> tuple[list[Preferred], Preferred | None]:
        """`prefer` and `event_else`."""
        return self.prefer(taken, names), self.event_else(taken, names)

    def prefer(self, taken: dict[str, Taken], names: Sequence[str]) -> list[Preferred]:
        """Take another column where the one taken by its name cannot be meant.

        Args:
            taken: Event columns to the files' columns; changed.
            names: All columns of the files.
        """
        found: list[Preferred] = []
        for event_column in REQUIRED:
            one = taken[event_column]
            if one.how == "mapping":
                continue
            others = alternatives(event_column, _free(names, taken))
            better = self._better(event_column, one.column, others)
            if better is not None:
                taken[event_column] = Taken(better.column, "content")
                found.append(better)
        return found

    def event_else(self, taken: Mapping[str, Taken], names: Sequence[str]) -> Preferred | None:
        """The column that names the events whose own name is empty (Segment: `type` is `page`).

        Only where it has a value in every such row, and the event column was not mapped.
        """
        event = taken["event"]
        others = [name for name in _free(names, taken) if plain_name(name) in _NAMES_OF_CALLS]
        if event.how == "mapping" or not others:
            return None
        tests = ["count(*)"]
        blank = [
            self._row(group, tests, f"not ({self._given(group, event.column)})")[0]
            for group in self.groups
        ]
        if not sum(blank):
            return None
        ranked = sorted(others, key=lambda name: _NAMES_OF_CALLS.index(plain_name(name)))
        filled = self.filled(event.column, ranked)
        whole = [name for name in ranked if filled[name] == sum(blank)]
        if not whole:
            return None
        why = f"is empty in {sum(blank):,} rows"
        return Preferred("event", whole[0], event.column, why)

    def filled(
        self, column: str, others: Iterable[str], *, nobody: Sequence[str] = ()
    ) -> dict[str, int]:
        """How many of the rows without a value in a column have one in another, most first.

        Args:
            column: The column.
            others: Those that could take its place, best first.
            nobody: Values that are none, in lower case.
        """
        others = tuple(others)
        counts = dict.fromkeys(others, 0)
        for group in self.groups:
            blank = f"not ({self._given(group, column, nobody)})"
            tests = [
                f"count(*) filter (where {self._given(group, name, nobody)})" for name in others
            ]
            for name, count in zip(others, self._row(group, tests, blank), strict=True):
                counts[name] += count
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    def stands_beside(self, column: str, other: str, *, nobody: Sequence[str] = ()) -> bool:
        """Whether another column has a value in nearly all rows that have one in a column."""
        rows = beside = 0
        for group in self.groups:
            test = f"count(*) filter (where {self._given(group, other, nobody)})"
            given = self._given(group, column, nobody)
            own, both = self._row(group, ["count(*)", test], given)
            rows, beside = rows + own, beside + both
        return beside >= ID_EVERYWHERE.value * rows

    def _better(self, event_column: str, column: str, others: Sequence[str]) -> Preferred | None:
        usable = [name for name in others if self._is_usable(event_column, name)]
        if not usable:
            return None
        if not self._is_filled(column):
            return Preferred(event_column, usable[0], column, "has no value in any row")
        if event_column == "event" and self._holds_objects(column):
            return Preferred(event_column, usable[0], column, "holds JSON objects, not names")
        finer = [name for name in usable if plain_name(name) == _FINER.get(event_column)]
        if plain_name(column) == event_column and finer and self._says_more(finer[0], column):
            return Preferred(event_column, finer[0], column, "says less")
        return None

    def _is_usable(self, event_column: str, name: str) -> bool:
        return self._is_filled(name) and not (event_column == "event" and self._holds_objects(name))

    def _is_filled(self, name: str) -> bool:
        return any(
            self._row(group, ["count(*)"], self._given(group, name), "limit 1")[0]
            for group in self.groups
        )

    def _holds_objects(self, name: str) -> bool:
        objects = values = 0
        for group in self.groups:
            column = group.column(name, self.con)
            if column is None:
                continue
            if is_nested(column.kind):
                return True
            if not is_text(column.kind):
                continue
            text = f"ltrim(cast({column.sql} as varchar))"
            tests = ["count(*)", f"count(*) filter (where starts_with({text}, '{{'))"]
            own, held = self._row(group, tests, self._given(group, name))
            values, objects = values + own, objects + held
        return objects > _OBJECTS_SHARE * values

    def _says_more(self, finer: str, column: str) -> bool:
        """Whether a column has a value wherever another has, and tells as much and more."""
        kinds = ", ".join(map(quote_text, _KINDS_OF_EVENT))
        pairs = " union all ".join(
            f"select {self._text(group, column)} as coarse, {self._text(group, finer)} as fine"
            f" from {group.relation}"
            for group in self.groups
        )
        with one_line_errors(self.groups[0].label):
            (row,) = self.con.execute(
                "select count(*) filter (where fine is null and coarse is not null),"
                " count(distinct coarse), count(distinct fine), count(fine),"
                f" count(*) filter (where coarse in ({kinds}))"
                f" from (select distinct * from ({pairs}))"
            ).fetchall()
        lacking, coarse, fine, pairs_met, generic = map(int, row)
        return not lacking and fine == pairs_met and fine >= coarse + (not generic)

    def _text(self, group: Group, name: str) -> str:
        column = group.column(name, self.con)
        if column is None:
            return "cast(null as varchar)"
        return f"nullif(trim({as_text(column.sql, column.kind)}), '')"

    def _given(self, group: Group, name: str, nobody: Sequence[str] = ()) -> str:
        column = group.column(name, self.con)
        if column is None:
            return "false"
        given = _has_value(column)
        if not nobody:
            return given
        text = f"lower(trim({as_text(column.sql, column.kind)}))"
        return f"({given} and {text} not in ({', '.join(map(quote_text, nobody))}))"

    def _row(self, group: Group, items: Sequence[str], where: str, end: str = "") -> list[int]:
        with one_line_errors(group.label):
            (row,) = self.con.execute(
                f"select {', '.join(items)} from (select * from {group.relation} where {where}"
                f" {end})"
            ).fetchall()
        return [int(value) for value in row]


def _has_value(column: Column) -> str:
    if is_text(column.kind):
        return f"coalesce(trim(cast({column.sql} as varchar)) <> '', false)"
    return given(column.sql, column.kind)


def _free(names: Collection[str], taken: Mapping[str, Taken]) -> list[str]:
    used = {one.column for one in taken.values()}
    return [name for name in names if name not in used]
