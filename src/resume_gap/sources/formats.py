"""Which format a file is in: by its ending, compared with its first bytes."""

import shlex
from typing import Final, Literal

from resume_gap.errors import InputError
from resume_gap.fileformats import FORMATS, FileKind

Compression = Literal["gzip", "zstd", "bz2", "xz"] | None

_BY_ENDING: Final = {ending: kind for kind, one in FORMATS.items() for ending in one.endings}
_COMPRESSED: Final[dict[str, Compression]] = {
    "gz": "gzip",
    "zst": "zstd",
    "zstd": "zstd",
    "bz2": "bz2",
    "xz": "xz",
}
COMPRESSED_ENDINGS: Final = tuple(f".{ending}" for ending in _COMPRESSED if ending != "zstd")
_MAGIC: Final[dict[Compression, bytes]] = {
    "gzip": b"\x1f\x8b",
    "zstd": b"\x28\xb5\x2f\xfd",
    "bz2": b"BZh91AY&SY",
    "xz": b"\xfd7zXZ",
}
LOOKED_AT: Final = 512
"""Bytes at the beginning of a file that are looked at."""
TEXTS: Final[frozenset[FileKind]] = frozenset(("csv", "tsv", "json"))
_ENCODINGS: Final = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
"""By byte order mark; the long ones first, as one of them begins with a short one."""
_WEB_PAGE: Final = (b"<!doctype html", b"<html")
_WEB_PAGE_AT: Final = 20
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_MARKS: Final = (b"xl/", b"[Content_Types].xml", b"opendocument.spreadsheet")
_ZIP: Final = b"PK\x03\x04"
_TAR: Final = (257, b"ustar")
"""Where a tar archive says what it is."""
_CONTROLS: Final = bytes(n for n in range(32) if n not in b"\t\n\v\f\r\x1a\x1b")
_CONTROLS_MOST: Final = 0.1
"""More control characters than this share are no text."""
_FOREIGN_WORDS: Final = {
    b"FEA1": "a Feather file of version 1; write it as Parquet",
    b"Obj\x01": "an Avro file; write it as Parquet",
    b"ORC": "an ORC file; write it as Parquet",
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


def is_read_packed(name: str, compression: Compression) -> bool:
    """Whether the engine undoes the compression of a text file itself: it sees only the name."""
    return compression in (None, "gzip", "zstd") and kind_of_name(name)[1] == compression


def compression_of(head: bytes) -> Compression:
    """Around a whole file, by its first bytes."""
    if head.startswith(b"BZh") and head[4:10] == _MAGIC["bz2"][4:]:
        return "bz2"  # whatever the size of its blocks, which the fourth byte says
    return next((name for name, magic in _MAGIC.items() if head.startswith(magic)), None)


def encoding_of(head: bytes) -> str | None:
    """The encoding that a byte order mark says; None: there is none, or it is that of UTF-8."""
    return next((name for mark, name in _ENCODINGS.items() if head.startswith(mark)), None)


def refuse_wide_text(label: str, head: bytes) -> None:
    """Refuse text of two or four bytes a character without a byte order mark, and what is no text.

    Raises:
        InputError: The bytes are such text, or none at all.
    """
    if compression_of(head) is not None or head.startswith(_ZIP):
        raise InputError(
            f"{label}: is packed twice; unpack it once and give the file that comes out of it"
        )
    zeros = head.count(0) / max(1, len(head))
    width = 32 if zeros > _UTF_32_ZEROS else 16 if zeros > _UTF_16_ZEROS else None
    if width is not None:
        raise InputError(
            f"{label}: is UTF-{width} without a mark of its byte order, or no text; say"
            f" --encoding utf-{width}-le or utf-{width}-be"
        )
    look = head[:LOOKED_AT]
    if len(look) - len(look.translate(None, _CONTROLS)) > _CONTROLS_MOST * len(look):
        raise InputError(
            f"{label}: is no text in spite of its ending; give it its own, or export it again"
        )


def is_archive(head: bytes) -> bool:
    """Whether a file is a zip archive and no workbook, by its first bytes."""
    return head.startswith(_ZIP) and not is_workbook(head)


def is_workbook(head: bytes) -> bool:
    """Whether a file is a workbook of Excel or OpenDocument, by its first bytes."""
    if head.startswith(_OLD_EXCEL):
        return True
    return head.startswith(_ZIP) and any(mark in head for mark in _WORKBOOK_MARKS)


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
    known = _by_content(label, head, kind)
    if known is not None:
        # Some writers put the codec of the pages into the name: part-0.parquet.gz is plain.
        return known, None
    inside = compression_of(head)
    if kind is None and (head[_TAR[0] :].startswith(_TAR[1]) or _is_called_tar(label)):
        raise InputError(
            f"{label}: is a tar archive; unpack it (tar -xf {shlex.quote(label)}) and give the"
            " files that were in it"
        )
    if kind is None:
        usual = ", ".join(f".{one.endings[0]}" for one in FORMATS.values() if one.endings)
        raise InputError(
            f"{label}: neither its ending nor its beginning says the format; give it with --format,"
            f" or an ending: {usual} (also {', '.join(COMPRESSED_ENDINGS)})"
        )
    if inside is None and head:
        _refuse_wrong_ending(label, head, kind, compression)
    return kind, inside


def _is_called_tar(label: str) -> bool:
    parts = label.lower().rsplit(".", 2)[1:]
    return parts[-1:] == ["tgz"] or (parts[:1] == ["tar"] and parts[-1] in _COMPRESSED)


def _by_content(label: str, head: bytes, kind: FileKind | None) -> FileKind | None:
    """The format that the first bytes say for certain; None: they do not.

    Raises:
        InputError: It is one that is not read.
    """
    if is_workbook(head) or (kind == "excel" and head.startswith(_ZIP)):
        # Some writers put other parts first; the ending says what they are.
        return "excel"
    if head.lstrip()[:_WEB_PAGE_AT].lower().startswith(_WEB_PAGE):
        raise InputError(
            f"{label}: is a web page (HTML), such as one to sign in; download the export again"
        )
    text = kind in TEXTS and head[4:8].decode("latin-1").isprintable()
    for magic, words in ({} if text else _FOREIGN_WORDS).items():
        if head.startswith(magic):
            raise InputError(f"{label}: is {words}")
    if not text and head[8:12] == b"DUCK":
        raise InputError(f"{label}: is a DuckDB database; name the table: {label}::TABLE")
    for signed, one in FORMATS.items():
        certain = not text or b"\x00" in one.signature
        if certain and one.signature and head.startswith(one.signature):
            return signed
    return None


def _refuse_wrong_ending(label: str, head: bytes, kind: FileKind, compression: Compression) -> None:
    if compression is not None:
        raise InputError(f"{label}: is not compressed with {compression}; correct the ending")
    if kind == "excel":
        raise InputError(
            f"{label}: is no workbook in spite of its ending; if it is text, name it .csv or .tsv"
        )
    if FORMATS[kind].signature:
        begin = FORMATS[kind].signature.rstrip(b"\x00").decode(errors="backslashreplace")
        advice = ""
        if not head.translate(None, bytes(range(32, 127)) + b"\t\r\n"):
            advice = f"; it is text: give --format {'json' if is_json(head) else 'csv'}"
        raise InputError(
            f"{label}: is no {FORMATS[kind].label} file (it does not begin with {begin}){advice}"
        )
