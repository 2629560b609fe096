"""The temporary folder of a run: where it lies, how much it may hold, and who removes it.

It holds copies of the log with its raw ids, so nothing of it may stay: a run removes its own, also
when a signal ends it, and those of runs that were killed.
"""

import os
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, Protocol, Self

from resume_gap.constants import TEMP_FACTOR, TEMP_LEAST
from resume_gap.errors import OutputError
from resume_gap.system import locked, signals
from resume_gap.system.filesystem import WritableFolder

PREFIX: Final = "resume-gap-run-"
_LOOK_SECONDS: Final = 0.1
_REST: Final = 20
"""So many times as long as a look at the folder took, nobody looks at it again."""
_PIECE: Final = 1 << 20


class _Connection(Protocol):
    def interrupt(self) -> None: ...


def root() -> Path:
    """The folder for temporary files, as TMPDIR says, else the system's.

    A TMPDIR that cannot be used is an error: somebody chose it, so nothing goes elsewhere.
    """
    for name in ("TMPDIR", "TEMP", "TMP"):
        if given := os.environ.get(name):
            return Path(os.path.abspath(given))  # noqa: PTH100 - a link may be replaced
    return Path(tempfile.gettempdir())


def place(path: Path | None = None) -> WritableFolder:
    """The temporary folder in messages."""
    folder = path or root()
    return WritableFolder(
        f"the temporary folder {folder}",
        folder,
        "free some space, or set TMPDIR to a folder with more",
    )


def default_limit(input_bytes: int) -> int:
    """How many bytes a run may write into its temporary folder unless --temp-limit says so."""
    return max(round(TEMP_LEAST.value * 1e9), round(TEMP_FACTOR.value * input_bytes))


class Workspace:
    """The temporary folder of one run; made on first use, removed with the block or the process.

    Args:
        limit: Bytes that it may hold; None: as many as there are.
    """

    def __init__(self, limit: int | None = None) -> None:
        self.limit = limit
        self._locked: locked.Locked | None = None
        self._remover: weakref.finalize[..., Workspace] | None = None
        self._look_from = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    @property
    def path(self) -> Path:
        """The folder.

        Raises:
            OutputError: It cannot be made.
        """
        if self._locked is None:
            parent = root()
            try:
                os.fsencode(parent).decode()
                for old in locked.dead(parent, PREFIX):
                    with signals.shielded():
                        old.remove()
                with signals.shielded():
                    self._locked = locked.make(parent, PREFIX)
                    self._remover = weakref.finalize(self, self._locked.remove)
            except (OSError, ValueError) as error:
                why = getattr(error, "strerror", None) or "its name is not UTF-8"
                raise OutputError(
                    f"the temporary folder {parent}: cannot be written: {why}; "
                    "set TMPDIR to a folder that can"
                ) from error
        signals.check()
        return self._locked.path

    def folder(self, name: str) -> Path:
        """A new folder inside.

        Raises:
            OutputError: It cannot be made.
        """
        parent = self.path
        try:
            return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=parent))
        except OSError as error:
            raise OutputError(
                f"{place().label}: cannot be written: {error.strerror}; {place().advice}"
            ) from error

    def remove(self) -> None:
        """Remove it now."""
        with signals.shielded():
            if self._remover is not None:
                self._remover()

    def used(self) -> int:
        """Bytes that it holds on the disk."""
        if self._locked is None:
            return 0
        return _size_of(self._locked.path)

    def room(self) -> int | None:
        """Bytes that it may still take; None: no limit."""
        return None if self.limit is None else max(_PIECE, self.limit - self.used())

    def check(self) -> None:
        """Refuse to hold more than the limit, unless somebody looked just now.

        With thousands of files a look takes longer than writing the next of them.

        Raises:
            OutputError: It holds more.
        """
        if self.limit is None or time.monotonic() < self._look_from:
            return
        if self._is_over():
            raise self.exceeded()

    def _is_over(self) -> bool:
        begun = time.monotonic()
        used = self.used()
        ended = time.monotonic()
        self._look_from = ended + _REST * (ended - begun)
        return self.limit is not None and used > self.limit

    def exceeded(self) -> OutputError:
        """The one line for a limit that was reached."""
        return OutputError(
            f"the run needs more than {size(self.limit or 0)} in {place().label}; allow more with "
            f"--temp-limit {size(2 * (self.limit or 0))}, or give fewer files"
        )

    def copy(self, source: BinaryIO, target: BinaryIO) -> None:
        """Copy a stream into a file inside; how much comes out of it is known at its end only.

        Raises:
            OutputError: It is more than the limit.
        """
        while piece := source.read(_PIECE):
            target.write(piece)
            self.check()

    @contextmanager
    def bounded(self, con: _Connection) -> Iterator[None]:
        """Interrupt the connection when the folder has grown beyond the limit.

        Raises:
            OutputError: It has.
        """
        if self.limit is None:
            yield
            return
        over, done = threading.Event(), threading.Event()

        def look() -> None:
            while not done.wait(max(_LOOK_SECONDS, self._look_from - time.monotonic())):
                if over.is_set() or self._is_over():
                    over.set()
                    con.interrupt()

        watcher = threading.Thread(target=look, daemon=True)
        watcher.start()
        try:
            yield
        except Exception as error:
            if over.is_set():
                raise self.exceeded() from error
            raise
        finally:
            done.set()
            watcher.join()
        self.check()


def _size_of(folder: str | Path) -> int:
    """Bytes on the disk of all files below a folder; what goes away meanwhile has none."""
    total = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    total += _size_of(entry.path)
                else:
                    total += entry.stat(follow_symlinks=False).st_blocks * 512
    return total


def size(number: int) -> str:
    """Bytes as an option takes them, rounded up: 512MB, 2GB, 2.4GB."""
    for unit, bytes_ in (("TB", 10**12), ("GB", 10**9)):
        if number >= bytes_:
            tenths = -(-number * 10 // bytes_)
            return f"{tenths / 10:g}{unit}"
    return f"{-(-number // 10**6)}MB"


class SourceFolder:
    """A folder of a source for what is written while its inputs are opened; made on first use.

    It is removed with the last reference to it, at the latest with its workspace.
    """

    def __init__(self, workspace: Workspace | None = None) -> None:
        self.workspace = workspace or Workspace()
        self._own = workspace is None
        self._path: Path | None = None

    @property
    def path(self) -> Path:
        """The folder.

        Raises:
            OutputError: It cannot be made.
        """
        if self._path is None:
            self._path = self.workspace.folder("source")
        return self._path

    def remove(self) -> None:
        """Remove it now, unless the workspace goes on."""
        if self._own:
            self.workspace.remove()
