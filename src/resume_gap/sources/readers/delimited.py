"""Dialect and header of a CSV or TSV file, read from its first bytes by ourselves.

DuckDB's own sniffer can turn a ragged file into one column without a word, so nothing is left for
it to guess.
"""

import csv
import io
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from resume_gap.errors import InputError
from resume_gap.layouts import layouts
from resume_gap.sources.formats import refuse_wide_text
from resume_gap.sources.inputs import InputFile
from resume_gap.sources.readers.header import (
    BUFFERED_LINES,
    distinct_names,
    refuse_repeated,
    refuse_too_many,
)
from resume_gap.sqltext import quote_text

_HEAD: Final = 256 * 1024
_RECORDS: Final = 200
_BOM: Final = b"\xef\xbb\xbf"
DELIMITERS: Final = (",", ";", "\t", "|")
_LINE_MOST: Final = 16_000_000
REJECTS_KEPT: Final = 100_000
_BEFORE: Final = re.compile(r"[\r\n]*(?:sep=(?P<sep>[,;|\t])(?:\r\n|\r|\n))?[\r\n]*")
_BLANK: Final = re.compile(rb"\n(?=\n)")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the fields of a file are written.

    Attributes:
        delimiter: Between fields.
        escape: Before a quote inside quotes: a second quote or a backslash.
        names: The header, made distinct; never empty names.
        header_lines: How many lines the header takes, with a `sep=;` before it.
        skip: How many lines stand before the header.
        padded: Whether values are to be read without the blanks around them.
    """

    delimiter: str
    escape: str
    names: tuple[str, ...]
    header_lines: int
    skip: int
    padded: bool = False

    def relation(self, paths: Sequence[Path], *, strict: bool) -> str:
        """`read_csv` with nothing left to guess; columns are c0, c1, ... as text."""
        listed = ", ".join(quote_text(str(path)) for path in paths)
        columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(self.names)))
        return (
            f"read_csv([{listed}], auto_detect = false,"
            f" header = {str(self.header_lines > 0).lower()},"
            f" skip = {self.skip},"
            f" delim = {quote_text(self.delimiter)}, quote = '\"',"
            f" escape = {quote_text(self.escape)}, columns = {{{columns}}},"
            f" nullstr = '', allow_quoted_nulls = true, max_line_size = {_LINE_MOST},"
            f" buffer_size = {BUFFERED_LINES * _LINE_MOST},"
            f" strict_mode = {str(strict).lower()}, store_rejects = true,"
            f" rejects_limit = {REJECTS_KEPT}, rejects_line_size_limit = {_LINE_MOST},"
            " hive_partitioning = false)"
        )


def sniff(file: InputFile) -> Dialect | None:
    """The dialect, or None where the file is empty.

    Raises:
        InputError: The text is not UTF-8, or the first line is no header.
    """
    head = head_of(file)
    if not head.strip():
        return None
    text = decode_head(file, head)
    options = ("\t",) if file.kind == "tsv" else DELIMITERS
    before = _BEFORE.match(text)
    above = before[0] if before else ""
    text = text[len(above) :]
    skip = len(above.splitlines())
    stated = 0
    if before and before["sep"]:
        # Excel says the delimiter in a line of its own.
        options, stated = (before["sep"],), 1
    best: tuple[int, int, Dialect, list[str]] | None = None
    for delimiter, escape in itertools.product(options, ('"', "\\")):
        records = _records(text, delimiter, escape)
        if not records:
            continue
        fitting = sum(len(record) == len(records[0]) for record in records)
        # A delimiter that cuts every line into one field fits always and says nothing.
        score = (fitting if len(records[0]) > 1 else 0, len(records[0]))
        if best is None or score > best[:2]:
            fields = headerless(records[0])
            header = list(fields) or records[0]
            lines = stated + (0 if fields else _lines_of(header))
            names = distinct_names(header)
            padded = _is_padded(records)
            best = (*score, Dialect(delimiter, escape, names, lines, skip, padded), header)
    if best is None:
        raise InputError(f"{file.label}: holds no header line; the first line names the columns")
    refuse_too_many(file.label, len(best[3]))
    refuse_repeated(file, best[3])
    return best[2]


def _is_padded(records: Sequence[Sequence[str]]) -> bool:
    """Whether a blank follows every delimiter, as in `a, b` and in the tables of `psql`.

    Lines of another length, such as a rule or a count of the rows, say nothing.
    """
    whole = [record[1:] for record in records if len(record) == len(records[0])]
    later = [value for record in whole for value in record if value]
    return len(whole) > 1 and all(value.startswith(" ") for value in later) and bool(later)


def headerless(record: Sequence[str]) -> tuple[str, ...]:
    """The columns of a layout that has no header, where the first record is one of its rows."""
    for one in layouts():
        if one.fields and len(one.fields) == len(record) and not set(record) & set(one.fields):
            return one.fields
    return ()


def head_of(file: InputFile) -> bytes:
    """The first bytes of a text file, decompressed."""
    return b"".join(itertools.islice(file.chunks(_HEAD), 1))


def decode_head(file: InputFile, head: bytes) -> str:
    """The first bytes as text; a character cut in two at the end does not count."""
    refuse_wide_text(file.label, head)
    return head.removeprefix(_BOM).decode("utf-8", errors="replace")


def _records(text: str, delimiter: str, escape: str) -> list[list[str]]:
    # The last line may be cut; a short head is the whole file.
    whole = text if len(text) < _HEAD // 4 else text[: text.rfind("\n") + 1] or text
    reader = csv.reader(
        io.StringIO(whole, newline=""),
        delimiter=delimiter,
        doublequote=escape == '"',
        escapechar=None if escape == '"' else escape,
    )
    records: list[list[str]] = []
    try:
        for record in reader:
            if record:
                records.append(record)
            if len(records) >= _RECORDS:
                break
    except csv.Error:
        # One endless field: the wrong quotes; what was read until here still counts.
        pass
    return records


def _lines_of(header: list[str]) -> int:
    return 1 + sum(len(name.splitlines()) - 1 for name in header if name)


def count_lines(file: InputFile) -> int:
    """The physical lines of a file, so that no parser can lose some in silence."""
    ends = 0
    last = b""
    for piece in file.chunks():
        ends += piece.count(b"\n")
        if last == b"\r" or b"\r" in piece:
            # A pair of return and newline ends one line, also when it is cut in two.
            ends += piece.count(b"\r") - (last + piece).count(b"\r\n")
        last = piece[-1:]
    return ends + (last not in (b"", b"\n", b"\r"))


def count_blank_lines(file: InputFile) -> int:
    """Lines that hold nothing, which are neither rows nor broken."""
    blank = 0
    last = b"\n"
    held = b""
    for piece in file.chunks():
        joined = held + piece
        # A return at the end of a piece may be the first half of a line end.
        held = b"\r" if joined.endswith(b"\r") else b""
        ends = joined.removesuffix(b"\r").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        blank += len(_BLANK.findall(last + ends))
        last = ends[-1:] or last
    return blank
