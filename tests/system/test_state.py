"""The state folder: found by key, whole or not at all, held by one run."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from resume_gap.errors import OutputError
from resume_gap.system.state import Entry, Outcome, StateFolder
from resume_gap.system.state_index import Fault

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO, THREE = ("1" * 64, "2" * 64, "3" * 64)


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with an entry of facts and one with a file."""
    folder = tmp_path / "state"
    with StateFolder(folder, "v1") as state:
        state.add(ONE, Entry({"names": ["a", "ü"]}, "file a", None))
        state.add(TWO, Entry({}, "file b", written(tmp_path / "rows", "raw")))
        state.keep()
    (tmp_path / "rows").unlink()
    return folder


def test_what_one_run_keeps_the_next_one_finds(kept: Path) -> None:
    with StateFolder(kept, "v1") as state:
        assert state.find(ONE) == Entry({"names": ["a", "ü"]}, "file a", None)
        found = state.find(TWO)
        assert found is not None
        assert found.path is not None
        assert (found.path.read_text(), found.about) == ("raw", "file b")
        assert state.files == (found.path,)
        assert state.find(THREE) is None
        assert (state.is_about("file b"), state.is_about("file c")) == (True, False)
        assert state.fault is None


def test_only_its_owner_may_read_it(kept: Path) -> None:
    assert kept.stat().st_mode & 0o777 == 0o700
    assert {one.stat().st_mode & 0o777 for one in kept.iterdir()} == {0o600}


def test_what_a_run_does_not_use_goes_at_its_end(kept: Path) -> None:
    with StateFolder(kept, "v1") as state:
        state.find(ONE)
        state.keep()
    assert [one.name for one in kept.iterdir()] == [".resume-gap-state.json"]
    with StateFolder(kept, "v1") as state:
        assert state.find(ONE) is not None
        assert state.find(TWO) is None


def test_a_run_that_fails_changes_nothing(kept: Path, tmp_path: Path) -> None:
    before = {one.name: one.read_bytes() for one in kept.iterdir()}
    with StateFolder(kept, "v1") as state:
        state.add(THREE, Entry({}, "file c", written(tmp_path / "more", "more")))
    assert {one.name: one.read_bytes() for one in kept.iterdir()} == before
    new = tmp_path / "deep" / "new"
    with StateFolder(new, "v1"):
        assert new.is_dir()
    assert not new.parent.exists()


def test_a_file_that_is_not_what_it_was_is_not_found(kept: Path) -> None:
    content = kept / f".{TWO}"
    content.write_text("raW")
    with StateFolder(kept, "v1") as state:
        assert state.find(TWO) is None
        assert (state.fault, state.is_about("file b")) == (Fault.DAMAGE, False)
        assert state.find(ONE) is not None
    content.unlink()
    with StateFolder(kept, "v1") as state:
        assert state.find(TWO) is None
    content.symlink_to(__file__)
    with StateFolder(kept, "v1") as state:
        assert state.find(TWO) is None
        state.keep()
    assert not content.is_symlink()
    content.mkdir()
    with StateFolder(kept, "v1") as state:
        assert state.find(TWO) is None
        state.keep()


def test_entries_of_another_version_are_not_used_and_go(kept: Path) -> None:
    with StateFolder(kept, "v2") as state:
        assert (state.find(ONE), state.fault, state.files) == (None, Fault.VERSION, ())
        state.keep()
    assert [one.name for one in kept.iterdir()] == [".resume-gap-state.json"]
    with StateFolder(kept, "v2") as state:
        assert (state.find(ONE), state.fault) == (None, None)


def test_a_damaged_index_is_replaced(kept: Path) -> None:
    (kept / ".resume-gap-state.json").write_text("{")
    with StateFolder(kept, "v1") as state:
        assert (state.find(ONE), state.fault) == (None, Fault.DAMAGE)
        state.keep()
    with StateFolder(kept, "v1") as state:
        assert state.fault is None


def test_a_file_on_another_file_system_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_system(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", other_system)
    with StateFolder(tmp_path / "state", "v1") as state:
        state.add(ONE, Entry({}, "a", written(tmp_path / "rows", "raw")))
        state.keep()
    with StateFolder(tmp_path / "state", "v1") as state:
        found = state.find(ONE)
        assert found is not None
        assert found.path is not None
        assert found.path.read_text() == "raw"
        assert found.path.stat().st_mode & 0o777 == 0o600


def test_what_another_run_put_into_the_way_is_not_taken_for_what_was_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system without locks two runs may keep at once."""

    def other(_: Path, part: Path) -> None:
        part.write_text("of the other run")

    monkeypatch.setattr(os, "link", other)
    with StateFolder(tmp_path / "state", "v1") as state:
        state.add(ONE, Entry({}, "a", written(tmp_path / "rows", "raw")))
        state.keep()
    with StateFolder(tmp_path / "state", "v1") as state:
        assert state.find(ONE) is None


def test_a_run_that_was_killed_while_it_kept_is_no_obstacle(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    written(folder / ".resume-gap-part", "half")
    written(folder / f".{ONE}", "whole, but in no index")
    with StateFolder(folder, "v1") as state:
        assert state.find(ONE) is None
        state.keep()
    assert list(folder.iterdir()) == []


def test_what_is_no_folder_is_named(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("mine")
    link.symlink_to(tmp_path / "nothing")
    for path, what in ((file, "is a file, not a folder"), (link, "is a link to nothing")):
        with (
            pytest.raises(OutputError, match=f"{path}: {what}; name a folder"),
            StateFolder(path, "v1"),
        ):
            pass
    assert (file.read_text(), link.is_symlink()) == ("mine", True)


def test_another_run_reads_that_the_folder_is_in_use(kept: Path) -> None:
    code = (
        "import sys, pathlib; from resume_gap.system.state import StateFolder\n"
        "with StateFolder(pathlib.Path(sys.argv[1]), 'v1'): pass"
    )
    with StateFolder(kept, "v1"):
        done = subprocess.run(
            [sys.executable, "-c", code, kept], capture_output=True, text=True, check=False
        )
    assert "another run is using it; wait for its end" in done.stderr
    with StateFolder(kept, "v1") as state:
        assert state.find(ONE) is not None


@pytest.mark.parametrize("what", ["foreign", "file", "pattern", "name", "closed", "no writing"])
def test_what_cannot_be_a_state_folder_is_refused_in_one_line(
    tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / {"pattern": "a[1]", "name": "\udcff"}.get(what, "state")
    wanted = {
        "foreign": "holds files and no state of resume-gap",
        "file": "is a file, not a folder",
        "pattern": "has one of",
        "name": "its name is not UTF-8",
        "closed": "cannot be used: ",
        "no writing": "state: cannot be written; name another",
    }[what]
    if what == "foreign":
        folder.mkdir()
        written(folder / "_notes", "mine")
    elif what == "file":
        written(folder, "mine")
    elif what == "no writing":
        folder.mkdir()
        monkeypatch.setattr(os, "access", lambda *_: False)
    elif what == "closed":
        folder = tmp_path / "file" / "state"
        written(tmp_path / "file", "mine")
    with pytest.raises(OutputError, match=wanted) as caught, StateFolder(folder, "v1"):
        pass
    assert "\n" not in str(caught.value)
    if what == "foreign":
        assert [one.name for one in folder.iterdir()] == ["_notes"]


def test_a_full_disk_is_named_and_the_old_state_stays(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with StateFolder(kept, "v1") as state:
        state.find(ONE)
        state.add(THREE, Entry({}, "c", written(tmp_path / "more", "more")))
        with pytest.raises(OutputError, match=r"the state folder .* No space left"):
            state.keep()
    assert len([*kept.iterdir()]) == 2
    new = tmp_path / "new"
    with StateFolder(new, "v1") as state:
        state.add(THREE, Entry({}, "c", tmp_path / "more"))
        with pytest.raises(OutputError, match="No space left"):
            state.keep()
    assert not new.exists()
    with StateFolder(kept, "v1") as state:
        assert state.find(ONE) is not None
        assert state.find(TWO) is not None
        assert state.find(THREE) is None


def test_of_all_steps_of_an_input_the_worst_counts(tmp_path: Path) -> None:
    with StateFolder(tmp_path / "state", "v1") as state:
        for name, outcome in (
            ("a", Outcome.KEPT),
            ("a", Outcome.CHANGED),
            ("a", Outcome.KEPT),
            ("b", Outcome.KEPT),
            ("c", Outcome.NEW),
            ("c", Outcome.CHANGED),
        ):
            state.note(name, outcome)
        assert state.outcomes == {Outcome.CHANGED: 1, Outcome.KEPT: 1, Outcome.NEW: 1}


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, OSError("it broke")])
def test_a_run_that_ends_as_it_takes_the_folder_does_not_hold_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """In a notebook the process goes on, and would hold it for ever."""
    folder = tmp_path / "deep" / "new"

    def load(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("resume_gap.system.state.state_index.load", load)
        with pytest.raises((KeyboardInterrupt, MemoryError, OutputError)):
            StateFolder(folder, "v1").__enter__()
    assert not folder.parent.exists()
    with StateFolder(folder, "v1") as state:
        assert state.find(ONE) is None
