"""What the command writes where: streams, colors, help and version."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from factories.command_line import ESC, call, command, refusal

import resume_gap
from resume_gap import cli
from resume_gap.commands.registry import COMMANDS
from resume_gap.errors import OutputError


@pytest.mark.parametrize(
    "run", [call, pytest.param(command, marks=pytest.mark.full)], ids=["here", "process"]
)
def test_standard_output_is_the_path_of_the_report(here: Path, run: Any) -> None:
    """A process of its own draws all pictures; signals and `--version` have one quickly, too."""
    done = run("analyze", "office.parquet", cwd=here)
    assert done.returncode == 0
    assert done.stdout == b"reports/office/report.html\n"
    assert (here / "reports/office/report.html").is_file()
    assert b"interruptions" in done.stderr
    assert b"office.parquet" in done.stderr
    assert ESC not in done.stderr
    assert b"\r" not in done.stderr  # no bar
    assert len(done.stderr.splitlines()) <= 30
    assert max(len(line) for line in done.stderr.decode().splitlines()) <= 80


def test_json_prints_the_summary(here: Path) -> None:
    done = call("analyze", "office.parquet", "--json", "--out", "there", "-q", cwd=here)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (here / "there/summary.json").read_bytes()
    assert json.loads(done.stdout)["command"] == "analyze"


def test_quiet_says_nothing(here: Path) -> None:
    done = call("analyze", "office.parquet", "-q", "-o", "there", cwd=here)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"there/report.html\n"


def test_quiet_still_tells_errors(here: Path) -> None:
    assert "nothing.csv" in refusal(call("analyze", "nothing.csv", "-q", cwd=here), 1)


def on_a_terminal(folder: Path, *arguments: str, **environment: str) -> bytes:
    """What a person sees when standard error is a terminal."""
    master, terminal = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "resume_gap", "analyze", "office.parquet", *arguments],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        | {"TERM": "xterm-256color", "COLUMNS": "80"}
        | environment,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
    )
    os.close(terminal)
    seen = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        seen += piece
    os.close(master)
    assert child.wait(timeout=60) == 0
    return seen


@pytest.mark.full
def test_a_terminal_gets_colors_and_progress(here: Path) -> None:
    seen = on_a_terminal(here)
    assert b"reading the events" in seen or b"measuring returns" in seen or b"starting" in seen
    assert re.search(rb"\x1b\[[0-9;]*m", seen)


@pytest.mark.full
def test_no_color_is_honoured(here: Path) -> None:
    seen = on_a_terminal(here, "--no-progress", NO_COLOR="1")
    assert b"interruptions" in seen
    # Bold and dim are no colors; 30-49 and 90-107 are.
    colors = re.findall(rb"\x1b\[(?:\d+;)*(?:3\d|4\d|9\d|10[0-7])(?:;\d+)*m", seen)
    assert colors == []


@pytest.mark.full
def test_no_progress_draws_no_bar(here: Path) -> None:
    seen = on_a_terminal(here, "--no-progress")
    assert b"reading the events" not in seen
    assert b"\x1b[?25l" not in seen


def test_version_and_help(tmp_path: Path) -> None:
    done = command("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout.decode().strip()) == (0, resume_gap.__version__)
    for arguments in (("-V",), ("analyze", "-V"), ("share", "--version"), ("check-text", "-V")):
        assert call(*arguments, cwd=tmp_path).stdout.decode().strip() == resume_gap.__version__
    for arguments in (("-h",), ("--help",), *((name, "-h") for name in COMMANDS)):
        done = call(*arguments, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"Usage" in done.stdout


def test_the_installed_command_is_the_module(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("resume-gap")
    done = subprocess.run([command, "--version"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode().strip() == resume_gap.__version__


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_printed_by_either_flag(tmp_path: Path, flag: str) -> None:
    assert call(flag, cwd=tmp_path).stdout == call(cwd=tmp_path).stdout
    assert b"--min-lift" in call("analyze", flag, cwd=tmp_path).stdout


def test_version_is_printed_by_either_flag(tmp_path: Path) -> None:
    for flag in ("-V", "--version"):
        assert call(flag, cwd=tmp_path).stdout.decode() == f"{resume_gap.__version__}\n"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (ValueError("I/O operation on closed file"), "it is closed"),
    ],
)
def test_output_that_cannot_be_written_says_why(
    monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    stream = mock.Mock()
    stream.buffer.write.side_effect = error
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(cli.signals, "forget_output", lambda: None)
    with pytest.raises(OutputError) as failed:
        cli._print(b"x", "the report stands")
    assert str(failed.value) == (f"standard output: cannot be written: {said}; the report stands")
