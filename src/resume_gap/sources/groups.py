"""Tables with the same columns, read as one: hundreds of partition files stay one scan."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from resume_gap.sources.tables import Column, InputTable, read_parquet
from resume_gap.sources.walks import find


@dataclass(frozen=True, slots=True)
class Group:
    """Tables whose columns are equal in name, type and place.

    Attributes:
        tables: The tables.
        numbers: Their positions among all inputs.
    """

    tables: tuple[InputTable, ...]
    numbers: tuple[int, ...]

    @property
    def relation(self) -> str:
        """All rows of the group."""
        return self.tables[0].view or read_parquet(self.paths)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The Parquet files; none of a frame in memory, which is a group of its own."""
        return tuple(table.parquet for table in self.tables if not table.view)

    @property
    def label(self) -> str:
        """The first input's name, and how many are like it."""
        more = len(self.tables) - 1
        return self.tables[0].file.label + (f" (and {more} like it)" if more else "")

    @property
    def input_no(self) -> str:
        """SQL of the position of a row's file among all inputs."""
        first = self.numbers[0]
        if len(self.numbers) == 1:
            return f"cast({first} as usmallint)"
        if self.numbers == tuple(range(first, first + len(self.numbers))):
            return f"cast(file_index + {first} as usmallint)"
        listed = ", ".join(map(str, self.numbers))
        return f"cast([{listed}][cast(file_index as bigint) + 1] as usmallint)"

    def column(self, name: str, con: duckdb.DuckDBPyConnection) -> Column | None:
        """The column, or the value a dotted name walks to; None where the group has none."""
        return find(self.tables[0], name, con)


def label_of(groups: Sequence[Group], some: Container[int]) -> str:
    """What some inputs are called in a message, by their positions; of none, as the first group."""
    labels = [
        table.file.label
        for group in groups
        for number, table in zip(group.numbers, group.tables, strict=True)
        if number in some
    ]
    if not labels:
        return groups[0].label
    return labels[0] + (f" (and {len(labels) - 1} more)" if len(labels) > 1 else "")


def group(tables: Iterable[InputTable]) -> tuple[Group, ...]:
    """The tables that have rows, grouped; in the order of their first input."""
    groups: dict[object, list[tuple[int, InputTable]]] = {}
    for number, table in enumerate(tables):
        if not table.rows:
            continue
        key: object = (
            table.view,
            table.rest,
            *((name, column.sql, column.kind) for name, column in table.columns.items()),
        )
        if any(name.casefold() == "file_index" for name in table.columns):
            # The file's own column hides the number that DuckDB gives to files.
            key = number
        groups.setdefault(key, []).append((number, table))
    return tuple(
        Group(tuple(table for _, table in members), tuple(number for number, _ in members))
        for members in groups.values()
    )
