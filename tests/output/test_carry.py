"""What a user put into a report folder goes on into the next one."""

from __future__ import annotations

import errno
import os
import re
from typing import TYPE_CHECKING

import pytest

from resume_gap.errors import OutputError
from resume_gap.output.carry import carry_over, discard

if TYPE_CHECKING:
    from pathlib import Path

OURS = "report.html"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A report and the one that takes its place."""
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        (folder / OURS).write_text(f"<!doctype html>\n<html>{folder.name}")
    return old, new


def test_notes_are_linked_and_folders_made_again(folders: tuple[Path, Path]) -> None:
    old, new = folders
    (old / "notes.txt").write_text("mine")
    (old / "deep" / "er").mkdir(parents=True)
    (old / "deep" / "er" / "slide.txt").write_text("mine, too")
    (old / "deep").chmod(0o750)
    carry_over(old, new, "report")
    assert (new / "notes.txt").samefile(old / "notes.txt")
    assert (new / "deep" / "er" / "slide.txt").samefile(old / "deep" / "er" / "slide.txt")
    assert (new / "deep").stat().st_mode & 0o777 == 0o750


def test_only_what_is_named_goes_on(folders: tuple[Path, Path]) -> None:
    old, new = folders
    for name in ("notes.txt", "other.txt"):
        (old / name).write_text("mine")
    carry_over(old, new, "report", only=frozenset({"notes.txt"}))
    assert sorted(path.name for path in new.iterdir()) == ["notes.txt", OURS]


def test_a_file_called_like_ours_gets_a_number(folders: tuple[Path, Path]) -> None:
    old, new = folders
    (old / OURS).write_text("a shopping list")
    (new / "report.before-1.html").write_text("an older list")
    carry_over(old, new, "report")
    assert (new / "report.before-2.html").read_text() == "a shopping list"
    assert (new / "report.before-1.html").read_text() == "an older list"
    assert "new" in (new / OURS).read_text()


def test_what_goes_on_may_go_from_the_old_folder(folders: tuple[Path, Path]) -> None:
    old, new = folders
    (old / "notes.txt").write_text("mine")
    carry_over(old, new, "report")
    assert discard(old, new) is True
    assert not old.exists()
    assert (new / "notes.txt").read_text() == "mine"


def test_what_was_put_there_meanwhile_stays(folders: tuple[Path, Path]) -> None:
    old, new = folders
    carry_over(old, new, "report")
    (old / "late.txt").write_text("written while the report was made")
    assert discard(old, new) is False
    assert [path.name for path in old.iterdir()] == ["late.txt"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_is_not_taken_for_an_entry_that_cannot_be_linked(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    old, new = folders
    (old / "notes.txt").write_text("mine")

    def link(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(OSError, match=re.escape(os.strerror(number))) as failed:
        carry_over(old, new, "report")
    assert failed.value.errno == number


def test_an_entry_that_cannot_be_linked_is_named(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = folders
    (old / "notes.txt").write_text("mine")

    def link(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(OutputError, match=r"report holds '.+', which is not part"):
        carry_over(old, new, "report")
