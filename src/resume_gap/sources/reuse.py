"""The steps of reading a file, taken from the state folder where an earlier run did them.

Only what a step writes is kept, by the digest of the file and all that the step goes by; whatever
is computed from rows is computed anew. So late rows, events that come again and other options need
no rules of their own: the result is that of a run without a state.
"""

import hashlib
import json
import platform
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, Final, NamedTuple

from resume_gap.fileformats import FORMATS
from resume_gap.sources.inputs import InputFile
from resume_gap.system.state import Entry, Outcome, StateFolder

_READERS: Final = ("duckdb", "pyarrow", "python-calamine")
"""Libraries that decide what is read out of a file."""

_SHAPES: Final[Mapping[str, Mapping[str, object] | None]] = {
    "keys": {"names": [str], "most": int},
    "kinds": None,
    "events": {"count": int, "lines": [int]},
    "lines": {},
    "parquet": {},
    "rows": {"rows": int, "count": int, "lines": [int], "encoding": bool, "halves": bool},
}
"""By step what its facts are, as whoever can write the folder may have put others there; None:
lists of texts by any name."""

StepFacts = Mapping[str, Any]
"""What a step found out, in plain types."""


class Made(NamedTuple):
    """What a step came to.

    Attributes:
        facts: What it found out.
        path: The file that it wrote, now or in an earlier run; None: it writes none.
    """

    facts: StepFacts
    path: Path | None


def readers() -> str:
    """What decides what is read: the code of this folder, and what it reads with."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        code.update(path.read_bytes())
    found = [f"sources {code.hexdigest()}", f"python {platform.python_version()}"]
    for name in _READERS:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return ", ".join(found)


def state_folder(path: Path | None) -> StateFolder | None:
    """The state folder at a path; None: none is asked for."""
    return None if path is None else StateFolder(path, readers())


class Reuse:
    """Does the steps of one run, or finds what they came to before.

    Args:
        state: The folder; None: every step is done.
        digest: Gives the SHA-256 of an input.
    """

    def __init__(
        self,
        state: StateFolder | None = None,
        digest: Callable[[InputFile], str | None] = lambda _: None,
    ) -> None:
        self._state = state
        self._digest = digest
        self._handed: set[Path] = set()

    @property
    def files(self) -> tuple[Path, ...]:
        """Files that a connection must be allowed to read."""
        return () if self._state is None else self._state.files

    def of(self, file: InputFile) -> "FileSteps":
        """The steps of one input."""
        return FileSteps(self, file, ())

    def made(
        self,
        file: InputFile,
        step: str,
        terms: Sequence[object],
        target: Path | None,
        make: Callable[[], StepFacts],
    ) -> Made:
        """Do a step, or find what it came to; arguments as in `FileSteps.made`.

        Args:
            file: The input.
            step: Its name.
            terms: The step and those before it, each with all that it goes by.
            target: The file that it writes; None: it writes none.
            make: Does it.
        """
        state = self._state
        if state is None or FORMATS[file.kind].journaled or file.frame is not None:
            return Made(make(), target)
        digest = self._digest(file)
        if digest is None:
            return Made(make(), target)
        place = (file.kind, file.compression, file.table, file.member, file.encoding)
        whole = json.dumps([digest, place, terms], sort_keys=True)
        key = hashlib.sha256(whole.encode()).hexdigest()
        found = state.find(key)
        if found is not None and _fits(found, step, target):
            state.note(file.given, Outcome.KEPT)
            return Made(found.facts, self._own(found.path, target))
        state.note(file.given, Outcome.CHANGED if state.is_about(digest) else Outcome.NEW)
        again = state.added(key)
        if again is not None:
            return Made(again.facts, self._own(again.path, target))
        facts = make()
        state.add(key, Entry(facts, digest, target))
        return Made(facts, self._own(target, target))

    def _own(self, path: Path | None, target: Path | None) -> Path | None:
        """The file of a step; where another input of the same content has it, a link to it."""
        if path is None or target is None:
            return None
        if path in self._handed:
            target.unlink(missing_ok=True)  # it may have been copied with others already
            target.symlink_to(path)
            return target
        self._handed.add(path)
        return path


def _fits(found: Entry, step: str, target: Path | None) -> bool:
    """Whether an entry is what a step leaves."""
    facts, shape = found.facts, _SHAPES[step]
    if shape is None:
        shape = {name: [str] for name in facts}
    return (
        (found.path is None) == (target is None)
        and facts.keys() == shape.keys()
        and all(_is_of(facts[name], one) for name, one in shape.items())
    )


def _is_of(value: object, shape: object) -> bool:
    if isinstance(shape, list):
        return isinstance(value, list) and all(type(one) is shape[0] for one in value)
    return type(value) is shape


class FileSteps(NamedTuple):
    """The steps of reading one input.

    Attributes:
        reuse: Does them.
        file: The input.
        before: The steps that wrote what is read now, each with all that it went by; empty: the
            input itself is read.
    """

    reuse: Reuse
    file: InputFile
    before: tuple[object, ...]

    def made(
        self, step: str, goes_by: object, target: Path | None, make: Callable[[], StepFacts]
    ) -> Made:
        """Do a step, or find what it came to.

        Args:
            step: Its name.
            goes_by: All that decides what it comes to, besides the file.
            target: What it writes; None: it writes nothing.
            make: Does it; returns what it found out.
        """
        return self.reuse.made(self.file, step, [*self.before, step, goes_by], target, make)

    def after(self, step: str, goes_by: object) -> "FileSteps":
        """The steps that read what a step wrote."""
        return self._replace(before=(*self.before, step, goes_by))
