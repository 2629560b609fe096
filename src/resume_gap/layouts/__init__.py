"""The layouts of common trackers' exports: one mapping each, `NAME.toml` in this folder.

A layout says by which columns or keys an export is recognized, and under which names the parts of
an event lie in it. A name with dots walks into objects, into lists of keys with values and into
texts of JSON; `a | b` is the first of the two that has a value in a row, `a/` the last part of an
address. Of several names in a
list the first one counts that has a value in about as many rows as any other. A new tracker is one
such file, and a log in `tests/sources/layouts/`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent
NAMES: Final = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
"""What `--source` may name."""
EITHER: Final = " | "
"""Between names of which the first counts that has a value in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerLayout:
    """How one tracker writes events.

    Attributes:
        name: For `--source`.
        label: What people call it.
        export: How to get the export, for docs/sources.md.
        lost: What the export does not say, or the mapping does not take.
        recognized: Sets of names; all of one of them lie in an export of this tracker.
        columns: Event column to the names that may hold it, best first.
        properties: The objects that hold what a customer adds to an event; the names of
            eventcolumns.py are looked for in them.
        session: Names of a session's id, which decides nothing.
        units: Options that are fixed in this layout: `time_unit`, `duration_unit`, `time_is`.
        fields: Names of the columns of a file without a header.
        unpack: Ways to the lists of events inside of documents, such as `data[]`, with the keys
            that stand beside their first; `*` stands for every value of an object.
        carry: Objects above an event that are handed on with it; plain values always are.
        zone: Zone of written times that carry none, as the tracker documents it; empty: unknown.
        day_first: Whether the day stands before the month in written times.
        refused: Why such an export cannot be measured; empty: it can.
        tables: Sets of names, each of a table of its database that says nothing without others.
        unless: Names that their join has; with one of them it is no such table.
        join: The query that joins them.
    """

    name: str
    label: str
    export: str
    recognized: tuple[tuple[str, ...], ...]
    lost: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    properties: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    unpack: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    carry: tuple[str, ...] = ()
    zone: str = ""
    day_first: bool = False
    refused: str = ""
    tables: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    join: str = ""


@cache
def load(name: str) -> TrackerLayout:
    """One layout."""
    found = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for key in ("recognized", "tables"):
        found[key] = tuple(tuple(names) for names in found.get(key, ()))
    for key in ("columns", "unpack"):
        found[key] = {name: _several(value) for name, value in found.get(key, {}).items()}
    for key in ("properties", "session", "fields", "carry", "unless"):
        found[key] = _several(found.get(key, ()))
    return TrackerLayout(name=name, **found)


def _several(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever TOML holds
    return (value,) if isinstance(value, str) else tuple(value)


@cache
def layouts() -> tuple[TrackerLayout, ...]:
    """All of them, by name."""
    return tuple(map(load, NAMES))
