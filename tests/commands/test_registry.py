"""Every command is found by its name, and has all that a command needs."""

import inspect

import pytest

from resume_gap.commands.registry import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_runs_the_same_way(name: str) -> None:
    command = COMMANDS[name]
    assert command.name == name
    taken = inspect.signature(command.load()).parameters
    assert list(taken) == ["events", "settings", "out", "force", "on_progress", "config"]
