"""Mutated inputs, configurations, options and predictions end in one line or in a report."""

from __future__ import annotations

import json
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest
from factories.effort import random_logs

from benchmarks.fuzz import inputs
from benchmarks.fuzz.__main__ import KINDS, cases, run
from benchmarks.fuzz.outcomes import fault_of, outcome
from resume_gap.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

SEED = 7


@pytest.mark.effort
@pytest.mark.parametrize("kind", KINDS)
def test_no_case_is_a_fault(kind: str, tmp_path: Path) -> None:
    mine = [number for other, number in cases(random_logs(short=24, full=48)) if other == kind]
    for number in mine:
        folder = tmp_path / str(number)
        folder.mkdir()
        found = run(kind, number, SEED, folder)
        assert not found.fault, f"--only {kind} --case {number} --seed {SEED}: {found.fault}"


@pytest.mark.full
@pytest.mark.parametrize("number", range(4))
def test_the_command_ends_in_one_line_or_a_report(number: int, tmp_path: Path) -> None:
    inputs.case(Random(f"{SEED}:command:{number}"), tmp_path)  # noqa: S311 - no secret
    (log,) = tmp_path.iterdir()
    done = subprocess.run(
        [sys.executable, "-m", "resume_gap", "analyze", log, "--isolated", "-q", "--out", "out"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode == 0:
        summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
        assert summary["rows"]["read"] == summary["rows"]["used"] + sum(
            summary["rows"]["dropped"].values()
        )
        assert done.stderr == ""
    else:
        assert done.returncode == 1, done.stderr
        assert not fault_of(done.stderr.rstrip("\n")), done.stderr
        assert not (tmp_path / "out").exists()


def test_faults_are_seen() -> None:
    def raises(error: Exception) -> object:
        raise error

    assert not outcome(lambda: None).fault
    assert not outcome(lambda: raises(DataError("one line"))).fault
    assert outcome(lambda: raises(DataError("two\nlines"))).fault
    assert outcome(lambda: raises(DataError(" "))).fault
    assert outcome(lambda: raises(ValueError("a bug"))).fault
