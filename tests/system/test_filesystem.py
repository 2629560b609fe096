"""Files that are no files, and disks that are full, whoever reports it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from resume_gap.errors import InputError
from resume_gap.system import filesystem
from resume_gap.system.filesystem import (
    WritableFolder,
    disk_error,
    full_line,
    full_place,
    kind_of_mode,
    read_small,
    state_of,
)


def test_a_small_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    (tmp_path / "link").symlink_to("x")
    assert read_small(tmp_path / "x") == b"abc"
    assert read_small(tmp_path / "link") == b"abc"
    with pytest.raises(OSError, match="symbolic"):
        read_small(tmp_path / "link", follow=False)


def test_what_is_no_small_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with (tmp_path / "huge").open("wb") as stream:
        stream.truncate(2**40)
    for path in (tmp_path / "fifo", tmp_path / "huge", Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError):  # noqa: PT011 - which one depends
            read_small(path)


def test_the_limit_is_exact(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    assert read_small(tmp_path / "x", most=3) == b"abc"
    (tmp_path / "x").write_bytes(b"abcd")
    with pytest.raises(OSError, match="larger"):
        read_small(tmp_path / "x", most=3)


def test_every_change_of_a_file_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"abc")
    before = state_of(path)
    assert before is not None
    assert state_of(path) == before
    os.utime(path, ns=(0, before.mtime_ns + 1))
    assert state_of(path) != before
    os.utime(path, ns=(0, before.mtime_ns))
    assert state_of(path) == before
    with path.open("ab") as stream:
        stream.write(b"d")
    os.utime(path, ns=(0, before.mtime_ns))
    assert state_of(path) != before
    path.rename(tmp_path / "old")
    path.write_bytes(b"abc")
    os.utime(path, ns=(0, before.mtime_ns))
    assert state_of(path) != before
    path.unlink()
    assert state_of(path) is None
    assert state_of(tmp_path / ("x" * 300)) is None
    assert state_of(tmp_path / "a\0b") is None


def chain(text: str) -> Exception:
    """An error of an engine, wrapped."""
    error = ValueError("cannot be read")
    error.__cause__ = RuntimeError(text)
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "x"), errno.ENOSPC),
        (OSError(errno.EDQUOT, "x"), errno.EDQUOT),
        (OSError(errno.ENOENT, "x"), None),
        (OSError("No space left on device (os error 28)"), errno.ENOSPC),
        (OSError("[Errno 28] Error writing bytes to file"), errno.ENOSPC),
        (chain('IO Error: Could not write file "x": No space left on device'), errno.ENOSPC),
        (chain("IO Error: Disk quota exceeded"), errno.EDQUOT),
        (chain("Read-only file system"), errno.EROFS),
        (chain("os error 2"), None),
        (chain("row 28 is broken"), None),
    ],
)
def test_full_disks_of_every_library(error: Exception, code: int | None) -> None:
    assert disk_error(error) == code


def test_errors_in_a_circle_end() -> None:
    one, two = ValueError("a"), ValueError("b")
    one.__cause__, two.__cause__ = two, one
    assert disk_error(one) is None


def test_the_place_that_is_named_is_the_full_one(tmp_path: Path) -> None:
    places = [WritableFolder(name, tmp_path / name, "advice") for name in ("one", "two")]
    error = OSError(f"cannot write {tmp_path}/two/x: No space left on device")
    assert full_place(error, places).label == "two"
    error = OSError(errno.ENOSPC, "x", str(tmp_path / "two" / "x"))
    assert full_place(error, places).label == "two"
    places.insert(0, WritableFolder("around", tmp_path, "advice"))
    assert full_place(error, places).label == "two"
    line = full_line(errno.ENOSPC, places[-1])
    assert line == "two: cannot be written: No space left on device; advice"


def test_else_the_place_with_the_least_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = {"one": (1, 500), "two": (0, 0), "three": (1, 0)}
    monkeypatch.setattr(filesystem, "_room", lambda path: room[path.name])
    places = [WritableFolder(name, tmp_path / name, "advice") for name in room]
    assert full_place(OSError(), places).label == "two"
    assert full_place(OSError(), [places[0], places[2]]).label == "three"
    assert "inodes" in full_line(errno.ENOSPC, places[1])
    assert "inodes" not in full_line(errno.ENOSPC, places[2])


def test_a_working_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    assert filesystem.working_folder() == tmp_path / "gone"
    (tmp_path / "gone").rmdir()
    with pytest.raises(InputError, match="is gone"):
        filesystem.working_folder()


def test_what_stands_where_no_file_is() -> None:
    kinds = [stat.S_IFIFO, stat.S_IFDIR, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK]
    said = ["a pipe", "a folder", "a device", "a device", "a socket"]
    assert [kind_of_mode(kind | 0o600) for kind in kinds] == said


def test_room_is_that_of_the_nearest_folder_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"f_files": 9, "f_favail": 3, "f_bavail": 7, "f_frsize": 512}

    def statvfs(path: Path) -> SimpleNamespace:
        if path != tmp_path:
            raise FileNotFoundError(path)
        return SimpleNamespace(**found)

    monkeypatch.setattr(os, "statvfs", statvfs)
    assert filesystem._room(tmp_path) == filesystem._room(tmp_path / "a" / "b") == (1, 3_584)
    found["f_favail"] = 0
    assert filesystem._room(tmp_path / "a") == (0, 0)
    found["f_files"] = 0  # a system that counts no inodes
    assert filesystem._room(tmp_path) == (1, 3_584)
    monkeypatch.setattr(os, "statvfs", lambda _: statvfs(tmp_path / "gone"))
    assert filesystem._room(tmp_path) == (1, 0)


def test_space_does_not_help_a_disk_that_is_read_only() -> None:
    place = WritableFolder("out", Path("/out"), "free some space, or name another with --out")
    assert full_line(errno.EFBIG, place).endswith("; free some space, or name another with --out")
    assert full_line(errno.EROFS, place).endswith("Read-only file system; name another with --out")
