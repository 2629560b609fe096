"""JSON lines as rows of text: every key a column, every digit of a number kept."""

import json
import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb

from resume_gap.errors import InputError
from resume_gap.sources.formats import refuse_wide_text
from resume_gap.sources.inputs import InputFile, beside
from resume_gap.sources.readers.header import BUFFERED_LINES, MOST_COLUMNS
from resume_gap.sqltext import quote_text

_BOM: Final = b"\xef\xbb\xbf"
OBJECT_MOST: Final = 16_000_000
_LOOKED_AT: Final = 20_000
"""Objects of a file whose values are looked at for their kinds."""
_KINDS: Final = {
    "VARCHAR": "text",
    "BOOLEAN": "true or false",
    "OBJECT": "objects",
    "ARRAY": "lists",
    "NULL": "",
}
"""DuckDB's types of JSON values; all others are numbers."""
_FORMATS: Final = {"lines": "newline_delimited", "array": "array", "objects": "unstructured"}
_HEAD: Final = 65_536
_TAIL: Final = 4_096
_NOTHING: Final = re.compile(rb"(\xef\xbb\xbf)?\s*(\[\s*\]\s*)?")
"""A file without an object: as an export writes it for an hour in which nothing happened."""
_JOINED: Final = re.compile(rb"\s*\{.*?\}[ \t]*\{", re.DOTALL)
"""Objects one after the other, as a stream of deliveries leaves them."""
_LAST_COMMA: Final = re.compile(rb",\s*\]\s*$")


def layout(file: InputFile) -> str | None:
    """How the objects of a file stand; None for one that holds none.

    One on each `lines`, `bom` (lines after a byte order mark), in an `array`, or as `objects`
    that run over several lines.
    """
    head = b""
    for piece in file.chunks(_HEAD):
        head += piece
        if head.strip():
            break
    if not head.strip() or _NOTHING.fullmatch(head):
        return None
    refuse_wide_text(file.label, head)
    if head.startswith(_BOM):
        return "bom"
    if head.lstrip().startswith(b"["):
        return "array"
    return "objects" if _runs_on(head.decode("utf-8", "replace").lstrip()) else "lines"


def _runs_on(text: str) -> bool:
    """Whether the first object of a text goes on after its line."""
    first, end, _ = text.partition("\n")
    if not end or not text.startswith("{"):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        # A broken line goes on like a whole one; the next line of one object cannot begin anew.
        return first.strip() == "{" or _is_object(text)
    return False


def _is_object(text: str) -> bool:
    try:
        json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return True


def relation(paths: Sequence[str | Path], how: str, most: int = OBJECT_MOST) -> str:
    """A select of one column `json`: null where a line is broken; no row for a blank line."""
    listed = ", ".join(quote_text(str(path)) for path in paths)
    if how == "bom":
        # The reader of JSON stumbles over the mark, the reader of CSV does not; no valid JSON
        # holds the separator that is asked for.
        return (
            "(select case when json_valid(line) then cast(line as json) end as json"
            f" from read_csv([{listed}], auto_detect = false, delim = '\x1f',"
            " quote = '', escape = '', header = false, columns = {'line': 'VARCHAR'},"
            f" strict_mode = false, max_line_size = {most},"
            f" buffer_size = {BUFFERED_LINES * most}, hive_partitioning = false)"
            " where trim(line) <> '')"
        )
    return (
        f"read_json_objects([{listed}], format = '{_FORMATS[how]}',"
        f" ignore_errors = {str(how == 'lines').lower()},"
        f" maximum_object_size = {most}, hive_partitioning = false)"
    )


def keys(
    con: duckdb.DuckDBPyConnection, file: InputFile, path: str, how: str
) -> tuple[tuple[str, ...], int]:
    """All keys at the top of any object of the file, sorted, and room for its longest object."""
    try:
        return _keys(con, relation([path], how)), OBJECT_MOST
    except duckdb.InvalidInputException as error:
        if "Malformed" in str(error) and (advice := _about_commas(file, how)):
            raise InputError(f"{file.label}: {advice}") from error
        if "object" not in str(error) and "size" not in str(error):
            raise
    # Rare, so the file is looked through for its longest line only now.
    most = max(OBJECT_MOST, _longest(file, how) + 1024)
    return _keys(con, relation([path], how, most)), most


def about_lines(file: InputFile) -> str:
    """What writes one object per line, where the file has several on one; else empty."""
    head = next(file.chunks(), b"")
    if not _JOINED.match(head):
        return ""
    name, new = shlex.quote(file.label), beside(file.label, "events.jsonl")
    return f": jq -c . {name} > {new}, then give {new}"


def _about_commas(file: InputFile, how: str) -> str:
    """What to do about commas behind which nothing comes; empty where there are none."""
    head = tail = b""
    for piece in file.chunks():
        head = head or piece
        tail = (tail + piece)[-_TAIL:]
    first, _, _ = head.partition(b"\n")
    if how != "array" and first.rstrip().endswith(b"},"):
        name, new = shlex.quote(file.label), beside(file.label, "events.jsonl")
        return (
            "its lines end with commas, which JSON lines do not have; take them away:"
            f" sed 's/, *$//' {name} > {new}, then give {new}"
        )
    if how == "array" and _LAST_COMMA.search(tail):
        return "has a comma before its last bracket; take it away, or export the file again"
    return ""


def _keys(con: duckdb.DuckDBPyConnection, source: str) -> tuple[str, ...]:
    found = con.execute(
        f"select distinct unnest(names) from (select distinct json_keys(json) as names"
        f" from {source} where json_type(json) = 'OBJECT') limit {MOST_COLUMNS + 1}"
    ).fetchall()
    return tuple(sorted(name for (name,) in found))


def kinds(
    con: duckdb.DuckDBPyConnection, source: str, names: Sequence[str], *, known: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """By key what kinds of values it holds in the first objects of a file, sorted; null is none.

    Args:
        con: May read the file.
        source: The relation of its objects.
        names: Keys; a dotted name that is no key itself walks into objects.
        known: All keys at the top.
    """
    paths = {name: [name] if name in known else name.split(".") for name in names}
    paths = {name: path for name, path in paths.items() if path[0] in known}
    if not paths:
        return {}
    pointers = ", ".join(quote_text(pointer(path)) for path in paths.values())
    # One parse for all keys.
    rows = con.execute(
        f"select distinct json_type(json, cast([{pointers}] as varchar[])) from (select json"
        f" from {source} where json_type(json) = 'OBJECT' limit {_LOOKED_AT})"
    ).fetchall()
    if not rows:
        return {}
    found = zip(*(types for (types,) in rows), strict=True)
    return {
        name: tuple(sorted({_KINDS.get(type_, "numbers") for type_ in types if type_} - {""}))
        for name, types in zip(paths, found, strict=True)
    }


def _longest(file: InputFile, how: str) -> int:
    """Bytes of the longest line; of the whole file where an array may be on one line."""
    longest = held = total = 0
    for piece in file.chunks():
        total += len(piece)
        lines = piece.split(b"\n")
        longest = max(longest, held + len(lines[0]), *map(len, lines[1:]))
        held = len(lines[-1]) + (held if len(lines) == 1 else 0)
    return total if how == "array" else longest


def pointer(path: list[str]) -> str:
    """A JSON pointer (RFC 6901) to a key and the keys in it."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in path)


def text_at(json: str, path: list[str], text: str | None = None) -> str:
    """The value at a path as text; a whole number written 7.0 is '7', as in every format.

    Args:
        json: SQL of valid JSON.
        path: The keys to walk.
        text: SQL of the value as text, where it is at hand already.
    """
    where = quote_text(pointer(path))
    value = text or f"json_extract_string({json}, {where})"
    return (
        f"nullif(case when {value} like '%.0' and json_type({json}, {where}) = 'DOUBLE'"
        f" then left({value}, -2) else {value} end, '')"
    )
