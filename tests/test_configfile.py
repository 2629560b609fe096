"""Configuration files that are none, and where they are looked for."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest
from factories.strategies import LETTERS
from hypothesis import given
from hypothesis import strategies as st

from resume_gap import configfile
from resume_gap.configfile import MOST_BYTES, find_configuration, read_configuration
from resume_gap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def line(path: Path) -> str:
    """The one line that refuses a file, without its name in front."""
    with pytest.raises(UsageError) as refused:
        read_configuration(path)
    said = str(refused.value)
    assert "\n" not in said
    assert said.startswith(f"{path}: ")
    assert len(said) < len(str(path)) + 300
    return said.removeprefix(f"{path}: ")


MALFORMED = {
    "deep lists": (b"by = " + b"[" * 6_000, "nested too deeply"),
    "deep tables": (b"x = " + b"{a=" * 6_000, "nested too deeply"),
    "a long integer": (b"seed = " + b"1" * 5_000, "4300"),
    "two of one key": (b"seed = 1\nseed = 2\n", "line 2"),
    "two of one table": (b"[map]\n[map]\n", "line 2"),
    "no value": (b"seed = 1\ngap = \n", "line 2"),
    "no UTF-8": (b'seed = 1\n\ngap = "\xff"\n', "line 3 is not UTF-8"),
    "UTF-16": ('gap = "1h"'.encode("utf-16"), "line 1 is not UTF-8"),
    "NUL": (b"\x00" * 100, "not valid TOML"),
    "a bad date": (b"since = 2026-02-30\n", "not valid TOML"),
    "too large": (b"# " + b"x" * MOST_BYTES, "larger than 1 MB"),
    "Parquet": (b"PAR1\x15\x04\x15", "not valid TOML"),
}


@pytest.mark.parametrize(("data", "said"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_file_is_one_line(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "resume-gap.toml"
    path.write_bytes(data)
    assert said in line(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def make_unreadable(path: Path) -> None:
    path.write_text("")
    path.chmod(0)


def make_loop(path: Path) -> None:
    path.symlink_to(path)


NO_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (lambda path: path.mkdir(), "is a folder"),
    "a pipe": (os.mkfifo, "is a pipe"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "is a device"),
    "a socket": (make_socket, "cannot be read"),
    "a link to nothing": (lambda path: path.symlink_to("nothing"), "No such file"),
    "a loop of links": (make_loop, "cannot be read"),
    "unreadable": (make_unreadable, "Permission denied"),
}


@pytest.mark.parametrize("kind", NO_FILES)
def test_what_is_no_file_is_one_line_whether_given_or_found(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, said = NO_FILES[kind]
    if kind == "unreadable" and os.geteuid() == 0:
        pytest.skip("nothing is unreadable for root")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "resume-gap.toml"
    make(path)
    assert find_configuration(tmp_path) == path
    assert said in line(path)


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "resume-gap.toml"
    path.write_bytes(b'\xef\xbb\xbfgap = "1h"')
    assert read_configuration(path) == {"gap": "1h"}


def test_the_largest_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "resume-gap.toml"
    path.write_bytes(b"#" + b"x" * (MOST_BYTES - 1))
    assert read_configuration(path) == {}
    path.write_bytes(b"#" + b"x" * MOST_BYTES)
    assert "larger than 1 MB" in line(path)


def test_a_name_too_long_or_with_nul_is_one_line(tmp_path: Path) -> None:
    assert "cannot be read" in line(tmp_path / ("x" * 300))
    assert "cannot be read" in line(tmp_path / "a\x00b")


def test_the_nearest_counts_and_a_project_only_with_our_table(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "resume-gap.toml").write_text("seed = 1")
    (below / "pyproject.toml").write_text("[tool.other]\nseed = 2")
    assert find_configuration(below) == tmp_path / "resume-gap.toml"
    (below / "pyproject.toml").write_text("[tool.resume-gap]\nseed = 2")
    assert find_configuration(below) == below / "pyproject.toml"
    assert read_configuration(below / "pyproject.toml") == {"seed": 2}
    (below / "resume-gap.toml").write_text("seed = 3")
    assert find_configuration(below) == below / "resume-gap.toml"


def test_a_broken_project_on_the_way_is_reported(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[")
    with pytest.raises(UsageError, match=r"pyproject\.toml: not valid TOML"):
        find_configuration(tmp_path)


def test_a_folder_that_may_not_be_searched_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exists(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(configfile.Path, "exists", exists)
    with pytest.raises(UsageError, match="cannot be searched: Permission denied"):
        find_configuration(tmp_path)


@given(st.binary(max_size=200) | st.text(LETTERS, max_size=200).map(str.encode))
def test_any_bytes_are_a_table_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    refused = ""
    try:
        found = read_configuration(path)
    except UsageError as error:
        refused = str(error)
    else:
        assert isinstance(found, dict)
    assert "\n" not in refused
