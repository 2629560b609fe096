"""A finished folder takes the place of the old one, or nothing happens.

Everything is written beside the target, in `.resume-gap-<target>-<random>/report`, synced, and
exchanged with it in one step. A reader finds the old folder or the new one at every moment, also
after kill -9; what a killed run left behind is removed by the next run for the same target. The
owner of a staging folder holds a lock on a file inside, which the kernel drops with the process:
no process number is trusted that another process, or another container, may have by now.
"""

import ctypes
import errno
import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from resume_gap.errors import OutputError
from resume_gap.report.text.names import terminal_text

PREFIX: Final = ".resume-gap-"
_SUMMARY = "summary.json"
_SUMMARY_LIMIT = 64 * 2**20
_OWNER, _NEW, _ASIDE, _KEEP = "owner", "report", "aside", "keep"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_NO_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM})
_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


@contextmanager
def staging(out: Path, *, force: bool = False) -> Iterator[Path]:
    """A fresh folder that becomes `out` when the block ends well, and vanishes otherwise.

    Args:
        out: The target. It may be missing, an empty folder or a report of ours; its parents
            are made.
        force: Take the place of anything else, too. A link is replaced, never written through;
            a folder or file that is not ours is kept beside the target as `<name>.before-<n>`.

    Raises:
        OutputError: The target is not ours, or the place cannot be written.
    """
    target = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow a link
    shown = terminal_text(str(out))
    _check_target(target, shown, force=force)
    with _spoken(shown):
        made = _make_parents(target.parent)
    box: Path | None = None
    lock = -1
    try:
        with _spoken(shown):
            box, lock = _open_box(target)
        with _spoken(shown, inside=box):
            yield box / _NEW
            _sync(box / _NEW)
            foreign = _check_target(target, shown, force=force)
            _exchange(box, target, keep=foreign)
            _sync_folder(target.parent)
        made = []
    finally:
        if box is not None:
            _clear(box, target)
        if lock >= 0:
            os.close(lock)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()


def is_report(folder: Path) -> bool:
    """Whether the folder holds a `summary.json` of ours."""
    path = folder / _SUMMARY
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _SUMMARY_LIMIT:
            return False
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return (
        isinstance(content, dict)
        and isinstance(content.get("tool_version"), str)
        and isinstance(content.get("command"), str)
    )


def _check_target(target: Path, shown: str, *, force: bool) -> bool:
    """Whether something that is not ours stands at the target; OutputError without `force`."""
    here = Path.cwd()
    if target == here or target in here.parents or os.path.ismount(target):
        what = "a mount point" if os.path.ismount(target) else "the folder you are in or above it"
        raise OutputError(
            f"{shown} is {what}, which a report cannot replace; name a folder inside it with --out"
        )
    try:
        if target.is_symlink():
            what = "is a link"
        elif not target.exists():
            return False
        elif not target.is_dir():
            what = "is a file"
        elif is_report(target) or not any(target.iterdir()):
            return False
        else:
            what = "holds files that are not a report of resume-gap"
    except OSError as error:
        raise OutputError(f"{shown}: cannot be looked at: {error.strerror}") from error
    if force:
        return True
    raise OutputError(
        f"{shown} {what}; name another folder with --out, or give --force to put the report "
        "there (what stands there is kept beside it)"
    )


@contextmanager
def _spoken(shown: str, *, inside: Path | None = None) -> Iterator[None]:
    """Failures of the file system as one line; with `inside` only those of that folder."""
    try:
        yield
    except OSError as error:
        ours = inside is None or error.errno in _DISK or str(inside) in str(error.filename)
        if not ours:
            raise
        reason = error.strerror or str(error)
        raise OutputError(
            f"{shown}: the report cannot be written: {reason}; name another folder with --out"
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


def _open_box(target: Path) -> tuple[Path, int]:
    """A new staging folder with its lock, after those of dead runs are gone."""
    stem = PREFIX + hashlib.sha256(os.fsencode(target.name)).hexdigest()[:8] + "-"
    # One run at a time looks and makes: a folder without a locked owner is then a dead one's.
    parent = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):
            fcntl.flock(parent, fcntl.LOCK_EX)
        for old in sorted(target.parent.glob(stem + "*")):
            if not old.is_symlink() and _is_dead(old):
                _clear(old, target)
        box = target.parent / (stem + secrets.token_hex(6))
        box.mkdir(mode=0o700)
        try:
            lock = os.open(box / _OWNER, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            with suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.write(lock, f"{os.getpid()}\n".encode())
            (box / _NEW).mkdir()
        except BaseException:
            shutil.rmtree(box, ignore_errors=True)
            raise
    finally:
        os.close(parent)
    return box, lock


def _is_dead(box: Path) -> bool:
    """Whether nobody holds the lock of a staging folder; where locks fail, the process decides."""
    try:
        owner = os.open(box / _OWNER, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        text = os.read(owner, 20).strip()
        return text.isdigit() and not Path(f"/proc/{int(text)}").exists()
    finally:
        os.close(owner)
    return True


def _exchange(box: Path, target: Path, *, keep: bool) -> None:
    """Put the new folder in the target's place; the old one lands in the staging folder."""
    new = box / _NEW
    if not os.path.lexists(target):
        new.rename(target)
        return
    if keep:
        (box / _KEEP).write_text(str(new.stat().st_ino))
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


def _clear(box: Path, target: Path) -> None:
    """Remove a staging folder; what must not be lost leaves it first."""
    aside = box / _ASIDE
    if not os.path.lexists(aside) and _is_swapped(box):
        aside = box / _NEW
    if os.path.lexists(aside):
        if not os.path.lexists(target):
            aside.rename(target)
        elif (box / _KEEP).exists():
            aside.rename(_free_name(target))
    shutil.rmtree(box, ignore_errors=True)


def _is_swapped(box: Path) -> bool:
    """Whether a run was killed right after the exchange: `report` is then what was the target."""
    try:
        return str((box / _NEW).lstat().st_ino) != (box / _KEEP).read_text()
    except OSError:
        return False


def _free_name(target: Path) -> Path:
    number = 1
    while os.path.lexists(path := target.with_name(f"{target.name}.before-{number}")):
        number += 1
    return path


def _sync(folder: Path) -> None:
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
