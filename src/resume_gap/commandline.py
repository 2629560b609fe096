"""The overview of the commands, which loads nothing else so that it is quick."""

from typing import Final

from resume_gap.commands.registry import COMMANDS

PROGRAM: Final = "resume-gap"
_VERSION: Final = ("-V", "--version")
_WIDTH: Final = max(map(len, COMMANDS))


def answer(arguments: list[str], version: str) -> str | None:
    """What is printed where no command is called: the overview or the version."""
    first = arguments[0] if arguments else "--help"
    if first in _VERSION or (first in COMMANDS and arguments[1:2] in ([one] for one in _VERSION)):
        return version
    return _overview() if first in ("-h", "--help") else None


def _overview() -> str:
    commands = "\n".join(f"  {name:<{_WIDTH}} {line.summary}" for name, line in COMMANDS.items())
    return f"""\
Usage: {PROGRAM} COMMAND ...

Find interrupted work in product event logs and measure what resuming it costs.

Commands:
{commands}

Options:
  -h, --help     Print this page; after a command, its options
  -V, --version  Print the version"""
