"""Whether a column that was taken by its name can be what its name says."""

from collections.abc import Mapping, Sequence
from typing import Final

import duckdb

from resume_gap.errors import InputError
from resume_gap.eventcolumns import BY_NAME
from resume_gap.settings import Settings
from resume_gap.sources.columns import REQUIRED, Taken, flag, found_columns
from resume_gap.sources.findings import LeftOut
from resume_gap.sources.groups import Group
from resume_gap.sources.measure import NUMBERS, TIMES, Held
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.tables import Column
from resume_gap.sources.time_units import median_unit
from resume_gap.sources.times import TimeUnit, length_us
from resume_gap.sources.values import is_nested, real_of

_SHOWN: Final = 3
"""Parts of a column that are named."""
_NUMERIC_SHARE: Final = 0.99
"""So many values of a sequence must be numbers for the order to be theirs."""


def drop_unfit(
    con: duckdb.DuckDBPyConnection, groups: Sequence[Group], taken: dict[str, Taken]
) -> list[LeftOut]:
    """Drop recognized columns whose type cannot be meant; refuse where one must be used.

    Raises:
        InputError: A required column is not in a file, or a needed one has an impossible type.
    """
    left_out: list[LeftOut] = []
    for name, one in list(taken.items()):
        for each in groups:
            column = each.column(one.column, con)
            if column is None:
                if name in REQUIRED:
                    raise InputError(
                        f"{each.label}: has no column {one.column!r} for {name}; columns found:"
                        f" {found_columns(tuple(each.tables[0].columns), [name])}; leave the file"
                        " out, or give it this column"
                    )
                continue
            if _fits(name, column):
                continue
            if name in REQUIRED or one.how == "mapping":
                raise InputError(
                    f"{each.label}: column {one.column!r} is {column.kind.split('(')[0]}, which"
                    f" cannot be the {name}; {_instead(name, one.column, column.kind)}"
                )
            left_out.append(LeftOut(name, one.column, f"is {column.kind.split('(')[0]}"))
            del taken[name]
            break
    return left_out


def _instead(event_column: str, name: str, kind: str) -> str:
    """What to do about a column that holds several values: name one of them, or another column."""
    parts = duckdb.dtype(kind).children if kind.startswith("STRUCT") else ()
    inside = [flag(event_column, f"{name}.{part}") for part, _ in parts]
    if not inside:
        return f"map another one: {flag(event_column, 'COL')}"
    return f"name what lies inside: {' or '.join(inside[:_SHOWN])}"


def refuse_blind_walks(
    con: duckdb.DuckDBPyConnection, groups: Sequence[Group], taken: Mapping[str, Taken]
) -> None:
    """A dotted name that finds no value anywhere is a misspelled key, not a missing value.

    Raises:
        InputError: There is such a name.
    """
    for name, one in taken.items():
        if one.how != "mapping" or any(one.column in g.tables[0].names for g in groups):
            continue
        for each in groups:
            column = each.column(one.column, con)
            if column is None:
                continue
            sql = f"select 1 from {each.relation} where {column.sql} is not null limit 1"
            with one_line_errors(each.label):
                if con.execute(sql).fetchone() is not None:
                    break
        else:
            raise InputError(
                f"{flag(name, one.column)}: no row has a value there; check the keys in the path"
                " (0 is the first entry of a list)"
            )


def _fits(name: str, column: Column) -> bool:
    if name in TIMES:
        return column.readings("UTC") is not None
    if BY_NAME[name].reads == "length":
        return length_us(column.sql, column.kind) is not None
    if BY_NAME[name].reads == "number":
        return real_of(column.sql, column.kind) is not None
    return not is_nested(column.kind)


def drop_unreadable(held: Mapping[str, Held], taken: dict[str, Taken]) -> list[LeftOut]:
    """Drop recognized columns of which no value can be read; refuse mapped ones."""
    left_out: list[LeftOut] = []
    for name in (*TIMES, *NUMBERS):
        if name not in taken or held[name].readable or name in ("timestamp", "sequence"):
            continue
        what = "a time" if name in TIMES else "a number"
        if taken[name].how == "mapping":
            raise InputError(
                f"{flag(name, taken[name].column)}: no value in that column is {what};"
                " map another column or leave it out"
            )
        left_out.append(LeftOut(name, taken[name].column, f"holds no value that is {what}"))
        del taken[name]
    return left_out


def time_unit(held: Held, settings: Settings) -> TimeUnit:
    """The unit of a time column's numbers: as reported, else that of their median."""
    if settings.time_unit is not None:
        return settings.time_unit  # type: ignore[return-value]
    return median_unit(held.magnitudes) or "s"


def sequence_kind(
    held: Held | None,
    con: duckdb.DuckDBPyConnection,
    groups: Sequence[Group],
    mapped: Mapping[str, str],
) -> str:
    """Numbers are ordered as numbers: 10 comes after 9."""
    if held is None or "sequence" not in mapped:
        return "BIGINT"
    columns = [c for g in groups if (c := g.column(mapped["sequence"], con)) is not None]
    if any(real_of(c.sql, c.kind) is None for c in columns):
        return "VARCHAR"
    if held.number < _NUMERIC_SHARE * held.given:
        return "VARCHAR"
    return "BIGINT" if held.whole == held.number else "DOUBLE"
