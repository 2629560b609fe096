"""EVENTS on the command line to a list of files: literal paths, globs, folders, tables."""

import glob
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from resume_gap.errors import InputError
from resume_gap.sources.formats import ENDINGS, compression_of, is_json, kind_of_name, look_inside
from resume_gap.sources.inputs import InputFile, printable, regular_file, status, unreadable

MAX_INPUTS: Final = 65_535
"""`input_no` is a USMALLINT."""
TABLE_MARK: Final = "::"
_DATABASE: Final = b"DUCK"
"""What a DuckDB file holds after its first checksum."""
_LOOKED_AT: Final = 256
"""Bytes at the beginning of a file that are looked at."""


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
    found = status(event)
    if found is not None:
        return _folder(event) if stat.S_ISDIR(found.st_mode) else [_file(event)]
    label = printable(event)
    database, mark, table = event.partition(TABLE_MARK)
    if mark and status(database) is not None:
        if not table:
            raise InputError(f"{label}: names no table; write {printable(database)}::TABLE")
        return [_database(event, database, table)]
    if glob.has_magic(event):
        _refuse_closed_folders(event)
        names = sorted(glob.glob(event, recursive=True))  # noqa: PTH207 - keeps paths as given
        files = [item for name in names for item in _matched(name)]
        if not files:
            raise InputError(f"{label}: no file matches; quote the glob and check the folder")
        return files
    if mark:
        raise InputError(
            f"{printable(database or event)}: there is no such database file; check the path"
        )
    raise InputError(f"{label}: there is no such file or folder; check the path")


def _refuse_closed_folders(pattern: str) -> None:
    """Refuse a glob that passes a folder nobody may look into; Python's own skips it in silence.

    Raises:
        InputError: There is such a folder.
    """
    parts = Path(pattern).parts
    for cut in range(1, len(parts)):
        start = os.path.join(*parts[:cut])  # noqa: PTH118 - a path as given, `./` included
        places = glob.glob(start, recursive=True) if glob.has_magic(start) else [start]  # noqa: PTH207
        for place in places:
            found = status(place)
            if found is not None and stat.S_ISDIR(found.st_mode):
                _list(place)


def _list(folder: str) -> list[str]:
    """Names in a folder, sorted.

    Raises:
        InputError: It cannot be read or searched.
    """
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - keeps the path as given
        if names:
            # A folder may be read and still not be searched.
            os.lstat(os.path.join(folder, names[0]))  # noqa: PTH118
    except OSError as error:
        raise unreadable(printable(folder), error) from error
    return names


def _matched(name: str) -> Iterable[InputFile]:
    found = status(name)
    if found is not None and stat.S_ISDIR(found.st_mode):
        return _folder(name, may_be_empty=True)
    return [_file(name)]


def _folder(given: str, *, may_be_empty: bool = False) -> list[InputFile]:
    """All supported files in a folder and below; hidden and unknown ones are left alone."""
    names = sorted(_below(given, frozenset()))
    if not names and not may_be_empty:
        raise InputError(
            f"{printable(given)}: holds no event files; there should be {', '.join(ENDINGS)}"
        )
    return [_file(name) for name in names]


def _below(folder: str, above: frozenset[str]) -> Iterator[str]:
    """Paths of the supported files in a folder and below; links are followed, but not in circles.

    Raises:
        InputError: A folder cannot be read or searched.
    """
    above |= {os.path.realpath(_absolute(folder))}
    for name in _list(folder):
        if name.startswith((".", "_")):
            continue
        path = str(Path(folder, name))
        if os.path.isdir(path):  # noqa: PTH112
            if os.path.realpath(_absolute(path)) not in above:
                yield from _below(path, above)
        elif kind_of_name(name)[0] not in (None, "duckdb"):
            yield path


def _database(event: str, database: str, table: str) -> InputFile:
    regular_file(database)
    label = printable(event)
    if _first_bytes(database)[8:12] != _DATABASE:
        raise InputError(
            f"{label}: cannot be opened as a DuckDB database: it is none; a file of another format"
            f" is given without {TABLE_MARK}TABLE"
        )
    return InputFile(given=event, path=_absolute(database), kind="duckdb", table=table)


def _absolute(given: str) -> Path:
    try:
        path = Path(given).absolute()
        str(path).encode()
    except OSError as error:
        raise InputError(
            "the working directory is not there any more; change into another one"
        ) from error
    except UnicodeEncodeError:
        raise InputError(
            f"{printable(given)}: lies in a folder whose name is not UTF-8; rename or move it"
        ) from None
    return path


def _first_bytes(given: str) -> bytes:
    try:
        with Path(given).open("rb") as stream:
            return stream.read(_LOOKED_AT)
    except OSError as error:
        raise unreadable(printable(given), error) from error


def _file(given: str) -> InputFile:
    regular_file(given)
    label = printable(given)
    kind, compression = kind_of_name(Path(given).name)
    head = _first_bytes(given)
    if kind == "duckdb":
        raise InputError(f"{label}: is a database; name the table: {label}::TABLE")
    if kind is None and is_json(_beginning(given, head)):
        kind = "json"
    kind, compression = look_inside(label, head, kind, compression)
    return InputFile(given=given, path=_absolute(given), kind=kind, compression=compression)


def _beginning(given: str, head: bytes) -> bytes:
    """The first bytes of a file, decompressed."""
    compression = compression_of(head)
    if compression is None:
        return head
    file = InputFile(given=given, path=_absolute(given), kind="json", compression=compression)
    return next(file.chunks(_LOOKED_AT), b"")
