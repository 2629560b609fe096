"""What `--time-format` takes: a refusal names the specifier at fault and what to write instead."""

from collections.abc import Mapping
from typing import Final

import duckdb

from resume_gap.errors import UsageError
from resume_gap.sources.languages import moment, specifiers
from resume_gap.sources.times import DAY_NUMBERS
from resume_gap.sqltext import quote_text

_EXAMPLE: Final = "%d.%m.%Y %H:%M:%S"
INSTEAD: Final[Mapping[str, str]] = {
    "%C": "%Y for the whole year",
    "%D": "%m/%d/%y",
    "%E": "the specifier without E",
    "%F": "%Y-%m-%d",
    "%L": "%f",
    "%N": "%f",
    "%O": "the specifier without O",
    "%P": "%p",
    "%Q": "no --time-format: numbers since 1970 are read without one",
    "%R": "%H:%M",
    "%e": "%d",
    "%k": "%H",
    "%l": "%I",
    "%r": "%I:%M:%S %p",
    "%s": "no --time-format: numbers since 1970 are read without one",
    "%t": "the tab itself",
    "%v": "%d-%b-%Y",
    "%+": "no --time-format: ISO 8601 is read without one",
    "%:": "%z",
    **{f"%{digit}": "%f" for digit in range(1, 10)},
}
"""Specifiers of other tools, and what means the same here."""


def check_pattern(con: duckdb.DuckDBPyConnection, pattern: str | None) -> None:
    """Refuse a pattern of `--time-format` that cannot be one.

    Args:
        con: Knows the specifiers.
        pattern: As it was given; None: none was.

    Raises:
        UsageError: It has no specifier, an unknown one, or ends in the middle of one.
    """
    if pattern is None or pattern == DAY_NUMBERS:
        return
    found = specifiers(pattern)
    if not found:
        raise _refused(pattern, "is no pattern of a time", f"one is {_EXAMPLE}")
    for one in found:
        if not _is_known(con, one):
            raise _refused(pattern, f"is no pattern of a time: {one} is unknown", _advice(con, one))
    if not _is_known(con, pattern):
        raise _refused(
            pattern, "is no pattern of a time: a % stands alone", "write %% where it is meant"
        )


def _refused(pattern: str, why: str, advice: str) -> UsageError:
    return UsageError(f"--time-format {pattern!r}: {why}; {advice}")


def _advice(con: duckdb.DuckDBPyConnection, specifier: str) -> str:
    plain = "%" + specifier[-1]
    if specifier in INSTEAD:
        return f"write {INSTEAD[specifier]}"
    if specifier != plain and _is_known(con, plain):
        return f"write {plain}"
    return f"a pattern is {_EXAMPLE}"


def _is_known(con: duckdb.DuckDBPyConnection, pattern: str) -> bool:
    try:
        con.execute(f"select {moment(quote_text(''), pattern)}")
    except duckdb.Error:
        return False
    return True
