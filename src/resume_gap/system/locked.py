"""Folders of one run, which the next run removes when this one was killed.

The owner holds a lock on a file inside, which the kernel drops with the process: no process
number is trusted that another process, or another container, may have by now. Where a file system
knows no locks, nothing is ever taken for dead.
"""

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
_TOKEN: Final = r"[0-9a-f]{16}"  # noqa: S105 - the end of a name


class Locked:
    """A folder that this process holds the lock of.

    Attributes:
        path: The folder, absolute.
    """

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock = lock

    def remove(self) -> None:
        """Remove the folder with all that is in it, the lock last; what fails is left."""
        with suppress(OSError):
            for child in os.scandir(self.path):
                if child.name == _OWNER:
                    continue
                if child.is_dir(follow_symlinks=False):
                    shutil.rmtree(child.path, ignore_errors=True)
                else:
                    with suppress(OSError):
                        os.unlink(child.path)  # noqa: PTH108
        with suppress(OSError):
            (self.path / _OWNER).unlink()
        with suppress(OSError):
            self.path.rmdir()
        self.release()

    def release(self) -> None:
        """Give up the lock."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def make(parent: Path, prefix: str) -> Locked:
    """A new folder `PREFIX<random>`, readable by its owner only.

    Raises:
        OSError: It cannot be made.
    """
    for _ in range(_TRIES):
        path = parent / (prefix + secrets.token_hex(8))
        path.mkdir(mode=0o700)
        try:
            lock = _hold(path)
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
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
        try:
            found = path.lstat()
            if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid():
                lock = os.open(path / _OWNER, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            else:
                continue
        except FileNotFoundError:
            # Killed before the lock was made, or just being made: its run then makes another.
            with suppress(OSError):
                path.rmdir()
            continue
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            continue
        yield Locked(path, lock)
