"""Files that may change, be full, be endless or be no files, looked at without surprises."""

import errno
import os
import re
import resource
import stat
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from resume_gap.errors import InputError

SMALL: Final = 64 * 2**20
"""Bytes of the largest summary or prediction that is read at all."""
_DISK: Final = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)
_OPEN: Final = (errno.EMFILE, errno.ENFILE)
_FILES: Final = 1024
"""Open files that are usual, and enough."""
_NUMBER: Final = re.compile(r"(?:os error|errno|code:) (\d+)", re.IGNORECASE)
_FREE_SPACE: Final = "free some space, or "
"""What advice on a full disk begins with."""


def working_folder() -> Path:
    """The folder that relative paths start from.

    Raises:
        InputError: It was deleted, so that no path can be meant.
    """
    try:
        return Path.cwd()
    except OSError as error:
        raise InputError(
            f"the folder you are in is gone ({error.strerror}); change to another one"
        ) from error


class WritableFolder(NamedTuple):
    """A folder that files are written into.

    Attributes:
        label: What a message calls it.
        path: The folder.
        advice: What to do when it is full.
    """

    label: str
    path: Path
    advice: str


class FileState(NamedTuple):
    """What tells one version of a file from another without reading it."""

    inode: int
    size: int
    mtime_ns: int


def state_of(path: Path) -> FileState | None:
    """The state of a file, following links; None: there is none, or it cannot be looked at."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return FileState(found.st_ino, found.st_size, found.st_mtime_ns)


def read_small(path: Path, *, follow: bool = True, most: int = SMALL) -> bytes:
    """The content of a small regular file; never waits for a pipe or reads a device.

    Args:
        path: The file.
        follow: Whether `path` may be a link.
        most: Bytes of the largest file that is read.

    Raises:
        OSError: It cannot be read, is no regular file, or is larger than `most`.
    """
    if "\x00" in str(path):
        raise OSError(errno.EINVAL, "a path holds no NUL", str(path))
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    handle = os.open(path, flags)
    with _stream(handle, path) as stream:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, f"it is {kind_of_mode(mode)}, not a file", str(path))
        data = stream.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most / 2**20:g} MB", str(path))
    return data


def _stream(handle: int, path: Path) -> BinaryIO:
    try:
        return os.fdopen(handle, "rb")
    except IsADirectoryError as error:
        os.close(handle)
        raise OSError(errno.EISDIR, "it is a folder, not a file", str(path)) from error


def kind_of_mode(mode: int) -> str:
    """What is there where no regular file is, with its article."""
    if stat.S_ISFIFO(mode):
        return "a pipe"
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a device" if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) else "a socket"


def disk_error(error: BaseException | None) -> int | None:
    """The number of a full, read-only or limited disk behind an error of any library, or None.

    DuckDB, Polars and pyarrow turn the system's error into text, so the text is read, too: for
    the number as pyarrow and Rust write it, and for the system's own words as DuckDB does.
    """
    return _system_error(error, _DISK)


def too_many_open(error: BaseException | None) -> str | None:
    """The one line for a limit of open files behind an error of any library, or None."""
    if _system_error(error, _OPEN) is None:
        return None
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return (
        f"too many files are open at once (at most {limit:,} may be); allow more, for instance with"
        f" ulimit -n {max(_FILES, 2 * limit)}, and run again"
    )


def _system_error(error: BaseException | None, codes: Collection[int]) -> int | None:
    """The first of these numbers of the system behind an error, or None."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        number = getattr(error, "errno", None)
        if isinstance(number, int) and number in codes:
            return number
        text = str(error)
        written = {int(digits) for digits in _NUMBER.findall(text)}
        for code in codes:
            if code in written or os.strerror(code) in text:
                return code
        error = error.__cause__ or error.__context__
    return None


def full_place(error: BaseException, places: Iterable[WritableFolder]) -> WritableFolder:
    """The place an error of a disk is about: the one it names, else the one with the least room.

    Args:
        error: As `disk_error` takes it.
        places: At least one.
    """
    known = tuple(places)
    text = f"{error} {getattr(error, 'filename', '')}"
    named = [place for place in known if str(place.path) in text]
    if named:
        # A place may lie inside of another one.
        return max(named, key=lambda place: len(str(place.path)))
    return min(known, key=lambda place: _room(place.path))


def what_else_than_folder(path: Path) -> str | None:
    """What stands at a path where a folder is wanted; None: a folder, or nothing."""
    if path.is_dir() or not os.path.lexists(path):
        return None
    return "is a file, not a folder" if path.exists() else "is a link to nothing"


def full_line(code: int, place: WritableFolder) -> str:
    """One line that names the place that is full, and what to do."""
    words = os.strerror(code)
    if code == errno.ENOSPC and _room(place.path) == (0, 0):
        words += " (out of inodes: no room for another file)"
    advice = place.advice
    if code == errno.EROFS:  # space has nothing to do with it
        advice = advice.removeprefix(_FREE_SPACE)
    return f"{place.label}: cannot be written: {words}; {advice}"


def _room(path: Path) -> tuple[int, int]:
    """(0, 0) without a free inode, else (1, free bytes), of the nearest folder that exists."""
    for folder in (path, *path.parents):
        try:
            found = os.statvfs(folder)
        except OSError:
            continue
        if found.f_files and not found.f_favail:
            return 0, 0
        return 1, found.f_bavail * found.f_frsize
    return 1, 0
