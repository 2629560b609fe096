"""The old folder or the new one, at every moment, and no litter."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from factories.published import SEALED, kept, litter, make, text_of, users_files, write

from resume_gap.errors import OutputError
from resume_gap.output import publish
from resume_gap.output.publish import staging


def test_a_new_target_with_parents(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "out"
    make(target, "one")
    assert text_of(target) == "one"
    assert litter(target.parent) == []
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_report_is_replaced_whole(tmp_path: Path) -> None:
    make(tmp_path / "out", "one")
    (tmp_path / "out" / "data_quality.json").write_text(SEALED)
    make(tmp_path / "out", "two")
    assert text_of(tmp_path / "out") == "two"
    assert not (tmp_path / "out" / "data_quality.json").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out"]


def test_an_empty_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    make(tmp_path / "out", "one")
    assert text_of(tmp_path / "out") == "one"


def test_permissions_are_those_of_any_new_folder(tmp_path: Path) -> None:
    make(tmp_path / "out", "one")
    (tmp_path / "other").mkdir()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_failure_inside_leaves_the_old_and_no_litter(
    tmp_path: Path, failure: type[BaseException]
) -> None:
    make(tmp_path / "out", "one")

    def fail() -> None:
        with staging(tmp_path / "out") as folder:
            write(folder, "two")
            raise failure

    with pytest.raises(failure):
        fail()
    assert text_of(tmp_path / "out") == "one"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out"]


def test_a_failure_inside_takes_the_new_parents_away(tmp_path: Path) -> None:
    with pytest.raises(ValueError), staging(tmp_path / "a" / "b" / "out"):  # noqa: PT011
        raise ValueError
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_needs_force_and_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "thesis.txt").write_text("years")
    with pytest.raises(OutputError, match="--force") as caught:
        make(target, "one")
    assert "\n" not in str(caught.value)
    assert (target / "thesis.txt").read_text() == "years"
    make(target, "one", force=True)
    assert text_of(target) == "one"
    assert (tmp_path / "out.before-1" / "thesis.txt").read_text() == "years"
    assert litter(tmp_path) == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"a": 1}',
        "[" * 100_000,
        '{"tool_version": 1}',
        "\xff",
        "1" * 5_000,
        '{"tool_version": "0", "command": "analyze"}',
    ],
)
def test_a_foreign_summary_is_not_ours(tmp_path: Path, content: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "summary.json").write_text(content, encoding="latin-1")
    with pytest.raises(OutputError, match="--force"):
        make(tmp_path / "out", "one")


def test_a_file_needs_force(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputError, match=r"is a file.*--force"):
        make(tmp_path / "out", "one")
    make(tmp_path / "out", "one", force=True)
    assert text_of(tmp_path / "out") == "one"
    assert (tmp_path / "out.before-1").read_text() == "x"


@pytest.mark.parametrize("dangling", [True, False])
def test_a_link_is_never_written_through(tmp_path: Path, dangling: bool) -> None:
    real = tmp_path / "real"
    if not dangling:
        make(real, "real")
    (tmp_path / "out").symlink_to(real)
    with pytest.raises(OutputError, match=r"is a link.*--force"):
        make(tmp_path / "out", "one")
    make(tmp_path / "out", "one", force=True)
    assert not (tmp_path / "out").is_symlink()
    assert text_of(tmp_path / "out") == "one"
    assert real.exists() is not dangling
    if not dangling:
        assert text_of(real) == "real"


def test_something_that_comes_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    def meanwhile() -> None:
        with staging(tmp_path / "out") as folder:
            write(folder, "one")
            (tmp_path / "out").mkdir()
            (tmp_path / "out" / "x").touch()

    with pytest.raises(OutputError, match="--force"):
        meanwhile()
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["x"]
    assert litter(tmp_path) == []


def test_the_folder_one_stands_in_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for out in (".", "..", str(tmp_path / "here"), "/"):
        with pytest.raises(OutputError):
            make(Path(out), "one", force=True)
    make(Path("out"), "one")
    assert text_of(tmp_path / "here" / "out") == "one"


def test_a_parent_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        make(tmp_path / "file" / "out", "one")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_parent(tmp_path: Path) -> None:
    (tmp_path / "ro").mkdir(mode=0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        make(tmp_path / "ro" / "out", "one")


@pytest.mark.skipif(not Path("/proc/sys").is_dir(), reason="no folder that refuses root, too")
def test_a_place_that_refuses_everybody() -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        make(Path("/proc/sys/resume-gap-out"), "one")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_is_reported_in_one_line(tmp_path: Path, code: int) -> None:
    make(tmp_path / "out", "one")
    with pytest.raises(OutputError, match="cannot be written"), staging(tmp_path / "out"):
        raise OSError(code, os.strerror(code))
    assert text_of(tmp_path / "out") == "one"
    assert litter(tmp_path) == []


def test_a_fault_of_ours_stays_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), staging(tmp_path / "out"):
        (tmp_path / "elsewhere").read_text()


@pytest.mark.parametrize("force", [True, False])
def test_without_the_exchange_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    monkeypatch.setattr(publish, "_RENAME_EXCHANGE", 1 << 20)  # a flag no kernel knows
    make(tmp_path / "out", "one")
    if force:
        (tmp_path / "out" / "summary.json").unlink()
    make(tmp_path / "out", "two", force=force)
    assert text_of(tmp_path / "out") == "two"
    names = sorted(p.name for p in tmp_path.iterdir())
    assert names == (["out", "out.before-1"] if force else ["out"])


def test_an_exchange_that_fails_puts_the_old_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "out", "one")
    monkeypatch.setattr(publish, "_RENAME_EXCHANGE", 1 << 20)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "report":
            raise OSError(errno.ENOSPC, "full", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OutputError):
        make(tmp_path / "out", "two")
    assert text_of(tmp_path / "out") == "one"
    assert litter(tmp_path) == []


KILLED = """
import os, signal, sys, time
from pathlib import Path
sys.path.insert(0, {tests!r})
from factories.published import write
from resume_gap.output import publish
point = sys.argv[2]
def stop(*_):
    print("ready", flush=True)
    time.sleep(60)
if point == "sync":
    publish.sync = stop
if point == "exchanged":
    exchange = publish._exchange
    publish._exchange = lambda *paths: (exchange(*paths), stop())
if point == "carried":
    publish._exchange = stop
if point == "between":
    publish._RENAME_EXCHANGE = 1 << 20
    rename = Path.rename
    Path.rename = lambda self, to: stop() if self.name == "report" else rename(self, to)
if point == "swapped":
    rename = Path.rename
    Path.rename = lambda self, to: stop() if to.name == "aside" else rename(self, to)
with publish.staging(Path(sys.argv[1]), force=len(sys.argv) > 3) as folder:
    write(folder, "two")
    if point == "inside":
        stop()
"""


def killed(target: Path, point: str, *more: str) -> None:
    code = KILLED.format(tests=str(Path(__file__).parents[1]))
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(target), point, *more], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


@pytest.mark.parametrize(
    ("point", "found"),
    [
        ("inside", "one"),
        ("sync", "one"),
        ("carried", "one"),
        ("swapped", "two"),
        ("exchanged", "two"),
    ],
)
def test_kill_9_leaves_old_or_new_and_the_next_run_cleans(
    tmp_path: Path, point: str, found: str
) -> None:
    target = tmp_path / "out"
    make(target, "one")
    mine = users_files(target)
    make(tmp_path / "other", "else")
    killed(target, point)
    assert text_of(target) == found
    assert kept(target) == mine
    assert len(litter(tmp_path)) == 1
    make(tmp_path / "other", "more")
    assert len(litter(tmp_path)) == 1, "another target's litter is not ours to judge"
    make(target, "three")
    assert text_of(target) == "three"
    assert kept(target) == mine
    assert sorted(p.name for p in tmp_path.iterdir()) == ["other", "out"]


def test_kill_9_between_two_renames_is_mended(tmp_path: Path) -> None:
    target = tmp_path / "out"
    make(target, "one")
    mine = users_files(target)
    killed(target, "between")
    assert not target.exists()
    with pytest.raises(ValueError), staging(target):  # noqa: PT011
        raise ValueError
    assert text_of(target) == "one"
    assert kept(target) == mine
    assert litter(tmp_path) == []


@pytest.mark.parametrize("point", ["carried", "swapped", "exchanged"])
def test_kill_9_does_not_lose_what_force_set_aside(tmp_path: Path, point: str) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "thesis.txt").write_text("years")
    killed(target, point, "force")
    if point == "carried":
        assert [p.name for p in target.iterdir()] == ["thesis.txt"]
        make(target, "two", force=True)
    assert text_of(target) == "two"
    make(target, "three")
    assert (tmp_path / "out.before-1" / "thesis.txt").read_text() == "years"
    assert litter(tmp_path) == []


def test_a_living_run_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with staging(target) as first:
        write(first, "first")
        make(target, "second")
        assert first.is_dir()
        assert text_of(target) == "second"
    assert text_of(target) == "first"
    assert litter(tmp_path) == []


WATCH = """
import os, sys
print("go", flush=True)
while not os.path.exists(sys.argv[2]):
    open(sys.argv[1] + "/summary.json").close()
"""


def test_the_folder_is_there_at_every_moment(tmp_path: Path) -> None:
    target = tmp_path / "out"
    make(target, "0")
    watcher = subprocess.Popen(
        [sys.executable, "-c", WATCH, str(target), str(tmp_path / "stop")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert watcher.stdout is not None
    watcher.stdout.readline()
    deadline = time.monotonic() + 1
    n = 0
    while time.monotonic() < deadline:
        n += 1
        make(target, str(n))
    (tmp_path / "stop").touch()
    _, messages = watcher.communicate(timeout=10)
    assert watcher.returncode == 0, messages


def test_parents_that_cannot_all_be_made_are_taken_away_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    folder = tmp_path / "there" / "a" / "b" / "c"
    assert publish._make_parents(folder) == [folder, folder.parent, folder.parent.parent]
    assert publish._make_parents(folder) == []
    real = Path.mkdir

    def mkdir(path: Path, *arguments: Any, **options: Any) -> None:
        if path.name == "z":
            raise PermissionError(13, "Permission denied")
        real(path, *arguments, **options)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    for missing in ("z", "x/z", "x/y/z"):
        with pytest.raises(PermissionError):
            publish._make_parents(tmp_path / "there" / missing)
        assert [one.name for one in (tmp_path / "there").iterdir()] == ["a"]


def test_a_box_that_cannot_be_filled_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    real = publish.locked.make

    def make(parent: Path, prefix: str) -> Any:
        box = real(parent, prefix)
        (box.path / "report").mkdir()  # so it cannot be made again
        made.append(box)
        return box

    monkeypatch.setattr(publish.locked, "make", make)
    with pytest.raises(FileExistsError):
        publish._open_box(tmp_path / "out")
    assert not made[0].path.exists()
