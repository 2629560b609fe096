"""Mutated inputs, configurations, options and predictions end in one line or in a report."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from factories.effort import random_logs

from benchmarks.fuzz import draw, watched
from benchmarks.fuzz.outcomes import fault_of, outcome
from resume_gap.errors import DataError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.fuzz.outcomes import Outcome

SEED = 7
PARTS = 4
"""Processes that may share the inputs."""
OTHERS = [kind for kind, (share, _) in draw.KINDS.items() if share and kind != "inputs"]


def faults(found: Iterator[tuple[str, int, Outcome]]) -> list[str]:
    return [
        f"--only {kind} --case {number} --seed {SEED}: {one.fault}"
        for kind, number, one in found
        if one.fault
    ]


@pytest.mark.effort
@pytest.mark.parametrize("part", range(PARTS))
def test_no_input_is_a_fault(part: int) -> None:
    many = random_logs(short=12, full=2_000) // PARTS
    assert not faults(draw.each(draw.cases(many, "inputs", part * many), SEED))


@pytest.mark.effort
@pytest.mark.parametrize("kind", OTHERS)
def test_no_case_is_a_fault(kind: str) -> None:
    mine = [one for one in draw.cases(random_logs(short=24, full=48)) if one[0] == kind]
    assert not faults(draw.each(mine, SEED))


@pytest.mark.full
@pytest.mark.parametrize("part", range(PARTS))
def test_the_command_ends_in_one_line_or_a_report(part: int) -> None:
    many = 100 // PARTS
    found = [*watched.watched(draw.cases(many, "commands", part * many), SEED)]
    assert len(found) == many
    assert not faults(iter(found))
    assert {bool(one.message) for _, _, one in found} == {True, False}


def test_faults_are_seen() -> None:
    def raises(error: Exception) -> object:
        raise error

    assert not outcome(lambda: None).fault
    assert not outcome(lambda: raises(DataError("one line"))).fault
    assert outcome(lambda: raises(DataError("two\nlines"))).fault
    assert outcome(lambda: raises(DataError(" "))).fault
    assert outcome(lambda: raises(ValueError("a bug"))).fault
    assert not outcome(lambda: raises(InputError("log.csv: is cut")), "log.csv").fault
    assert outcome(lambda: raises(InputError("a file is cut")), "log.csv").fault


def test_a_case_that_ends_the_process_is_a_fault_of_that_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def serve(batch: Sequence[tuple[str, int]], _: int, sender: object) -> None:
        for _kind, number in batch:
            if number == 1:
                os.kill(os.getpid(), signal.SIGKILL)
            sender.send(outcome(lambda: None))  # type: ignore[attr-defined]

    monkeypatch.setattr(watched, "_serve", serve)
    monkeypatch.setattr(watched, "METHOD", "fork")
    found = [*watched.watched(draw.cases(3, "options"), SEED)]
    assert [number for _, number, _ in found] == [0, 1, 2]
    assert [one.fault for _, _, one in found] == ["", "the process ended with -9", ""]


def test_messages_are_judged() -> None:
    assert fault_of("x" * 5_000)
    assert not fault_of("log.csv: is cut")
