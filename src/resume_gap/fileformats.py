"""The table of file formats that are read."""

from typing import Final, NamedTuple

FileKind = str
"""A key of `FORMATS`."""


class FileFormat(NamedTuple):
    """One format of files.

    Attributes:
        label: What people call it.
        endings: Of its files' names, the usual one first; each also compressed.
        signature: Its first bytes; empty where it is text, or where they are not enough to know it.
        converted: Whether `to_parquet` of `readers/KIND.py` writes it as Parquet.
        lines: Whether `rows` of `readers/KIND.py` gives its events, written as JSON lines.
        tables: What a file holds several of, of which `FILE::NAME` names one; empty: it is one.
        journaled: Whether rows may still lie in another file beside it.
    """

    label: str
    endings: tuple[str, ...]
    signature: bytes = b""
    converted: bool = False
    lines: bool = False
    tables: str = ""
    journaled: bool = False


FORMATS: Final[dict[FileKind, FileFormat]] = {
    "parquet": FileFormat("Parquet", ("parquet", "pq"), b"PAR1"),
    "csv": FileFormat("CSV", ("csv",)),
    "tsv": FileFormat("TSV", ("tsv", "tab")),
    "json": FileFormat("JSON", ("jsonl", "ndjson", "json", "jsonocel")),
    "arrow": FileFormat("Arrow", ("arrow", "feather"), b"ARROW1\x00\x00", converted=True),
    "duckdb": FileFormat("DuckDB", ("duckdb", "ddb"), tables="table", journaled=True),
    "sqlite": FileFormat(
        "SQLite",
        ("sqlite", "sqlite3", "db", "db3"),
        b"SQLite format 3\x00",
        converted=True,
        tables="table",
        journaled=True,
    ),
    "excel": FileFormat(
        "Excel or OpenDocument",
        ("xlsx", "xlsm", "xlsb", "xls", "ods"),
        converted=True,
        tables="sheet",
    ),
    "xes": FileFormat("XES", ("xes",), lines=True),
}
TABLE_MARK: Final = "::"
"""Between a file and the name of one of its tables."""
ENDINGS: Final = tuple(
    f".{ending}" for kind, one in FORMATS.items() if kind != "duckdb" for ending in one.endings
)
"""The endings of files that are read; each also compressed."""
NAMED: Final = tuple(kind for kind in FORMATS if kind != "duckdb")
"""What `--format` takes: a database says itself that it is one, and is no stream."""
