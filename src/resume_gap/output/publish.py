"""A finished folder takes the place of the old one, or nothing happens.

Everything is written beside the target, in `.resume-gap-<target>-<random>/report`, synced, and
exchanged with it in one step. A reader finds the old folder or the new one at every moment, also
after kill -9; what a killed run left behind is removed by the next run for the same target. Files
that the user put into the old folder are in the new one, too (`carry`).
"""

import ctypes
import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from resume_gap.errors import OutputError
from resume_gap.output.carry import carry_over, discard
from resume_gap.output.recognize import PREDICTION
from resume_gap.output.target import Standing, Target, look_at, target_of
from resume_gap.system import locked, signals
from resume_gap.system.filesystem import WritableFolder, disk_error, full_line

PREFIX: Final = ".resume-gap-"
_NEW, _ASIDE, _KEEP, _NUMBER = "report", "aside", "keep", "number"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_NO_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM})


@contextmanager
def staging(out: Path, *, force: bool = False) -> Iterator[Path]:
    """A fresh folder that becomes `out` when the block ends well, and vanishes otherwise.

    Args:
        out: The target. It may be missing, an empty folder or a report of ours; its parents
            are made. What the user put into a report of ours is carried over.
        force: Take the place of anything else, too. A link is replaced, never written through;
            a folder or file that is not ours, or not only, is kept beside the target as
            `<name>.before-<n>`.

    Raises:
        OutputError: The target is not ours, or the place cannot be written.
    """
    target = target_of(out)
    look_at(target, force=force)
    made: list[Path] = []
    box: locked.Locked | None = None
    try:
        with _one_line(target), signals.shielded():
            made = _make_parents(target.path.parent)
            box = _open_box(target.path)
        signals.check()
        with _one_line(target, inside=box.path):
            yield box.path / _NEW
            signals.check()
            sync(box.path / _NEW)
            _prepare(box.path, target, force=force)
            with signals.shielded():
                with _replacing(target):
                    _exchange(box.path, target.path)
                made = []
                signals.finished(f"the report in {target.shown} was written")
            _sync_folder(target.path.parent)
    finally:
        with signals.shielded():
            if box is not None:
                _clear(box, target.path)
            for folder in made:
                with suppress(OSError):
                    folder.rmdir()


def place(target: Target) -> WritableFolder:
    """The folder of the report in messages about full disks."""
    return WritableFolder(
        target.shown, target.path.parent, "free some space, or name another with --out"
    )


@contextmanager
def _one_line(target: Target, *, inside: Path | None = None) -> Iterator[None]:
    """Failures of the file system as one line; with `inside` only those of that folder."""
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        code = disk_error(error)
        if code is not None:
            raise OutputError(full_line(code, place(target))) from error
        if inside is not None and str(inside) not in str(error.filename):
            raise
        raise OutputError(
            f"{target.shown}: the report cannot be written: {error.strerror or error}; "
            "name another folder with --out"
        ) from error


@contextmanager
def _replacing(target: Target) -> Iterator[None]:
    """A refusal to move what stands at the target as one line that names it."""
    try:
        yield
    except OSError as error:
        if disk_error(error) is not None:
            raise
        raise OutputError(
            f"{target.shown}: what stands there cannot be replaced: {error.strerror or error};"
            " give yourself the right to write and move that folder, or name another one with --out"
        ) from error


def _make_parents(folder: Path) -> list[Path]:
    """Make the folder with its parents; the new ones, deepest first."""
    made = []
    missing = folder
    while not missing.exists():
        made.append(missing)
        missing = missing.parent
    for number, path in enumerate(reversed(made)):
        try:
            path.mkdir(exist_ok=True)
        except OSError:
            for done in made[len(made) - number :]:
                done.rmdir()
            raise
    return made


def _open_box(target: Path) -> locked.Locked:
    """A new staging folder, after those of dead runs are gone."""
    prefix = PREFIX + hashlib.sha256(os.fsencode(target.name)).hexdigest()[:8] + "-"
    for old in locked.dead(target.parent, prefix):
        _clear(old, target)
    box = locked.make(target.parent, prefix)
    try:
        (box.path / _NEW).mkdir()
    except BaseException:
        box.remove()
        raise
    return box


def _prepare(box: Path, target: Target, *, force: bool) -> None:
    """Give the new folder what outlives the old one, and note what `_clear` has to know."""
    standing = look_at(target, force=force)
    keep = standing is Standing.FOREIGN or (force and standing is Standing.SHARED)
    if keep:
        (box / _KEEP).touch()
    if standing in (Standing.REPORT, Standing.SHARED):
        only = frozenset({PREDICTION}) if keep else None
        carry_over(target.path, box / _NEW, target.shown, only=only)
    # After the exchange the folder of this name is another one.
    (box / _NUMBER).write_text(str((box / _NEW).stat().st_ino))
    _sync_folder(box / _NEW)
    _sync_folder(box)


def _exchange(box: Path, target: Path) -> None:
    """Put the new folder in the target's place; the old one lands in the staging folder."""
    new = box / _NEW
    if not os.path.lexists(target):
        new.rename(target)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    swap = getattr(libc, "renameat2", None)
    if swap is not None:
        paths = os.fsencode(new), os.fsencode(target)
        if swap(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0:
            new.rename(box / _ASIDE)
            return
        code = ctypes.get_errno()
        if code not in _NO_EXCHANGE:
            raise OSError(code, os.strerror(code), str(target))
    target.rename(box / _ASIDE)
    try:
        new.rename(target)
    except OSError:
        (box / _ASIDE).rename(target)
        raise


def _clear(box: locked.Locked, target: Path) -> None:
    """Remove a staging folder; what must not be lost leaves it first, or it stays."""
    aside = box.path / _ASIDE
    with suppress(OSError):
        if not os.path.lexists(aside) and _is_swapped(box.path):
            (box.path / _NEW).rename(aside)
        if os.path.lexists(aside):
            _set_free(aside, target, keep=(box.path / _KEEP).exists())
    if os.path.lexists(aside) or _is_swapped(box.path):
        box.release()
    else:
        box.remove()


def _set_free(aside: Path, target: Path, *, keep: bool) -> None:
    """What was the target: back into its place, beside it, or removed."""
    if not os.path.lexists(target):
        aside.rename(target)
    elif keep or aside.is_symlink() or not aside.is_dir() or not discard(aside, target):
        aside.rename(_free_name(target))


def _is_swapped(box: Path) -> bool:
    """Whether a run was killed right after the exchange: `report` is then what was the target."""
    try:
        return str((box / _NEW).lstat().st_ino) != (box / _NUMBER).read_text()
    except OSError:
        return False


def _free_name(target: Path) -> Path:
    number = 1
    while os.path.lexists(path := target.with_name(f"{target.name}.before-{number}")):
        number += 1
    return path


def sync(folder: Path) -> None:
    """Wait until all files of a folder are on the disk.

    Raises:
        OSError: They cannot be written.
    """
    for root, _, files in os.walk(folder):
        for name in files:
            handle = os.open(os.path.join(root, name), os.O_RDONLY)  # noqa: PTH118
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        _sync_folder(Path(root))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP):
            raise
    finally:
        os.close(handle)
