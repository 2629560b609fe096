"""Files beside others: whole or not at all, never over what is not ours."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from resume_gap.errors import OutputError
from resume_gap.output.beside import write_beside

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"share.txt": b"It rains.\nSource: resume-gap analyze, x\n"}


def test_they_are_written_and_written_again_and_nothing_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "deep"
    write_beside(folder, FILES)
    (folder / "notes.md").write_text("mine")
    write_beside(folder, FILES)
    assert (folder / "share.txt").read_bytes() == FILES["share.txt"]
    assert sorted(path.name for path in folder.iterdir()) == ["notes.md", "share.txt"]


def test_a_file_of_somebody_else_stays(tmp_path: Path) -> None:
    (tmp_path / "share.txt").write_text("my own words")
    with pytest.raises(OutputError, match="is there already and is not a file of resume-gap"):
        write_beside(tmp_path, FILES)
    assert (tmp_path / "share.txt").read_text() == "my own words"
    (tmp_path / "share.txt").unlink()
    (tmp_path / "share.txt").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="is there already"):
        write_beside(tmp_path, FILES)
    assert not (tmp_path / "elsewhere").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["share.txt"]


def test_a_failure_is_one_line_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_beside(tmp_path, FILES)

    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"cannot be written: No space left on device; free"):
        write_beside(tmp_path, {"share.txt": b"other"})
    assert (tmp_path / "share.txt").read_bytes() == FILES["share.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["share.txt"]


def test_a_place_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="name another folder with --out"):
        write_beside(tmp_path / "file", FILES)
