"""Which tracker wrote a log: by its columns, and by the keys inside of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import duckdb

from resume_gap.errors import InputError
from resume_gap.eventcolumns import BY_NAME
from resume_gap.layouts import EITHER, NAMES, TrackerLayout, layouts, load
from resume_gap.results.common import Check
from resume_gap.settings import Settings
from resume_gap.sources.columns import shown
from resume_gap.sources.nested import unpacked
from resume_gap.sources.tables import InputTable
from resume_gap.sources.unpack import without_pairs
from resume_gap.sources.walks import LAST_PART, heads

LOOKED_AT: Final = 2_000
"""Rows of an input in which values are counted."""
_DEEPEST: Final = 6
_FULL_ENOUGH: Final = 0.5
"""The first of several names is taken that has this share of the most values that any has."""
_OWN: Final = ("target", "context", "task", "position")
"""Event columns that may be a property of the customer's own."""


@dataclass(frozen=True, slots=True)
class Probe:
    """The first rows of an input, before it is known what they mean.

    Attributes:
        table: Its columns.
        relation: Its rows.
    """

    table: InputTable
    relation: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a layout says about a log.

    Attributes:
        layout: The layout.
        by: The names by which it was recognized; none where it was named.
        columns: Event column to the name that holds it.
        session: The name of the session's id.
    """

    layout: TrackerLayout
    by: tuple[str, ...]
    columns: Mapping[str, str]
    session: str | None

    @property
    def without(self) -> frozenset[str]:
        """Event columns that the layout names and this log does not have."""
        return frozenset(
            name
            for name in self.layout.columns
            if name not in self.columns and not BY_NAME[name].required
        )

    def settings(self, settings: Settings) -> Settings:
        """The settings with the zone and, where none are given, the units of the layout."""
        free = {
            name: unit
            for name, unit in self.layout.units.items()
            if getattr(settings, name) is None
        }
        if self.layout.zone:
            free["tz"] = self.layout.zone
        return replace(settings, **free)  # type: ignore[arg-type]

    @property
    def zoned(self) -> str | None:
        """What documents the zone of times that carry none; None: nothing does."""
        return self.layout.label if self.layout.zone else None

    def check(self) -> Check:
        """The layout as a check of the data's quality."""
        why = f"it has {shown(self.by)}" if self.by else f"--source {self.layout.name}"
        lost = f" {self.layout.lost}" if self.layout.lost else ""
        return Check(
            check="source_recognized",
            severity="note",
            count=1,
            share=None,
            action="--source plain reads the columns by their names alone",
            message=f"read as an export of {self.layout.label}, as {why}.{lost}".removesuffix("."),
        )


def known_layout(
    con: duckdb.DuckDBPyConnection,
    probes: Sequence[Probe],
    names: Sequence[str],
    settings: Settings,
) -> Known | None:
    """The layout of a log, as named or recognized; None: a plain one.

    Args:
        con: Reads the probes.
        probes: Inputs that have rows.
        names: The columns of all inputs.
        settings: What was named and mapped.

    Raises:
        InputError: It is an export that cannot be measured.
    """
    if settings.source == "plain":
        return None
    named = settings.source in NAMES
    some = (load(settings.source),) if named else layouts()
    found = max(
        ((by, one) for one in some for by in one.recognized if _has(con, probes, names, by)),
        key=lambda pair: len(pair[0]),
        default=None,
    )
    _refuse_tables(some, probes, names, settings)
    if found is None and not named:
        return None
    by, layout = found or ((), some[0])
    if layout.refused:
        raise InputError(
            f"{probes[0].table.file.label}: is an export of {layout.label}: {layout.refused}"
        )
    wanted = {
        name: tuple(_candidates(layout, name))
        for name in dict.fromkeys((*layout.columns, *(_OWN if layout.properties else ())))
        if name not in settings.mapping
    }
    wanted["session"] = layout.session
    single = {one for some in wanted.values() for name in some for one in _alternatives(name)}
    counts = _counts(con, probes, sorted(single))
    columns = {
        name: best for name, some in wanted.items() if (best := _best(some, counts)) is not None
    }
    session = columns.pop("session", None)
    return Known(layout, () if named else by, columns, session)


def _refuse_tables(
    some: Sequence[TrackerLayout],
    probes: Sequence[Probe],
    names: Sequence[str],
    settings: Settings,
) -> None:
    """Refuse a table of a tracker's database whose events and users other tables name.

    Raises:
        InputError: It is one, and nothing else was named as the event.
    """
    there = set(names)
    for layout in some:
        if "event" in settings.mapping or there.intersection(layout.unless):
            continue
        if any(there.issuperset(one) for one in layout.tables):
            raise InputError(
                f"{probes[0].table.file.label}: is a table of {layout.label}'s database, in which"
                f" events and people are numbers; export the join: {layout.join}"
            )


def _candidates(layout: TrackerLayout, event_column: str) -> Iterator[str]:
    """The names that may hold an event column; the customer's own ones first."""
    if event_column in _OWN:
        ranks = ((event_column,), *BY_NAME[event_column].aliases)
        for place in layout.properties:
            yield from (f"{place}.{name}" for rank in ranks for name in rank)
    yield from layout.columns.get(event_column, ())


def _alternatives(name: str) -> list[str]:
    return name.split(EITHER)


def _best(names: Sequence[str], counts: Mapping[str, int]) -> str | None:
    """The first name with about as many values as any, without alternatives that have none.

    A name of which others have all alternatives, and more, gives way to these.
    """
    held: dict[str, int] = {}
    for name in names:
        there = [one for one in _alternatives(name) if counts.get(one)]
        if there:
            held.setdefault(EITHER.join(there), max(counts[one] for one in there))
    most = max(held.values(), default=0)
    parts = {name: set(_alternatives(name)) for name in held}
    return next(
        (
            name
            for name, count in held.items()
            if count >= _FULL_ENOUGH * most
            and not any(parts[name] < others for others in parts.values())
        ),
        None,
    )


def _has(
    con: duckdb.DuckDBPyConnection,
    probes: Sequence[Probe],
    names: Sequence[str],
    wanted: Sequence[str],
) -> bool:
    """Whether all names are there: columns by name, what lies inside of one by a value."""
    there = set(names)
    if not all(there.intersection(heads(name)) for name in wanted):
        return False
    inner = [name for name in wanted if name not in there]
    counts = _counts(con, probes, inner)
    return all(counts[name] for name in inner)


def _counts(
    con: duckdb.DuckDBPyConnection, probes: Sequence[Probe], names: Sequence[str]
) -> dict[str, int]:
    """How many of the first rows have a value under each name."""
    counts = dict.fromkeys(names, 0)
    starts = {head for name in names for head in heads(name)}
    for probe in probes:
        columns = {name: one for name, one in probe.table.columns.items() if name in starts}
        if not columns:
            continue
        items = ", ".join(one.sql for one in columns.values())
        rows = con.execute(f"select {items} from {probe.relation} limit {LOOKED_AT}").fetchall()
        for row in rows:
            document = unpacked(dict(zip(columns, row, strict=True)))
            held = set(_paths(document, ()))
            for name in names:
                counts[name] += name.removesuffix(LAST_PART) in held
    return counts


def _paths(value: object, path: tuple[str, ...]) -> Iterator[str]:
    """The names under which a document has values; of a list only the first one."""
    if len(path) > _DEEPEST or value is None or value == "":
        return
    if path:
        yield ".".join(path)
    whole = without_pairs(value)
    if isinstance(whole, Mapping):
        for key, inner in whole.items():
            yield from _paths(inner, (*path, str(key)))
    elif isinstance(whole, list) and whole:
        yield from _paths(whole[0], (*path, "0"))
