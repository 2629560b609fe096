"""The first values of a column of times, of many inputs in few queries.

All that a time may look like is long, and planning it takes longer than reading the values: of
inputs that hold the column as one type, as many are read together as memory allows.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import duckdb

from resume_gap.sources.layout import Probe
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.tables import Column
from resume_gap.sources.times import instant
from resume_gap.sources.values import is_text, real_of

_LOOKED_AT: Final = 200
_TOGETHER: Final = 50
"""Inputs whose first values one query reads at most."""
_BUFFER: Final = 2**25
"""Bytes that the engine holds of a text file while it reads it, or all of a smaller one."""
_BUFFERS: Final = 4
"""How many of these buffers one query may hold."""


class Value(NamedTuple):
    """A value: as text, as a number, and as an instant read in a usual form."""

    text: str
    number: float | None
    us: int | None


def first_values(
    con: duckdb.DuckDBPyConnection, held: Sequence[tuple[Probe, Column]], tz: str
) -> dict[int, tuple[Value, ...]]:
    """By position the first values of inputs whose column may hold times or numbers.

    Args:
        con: Reads the probes.
        held: Each input with its column of times.
        tz: Zone of times that carry none.

    Raises:
        InputError: An input cannot be read.
    """
    first: dict[int, tuple[Value, ...]] = {}
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for number, (_, column) in enumerate(held):
        if real_of(column.sql, column.kind) is not None:
            alike[column.kind].append(number)
    for numbers in alike.values():
        for some in _together(numbers, [_buffer_of(held[number][0]) for number in numbers]):
            first |= zip(some, _values(con, [held[number] for number in some], tz), strict=True)
    return first


def text_of(column: Column) -> str:
    """SQL of a column's values as text, without blanks around them."""
    return f"trim(cast({column.sql} as varchar))"


def _buffer_of(probe: Probe) -> int:
    """Bytes that the engine holds of an input while it reads its first rows, at most."""
    if probe.table.view:
        return 0
    file = probe.table.file
    try:
        return min(_BUFFER, file.path.stat().st_size) if file.is_plain else _BUFFER
    except OSError:
        return _BUFFER  # reading it says what is wrong


def _together(numbers: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    """Inputs in their order, as many at a time as fit.

    Args:
        numbers: The inputs.
        sizes: Bytes of each.
    """
    some: list[int] = []
    held = 0
    for number, size in zip(numbers, sizes, strict=True):
        if some and (len(some) == _TOGETHER or held + size > _BUFFERS * _BUFFER):
            yield some
            some, held = [], 0
        some.append(number)
        held += size
    if some:
        yield some


def _values(
    con: duckdb.DuckDBPyConnection, held: Sequence[tuple[Probe, Column]], tz: str
) -> list[tuple[Value, ...]]:
    """The first values of each input; the column has the same type in all of them."""
    try:
        rows = _rows(con, held, tz)
    except duckdb.Error:
        if len(held) > 1:  # asked one by one, the input is known
            return [_values(con, [one], tz)[0] for one in held]
        with one_line_errors(held[0][0].table.file.label):
            raise
    values: list[list[Value]] = [[] for _ in held]
    for place, *value in rows:
        values[place].append(Value(*value))
    return [*map(tuple, values)]


def _rows(
    con: duckdb.DuckDBPyConnection, held: Sequence[tuple[Probe, Column]], tz: str
) -> list[Any]:
    """For each of the first rows of some inputs which input it is of, and its value."""
    inputs = " union all ".join(
        f"(select {place} as place, {own.sql} as given from {probe.relation} limit {_LOOKED_AT})"
        for place, (probe, own) in enumerate(held)
    )
    column = Column("given", held[0][1].kind)
    read, number = column.readings(tz), real_of(column.sql, column.kind)
    us = instant(read, "s") if read is not None and is_text(column.kind) else "0"
    return con.execute(
        f"select place, x, n, us from (select place, {text_of(column)} as x, {number} as n,"
        f" {us} as us from ({inputs})) where x <> ''"
    ).fetchall()
