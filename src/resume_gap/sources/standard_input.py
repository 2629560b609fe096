"""Standard input as a file: it can be read once, and a log is read several times."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from resume_gap.errors import InputError, UsageError
from resume_gap.settings import Settings
from resume_gap.sources.expansion import reading_of, with_format
from resume_gap.sources.inputs import STANDARD_INPUT, InputFile
from resume_gap.system.temporary import Workspace


@contextmanager
def held(
    events: Sequence[str | InputFile], settings: Settings
) -> Iterator[Sequence[str | InputFile]]:
    """The inputs with standard input as a file of our own, which goes with the block.

    Raises:
        InputError: It is empty or closed, or its format cannot be found.
        UsageError: It is given twice.
    """
    if STANDARD_INPUT not in events:
        yield events
        return
    if events.count(STANDARD_INPUT) > 1:
        raise UsageError("standard input (-) is given twice; it can be read once")
    if sys.stdin is None:  # Python has none where it was closed
        raise InputError("standard input: is closed; check the command that writes to it")
    with Workspace() as workspace:
        path = workspace.path / "stdin"
        with path.open("wb") as target:
            workspace.copy(sys.stdin.buffer, target)
        file = _file(path, settings)
        yield [file if event == STANDARD_INPUT else event for event in events]


def _file(path: Path, settings: Settings) -> InputFile:
    if not path.stat().st_size:
        raise InputError("standard input: is empty; check the command that writes to it")
    file = InputFile(given=STANDARD_INPUT, path=path, kind="json")
    return with_format(file, "", reading_of(settings))
