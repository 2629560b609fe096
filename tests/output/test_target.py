"""What may be replaced, and that nothing the run reads ever is."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from resume_gap.errors import OutputError
from resume_gap.output.target import Standing, command_of, look_at, refuse_inside, target_of


def report(folder: Path, **content: object) -> Path:
    """A report folder as far as anybody can tell."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = {"schema_version": 2, "tool_version": "0", "command": "analyze"} | content
    (folder / "summary.json").write_text(json.dumps(whole))
    return folder


# What stands there -----------------------------------------------------------------------------


def test_what_stands_at_a_target(tmp_path: Path) -> None:
    def standing(name: str) -> Standing:
        return look_at(target_of(tmp_path / name), force=True)

    assert standing("missing") is Standing.NOTHING
    (tmp_path / "empty").mkdir()
    assert standing("empty") is Standing.NOTHING
    report(tmp_path / "ours")
    assert standing("ours") is Standing.REPORT
    (report(tmp_path / "shared") / "notes").touch()
    assert standing("shared") is Standing.SHARED
    (report(tmp_path / "linked") / "users.parquet").symlink_to("x")
    assert standing("linked") is Standing.SHARED
    (tmp_path / "file").touch()
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "x").touch()
    for name in ("file", "dangling", "foreign"):
        assert standing(name) is Standing.FOREIGN


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_a_device_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, *, force: bool
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    path = Path("odd")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as sock:
            sock.bind("odd")
    else:
        path = Path("/dev/null")
    with pytest.raises(OutputError, match="is a device, pipe or socket, which a report never"):
        look_at(target_of(path), force=force)


@pytest.mark.parametrize("out", [".", "..", "../..", "../../a/b"])
def test_the_folder_one_stands_in_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    with pytest.raises(OutputError, match="is the folder you are in or above it"):
        look_at(target_of(out), force=True)


@pytest.mark.parametrize("where", ["", ".."])
def test_the_home_folder_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    home = tmp_path / "homes" / "me"
    home.mkdir(parents=True)
    (home / "x").touch()
    monkeypatch.setenv("HOME", str(home))
    with pytest.raises(OutputError, match="is your home folder or above it"):
        look_at(target_of(home / where), force=True)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 1_000_000,
        b'{"a":' * 1_000_000,
        b"1" * 10_000,
        b"\xff\xfe",
        b'{"schema_version": 2, "tool_version": 1, "command": "analyze"}',
    ],
)
def test_a_foreign_summary_is_no_report(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "summary.json").write_bytes(content)
    assert command_of(tmp_path) is None


@pytest.mark.parametrize("kind", ["fifo", "device", "link", "folder", "huge"])
def test_a_summary_that_is_no_small_file_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "out" / "summary.json"
    path.parent.mkdir()
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "link":
        path.symlink_to(report(tmp_path / "real") / "summary.json")
    elif kind == "folder":
        path.mkdir()
    else:
        with path.open("wb") as stream:
            stream.truncate(2**36)
    assert command_of(path.parent) is None
    with pytest.raises(OutputError, match="--force"):
        look_at(target_of(path.parent), force=False)


def test_the_command_of_a_report(tmp_path: Path) -> None:
    assert command_of(report(tmp_path, command="plan")) == "plan"
    assert command_of(tmp_path / "nothing") is None


@pytest.mark.parametrize("name", ["x" * 300, "a/" * 3000 + "b", "a\udcff", "a\0b", "x/\udcff/y"])
def test_names_that_no_folder_can_have_are_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError) as caught:
        look_at(target_of(tmp_path / name), force=True)
    assert "\n" not in str(caught.value)


def test_a_working_directory_that_is_gone_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(OutputError, match="cannot be looked at"):
        look_at(target_of(tmp_path / "out"), force=True)


def test_dots_lead_where_the_system_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "far" / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to("far/deep")
    monkeypatch.chdir(tmp_path)
    assert target_of("link/../out").path == tmp_path / "far" / "out"
    assert target_of("link/..").path == tmp_path / "far"
    assert target_of("link").path == tmp_path / "link"
    assert target_of("new/../out").path == tmp_path / "out"


# Nothing that is read is replaced --------------------------------------------------------------


INSIDE = {
    "in it": "out/b.csv",
    "deep in it": "out/sub/deep/b.csv",
    "by dots": "other/../out/b.csv",
    "by a link to the folder": "link/b.csv",
    "by a link to the file": "file.csv",
    "by dots behind a link": "far/../b.csv",
    "a link in it": "out/elsewhere.csv",
    "the target itself": "out",
    "one of our files": "out/users.parquet",
    "the prediction of a folder below": "out/sub/prediction.json",
}


@pytest.fixture
def tangled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report with files in it, and every way to reach them."""
    (report(tmp_path / "out") / "sub" / "deep").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "link").symlink_to("out")
    (tmp_path / "far").symlink_to("out/sub")
    (tmp_path / "file.csv").symlink_to("out/b.csv")
    (tmp_path / "elsewhere.csv").touch()
    (tmp_path / "out" / "elsewhere.csv").symlink_to("../elsewhere.csv")
    for name in ("b.csv", "sub/deep/b.csv", "sub/prediction.json", "prediction.json"):
        (tmp_path / "out" / name).write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", INSIDE.values(), ids=INSIDE)
@pytest.mark.parametrize("absolute", [True, False])
def test_a_file_in_the_target_is_refused(tangled: Path, name: str, absolute: bool) -> None:
    path = tangled / name if absolute else Path(name)
    for out in ("out", "other/../out", str(tangled / "out")):
        with pytest.raises(OutputError, match=r"is read by this run"):
            refuse_inside(target_of(out), {"outside": Path("elsewhere.csv"), name: path})


@pytest.mark.parametrize("name", ["elsewhere.csv", "outer/b.csv", "out.csv", "missing.csv"])
def test_a_file_elsewhere_is_fine(tangled: Path, name: str) -> None:
    (tangled / "outer").mkdir()
    (tangled / "outer" / "b.csv").touch()
    (tangled / "out.csv").touch()
    refuse_inside(target_of("out"), {name: Path(name)})


@pytest.mark.parametrize("name", ["out/prediction.json", "link/prediction.json"])
def test_the_folders_own_prediction_may_be_read(tangled: Path, name: str) -> None:
    refuse_inside(target_of(tangled / "out"), {name: Path(name)})


def test_a_prediction_that_is_linked_into_the_folder_would_be_lost(tangled: Path) -> None:
    (tangled / "out" / "prediction.json").unlink(missing_ok=True)
    (tangled / "out" / "prediction.json").symlink_to("../elsewhere.csv")
    with pytest.raises(OutputError, match="is read by this run"):
        refuse_inside(target_of("out"), {"p": Path("out/prediction.json")})


@pytest.mark.usefixtures("tangled")
def test_a_target_that_is_a_link_takes_nothing_along() -> None:
    """With --force the link is replaced, and what it leads to stays."""
    refuse_inside(target_of("link"), {"b.csv": Path("out/b.csv")})


@pytest.mark.usefixtures("tangled")
def test_a_missing_target_holds_nothing() -> None:
    refuse_inside(target_of("new"), {"b.csv": Path("out/b.csv")})
