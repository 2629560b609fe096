"""The whole command line over a mutated log, in a process of its own that was started by a fork.

The start of Python and its imports cost more than most of these logs; they are done once, before
the first fork. Nothing may have started a thread by then.
"""

import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from benchmarks.fuzz import inputs
from benchmarks.fuzz.outcomes import fault_of
from resume_gap.cli import run
from resume_gap.errors import DataError, ExitCode

LONGEST_SECONDS: Final = 60
_NEEDED: Final = (
    *("duckdb", "polars", "pyarrow.parquet", "altair", "resume_gap.commands.analyze"),
    *("resume_gap.output.publish", "resume_gap.output.write", "resume_gap.report.render.tables"),
)
_TRACEBACK: Final = 70


class Ended(NamedTuple):
    """How a command ended: exit code (below 0: by that signal), and standard error."""

    code: int
    said: str


def case(random: Random, folder: Path) -> Callable[[], object]:
    """One mutated log, and the command over it."""
    log = inputs.made(random, folder)
    return lambda: analyzed(log.path)


class _FaultError(Exception):
    """What a command must not do."""


def analyzed(log: Path) -> None:
    """Analyze a log as people do: a whole report and nothing said, or one line and no report.

    Raises:
        DataError: The one line.
    """
    folder = log.parent
    temporary = folder / "temporary"
    temporary.mkdir()
    ended = command(["analyze", log.name, "--isolated", "-q", "--out", "out"], folder, temporary)
    done = ended.code == 0
    left = {path.name for path in (*folder.iterdir(), *temporary.iterdir())}
    if left != {log.name, "said", "temporary"} | ({"out"} if done else set()):
        raise _FaultError(f"{sorted(left)} are left; {ended}")
    line = ended.said.removesuffix("\n")
    if done:
        rows = json.loads((folder / "out" / "summary.json").read_bytes())["rows"]
        if line or rows["read"] != rows["used"] + sum(rows["dropped"].values()):
            raise _FaultError(f"{rows}; {ended}")
    elif ended.code != ExitCode.DATA or fault_of(line):
        raise _FaultError(f"{ended}")
    else:
        raise DataError(line)


def command(arguments: list[str], folder: Path, temporary: Path) -> Ended:
    """Run a command in a folder."""
    _import()
    said = folder / "said"
    child = os.fork()
    if child == 0:
        _become(arguments, folder, temporary, said)
    _, status = os.waitpid(child, 0)
    return Ended(os.waitstatus_to_exitcode(status), said.read_text(encoding="utf-8"))


@cache
def _import() -> None:
    for name in _NEEDED:
        importlib.import_module(name)


def _become(arguments: list[str], folder: Path, temporary: Path, said: Path) -> None:
    """Be the command in this process, which ends with it."""
    code = _TRACEBACK
    try:
        signal.alarm(LONGEST_SECONDS)
        os.chdir(folder)
        os.environ["TMPDIR"] = str(temporary)
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT, 0o600), 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.argv = ["resume-gap", *arguments]
        run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else _TRACEBACK
    except BaseException:  # noqa: BLE001 - the process ends
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
