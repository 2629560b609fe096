"""What the typed columns hold: how many values can be read as what, over all inputs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import duckdb

from resume_gap.eventcolumns import EVENTS
from resume_gap.sources.groups import Group
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.tables import Column
from resume_gap.sources.time_units import plausible, unit_bounds
from resume_gap.sources.times import Readings
from resume_gap.sources.values import given, is_integer, is_text, real_of, whole_of

TIMES: Final = tuple(column.name for column in EVENTS if column.reads == "instant")
NUMBERS: Final = tuple(
    column.name for column in EVENTS if column.reads in ("length", "order", "number")
)


@dataclass(slots=True)
class Held:
    """Counts over one event column of all inputs.

    Attributes:
        given: Values that are there.
        clock: Those read as a time.
        naive: Those of `clock` without a zone.
        whole: Those that are whole numbers (of columns that are numbers).
        number: Those that are numbers.
        magnitudes: Numbers by magnitude (of time columns).
        plausible: Numbers that lie in the accepted years if read in a unit (of time columns).
        typed: Whether a whole group was taken by its type, without a look at its values.
        naive_type: Whether such a type was a time without a zone.
    """

    given: int = 0
    clock: int = 0
    naive: int = 0
    whole: int = 0
    number: int = 0
    magnitudes: Counter[str] = field(default_factory=Counter)
    plausible: Counter[str] = field(default_factory=Counter)
    typed: bool = False
    naive_type: bool = False

    @property
    def readable(self) -> bool:
        """Whether there is anything to read, or nothing at all to be read."""
        return self.typed or not self.given or self.clock + self.number > 0


def measure(
    con: duckdb.DuckDBPyConnection,
    groups: Sequence[Group],
    taken: Mapping[str, str],
    tz: str,
    pattern: str | None = None,
) -> dict[str, Held]:
    """Counts by event column, with at most one scan per group only where types do not tell.

    Args:
        con: For types of nested values.
        groups: All inputs.
        taken: Event column to the files' column.
        tz: Zone of times that carry none.
        pattern: How times are written.

    Raises:
        InputError: An input cannot be read to its end.
    """
    held = {name: Held() for name in (*TIMES, *NUMBERS) if name in taken}
    for group in groups:
        inner: list[str] = []
        outer: list[str] = []
        slots: list[tuple[Held, str]] = []
        for name, counts in held.items():
            column = group.column(taken[name], con)
            if column is None:
                continue
            items = (
                _time_items(column.readings(tz, pattern), column, counts)
                if name in TIMES
                else _number_items(column, counts)
            )
            tag = f"x{len(inner)}"
            for slot, (sql, condition) in items.items():
                own = f"{tag}_{len(inner)}"
                inner.append(f"{sql} as {own}")
                for count, test in condition.items():
                    outer.append(f"count(*) filter (where {test.replace('{x}', own)})")
                    slots.append((counts, f"{slot}{count}"))
        if outer:
            with one_line_errors(group.label):
                row = con.execute(
                    f"select {', '.join(outer)} from"
                    f" (select {', '.join(inner)} from {group.relation})"
                ).fetchone()
            for (counts, slot), number in zip(slots, row or (), strict=True):
                _add(counts, slot, int(number))
    return held


_Items = dict[str, tuple[str, dict[str, str]]]


def _time_items(read: Readings | None, column: Column, counts: Held) -> _Items:
    if read is None:
        return {}
    if read.whole is None and read.real is None:
        counts.typed = True
        counts.naive_type |= read.naive == "true"
        return {}
    items: _Items = {"given": (given(column.sql, column.kind), {"": "{x}"})}
    parts = [f"cast({part} as double)" for part in (read.whole, read.real) if part is not None]
    number = parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"
    tests = {f"magnitude:{name}": test.replace("x", "{x}") for name, test in unit_bounds()}
    tests |= {f"plausible:{unit}": test.replace("x", "{x}") for unit, test in plausible()}
    items[""] = (f"case when isfinite({number}) then {number} end", tests)
    if read.clock is not None:
        items["clock"] = (read.clock, {"": "{x} is not null"})
        # Times without a zone count only where the time itself can be read.
        items["naive"] = (f"{read.clock} is not null and {read.naive}", {"": "{x}"})
    return items


def _number_items(column: Column, counts: Held) -> _Items:
    if column.kind == "INTERVAL":
        counts.typed = True
        return {}
    real = real_of(column.sql, column.kind)
    if real is None:
        return {}
    items: _Items = {
        "given": (given(column.sql, column.kind), {"": "{x}"}),
        "number": (real, {"": "isfinite({x})"}),
    }
    if is_integer(column.kind) or is_text(column.kind):
        whole = whole_of(column.sql, column.kind)
        items["whole"] = (whole or "null", {"": "{x} is not null"})
    return items


def _add(counts: Held, slot: str, number: int) -> None:
    if slot.startswith("magnitude:"):
        counts.magnitudes[slot.removeprefix("magnitude:")] += number
        counts.number += number
    elif slot.startswith("plausible:"):
        counts.plausible[slot.removeprefix("plausible:")] += number
    else:
        setattr(counts, slot, getattr(counts, slot) + number)
