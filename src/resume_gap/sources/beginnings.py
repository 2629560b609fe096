"""Text files whose first line does not name the columns: what to do before they are given again."""

import codecs
import csv
import io
import re
import shlex
from collections.abc import Sequence
from typing import Final

from resume_gap.errors import InputError
from resume_gap.sources.columns import REQUIRED, alternatives, listed
from resume_gap.sources.drafts import Draft
from resume_gap.sources.inputs import beside
from resume_gap.sources.readers.delimited import DELIMITERS, decode_head, head_of

NOT_UTF_8: Final = "the file is not UTF-8; say what it is, such as --encoding latin-1"
_LOOKED_AT: Final = 30
"""Lines."""
_NAMES_LEAST: Final = 2
"""Names of required columns in a line that is the header."""
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*|\d{10,19}(\.\d+)?")
_STATEMENT: Final = re.compile(
    r"\s*(insert\s+into|create\s+table|copy\s+\S+.*\bfrom\s+stdin)\b", re.IGNORECASE
)
_RULE: Final = re.compile(r"\s*\+(-+\+)+\s*")
"""A line between the rows of a table that is drawn with signs."""
_NOT_A_TABLE: Final = (
    "the file holds statements of SQL, not rows; load it into a database, and export the table"
    " from there as CSV or Parquet"
)


def advice_on_header(draft: Draft) -> str:
    """Why no name of a column is known in a CSV or TSV file; empty where nothing is odd.

    Its text is not UTF-8, it is no table, or the header is not in the first line.

    Raises:
        InputError: The file has none: its first line holds an instant.
    """
    if draft.dialect is None:
        return ""
    label = draft.file.label
    if any(map(_INSTANT.fullmatch, map(str.strip, draft.names))):
        raise InputError(
            f"{label}: the first line holds values, not names of columns; write a line with the"
            f" names above it: {listed(REQUIRED)} are needed"
        )
    head = head_of(draft.file)
    if not _is_utf_8(head):
        return NOT_UTF_8
    lines = decode_head(draft.file, head).splitlines()[:_LOOKED_AT]
    if any(map(_STATEMENT.match, lines)):
        return _NOT_A_TABLE
    if any(map(_RULE.fullmatch, lines[:1])):
        return _without_rules(label)
    found = [number for number, line in enumerate(lines, 1) if number > 1 and _is_header(line)]
    if not found:
        return ""
    new = beside(label, "log.csv")
    return (
        f"line {found[0]} names the columns; leave out what stands above it:"
        f" tail -n +{found[0]} {shlex.quote(label)} > {new}, then give {new}"
    )


def _without_rules(label: str) -> str:
    """The command that makes rows of a table that is drawn with `|` and `-`."""
    new = beside(label, "log.csv")
    return (
        "the file is a table drawn with | and -; leave out the drawing: sed -n"
        f" 's/^ *| *\\(.*[^ ]\\) *| *$/\\1/p' {shlex.quote(label)} > {new}, then give {new}"
    )


def _is_utf_8(head: bytes) -> bool:
    """Whether the first bytes are UTF-8, but for a character that is cut at their end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _is_header(line: str) -> bool:
    return any(
        sum(bool(alternatives(name, cells)) for name in REQUIRED) >= _NAMES_LEAST
        for cells in map(_cells, [line] * len(DELIMITERS), DELIMITERS)
    )


def _cells(line: str, delimiter: str) -> Sequence[str]:
    try:
        return next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
    except csv.Error:
        return []
