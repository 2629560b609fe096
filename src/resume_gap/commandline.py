"""The commands and the overview of them, which loads nothing else so that it is quick."""

from typing import Final, NamedTuple

PROGRAM: Final = "resume-gap"


class CommandLine(NamedTuple):
    """How a command is called.

    Attributes:
        summary: What it does, in one sentence.
        argument: What its positional arguments are called in the help.
        argument_help: What they are.
        several: There may be several, all of one log; otherwise one or none.
    """

    summary: str
    argument: str = "EVENTS"
    argument_help: str = (
        "Parquet, CSV, TSV or JSON lines (.gz, .zst too), globs in quotes, folders,"
        " file.duckdb::table. Several inputs are one log."
    )
    several: bool = True


COMMANDS: Final = {
    "analyze": CommandLine(
        "Find interruptions in a log, measure re-orientation, size a resume marker."
    ),
    "evaluate": CommandLine("After a randomized launch: did the resume marker help?"),
    "plan": CommandLine("Before a trial: how many users and weeks does it need?"),
    "simulate": CommandLine(
        "Write a synthetic log of working days with interruptions, and its truth.",
        argument="PRESET",
        argument_help="workday (the default), trial, rollout, switch, null, ...",
        several=False,
    ),
}
"""The commands in the order of the help."""


def answer(arguments: list[str], version: str) -> str | None:
    """What is printed where no command is called: the overview or the version."""
    first = arguments[0] if arguments else "--help"
    if first in ("-V", "--version"):
        return version
    return _overview() if first in ("-h", "--help") else None


def _overview() -> str:
    commands = "\n".join(f"  {name:<10} {line.summary}" for name, line in COMMANDS.items())
    return f"""\
Usage: {PROGRAM} COMMAND ...

Find interrupted work in product event logs and measure what resuming it costs.

Commands:
{commands}

Options:
  -h, --help     Print this page; after a command, its options
  -V, --version  Print the version"""
