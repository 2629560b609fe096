"""Columns with ids of people, found before their values would be shown as events or groups."""

from collections.abc import Iterable, Sequence

import duckdb

from resume_gap.sources.columns import alternatives
from resume_gap.sources.groups import Group
from resume_gap.sources.people_columns import is_for_one_person
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.source import Source
from resume_gap.sources.values import as_text, is_nested

_SHORTEST = 4
"""Characters of values that are compared: numbers like 7 are the same in many columns."""
_SAME_SHARE = 0.5
"""A column of which this share of the values are ids holds ids."""


def first_with_ids(source: Source, columns: Iterable[str]) -> str | None:
    """The first of some columns that holds ids of people, by its name or its values.

    Args:
        source: The log.
        columns: Columns of its files, dotted names too, or parts of an event.

    Raises:
        InputError: The files cannot be read.
    """
    look = source.look
    known = (
        look.taken["user_id"],
        *look.layout.get("user_id", ()),
        *alternatives("user_id", look.names),
    )
    ids = [name for name in dict.fromkeys(known) if name in look.names]
    for given in dict.fromkeys(columns):
        # By its own name, or as a part of an event.
        column = given if given in look.names else look.taken.get(given, given)
        last = column.rpartition(".")[2]
        if column in known or alternatives("user_id", [last]) or is_for_one_person(last):
            return column
        if any(_is_same(source.con, look.groups, column, one) for one in ids):
            return column
    return None


def _is_same(
    con: duckdb.DuckDBPyConnection, groups: Sequence[Group], column: str, ids: str
) -> bool:
    """Whether at least half of the values of a column are ids of another."""
    values, known = _texts(con, groups, column), _texts(con, groups, ids)
    if not (values and known):
        return False
    with one_line_errors(groups[0].label):
        (row,) = con.execute(
            "select count(*), count(*) filter (where value in"
            f" (select value from ({known}))) from (select distinct value from ({values})"
            f" where length(value) >= {_SHORTEST})"
        ).fetchall()
    return bool(row[0]) and row[1] >= _SAME_SHARE * row[0]


def _texts(con: duckdb.DuckDBPyConnection, groups: Sequence[Group], name: str) -> str:
    """SQL of all values of a column as text; empty where no input has it."""
    found = [(group, group.column(name, con)) for group in groups]
    return " union all ".join(
        f"select trim({as_text(column.sql, column.kind)}) as value from {group.relation}"
        for group, column in found
        if column is not None and not is_nested(column.kind)
    )
