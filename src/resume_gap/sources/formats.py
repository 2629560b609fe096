"""Which format a file is in: by its ending, held against its first bytes."""

from typing import Final, Literal, NamedTuple

from resume_gap.errors import InputError

FileKind = Literal["parquet", "arrow", "csv", "tsv", "json", "duckdb"]
Compression = Literal["gzip", "zstd"] | None


class FileFormat(NamedTuple):
    """One format of files.

    Attributes:
        label: What people call it.
        endings: Of its files' names, the usual one first; each also with .gz or .zst.
        signature: Its first bytes; empty where it is text, or a database.
        converted: Whether `to_parquet` of `readers/KIND.py` writes it as Parquet.
    """

    label: str
    endings: tuple[str, ...]
    signature: bytes = b""
    converted: bool = False


FORMATS: Final[dict[FileKind, FileFormat]] = {
    "parquet": FileFormat("Parquet", ("parquet", "pq"), b"PAR1"),
    "csv": FileFormat("CSV", ("csv",)),
    "tsv": FileFormat("TSV", ("tsv", "tab")),
    "json": FileFormat("JSON", ("jsonl", "ndjson", "json")),
    "arrow": FileFormat("Arrow", ("arrow", "feather"), b"ARROW1\x00\x00", converted=True),
    "duckdb": FileFormat("DuckDB", ("duckdb", "ddb")),
}
ENDINGS: Final = tuple(
    f".{ending}" for kind, one in FORMATS.items() if kind != "duckdb" for ending in one.endings
)
"""The endings of files that are read; each also with .gz or .zst."""

_BY_ENDING: Final = {ending: kind for kind, one in FORMATS.items() for ending in one.endings}
_COMPRESSED: Final[dict[str, Compression]] = {"gz": "gzip", "zst": "zstd", "zstd": "zstd"}
_MAGIC: Final[dict[Literal["gzip", "zstd"], bytes]] = {
    "gzip": b"\x1f\x8b",
    "zstd": b"\x28\xb5\x2f\xfd",
}
_FOREIGN_BYTES: Final = {
    b"\xff\xfe\x00\x00": "UTF-32 text; convert it: iconv -f UTF-32 -t UTF-8",
    b"\x00\x00\xfe\xff": "UTF-32 text; convert it: iconv -f UTF-32 -t UTF-8",
    b"PK\x03\x04": "a zip archive; unpack it first",
    b"\xfd7zXZ": "compressed with xz; use gzip or zstd",
    b"\xff\xfe": "UTF-16 text; convert it: iconv -f UTF-16 -t UTF-8",
    b"\xfe\xff": "UTF-16 text; convert it: iconv -f UTF-16 -t UTF-8",
}
_SPREADSHEETS: Final = {
    "xlsx": "an Excel workbook",
    "xlsm": "an Excel workbook",
    "xlsb": "an Excel workbook",
    "xls": "an Excel workbook",
    "ods": "an OpenDocument spreadsheet",
}
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_MARKS: Final = (b"xl/", b"[Content_Types].xml")
_FOREIGN_WORDS: Final = {
    b"SQLite format 3": "an SQLite database; export the table as CSV or Parquet",
    b"FEA1": "a Feather file of version 1; write it as Parquet",
    b"Obj\x01": "an Avro file; write it as Parquet",
    b"ORC": "an ORC file; write it as Parquet",
    b"BZh": "compressed with bzip2; use gzip or zstd",
}
"""These could begin a text as well: a header `ORCID,ts,event`."""
_UTF_32_ZEROS: Final = 0.55
_UTF_16_ZEROS: Final = 0.2
"""More zero bytes than these are text of four or of two bytes a character."""


def kind_of_name(name: str) -> tuple[FileKind | None, Compression]:
    """Format and compression that a file's name promises."""
    parts = name.lower().split(".")
    compression = _COMPRESSED.get(parts[-1]) if len(parts) > 1 else None
    if compression is not None:
        parts.pop()
    return (_BY_ENDING.get(parts[-1]) if len(parts) > 1 else None), compression


def compression_of(head: bytes) -> Compression:
    """Around a whole file, by its first bytes."""
    return next((name for name, magic in _MAGIC.items() if head.startswith(magic)), None)


def refuse_wide_text(label: str, head: bytes) -> None:
    """Refuse text of two or four bytes a character, with or without a byte order mark.

    Raises:
        InputError: The bytes are such text, or none at all.
    """
    for magic, words in _FOREIGN_BYTES.items():
        if words.startswith("UTF") and head.startswith(magic):
            raise InputError(f"{label}: is {words}")
    zeros = head.count(0) / max(1, len(head))
    if zeros > _UTF_32_ZEROS:
        raise InputError(f"{label}: is UTF-32 or no text; convert it: iconv -f UTF-32 -t UTF-8")
    if zeros > _UTF_16_ZEROS:
        raise InputError(f"{label}: is UTF-16 or no text; convert it: iconv -f UTF-16 -t UTF-8")


def spreadsheet(name: str, head: bytes) -> str | None:
    """What kind of spreadsheet a file is, by its first bytes; None: it is none."""
    zipped = head.startswith(b"PK\x03\x04")
    by_name = _SPREADSHEETS.get(name.lower().rpartition(".")[2])
    if by_name is not None and (zipped or head.startswith(_OLD_EXCEL)):
        return by_name
    if zipped and any(mark in head for mark in _WORKBOOK_MARKS):
        return _SPREADSHEETS["xlsx"]
    return _SPREADSHEETS["ods"] if zipped and b"opendocument.spreadsheet" in head else None


def is_json(text: bytes) -> bool:
    """Whether text begins with a JSON object, or with an array of them.

    Args:
        text: Decompressed; at least the first characters of the file.
    """
    begin = text.removeprefix(b"\xef\xbb\xbf").lstrip()
    inner = begin.removeprefix(b"[").lstrip()
    # An object begins with a name in quotes, or is empty; `[INFO] ...` and `{0}` are neither.
    return inner.startswith(b"{") and inner[1:].lstrip().startswith((b'"', b"}"))


def look_inside(
    label: str, head: bytes, kind: FileKind | None, compression: Compression
) -> tuple[FileKind, Compression]:
    """The format after a look at the first bytes.

    Raises:
        InputError: Neither ending nor content tell, or they contradict each other.
    """
    workbook = spreadsheet(label, head)
    if workbook is not None:
        raise InputError(f"{label}: is {workbook}; save the sheet as CSV and give that file")
    text = kind in ("csv", "tsv", "json") and head[4:8].decode("latin-1").isprintable()
    for magic, words in (_FOREIGN_BYTES if text else _FOREIGN_BYTES | _FOREIGN_WORDS).items():
        if head.startswith(magic):
            raise InputError(f"{label}: is {words}")
    if not text and head[8:12] == b"DUCK":
        raise InputError(f"{label}: is a DuckDB database; name the table: {label}::TABLE")
    for signed, one in FORMATS.items():
        if not text and one.signature and head.startswith(one.signature):
            # Some writers put the codec of the pages into the name: part-0.parquet.gz is plain.
            return signed, None
    inside = compression_of(head)
    if kind is None:
        raise InputError(
            f"{label}: neither its ending nor its beginning says the format; name it"
            f" {', '.join(ENDINGS)} (also .gz, .zst)"
        )
    if inside is None and compression is not None and head:
        raise InputError(f"{label}: is not compressed with {compression}; correct the ending")
    if FORMATS[kind].signature and inside is None and head:
        begin = FORMATS[kind].signature.rstrip(b"\x00").decode()
        raise InputError(
            f"{label}: is no {FORMATS[kind].label} file (it does not begin with {begin})"
        )
    return kind, inside
