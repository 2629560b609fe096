"""A name to the column, or to the value inside of a column, that it means.

A name with dots walks into objects, into lists of keys with values (`event_params` of Google
Analytics, attributes of OpenTelemetry) and into texts of JSON. `a | b` is the first of the two
that has a value in a row, `a + b` both with a blank between, `a/` the last part of an address. A
column that is called exactly so wins over all of this, and every key is taken at its place: a
deeper one of the same name is never found.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import duckdb

from resume_gap.layouts import EITHER
from resume_gap.sources.readers.jsonlines import text_at
from resume_gap.sources.tables import Column, InputTable
from resume_gap.sources.values import as_text, is_nested, is_text
from resume_gap.sqltext import quote_ident, quote_text

LAST_PART: Final = "/"
BESIDE: Final = " + "
"""Between names whose texts make one, such as a date and a time of day."""
_KEYS: Final = ("key", "name")
"""What a key is called in a list of keys with values."""
_VALUES: Final = (
    *("string_value", "int_value", "double_value", "float_value"),
    *("stringValue", "intValue", "doubleValue", "boolValue"),
)
"""What a value is called where each type has a field of its own."""
_PAIR_LISTS: Final = frozenset(("event_params", "user_properties", "attributes", "params"))
"""Columns whose texts of JSON may be such lists; looking for one in every text costs much."""
_WRAPPED_LIST: Final = "STRUCT(list "
_MOST_JOINED: Final = 4
"""Keys of a path that are also tried joined by dots."""


def find(table: InputTable, name: str, con: duckdb.DuckDBPyConnection) -> Column | None:
    """The column of that name, else the value it walks to; None where there is none."""
    if name in table.columns:
        return table.columns[name]
    if EITHER in name:
        return _either([find(table, one, con) for one in name.split(EITHER)])
    if BESIDE in name:
        return _beside([find(table, one, con) for one in name.split(BESIDE)])
    if name.endswith(LAST_PART):
        return _last_part(find(table, name.removesuffix(LAST_PART), con))
    return _inside(table, name, con)


def _inside(table: InputTable, name: str, con: duckdb.DuckDBPyConnection) -> Column | None:
    """The value that a name with dots walks to."""
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        head = ".".join(parts[:cut])
        if head in table.columns:
            column = table.columns[head]
            return _walk(table, column, parts[cut:], con, pairs=head in _PAIR_LISTS)
    return None


def _last_part(whole: Column | None) -> Column | None:
    if whole is None:
        return None
    text = as_text(whole.sql, whole.kind)
    return Column(f"regexp_extract({text}, '[^/#]*[/#]?$')", "VARCHAR")


def heads(name: str) -> Iterator[str]:
    """The columns that a name may begin at."""
    for one in name.removesuffix(LAST_PART).replace(BESIDE, EITHER).split(EITHER):
        parts = one.split(".")
        yield from (".".join(parts[:cut]) for cut in range(len(parts), 0, -1))


def _either(columns: Sequence[Column | None]) -> Column | None:
    there = [as_text(one.sql, one.kind) for one in columns if one is not None]
    if not there:
        return None
    listed = ", ".join(f"nullif({sql}, '')" for sql in there)
    return Column(f"coalesce({listed})", "VARCHAR")


def _beside(columns: Sequence[Column | None]) -> Column | None:
    """The texts of all columns with blanks between them; null where one is."""
    there = [
        f"nullif(trim({as_text(one.sql, one.kind)}), '')" for one in columns if one is not None
    ]
    if len(there) < len(columns):
        return None
    return Column(f"({' || chr(32) || '.join(there)})", "VARCHAR")


def _walk(
    table: InputTable,
    column: Column,
    keys: Sequence[str],
    con: duckdb.DuckDBPyConnection,
    *,
    pairs: bool = False,
) -> Column | None:
    if not keys:
        return column
    if is_text(column.kind):
        text = f"cast({column.sql} as varchar)"
        json = f"(case when json_valid({text}) then {text} end)"
        return Column(_in_json(json, keys, pairs=pairs), "VARCHAR")
    if not is_nested(column.kind):
        return None
    if column.kind.endswith("]"):
        return _in_list(table, column, keys, con)
    if column.kind.startswith(_WRAPPED_LIST) and column.kind.endswith("[])"):
        # BigQuery writes a list to Parquet as `list` of `element`.
        inner = f"struct_extract({column.sql}, 'list')"
        return _walk(table, Column(inner, column.kind[len(_WRAPPED_LIST) : -1]), keys, con)
    return _in_object(table, column, keys, con)


def _in_object(
    table: InputTable, column: Column, keys: Sequence[str], con: duckdb.DuckDBPyConnection
) -> Column | None:
    """The value of a key in a struct or map; the key may have dots."""
    for cut in range(len(keys), 0, -1):
        key = quote_text(".".join(keys[:cut]))
        if column.kind.startswith("MAP"):
            sql = f"map_extract({column.sql}, {key})[1]"
        else:
            sql = f"struct_extract({column.sql}, {key})"
        kind = _kind(table, sql, con)
        if kind is None or (column.kind.startswith("MAP") and _ends(kind) != (cut == len(keys))):
            continue
        return _walk(table, Column(sql, kind), keys[cut:], con)
    return None


def _ends(kind: str) -> bool:
    """Whether nothing can lie inside of a value."""
    return not is_nested(kind) and kind != "JSON"


def _in_list(
    table: InputTable, column: Column, keys: Sequence[str], con: duckdb.DuckDBPyConnection
) -> Column | None:
    """The value of a key in a list of structs; the key may have dots."""
    if "(element " in column.kind:
        element = f"list_transform({column.sql}, lambda e: e.element)"
        kind = _kind(table, element, con)
        return None if kind is None else _in_list(table, Column(element, kind), keys, con)
    for name in (one for one in _KEYS if one in column.kind):
        wanted = quote_text(".".join(keys))
        entry = f"list_filter({column.sql}, lambda e: e.{quote_ident(name)} = {wanted})[1]"
        value = f"struct_extract({entry}, 'value')"
        kind = _kind(table, value, con)
        if kind is None:
            continue
        if not is_nested(kind):
            return Column(value, kind)
        fields = [f"struct_extract({value}, {quote_text(one)})" for one in _VALUES if one in kind]
        found = [(sql, own) for sql in fields if (own := _kind(table, sql, con)) is not None]
        return _either([Column(sql, own) for sql, own in found])
    return None


def _kind(table: InputTable, sql: str, con: duckdb.DuckDBPyConnection) -> str | None:
    """The type of an expression over a table; None where it means nothing there."""
    try:
        row = con.execute(f"describe select {sql} as value from {table.relation}").fetchone()
    except duckdb.BinderException:
        return None
    return None if row is None else str(row[1])


def _in_json(json: str, keys: Sequence[str], *, pairs: bool) -> str:
    """The text at a path of JSON; keys may hold the dots themselves."""
    paths = [text_at(json, path) for path in _joined(list(keys))]
    plain = paths[0] if len(paths) == 1 else f"coalesce({', '.join(paths)})"
    if not pairs:
        return plain
    key = "coalesce(" + ", ".join(f"json_extract_string(e, '/{name}')" for name in _KEYS) + ")"
    # A value may be an object of one field for each type, or stand there itself.
    value = (
        "coalesce(list_filter(json_extract_string(e, '$.value.*'), lambda v: v is not null)[1],"
        " json_extract_string(e, '/value'))"
    )
    entries = f"list_filter(try_cast({json} as json[]), lambda e: {key} = "
    text = f"list_transform({entries}{quote_text('.'.join(keys))}), lambda e: {value})[1]"
    return f"case when starts_with(ltrim({json}), '[') then nullif({text}, '') else {plain} end"


def _joined(keys: list[str]) -> Iterator[list[str]]:
    """All ways to join neighboring keys with dots, the one that joins none first."""
    if len(keys) == 1 or len(keys) > _MOST_JOINED:
        yield keys
        return
    for rest in _joined(keys[1:]):
        yield [keys[0], *rest]
    for rest in _joined(keys[1:]):
        yield [f"{keys[0]}.{rest[0]}", *rest[1:]]
