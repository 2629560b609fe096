"""The command as it is typed, in a process of its own or in this one."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from resume_gap import cli

if TYPE_CHECKING:
    from pathlib import Path


ESC = b"\x1b"


def command(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "resume_gap", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        timeout=120,
        check=False,
    )


def call(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """The same in this process, which is ten times quicker; a traceback fails the test itself."""
    streams = {name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for name in ("out", "err")}
    words = ["resume-gap", *map(str, arguments)]
    with (
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(streams["out"]),
        contextlib.redirect_stderr(streams["err"]),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as ended:
            cli.run()
    for stream in streams.values():
        stream.flush()
    out, err = (stream.buffer.getvalue() for stream in streams.values())
    return subprocess.CompletedProcess(words, int(ended.value.code or 0), out, err)


def refusal(done: subprocess.CompletedProcess[bytes], code: int) -> str:
    """The one line of an expected failure."""
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (code, b""), said
    assert said.endswith("\n")
    assert said.count("\n") == 1, said
    assert said.startswith("resume-gap: ")
    assert "Traceback" not in said
    return said
