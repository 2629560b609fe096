"""A folder that a run leaves for the next one: what steps came to, by a key that says all of it.

An entry is facts, as JSON, and at most one file. What a run adds and what it no longer uses is
settled at its end, by one exchange of the index; a run that fails leaves the folder as it was. All
names begin with a dot: neither a folder of logs around it nor a glob takes them for parts of a log.
"""

import fcntl
import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from resume_gap.errors import OutputError
from resume_gap.system import signals, state_index
from resume_gap.system.filesystem import (
    WritableFolder,
    disk_error,
    full_line,
    what_else_than_folder,
)

_INDEX: Final = ".resume-gap-state.json"
_PART: Final = ".resume-gap-part"
_PIECE: Final = 1 << 20
_PATTERN: Final = frozenset("*?[")


class Outcome(IntEnum):
    """What became of an input, the worst of all its steps."""

    KEPT = 0
    """All was kept."""
    CHANGED = 1
    """It is known, but a step went by something else."""
    NEW = 2
    """It is new, or not what it was."""


class Entry(NamedTuple):
    """What is kept under one key.

    Attributes:
        facts: What the step found out; plain types, as another program may have written them.
        about: What the entry is about, to tell why another key was not found.
        path: The file, whole; None: there is none.
    """

    facts: Mapping[str, Any]
    about: str
    path: Path | None


class StateFolder:
    """Entries by key, held by one run at a time.

    Args:
        path: The folder; made where it is not there.
        version: Of everything that decides what a step comes to: entries of another are not used.

    Attributes:
        path: The folder.
        fault: Why entries that are there are not used; None: all can be.
        unkept: Why the folder stays as it was; None: nothing kept it so.
    """

    def __init__(self, path: Path, version: str) -> None:
        self.path = path
        self.fault: state_index.Fault | None = None
        self.unkept: str | None = None
        self._version = version
        self._lock = -1
        self._made: list[Path] = []
        self._known: state_index.KeptEntries = {}
        self._about: set[str] = set()
        self._used: set[str] = set()
        self._new: dict[str, Entry] = {}
        self._outcomes: dict[str, Outcome] = {}

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """How many inputs came to what."""
        return Counter(self._outcomes.values())

    @property
    def place(self) -> WritableFolder:
        """The folder in messages."""
        return WritableFolder(
            f"the state folder {self.path}",
            self.path,
            "free some space, or name another folder with --state",
        )

    def __enter__(self) -> Self:
        """Take the folder.

        Raises:
            OutputError: It is something else, cannot be written, or another run holds it.
        """
        with self._explained():
            self.path = self.path.absolute()
            os.fsencode(self.path).decode()
            if not _PATTERN.isdisjoint(str(self.path)):
                raise OutputError(
                    f"{self.place.label}: has one of * ? [ in its path, which the engine would read"
                    " as a pattern; name another folder with --state"
                )
            if (what := what_else_than_folder(self.path)) is not None:
                raise OutputError(f"{self.place.label}: {what}; name a folder with --state")
            self._made = [p for p in (self.path, *self.path.parents) if not p.exists()]
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not os.access(self.path, os.W_OK | os.X_OK):
                raise OutputError(
                    f"{self.place.label}: cannot be written; name another folder with --state"
                )
            self._lock = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                self._open()
            except BaseException:  # of a block that is not entered, nobody calls the end
                self.__exit__()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._made and not (self.path / _INDEX).exists():
            with suppress(OSError):
                (self.path / _PART).unlink(missing_ok=True)
                for folder in self._made:
                    folder.rmdir()
        self._release()

    def _open(self) -> None:
        """Lock the folder, and read its index."""
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(
                f"{self.place.label}: another run is using it; wait for its end, or name"
                " another folder with --state"
            ) from error
        except OSError:
            # A file system without locks; the exchange of the index is atomic all the same.
            pass
        names = os.listdir(self.path)  # noqa: PTH208 - names only
        if _INDEX not in names and not all(map(_is_ours, names)):
            raise OutputError(
                f"{self.place.label}: holds files and no state of resume-gap; name an empty"
                " folder, or one that is not there"
            )
        self._known, self.fault = state_index.load(self.path / _INDEX, self._version)
        self._about = {one["about"] for one in self._known.values()}

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of all entries, which whoever reads them must be allowed to read."""
        return tuple(self._file(key) for key, one in self._known.items() if one["sha256"])

    def is_cut(self) -> bool:
        """Whether a file that was found is no longer there."""
        found = (key for key in self._used if self._known[key]["sha256"])
        return not all(self._file(key).exists() for key in found)

    def is_about(self, about: str) -> bool:
        """Whether any entry is about this."""
        return about in self._about

    def find(self, key: str) -> Entry | None:
        """The entry under a key; None: there is none, or it is not what it was."""
        one = self._known.get(key)
        if one is None:
            return None
        path = self._file(key) if one["sha256"] else None
        if path is not None and _digest(path) != one["sha256"]:
            self.fault = state_index.Fault.DAMAGE
            self._about.discard(one["about"])
            return None
        self._used.add(key)
        return Entry(one["facts"], one["about"], path)

    def note(self, name: str, outcome: Outcome) -> None:
        """What became of a step of an input."""
        self._outcomes[name] = max(outcome, self._outcomes.get(name, outcome))

    def added(self, key: str) -> Entry | None:
        """The entry that this run handed over under a key; None: it did not."""
        return self._new.get(key)

    def add(self, key: str, entry: Entry) -> None:
        """Hand over an entry; its file must stay as it is until `keep`."""
        self._new[key] = entry

    def keep(self) -> None:
        """Write what was added and remove what was neither added nor found.

        Raises:
            OutputError: The folder is full.
        """
        with self._explained():
            index = {key: self._known[key] for key in self._used}
            try:
                for key, entry in self._new.items():
                    sha256 = None if entry.path is None else self._take(key, entry.path)
                    index[key] = {
                        "about": entry.about,
                        "facts": dict(entry.facts),
                        "sha256": sha256,
                    }
                if self._new or len(index) != len(self._known) or self.fault is not None:
                    part = self.path / _PART
                    part.unlink(missing_ok=True)
                    state_index.save(part, index, self._version)
                    part.replace(self.path / _INDEX)
            except BaseException:
                # What was added until here is in no index, and may be what fills the disk.
                self._remove(_PART, *(f".{key}" for key in self._new.keys() - self._known.keys()))
                raise
            kept = {f".{key}" for key in index}
            names = os.listdir(self.path)  # noqa: PTH208 - names only
            self._remove(*(name for name in names if _is_ours(name) and name not in kept))

    def try_to_keep(self) -> None:
        """`keep`, or say in `unkept` why the folder stays as it was; no figure depends on it."""
        try:
            self.keep()
        except OutputError as error:
            self.unkept = str(error)

    def _remove(self, *names: str) -> None:
        """Remove what is of no entry; what cannot be removed does no harm."""
        for name in names:
            with suppress(OSError):
                (self.path / name).unlink()

    def _take(self, key: str, path: Path) -> str:
        """A file into the folder: a second name of it where that can be, else a copy."""
        part, target = self.path / _PART, self._file(key)
        part.unlink(missing_ok=True)
        path.chmod(0o600)
        try:
            os.link(path, part)
        except OSError:
            part.touch(mode=0o600)
            shutil.copyfile(path, part)
        signals.check()
        # Of what was handed over: where there are no locks, the other one may be another run's.
        found = _digest(path)
        if found is None:
            raise OutputError(f"{self.place.label}: {path.name} went away while it was kept")
        part.replace(target)
        return found

    def _file(self, key: str) -> Path:
        return self.path / f".{key}"

    def _release(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Errors of the folder as one line."""
        try:
            yield
        except (OSError, ValueError) as error:
            code = disk_error(error)
            if code is not None:
                raise OutputError(full_line(code, self.place)) from error
            why = getattr(error, "strerror", None) or "its name is not UTF-8"
            raise OutputError(
                f"{self.place.label}: cannot be used: {why}; name another folder with --state"
            ) from error


def _is_ours(name: str) -> bool:
    return name == _PART or (name[0] == "." and state_index.is_digest(name[1:]))


def _digest(path: Path) -> str | None:
    """The SHA-256 of a regular file; None: there is none."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    found, piece = hashlib.sha256(), memoryview(bytearray(_PIECE))
    try:
        while many := os.readv(handle, [piece]):
            found.update(piece[:many])
    except OSError:
        return None
    finally:
        os.close(handle)
    return found.hexdigest()
