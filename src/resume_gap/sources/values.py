"""SQL that reads a column of any type as text or as a number; the same in every format."""

import re
import unicodedata
from typing import Final

_INTEGERS: Final = {
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
    "BIGNUM",
}
_REALS: Final = {"FLOAT", "DOUBLE"}
_WHOLE_TEXT: Final = r"[+-]?[0-9]{1,19}"
NUMBER_TEXT: Final = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
_YEARS: Final = ("0001-01-01", "9999-12-31")
_LARGEST: Final = {
    "DATE": _YEARS,
    "TIMESTAMP": _YEARS,
    "TIMESTAMP_S": _YEARS,
    "TIMESTAMP_MS": _YEARS,
    "TIMESTAMP WITH TIME ZONE": _YEARS,
    "TIMESTAMP_NS": ("1700-01-01", "2200-01-01"),
}
"""First and last time of a type that has a text without fail."""
_EXACT_REAL: Final = 10**15
"""Whole doubles below this are written without an exponent and lose no digit."""


_INVISIBLE: Final = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf"))
_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def is_blank(text: str) -> bool:
    """Whether there is nothing but white space and invisible characters; as in 00_macros.sql."""
    return all(
        c.isspace() or c in _BLANK_LETTERS or unicodedata.category(c) in _INVISIBLE for c in text
    )


def is_text(kind: str) -> bool:
    """Whether the type is text."""
    return kind in ("VARCHAR", "JSON") or kind.startswith("ENUM")


def is_integer(kind: str) -> bool:
    """Whether the type is a whole number."""
    return kind in _INTEGERS


def is_number(kind: str) -> bool:
    """Whether the type is a number."""
    return kind in _INTEGERS or kind in _REALS or kind.startswith("DECIMAL")


def is_nested(kind: str) -> bool:
    """Whether one value holds several."""
    return kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION", "VARIANT"))


def as_text(sql: str, kind: str) -> str:
    """The column as text; null or empty where there is none, which mean the same.

    Text is handed on untouched: any function over it would cost more than reading it.

    Whole numbers look alike whatever type carries them: 7, 7.0 (what pandas makes of an integer
    column with a null) and 7.00 are all '7'.
    """
    if kind == "VARCHAR":
        return sql
    if is_integer(kind) or kind in ("BOOLEAN", "UUID"):
        return f"cast({sql} as varchar)"
    if kind in _REALS:
        return (
            f"case when not {no_nan(sql)} then null"
            f" when {sql} = trunc({sql}) and abs({sql}) < {_EXACT_REAL}"
            f" then cast(cast({sql} as bigint) as varchar) else cast({sql} as varchar) end"
        )
    scale = re.fullmatch(r"DECIMAL\(\d+,\s*(\d+)\)", kind)
    if scale is not None and int(scale[1]) > 0:
        return f"rtrim(rtrim(cast({sql} as varchar), '0'), '.')"
    if is_nested(kind):
        return f"coalesce(try(cast(to_json({sql}) as varchar)), try(cast({sql} as varchar)))"
    if kind in _LARGEST:
        # The engine fails on the text of a time that lies beyond its years.
        low, high = (f"cast('{text}' as {kind})" for text in _LARGEST[kind])
        sql = f"case when {sql} between {low} and {high} then {sql} end"
    return f"try(nullif(cast({sql} as varchar), ''))"


def no_nan(sql: str) -> str:
    """Whether a floating point number is one at all.

    Statistics of Parquet leave NaN out, so the engine takes `isnan` of a column for false where
    they say the smallest and the largest value.
    """
    return f"(isfinite({sql}) or isinf({sql}))"


def hashable(sql: str, kind: str) -> str:
    """The column as `hash` takes it: text where formats would differ, else the value itself.

    A value that no text file can hold (a time, a list, bytes) needs no text; making one of it
    could fail on values that are out of range.
    """
    plain = is_text(kind) or is_number(kind) or kind in ("BOOLEAN", "UUID")
    return as_text(sql, kind) if plain else sql


def whole_of(sql: str, kind: str) -> str | None:
    """The column as BIGINT where it is a whole number; None where the type rules it out."""
    if kind == "BIGINT":
        return sql
    if is_integer(kind):
        return f"try_cast({sql} as bigint)"
    if is_text(kind):
        text = f"trim(cast({sql} as varchar))"
        return (
            f"case when regexp_full_match({text}, '{_WHOLE_TEXT}')"
            f" then try_cast({text} as bigint) end"
        )
    return None


def real_of(sql: str, kind: str) -> str | None:
    """The column as DOUBLE where it is a number but not whole by type; None where it cannot be.

    A text counts as a number only as a whole: '7 days' is none, nor is 'nan'.
    """
    if kind in _REALS or kind.startswith("DECIMAL"):
        return f"cast({sql} as double)"
    if is_integer(kind):
        return f"cast({sql} as double)"
    if is_text(kind):
        text = f"trim(cast({sql} as varchar))"
        return (
            f"case when regexp_full_match({text}, '{NUMBER_TEXT}')"
            f" then try_cast({text} as double) end"
        )
    return None


def given(sql: str, kind: str) -> str:
    """Whether there is a value at all, readable or not."""
    if is_text(kind):
        # `coalesce`: a null must say false, not null.
        return f"coalesce(cast({sql} as varchar) <> '', false)"
    return f"{sql} is not null"
