"""Folders of one run, which the next run removes when this one was killed.

The owner holds a lock on a file inside, which the kernel drops with the process: no process
number is trusted that another process, or another container, may have by now. Where a file system
knows no locks, nothing is ever taken for dead.
"""

import atexit
import fcntl
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_OWNER: Final = "owner"
_TRIES: Final = 100
_PRIVATE: Final = 0o700
_TOKEN: Final = r"[0-9a-f]{16}"  # noqa: S105 - the end of a name


class Locked:
    """A folder that this process holds the lock of.

    Attributes:
        path: The folder, absolute.
    """

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock = lock
        self._owner = os.getpid()

    def remove(self) -> None:
        """Remove the folder with all that is in it, and try once more at the exit.

        The lock's file goes last. It stays while anything else does, so that a later run finds it.
        """
        if self._owner != os.getpid():
            return  # a copy of the process that it belongs to
        if not self._try():
            atexit.register(_once_more, self.path)

    def _try(self) -> bool:
        """Remove what can be; whether nothing is left."""
        _empty(self.path)
        with suppress(OSError):
            if os.listdir(self.path) == [_OWNER]:  # noqa: PTH208 - names
                (self.path / _OWNER).unlink()
                self.path.rmdir()
        self.release()
        return not os.path.lexists(self.path)

    def release(self) -> None:
        """Give up the lock."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _empty(folder: Path) -> None:
    """Remove all but the lock's file; what cannot be removed is left."""
    with suppress(OSError), os.scandir(folder) as children:
        for child in children:
            if child.name == _OWNER:
                continue
            if child.is_dir(follow_symlinks=False):
                shutil.rmtree(child.path, ignore_errors=True)
            else:
                with suppress(OSError):
                    os.unlink(child.path)  # noqa: PTH108


def _once_more(path: Path) -> None:
    """Remove a folder, some of which was left while too many files were open."""
    if (lock := _lock_of_dead(path)) is not None:
        Locked(path, lock)._try()  # noqa: SLF001


def make(parent: Path, prefix: str) -> Locked:
    """A new folder `PREFIX<random>`, readable by its owner only.

    Raises:
        OSError: It cannot be made.
    """
    for _ in range(_TRIES):
        path = parent / (prefix + secrets.token_hex(8))
        path.mkdir(mode=_PRIVATE)
        try:
            lock = _hold(path)
        except BaseException:
            # Without opening anything: there may be too many open files.
            with suppress(OSError):
                (path / _OWNER).unlink(missing_ok=True)
                path.rmdir()
            raise
        if lock is not None:
            return Locked(path, lock)
    raise FileExistsError(f"{parent}: no name is free for a new folder")


def _hold(path: Path) -> int | None:
    """The lock of a new folder; None: another run took the folder for a dead one's meanwhile."""
    try:
        lock = os.open(path / _OWNER, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        return None
    with suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_EX)
    if os.fstat(lock).st_nlink:
        return lock
    os.close(lock)
    return None


def dead(parent: Path, prefix: str) -> Iterator[Locked]:
    """Folders that `make` made in runs that are over; locked, to be removed or released.

    Only folders of this user, never links; a folder that cannot be judged is left alone.
    """
    pattern = re.compile(re.escape(prefix) + _TOKEN)
    try:
        names = sorted(entry.name for entry in os.scandir(parent) if pattern.fullmatch(entry.name))
    except OSError:
        return
    for name in names:
        path = parent / name
        if (lock := _lock_of_dead(path)) is not None:
            yield Locked(path, lock)


def _lock_of_dead(path: Path) -> int | None:
    """The lock of a folder whose run is over; None: it is alive, not ours or gone by now."""
    lock = -1
    try:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            return None
        lock = _opened(path, found.st_mode)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if lock >= 0:
            os.close(lock)
        return None
    return lock


def _opened(path: Path, mode: int) -> int:
    """The lock's file of a folder, opened.

    A folder without one was left half removed, or is just being made: its run then makes another.

    Raises:
        OSError: There is none, and the folder is gone by now, or not as `make` makes them.
    """
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        return os.open(path / _OWNER, flags)
    except FileNotFoundError:
        if stat.S_IMODE(mode) != _PRIVATE:
            path.rmdir()
            raise
        return os.open(path / _OWNER, flags | os.O_CREAT, 0o600)
