"""Parquet files whose columns are used as they are stored: no cast, no choice, no join.

Rows of such files need no query to become those of `rows`; pipeline/coded_files.py reads them.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from resume_gap.sources.groups import Group
from resume_gap.sources.rows import RowPlan
from resume_gap.sources.tables import Column, InputTable
from resume_gap.sqltext import quote_ident

_TEXTS: Final = ("user_id", "event", "target")
_MAPPED: Final = frozenset({*_TEXTS, "timestamp", "event_id"})
"""Event columns of a log in which users, events, elements and times are no more than columns."""


class PlainFiles(NamedTuple):
    """Parquet files of which some columns need no query to be read.

    Attributes:
        paths: The files that have rows, by their positions among all inputs.
        texts: Names of the columns of users, events and elements; None: there are no elements.
        time: Name of the column of times, which are microseconds UTC.
        rows: Of all files.
    """

    paths: Mapping[int, Path]
    texts: tuple[str, str, str | None]
    time: str
    rows: int


def plain_files(groups: Sequence[Group], plan: RowPlan) -> PlainFiles | None:
    """The files of all groups, if they are plain.

    Args:
        groups: The inputs that have rows; at least one.
        plan: How columns become rows.
    """
    taken = plan.taken
    if plan.marks or plan.event_else is not None or not taken.keys() <= _MAPPED:
        return None
    if not all(_is_plain(table, plan) for group in groups for table in group.tables):
        return None
    return PlainFiles(
        paths={
            number: table.parquet
            for group in groups
            for number, table in zip(group.numbers, group.tables, strict=True)
        },
        texts=(taken["user_id"], taken["event"], taken.get("target")),
        time=taken["timestamp"],
        rows=sum(table.rows for group in groups for table in group.tables),
    )


def _is_plain(table: InputTable, plan: RowPlan) -> bool:
    texts = (plan.taken[name] for name in _TEXTS if name in plan.taken)
    time = plan.taken["timestamp"]
    return (
        not table.view
        and all(_is_used_as_stored(name, table.columns.get(name), ("VARCHAR",)) for name in texts)
        and _is_time(time, table.columns.get(time), plan.tz)
    )


def _is_time(name: str, column: Column | None, tz: str) -> bool:
    """Whether a column holds microseconds UTC."""
    kinds = ["TIMESTAMP WITH TIME ZONE", *(["TIMESTAMP"] if tz == "UTC" else [])]
    return _is_used_as_stored(name, column, kinds) and column is not None and column.is_sound


def _is_used_as_stored(name: str, column: Column | None, kinds: Sequence[str]) -> bool:
    """Whether a column of one of some types is read without being changed."""
    return (
        column is not None
        and column.kind in kinds
        and column.sql == quote_ident(name)
        and column.times is None
        and "." not in name  # which Arrow takes for a way into a column
    )
