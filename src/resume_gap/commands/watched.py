"""The files that a run reads: none lies where the report goes, none changes meanwhile."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources.expansion import expand, reading_of
from resume_gap.sources.inputs import InputFile
from resume_gap.system.filesystem import FileState, state_of


class Watched:
    """Every file that a run reads, as it was before anything was read.

    Attributes:
        files: Path by the name that messages call it.
        inputs: Names of the inputs of the log, in their order; frames are no files.
    """

    def __init__(self, files: dict[str, Path], inputs: tuple[str, ...] = (), held: int = 0) -> None:
        self.files = files
        self.inputs = inputs
        self._held = held
        self._states: dict[str, FileState | None] = {
            name: state_of(path) for name, path in files.items()
        }

    @classmethod
    def of(
        cls,
        events: Sequence[str | InputFile],
        settings: Settings,
        others: Sequence[str | Path | None],
    ) -> Self:
        """The log, the files that the settings name, and others.

        Raises:
            InputError: The log is not there.
        """
        found, _ = expand(events, reading_of(settings))
        held = sum(item.frame.size for item in found if item.frame is not None)
        files = {item.given: item.path for item in found if item.frame is None}
        for beside in (settings.assignments, settings.rollout):
            if beside is not None:
                files |= {item.given: item.path for item in expand([beside])[0]}
        more = (settings.exclude_users, settings.prediction, *others)
        files |= {str(path): Path(path) for path in more if path is not None}
        return cls(files, tuple(item.given for item in found), held)

    @property
    def bytes(self) -> int:
        """Size of all files and frames together."""
        return self._held + sum(state.size for state in self._states.values() if state is not None)

    def changed(self) -> InputError | None:
        """The error for the first file that is not what it was, or None."""
        return next(self._changed(), None)

    def check(self, inputs: Sequence[str] | None = None) -> None:
        """Refuse figures from files that changed while they were read.

        Args:
            inputs: Names of the files of the log, as they were read; None: not known yet.

        Raises:
            InputError: One changed, or files came or went in a folder.
        """
        for error in self._changed():
            raise error
        if inputs is not None and tuple(inputs) != self.inputs:
            odd = sorted(set(inputs) ^ set(self.inputs))
            raise _line(odd[0] if odd else self.inputs[0])

    def _changed(self) -> Iterator[InputError]:
        for name, before in self._states.items():
            if state_of(self.files[name]) != before:
                yield _line(name)


def _line(name: str) -> InputError:
    return InputError(
        f"{name}: changed while it was being read; nothing was written; run again when it is whole"
    )
