"""What the user put into a report folder goes on into the folder that takes its place.

A file that is called like one of ours, but is none, goes on as `<name>.before-<n>.<ending>`.

Files are linked, not copied or moved: at every moment, also after kill -9, the old folder holds
them, or the new one, or both. Nothing that is not ours loses its last name.
"""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from resume_gap.errors import OutputError
from resume_gap.output.recognize import OURS, PREDICTION, is_ours
from resume_gap.system.filesystem import disk_error


def carry_over(old: Path, new: Path, shown: str, *, only: frozenset[str] | None = None) -> None:
    """Link into a new report folder what is not ours in the old one.

    Args:
        old: The report folder that is about to be replaced.
        new: The finished one.
        shown: The target in messages.
        only: Names that are carried; None: all that are not ours.

    Raises:
        OutputError: Something cannot be linked.
    """
    with os.scandir(old) as found:
        entries = [entry for entry in found if _is_kept(entry, new)]
    for entry in entries:
        if only is not None and entry.name not in only:
            continue
        try:
            _link(Path(entry.path), _name_in(new, entry))
        except OSError as error:
            if disk_error(error) is not None:
                raise
            raise OutputError(
                f"{shown} holds {entry.name!r}, which is not part of the report and cannot be "
                f"carried over ({error.strerror}); move it, or give --force to keep the old "
                "folder beside the new one"
            ) from error


def _is_kept(entry: os.DirEntry[str], new: Path) -> bool:
    """Whether an entry outlives its folder: the user's, or a prediction that is not made anew."""
    if is_ours(entry):
        return entry.name == PREDICTION and not os.path.lexists(new / PREDICTION)
    return True


def _name_in(new: Path, entry: os.DirEntry[str]) -> Path:
    """Where a user's entry goes; its name may be taken by a file of the new report."""
    path = new / entry.name
    if entry.name in OURS and not entry.is_dir(follow_symlinks=False):
        number = 1
        while os.path.lexists(path):
            path = new / f"{Path(entry.name).stem}.before-{number}{Path(entry.name).suffix}"
            number += 1
    return path


def _link(old: Path, new: Path) -> None:
    """Link a file, or make a folder again with links to all that is in it."""
    if not stat.S_ISDIR(old.lstat().st_mode):
        os.link(old, new, follow_symlinks=False)
        return
    folders = []
    pending = [(old, new)]
    while pending:
        source, copy = pending.pop()
        copy.mkdir()
        folders.append((source, copy))
        with os.scandir(source) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    pending.append((Path(entry.path), copy / entry.name))
                else:
                    os.link(entry.path, copy / entry.name, follow_symlinks=False)
    for source, copy in reversed(folders):
        with suppress(OSError):
            shutil.copystat(source, copy)


def discard(old: Path, target: Path) -> bool:
    """Remove a report folder that was replaced; False: something is left that is not ours.

    Args:
        old: The folder that was replaced.
        target: The folder in its place; what is linked there, too, may go here.
    """
    folders = []
    for folder, entries in _folders(old):
        folders.append(folder)
        for entry in entries:
            other = target / folder.relative_to(old) / entry.name
            made_anew = entry.name != PREDICTION or os.path.lexists(other)
            ours = folder == old and is_ours(entry) and made_anew
            if ours or _same(Path(entry.path), other) or (folder == old and _is_in(target, entry)):
                os.unlink(entry.path)  # noqa: PTH108
    for folder in reversed(folders):
        if folder == old or (target / folder.relative_to(old)).is_dir():
            with suppress(OSError):
                folder.rmdir()
    return not os.path.lexists(old)


def _folders(top: Path) -> Iterator[tuple[Path, list[os.DirEntry[str]]]]:
    """A folder and those below it, each with its entries that are no folders; parents first."""
    pending = [top]
    while pending:
        folder = pending.pop()
        with os.scandir(folder) as found:
            entries = list(found)
        pending += [Path(e.path) for e in entries if e.is_dir(follow_symlinks=False)]
        yield folder, [e for e in entries if not e.is_dir(follow_symlinks=False)]


def _is_in(folder: Path, entry: os.DirEntry[str]) -> bool:
    """Whether a folder holds the very file, under whatever name."""
    if entry.name not in OURS:
        return False
    with os.scandir(folder) as found:
        return any(_same(Path(entry.path), Path(other.path)) for other in found)


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except OSError:
        return False
