"""Where `simulate` writes: never over what is not a simulation, never where nobody can read."""

from __future__ import annotations

import errno
import importlib
import os
from typing import TYPE_CHECKING

import pytest

from resume_gap.api.simulate import simulate
from resume_gap.errors import InputError, OutputError
from resume_gap.output.simulated import PREFIX
from resume_gap.system import locked

if TYPE_CHECKING:
    from pathlib import Path

SMALL = ("users=3", "weeks=1")


def run(out: str | Path, name: str = "x") -> tuple[Path, ...]:
    return simulate("workday", out=out, name=name, format="csv", set=SMALL)


def test_a_simulation_may_be_made_again(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in run(tmp_path)]
    assert [path.read_bytes() for path in run(tmp_path)] == first
    run(tmp_path, "y")


@pytest.mark.parametrize("name", ["x.csv", "x_truth", "x_truth/users.parquet"])
def test_a_file_of_the_users_is_left_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    with pytest.raises(OutputError, match="is there already and no simulation wrote it"):
        run(tmp_path)
    assert path.read_text() == "mine"
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]


@pytest.mark.parametrize("name", ["x.csv", "x_truth/truth.json"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    run(tmp_path / "out")
    mine, link = tmp_path / "mine", tmp_path / "out" / name
    mine.write_text("mine")
    link.unlink()
    link.symlink_to(mine)
    with pytest.raises(OutputError, match="no simulation wrote it"):
        run(tmp_path / "out")
    assert mine.read_text() == "mine"


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kept").mkdir()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    writing = importlib.import_module("resume_gap.synthetic.write")
    monkeypatch.setattr(writing, "_write_truth", full)
    for out in ("new/deep", "kept"):
        with pytest.raises(OutputError, match="No space left on device; free some space"):
            run(tmp_path / out)
    assert [p.name for p in tmp_path.rglob("*")] == ["kept"]


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    left = locked.make(tmp_path, PREFIX)
    (left.path / "files").mkdir()
    (left.path / "files" / "x.csv").touch()
    left.release()
    run(tmp_path)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_folder_that_cannot_be_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="its name is not UTF-8"):
        run(os.fsdecode(b"\xff"))
    (tmp_path / "file").touch()
    for out in ("file", "file/x", "y" * 300):
        with pytest.raises(OutputError, match="name another folder with --out"):
            run(out)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_deleted_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(InputError, match="the folder you are in is gone"):
        run("x")
