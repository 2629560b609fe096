"""Folders of dead runs go; those of the living, of others and of the user stay."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from resume_gap.system import locked

PREFIX = "resume-gap-run-"
DIGITS = "0123456789abcdef"

HOLD = """
import sys, time
from pathlib import Path
from resume_gap.system import locked
held = locked.make(Path(sys.argv[1]), sys.argv[2])
(held.path / "sub").mkdir()
(held.path / "sub" / "x").write_text("raw ids")
print(held.path, flush=True)
time.sleep(60)
"""


def another_run(folder: Path) -> tuple[subprocess.Popen[str], Path]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), PREFIX], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    return child, Path(child.stdout.readline().strip())


def clean(folder: Path) -> None:
    for old in locked.dead(folder, PREFIX):
        old.remove()


def test_a_folder_is_private_and_goes_whole(tmp_path: Path) -> None:
    held = locked.make(tmp_path, PREFIX)
    assert held.path.stat().st_mode & 0o777 == 0o700
    (held.path / "a" / "b").mkdir(parents=True)
    (held.path / "a" / "b" / "x").touch()
    (held.path / "link").symlink_to(tmp_path)
    held.remove()
    held.remove()
    assert list(tmp_path.iterdir()) == []


def test_the_living_stay_and_the_dead_go(tmp_path: Path) -> None:
    child, path = another_run(tmp_path)
    own = locked.make(tmp_path, PREFIX)
    clean(tmp_path)
    assert path.is_dir()
    assert own.path.is_dir()
    child.send_signal(signal.SIGKILL)
    child.communicate()
    clean(tmp_path)
    assert list(tmp_path.iterdir()) == [own.path]
    own.remove()


@pytest.mark.parametrize("state", ["no lock", "half removed"])
def test_what_a_killed_run_left_half_done_goes(tmp_path: Path, state: str) -> None:
    folder = tmp_path / (PREFIX + DIGITS)
    folder.mkdir()
    if state == "half removed":
        (folder / "owner").touch()
    clean(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_was_half_removed_without_its_lock_goes(tmp_path: Path) -> None:
    folder = tmp_path / (PREFIX + DIGITS)
    folder.mkdir(mode=0o700)
    (folder / "source").mkdir()
    (folder / "source" / "input-0.parquet").write_text("raw ids")
    clean(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_lock_stays_while_anything_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = locked.make(tmp_path, PREFIX)
    (held.path / "sub").mkdir()
    (held.path / "sub" / "x").write_text("raw ids")
    with monkeypatch.context() as patched:
        patched.setattr(locked.shutil, "rmtree", lambda *_, **__: None)
        held.remove()
        assert (held.path / "owner").exists()
        assert (held.path / "sub" / "x").exists()
    clean(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_too_many_open_files_leave_nothing_after_the_exit(tmp_path: Path) -> None:
    script = f"""
import os, resource
from pathlib import Path
from resume_gap.system import locked
held = locked.make(Path({str(tmp_path)!r}), {PREFIX!r})
(held.path / "sub").mkdir()
(held.path / "sub" / "x").write_text("raw ids")
resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
taken = []
try:
    while True:
        taken.append(os.open(os.devnull, os.O_RDONLY))
except OSError:
    held.remove()
assert (held.path / "sub" / "x").exists()
for one in taken:
    os.close(one)
"""
    subprocess.run([sys.executable, "-c", script], check=True)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    names = [
        PREFIX + "analysis",
        PREFIX,
        PREFIX + DIGITS + "x",
        "x" + PREFIX + DIGITS,
        PREFIX + DIGITS.upper(),
    ]
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "owner").touch()
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "owner").touch()
    (tmp_path / (PREFIX + DIGITS)).symlink_to("real")
    (tmp_path / (PREFIX + DIGITS[::-1])).touch()
    full = tmp_path / (PREFIX + "f" * 16)
    full.mkdir()
    (full / "thesis").touch()
    before = sorted(tmp_path.rglob("*"))
    clean(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_folders_of_other_people_stay(tmp_path: Path) -> None:
    folder = tmp_path / (PREFIX + DIGITS)
    folder.mkdir()
    (folder / "owner").touch()
    os.chown(folder, 12345, 12345)
    clean(tmp_path)
    assert (folder / "owner").exists()


def test_a_link_inside_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x").touch()
    (tmp_path / "t").mkdir()
    child, path = another_run(tmp_path / "t")
    (path / "link").symlink_to(tmp_path / "mine")
    (path / "sub" / "link").symlink_to(tmp_path / "mine")
    child.kill()
    child.communicate()
    clean(tmp_path / "t")
    assert list((tmp_path / "t").iterdir()) == []
    assert (tmp_path / "mine" / "x").exists()


def test_a_missing_parent_holds_nothing(tmp_path: Path) -> None:
    assert list(locked.dead(tmp_path / "missing", PREFIX)) == []


def test_making_and_cleaning_at_once_loses_no_folder(tmp_path: Path) -> None:
    """A cleaner may meet a folder between its birth and its lock."""
    done = threading.Event()

    def clean_on() -> None:
        while not done.is_set():
            clean(tmp_path)

    cleaners = [threading.Thread(target=clean_on) for _ in range(2)]
    for one in cleaners:
        one.start()
    try:
        for _ in range(150):
            held = locked.make(tmp_path, PREFIX)
            assert (held.path / "owner").exists()
            (held.path / "x").touch()
            held.remove()
    finally:
        done.set()
        for one in cleaners:
            one.join()
    assert list(tmp_path.iterdir()) == []


def test_the_dead_come_in_order_of_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        locked.make(tmp_path, PREFIX).release()
    found = os.scandir
    for turned in (False, True):
        monkeypatch.setattr(
            os,
            "scandir",
            lambda path, turned=turned: sorted(
                found(path), key=lambda one: one.name, reverse=turned
            ),
        )
        names = []
        for left in locked.dead(tmp_path, PREFIX):
            names.append(left.path.name)
            left.release()
        assert names == sorted(names)
        assert len(names) == 3
