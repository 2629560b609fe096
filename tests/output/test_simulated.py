"""The files of a simulation are put into their folder, or nothing is left."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from resume_gap.errors import OutputError
from resume_gap.output.simulated import PREFIX, placed

if TYPE_CHECKING:
    from pathlib import Path


def simulate(folder: Path, text: str = "one", name: str = "log") -> None:
    with placed(folder, name) as new:
        (new / f"{name}.csv").write_text(text)
        truth = new / f"{name}_truth"
        truth.mkdir()
        for file in ("truth.json", "a.csv"):
            (truth / file).write_text(text)


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def written(text: str) -> dict[str, str]:
    return dict.fromkeys(("log.csv", "log_truth/a.csv", "log_truth/truth.json"), text)


def test_a_simulation_is_written_whole_and_replaced_by_another(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    simulate(folder)
    assert files(folder) == written("one")
    simulate(folder, "two")
    assert files(folder) == written("two")
    assert not [path for path in folder.iterdir() if path.name.startswith(PREFIX)]


@pytest.mark.parametrize("name", ["log.csv", "log_truth/a.csv"])
def test_what_no_simulation_wrote_stays(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    with pytest.raises(OutputError, match="is there already and no simulation wrote it"):
        simulate(tmp_path)
    assert files(tmp_path) == {name: "mine"}


def test_other_names_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("mine")
    simulate(tmp_path)
    assert files(tmp_path) == written("one") | {"notes.csv": "mine"}


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    simulate(tmp_path)
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "log.csv").unlink()
    (tmp_path / "log.csv").symlink_to("mine")
    with pytest.raises(OutputError, match=r"log\.csv is there already"):
        simulate(tmp_path, "two")
    assert (tmp_path / "mine").read_text() == "mine"


def test_what_fails_inside_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="stop"), placed(tmp_path / "a" / "b", "log"):
        raise ValueError("stop")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "free some space, or name another with --out"),
        (errno.EACCES, "cannot be written: Permission denied; name another folder with --out"),
    ],
)
def test_a_failure_of_the_disk_is_one_line(tmp_path: Path, code: int, said: str) -> None:
    with pytest.raises(OutputError) as failed, placed(tmp_path / "new", "log"):
        raise OSError(code, os.strerror(code))
    assert said in str(failed.value)
    assert str(tmp_path / "new") in str(failed.value)
    assert list(tmp_path.iterdir()) == []


def test_the_truth_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is stopped in between leaves what says that the files are ours."""
    moved: list[str] = []
    replace = os.replace

    def seen(old: Path, new: Path) -> None:
        moved.append(new.name)
        replace(old, new)

    monkeypatch.setattr(os, "replace", seen)
    simulate(tmp_path)
    assert moved == ["truth.json", "a.csv", "log.csv"]
