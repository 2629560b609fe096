"""Every command is found by its name, and has all that a command needs."""

import inspect
import subprocess
import sys

import pytest

import resume_gap
from resume_gap.commands.registry import COMMANDS, load, public_names
from resume_gap.results.run import Run

REPORTING = [name for name, command in COMMANDS.items() if command.result]


@pytest.mark.parametrize("name", REPORTING)
def test_every_command_runs_the_same_way(name: str) -> None:
    taken = inspect.signature(load(COMMANDS[name].run)).parameters
    assert list(taken) == [
        "events",
        "settings",
        "out",
        "force",
        "interactive",
        "on_progress",
        "config",
        "tables",
        "state",
    ]
    defaults = [taken[name].default for name in ("force", "config", "state")]
    assert defaults == [False, None, None]  # nothing is overwritten unless asked for


@pytest.mark.parametrize("name", REPORTING)
def test_every_command_has_its_parts(name: str) -> None:
    command = COMMANDS[name]
    assert command.name == name
    assert issubclass(load(command.result_class), Run)  # type: ignore[arg-type]
    for part in (command.page, command.screen):
        assert len(inspect.signature(load(part)).parameters) == 1
    assert len(inspect.signature(load(command.prediction)).parameters) == 1
    assert len(inspect.signature(load(command.complete)).parameters) in (1, 2)


def test_what_is_not_there_does_nothing() -> None:
    assert load("")("content", "result") is None


@pytest.mark.parametrize("name", public_names())
def test_functions_and_results_are_public(name: str) -> None:
    assert name in resume_gap.__all__
    assert getattr(resume_gap, name) is not None


def test_the_table_loads_nothing() -> None:
    code = (
        "import sys; import resume_gap.commands.registry; "
        "print(sorted(n for n in sys.modules if n.startswith('resume_gap')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(
        [
            "resume_gap",
            "resume_gap.commands",
            "resume_gap.commands.registry",
            "resume_gap.errors",
        ]
    )
