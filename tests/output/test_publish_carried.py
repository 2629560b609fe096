"""What a user put into a report outlives it, whatever it is called."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from factories.published import PAGE, SEALED, kept, litter, make, text_of, users_files, write

from resume_gap.errors import OutputError
from resume_gap.output import publish
from resume_gap.output.publish import staging

if TYPE_CHECKING:
    from pathlib import Path


def test_what_the_user_put_into_a_report_is_carried_over(tmp_path: Path) -> None:
    make(tmp_path / "out", "one")
    mine = users_files(tmp_path / "out")
    for text in ("two", "three"):
        make(tmp_path / "out", text)
        assert text_of(tmp_path / "out") == text
        assert kept(tmp_path / "out") == mine
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out"]


def test_a_carried_folder_keeps_its_rights_and_time(tmp_path: Path) -> None:
    make(tmp_path / "out", "one")
    inner = tmp_path / "out" / "sub" / "deep"
    inner.mkdir(parents=True)
    for folder in (inner, inner.parent):
        folder.chmod(0o750)
        os.utime(folder, (1e9, 1e9))
    make(tmp_path / "out", "two")
    for folder in (inner, inner.parent):
        assert folder.stat().st_mode & 0o777 == 0o750
        assert folder.stat().st_mtime == 1e9


def test_with_force_it_stays_in_the_old_folder(tmp_path: Path) -> None:
    make(tmp_path / "out", "one")
    mine = users_files(tmp_path / "out")
    make(tmp_path / "out", "two", force=True)
    assert kept(tmp_path / "out.before-1") == mine
    assert text_of(tmp_path / "out.before-1") == "one"
    assert kept(tmp_path / "out") == {}
    make(tmp_path / "out", "three", force=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out", "out.before-1"]


def test_a_folder_with_the_name_of_a_file_of_ours_is_the_users(tmp_path: Path) -> None:
    make(tmp_path / "out", "one")
    (tmp_path / "out" / "report.html").unlink()
    (tmp_path / "out" / "report.html").mkdir()
    (tmp_path / "out" / "report.html" / "mine").write_text("x")
    with pytest.raises(OutputError, match=r"report\.html.*--force"):
        make(tmp_path / "out", "two")
    assert text_of(tmp_path / "out") == "one"
    assert kept(tmp_path / "out") == {"report.html": "folder", "report.html/mine": "x"}
    assert litter(tmp_path) == []


def test_a_file_with_the_name_of_one_of_ours_is_the_users(tmp_path: Path) -> None:
    out = tmp_path / "out"
    make(out, "one")
    (out / "report.html").write_text("<p>mine</p>")
    (out / "prediction.json").symlink_to("elsewhere")
    (out / "report.before-1.html").write_text("older")
    for text in ("two", "three"):
        make(out, text)
        assert (out / "report.html").read_text() == PAGE + text
        assert kept(out) == {
            "report.before-1.html": "older",
            "report.before-2.html": "<p>mine</p>",
            "prediction.json": "link elsewhere",
        }
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("force", [False, True])
def test_a_prediction_outlives_its_report(tmp_path: Path, force: bool) -> None:
    make(tmp_path / "out", "one")
    (tmp_path / "out" / "prediction.json").write_text(SEALED)
    (tmp_path / "out" / "mine").touch()
    make(tmp_path / "out", "two", force=force)
    assert (tmp_path / "out" / "prediction.json").read_text() == SEALED
    with staging(tmp_path / "out", force=force) as folder:
        write(folder, "three")
        (folder / "prediction.json").write_text("new")
    assert (tmp_path / "out" / "prediction.json").read_text() == "new"
    assert not list((tmp_path / "out").glob("prediction.before*"))


@pytest.mark.parametrize("name", ["late.txt", "prediction.json"])
def test_a_file_that_comes_at_the_last_moment_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    make(tmp_path / "out", "one")
    exchange = publish._exchange

    def late(box: Path, target: Path) -> None:
        (target / name).write_text(SEALED)
        exchange(box, target)

    monkeypatch.setattr(publish, "_exchange", late)
    make(tmp_path / "out", "two")
    assert text_of(tmp_path / "out") == "two"
    assert (tmp_path / "out.before-1" / name).read_text() == SEALED


def test_what_cannot_be_linked_refuses_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "out", "one")
    mine = users_files(tmp_path / "out")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(OutputError, match="cannot be carried over"):
        make(tmp_path / "out", "two")
    assert text_of(tmp_path / "out") == "one"
    assert kept(tmp_path / "out") == mine
    assert litter(tmp_path) == []
