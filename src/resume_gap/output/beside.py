"""Files put into a folder whole: a reader finds the old file or the new one."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from resume_gap.errors import OutputError
from resume_gap.output.recognize import is_ours
from resume_gap.output.target import target_of
from resume_gap.report.text.names import terminal_text
from resume_gap.system import locked, signals
from resume_gap.system.filesystem import WritableFolder, disk_error, full_line

_PREFIX: Final = ".resume-gap-share-"


def write_beside(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files of ours into a folder, which is made where it is missing.

    Args:
        folder: Where they go.
        files: Their content by name.

    Raises:
        OutputError: The folder cannot be written, or such a file is there that is not ours.
    """
    target = target_of(folder)
    box: locked.Locked | None = None
    try:
        with signals.shielded():
            target.path.mkdir(parents=True, exist_ok=True)
            for old in locked.dead(target.path, _PREFIX):
                old.remove()
            box = locked.make(target.path, _PREFIX)
        _refuse_others(target.path, files)
        for name, data in files.items():
            with (box.path / name).open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        signals.check()
        with signals.shielded():
            for name in files:
                os.replace(box.path / name, target.path / name)  # noqa: PTH105 - ours, or free
    except OSError as error:
        code = disk_error(error)
        place = WritableFolder(
            target.shown, target.path, "free some space, or name another with --out"
        )
        raise OutputError(
            f"{target.shown}: cannot be written: {error.strerror or error}; name another folder"
            " with --out"
            if code is None
            else full_line(code, place)
        ) from error
    finally:
        with signals.shielded(), suppress(OSError):
            if box is not None:
                box.remove()


def _refuse_others(folder: Path, files: Mapping[str, bytes]) -> None:
    """Refuse to write over what is not ours, or through a link.

    Raises:
        OutputError: There is such a file.
    """
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name in files and not is_ours(entry):
                raise OutputError(
                    f"{terminal_text(str(folder / entry.name))} is there already and is not a file"
                    " of resume-gap; name another folder with --out"
                )
