"""EVENTS on the command line to a list of files: literal paths, globs, folders, tables."""

import glob
import os
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from resume_gap.errors import InputError
from resume_gap.fileformats import ENDINGS, FORMATS, TABLE_MARK, FileKind
from resume_gap.settings import Settings, nearest
from resume_gap.sources.formats import (
    LOOKED_AT,
    TEXTS,
    compression_of,
    encoding_of,
    is_archive,
    is_json,
    kind_of_name,
    look_inside,
)
from resume_gap.sources.inputs import BROKEN, InputFile, printable, regular_file, status, unreadable

MAX_INPUTS: Final = 65_535
"""`input_no` is a USMALLINT."""
_DATABASE: Final = b"DUCK"
"""What a DuckDB file holds after its first checksum."""
_ADDRESS: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")


class Reading(NamedTuple):
    """How files are written, where somebody stated it.

    Attributes:
        file_format: Of all of them, whatever their endings; None: as each one's name and content
            say.
        encoding: Of the characters of those that are text; None: UTF-8, or what a byte order mark
            says.
    """

    file_format: FileKind | None = None
    encoding: str | None = None


AS_FOUND: Final = Reading()
"""Nothing."""


def reading_of(settings: Settings) -> Reading:
    """The format and encoding that the settings state."""
    wanted = settings.file_format
    return Reading(next((kind for kind in FORMATS if kind == wanted), None), settings.encoding)


def expand(
    events: Sequence[str | InputFile], how: Reading = AS_FOUND
) -> tuple[tuple[InputFile, ...], tuple[str, ...]]:
    """The files behind EVENTS in order, and the names of those that came twice.

    An existing path is taken word for word before it is read as a glob; globs and folders are
    expanded here and sorted, so that DuckDB never sees a pattern.

    Args:
        events: Paths, globs, folders, `FILE::TABLE`, or files that are known already.
        how: The stated format and encoding of the files.

    Raises:
        InputError: Something does not exist, matches nothing or has no known format.
    """
    if not events:
        raise InputError("no input; give a file, a folder or a quoted glob")
    found: list[InputFile] = []
    seen: set[tuple[str, str | None, str | None]] = set()
    twice: list[str] = []
    for event in events:
        for item in [event] if isinstance(event, InputFile) else _expand_one(event, how):
            place = item.given if item.is_in_memory else os.path.realpath(item.path)
            key = (place, item.table, item.member)
            if key in seen:
                twice.append(item.given)
                continue
            seen.add(key)
            found.append(item)
    if len(found) > MAX_INPUTS:
        raise InputError(f"{len(found):,} files are more than {MAX_INPUTS:,}; join some of them")
    return tuple(found), tuple(twice)


def _expand_one(event: str, how: Reading) -> Iterable[InputFile]:
    if not event or "\x00" in event:
        raise InputError(f"{event!r} is no path; give a file, a folder or a quoted glob")
    if _ADDRESS.match(event):
        raise InputError(
            f"{printable(event)}: is an address, and nothing is fetched from a network; download it"
            " and give the file, or send it to standard input: curl -sL ADDRESS | resume-gap ... -"
        )
    found = status(event)
    if found is not None:
        return _folder(event, how) if stat.S_ISDIR(found.st_mode) else _files(event, how)
    label = printable(event)
    database, mark, table = event.partition(TABLE_MARK)
    if mark and status(database) is not None:
        if not table:
            raise InputError(f"{label}: names no table; write {printable(database)}::TABLE")
        return [_part(event, database, table, how)]
    if glob.has_magic(event):
        _refuse_closed_folders(event)
        names = sorted(glob.glob(event, recursive=True))  # noqa: PTH207 - keeps paths as given
        files = [item for name in names for item in _matched(name, how)]
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


def _matched(name: str, how: Reading) -> Iterable[InputFile]:
    found = status(name)
    if found is not None and stat.S_ISDIR(found.st_mode):
        return _folder(name, how, may_be_empty=True)
    return _files(name, how)


def _folder(given: str, how: Reading, *, may_be_empty: bool = False) -> list[InputFile]:
    """All supported files in a folder and below; hidden and unknown ones are left alone."""
    names = sorted(_below(given, frozenset()))
    if not names and not may_be_empty:
        raise InputError(
            f"{printable(given)}: holds no event files; there should be {', '.join(ENDINGS)}"
        )
    return [item for name in names for item in _files(name, how)]


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
        elif _is_a_log(kind_of_name(name)[0]):
            yield path


def _is_a_log(kind: FileKind | None) -> bool:
    """Whether files of a kind in a folder are read: not what may hold all sorts of tables."""
    return kind is not None and not FORMATS[kind].tables


def _part(event: str, given: str, name: str, how: Reading) -> InputFile:
    """A table of a database, a sheet of a workbook or a file in an archive."""
    regular_file(given)
    label = printable(event)
    head = _first_bytes(given)
    if head[8:12] == _DATABASE:
        return InputFile(given=event, path=_absolute(given), kind="duckdb", table=name)
    kind, _ = kind_of_name(Path(given).name)
    if kind != "excel" and is_archive(head):
        members = {item.member or "": item for item in _members(given, how)}
        if name not in members:
            raise InputError(
                f"{label}: there is no such file in the archive{nearest(name, tuple(members))}"
            )
        return members[name]
    (file,) = _files(given, how)
    if not FORMATS[file.kind].tables:
        raise InputError(
            f"{label}: is no database, workbook or archive; a file of another format is given"
            f" without {TABLE_MARK}TABLE"
        )
    return replace(file, given=event, table=name)


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
            return stream.read(LOOKED_AT)
    except OSError as error:
        raise unreadable(printable(given), error) from error


def _files(given: str, how: Reading) -> list[InputFile]:
    """A file as one input; the files in an archive as one each."""
    regular_file(given)
    kind, _ = kind_of_name(Path(given).name)
    if how.file_format is None and kind != "excel" and is_archive(_first_bytes(given)):
        found = list(_members(given, how))
        if not found:
            raise InputError(
                f"{printable(given)}: is an archive without an event file; there should be"
                f" {', '.join(ENDINGS)}"
            )
        return found
    return [with_format(InputFile(given=given, path=_absolute(given), kind="json"), given, how)]


def _members(given: str, how: Reading) -> Iterator[InputFile]:
    """The event files in a zip archive, in the order of their names."""
    path = _absolute(given)
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(one.filename for one in archive.infolist() if not one.is_dir())
    except BROKEN as error:
        raise unreadable(printable(given), error) from error
    for name in names:
        parts = Path(name).parts
        hidden = any(part.startswith((".", "_")) for part in parts)
        if not hidden and _is_a_log(kind_of_name(name)[0]):
            label = f"{given}{TABLE_MARK}{name}"
            file = InputFile(given=label, path=path, kind="json", member=name)
            yield with_format(file, name, how)


def with_format(file: InputFile, name: str, how: Reading) -> InputFile:
    """The file with its format, compression and encoding.

    Args:
        file: A file of which only the place is known.
        name: What it is called, here or in its archive.
        how: The stated format and encoding.
    """
    kind, compression = kind_of_name(Path(name).name)
    head = next(file.chunks(LOOKED_AT), b"")
    if how.file_format is not None:
        kind = how.file_format
    elif kind == "duckdb":
        raise InputError(f"{file.label}: is a database; name the table: {file.label}::TABLE")
    compressed = replace(file, compression=compression_of(head))
    if kind is None and is_json(next(compressed.chunks(LOOKED_AT), b"")):
        kind = "json"
    kind, compression = look_inside(file.label, head, kind, compression)
    found = replace(file, kind=kind, compression=compression)
    if kind not in TEXTS:
        return found
    begin = head if compression is None else next(found.chunks(LOOKED_AT), b"")
    return replace(found, encoding=how.encoding or encoding_of(begin))
