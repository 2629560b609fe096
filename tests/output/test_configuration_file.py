"""A configuration file is the old one, the new one, or none."""

import os
from pathlib import Path

import pytest

from resume_gap.errors import OutputError
from resume_gap.output.configuration_file import write_configuration


def test_what_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "resume-gap.toml"
    write_configuration(path, b"# one\n", force=False)
    with pytest.raises(OutputError, match="is there already; give --force"):
        write_configuration(path, b"# two\n", force=False)
    assert path.read_bytes() == b"# one\n"
    write_configuration(path, b"# two\n", force=True)
    assert path.read_bytes() == b"# two\n"
    assert [one.name for one in tmp_path.iterdir()] == ["resume-gap.toml"]


def test_a_dangling_link_and_a_folder_are_something(tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="is there already"):
        write_configuration(link, b"", force=False)
    with pytest.raises(OutputError, match="is a folder; name a file"):
        write_configuration(tmp_path, b"", force=True)
    assert not (tmp_path / "elsewhere").exists()


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "resume-gap.toml"
    write_configuration(path, b"# one\n", force=False)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"no space|full|free some space"):
        write_configuration(path, b"# two\n", force=True)
    assert path.read_bytes() == b"# one\n"
    assert [one.name for one in tmp_path.iterdir()] == ["resume-gap.toml"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_configuration(tmp_path / "none" / "x.toml", b"", force=False)
