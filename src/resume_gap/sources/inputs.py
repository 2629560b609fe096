"""EVENTS on the command line to a list of files: literal paths, globs, folders, tables."""

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from resume_gap.errors import InputError
from resume_gap.sources.formats import KINDS, Compression, Kind, kind_of_name, look_inside
from resume_gap.sources.sandbox import first_line

MAX_INPUTS: Final = 65_535
"""`input_no` is a USMALLINT."""
TABLE_MARK: Final = "::"


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """One file, or one table of a database, that is to be read.

    Attributes:
        given: The path as given, or as it follows from a given folder or glob.
        path: The same, absolute; what DuckDB gets to see.
        kind: How it is written.
        compression: Around the whole file.
        table: The table's name in a database, as given.
    """

    given: str
    path: Path
    kind: Kind
    compression: Compression = None
    table: str | None = None

    @property
    def label(self) -> str:
        """The name of the input in messages."""
        return self.given

    def open_bytes(self) -> BinaryIO:
        """The content from its first byte, decompressed."""
        import pyarrow as pa  # noqa: PLC0415 - only compressed and text inputs pay for it

        try:
            if self.compression is None:
                return self.path.open("rb")
            stream: BinaryIO = pa.input_stream(str(self.path), compression=self.compression)
        except OSError as error:
            raise unreadable(self.label, error) from error
        return stream

    def chunks(self, size: int = 1 << 20) -> Iterator[bytes]:
        """The decompressed content in pieces.

        Raises:
            InputError: The file cannot be read or its compression is broken.
        """
        try:
            with self.open_bytes() as stream:
                while piece := stream.read(size):
                    yield piece
        except (OSError, EOFError) as error:
            raise unreadable(self.label, error) from error

    def sha256(self) -> str:
        """Of the bytes as they stand on the disk."""
        try:
            with self.path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise unreadable(self.label, error) from error


def unreadable(label: str, error: Exception) -> InputError:
    """The one line for a file the system or a decoder does not give us."""
    detail = getattr(error, "strerror", None) or first_line(error)
    return InputError(f"{label}: cannot be read: {detail}; check the path, the rights or the copy")


def expand(events: Sequence[str]) -> tuple[tuple[InputFile, ...], tuple[str, ...]]:
    """The files behind EVENTS in order, and the names of those that came twice.

    An existing path is taken word for word before it is read as a glob; globs and folders are
    expanded here and sorted, so that DuckDB never sees a pattern.

    Raises:
        InputError: Something does not exist, matches nothing or has no known format.
    """
    if not events:
        raise InputError("no input; give a file, a folder or a quoted glob")
    found: list[InputFile] = []
    seen: set[tuple[str, str | None]] = set()
    twice: list[str] = []
    for event in events:
        for item in _expand_one(event):
            key = (os.path.realpath(item.path), item.table)
            if key in seen:
                twice.append(item.given)
                continue
            seen.add(key)
            found.append(item)
    if len(found) > MAX_INPUTS:
        raise InputError(f"{len(found):,} files are more than {MAX_INPUTS:,}; join some of them")
    return tuple(found), tuple(twice)


def _expand_one(event: str) -> Iterable[InputFile]:
    if not event or "\x00" in event:
        raise InputError(f"{event!r} is no path; give a file, a folder or a quoted glob")
    path = Path(event)
    if path.is_dir():
        return _folder(event, path)
    if path.exists():
        return [_file(event)]
    database, mark, table = event.partition(TABLE_MARK)
    if mark and Path(database).is_file():
        if not table:
            raise InputError(f"{event}: names no table; write {database}::TABLE")
        return [InputFile(given=event, path=Path(database).absolute(), kind="duckdb", table=table)]
    if glob.has_magic(event):
        names = sorted(glob.glob(event, recursive=True))  # noqa: PTH207 - keeps paths as given
        files = [item for name in names for item in _matched(name)]
        if not files:
            raise InputError(f"{event}: no file matches; quote the glob and check the folder")
        return files
    if mark:
        raise InputError(f"{database}: there is no such database file; check the path")
    raise InputError(f"{event}: there is no such file or folder; check the path")


def _matched(name: str) -> Iterable[InputFile]:
    path = Path(name)
    return _folder(name, path, may_be_empty=True) if path.is_dir() else [_file(name)]


def _folder(given: str, folder: Path, *, may_be_empty: bool = False) -> list[InputFile]:
    """All supported files in a folder and below; hidden and unknown ones are left alone."""
    names: list[str] = []
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        names += [
            str(Path(where, name))
            for name in files
            if not name.startswith((".", "_")) and kind_of_name(name)[0] not in (None, "duckdb")
        ]
    if not names and not may_be_empty:
        raise InputError(f"{given}: holds no event files; there should be {', '.join(KINDS)}")
    return [_file(name) for name in sorted(names)]


def _file(given: str) -> InputFile:
    path = Path(given).absolute()
    if not path.is_file():
        raise InputError(f"{given}: is no regular file; write standard input to a file first")
    kind, compression = kind_of_name(path.name)
    try:
        with path.open("rb") as stream:
            head = stream.read(64)
    except OSError as error:
        raise unreadable(given, error) from error
    if kind == "duckdb":
        raise InputError(f"{given}: is a database; name the table: {given}::TABLE")
    kind, compression = look_inside(given, head, kind, compression)
    return InputFile(given=given, path=path, kind=kind, compression=compression)
