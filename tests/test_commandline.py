"""What is answered before anything is loaded: the overview and the version."""

import pytest

from resume_gap.commandline import answer
from resume_gap.commands.registry import COMMANDS

OVERVIEW = answer([], "9.9")


@pytest.mark.parametrize(
    "arguments", [["-V"], ["--version"], ["-V", "x"], ["analyze", "-V"], ["plan", "--version", "x"]]
)
def test_the_version(arguments: list[str]) -> None:
    assert answer(arguments, "9.9") == "9.9"


@pytest.mark.parametrize("arguments", [["-h"], ["--help"], ["--help", "analyze"]])
def test_the_overview(arguments: list[str]) -> None:
    assert answer(arguments, "9.9") == OVERVIEW


@pytest.mark.parametrize(
    "arguments",
    [["analyze"], ["analyze", "log.csv", "-V"], ["analyze", "-h"], ["log.csv", "-V"], ["x"]],
)
def test_a_command_answers_itself(arguments: list[str]) -> None:
    assert answer(arguments, "9.9") is None


def test_every_command_has_a_line_and_its_summary_one_column() -> None:
    assert OVERVIEW is not None
    for name, command in COMMANDS.items():
        (line,) = [one for one in OVERVIEW.splitlines() if one.startswith(f"  {name} ")]
        assert line == f"  {name}".ljust(3 + max(map(len, COMMANDS))) + command.summary
