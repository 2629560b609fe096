"""A configuration file put into its place whole: the old file, the new one, or none."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from resume_gap.errors import OutputError
from resume_gap.output.target import Target, target_of
from resume_gap.system import locked, signals
from resume_gap.system.filesystem import WritableFolder, disk_error, full_line

_PREFIX: Final = ".resume-gap-init-"


def refuse_existing(out: Path, *, force: bool) -> None:
    """Refuse to write over what is there, before anything is read.

    Raises:
        OutputError: Something is there, and `force` is off; or it is a folder.
    """
    target = target_of(out)
    if target.path.is_dir():
        raise OutputError(f"{target.shown}: is a folder; name a file with --out")
    if not force and os.path.lexists(target.path):
        raise _existing(target)


def write_configuration(out: Path, data: bytes, *, force: bool) -> None:
    """Write the file.

    Args:
        out: Its path; the folder must be there.
        data: Its content.
        force: Replace what is there.

    Raises:
        OutputError: It cannot be written, or is there already.
    """
    refuse_existing(out, force=force)
    target = target_of(out)
    folder = target.path.parent
    box: locked.Locked | None = None
    try:
        with signals.shielded():
            for old in locked.dead(folder, _PREFIX):
                old.remove()
            box = locked.make(folder, _PREFIX)
        new = box.path / "new.toml"
        with new.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        signals.check()
        with signals.shielded():
            if not force and os.path.lexists(target.path):
                raise _existing(target)
            os.replace(new, target.path)  # noqa: PTH105 - free, or to be replaced
    except OSError as error:
        code = disk_error(error)
        place = WritableFolder(target.shown, folder, "free some space, or name another with --out")
        raise OutputError(
            f"{target.shown}: cannot be written: {error.strerror or error}; name another file"
            " with --out"
            if code is None
            else full_line(code, place)
        ) from error
    finally:
        with signals.shielded(), suppress(OSError):
            if box is not None:
                box.remove()


def _existing(target: Target) -> OutputError:
    return OutputError(
        f"{target.shown}: is there already; give --force to replace it, or another --out"
    )
