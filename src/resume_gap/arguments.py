"""A command's arguments, read by a parser that is made from the option table."""

import argparse
from collections.abc import Sequence
from typing import Any, Final, NamedTuple, NoReturn

from resume_gap.commandline import PROGRAM
from resume_gap.commands.registry import COMMANDS, Command
from resume_gap.errors import UsageError
from resume_gap.options.names import nearest
from resume_gap.options.option import MUST, Option
from resume_gap.options.table import options_for
from resume_gap.options.values import shown

_UNKNOWN: Final = "unrecognized arguments: "


class Request(NamedTuple):
    """What was asked on a command line.

    Attributes:
        command: A key of `COMMANDS`.
        arguments: The positional ones.
        given: Key of the option to its text, to a list of texts where it repeats, or to True.
    """

    command: str
    arguments: list[str]
    given: dict[str, Any]


class HelpAsked(Exception):  # noqa: N818 - no error: somebody wants to read
    """`--help` was given; `str()` is the page."""


def parse(arguments: Sequence[str]) -> Request:
    """A command and its arguments to a request.

    Raises:
        HelpAsked: There is a page to print, and nothing to do.
        UsageError: An argument is not known, or a value is missing.
    """
    command, *rest = arguments
    if command not in COMMANDS:
        what, near = "command", nearest(command, COMMANDS)
        if command.startswith("-"):
            what, near = "option", ""
        raise UsageError(f"there is no {what} {shown(command)}{near}; see {PROGRAM} --help")
    # argparse loses what stands behind two dashes when it mixes.
    end = rest.index("--") if "--" in rest else len(rest)
    line, parser = COMMANDS[command], _parser(command)
    found = vars(parser.parse_intermixed_args(rest[:end]))
    positional = [*found.pop("arguments", ()), *rest[end + 1 :]]
    if line.required and not positional:
        parser.error(f"{line.argument} is missing")
    if not line.several and len(positional) > 1:
        parser.error(f"one {line.argument} at most, not {shown(positional[1])} as well")
    return Request(command, positional, found)


class _Parser(argparse.ArgumentParser):
    """Errors are ours, and help is raised instead of printed."""

    def error(self, message: str) -> NoReturn:
        message = message.removeprefix("argument ")
        first = message.removeprefix(_UNKNOWN).partition(" ")[0]
        near = ""
        if message.startswith(_UNKNOWN):
            near = nearest(first, [f for f in self._option_string_actions if f.startswith("--")])
            message = f"there is no option {shown(first)}" if first.startswith("-") else message
        raise UsageError(f"{message}{near}; see {self.prog} --help")

    def print_help(self, _file: object = None) -> NoReturn:
        raise HelpAsked(self.format_help())


class _Formatter(argparse.HelpFormatter):
    """`Usage` with a capital, and columns that fit the longest option."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)

    def add_usage(self, usage: Any, actions: Any, groups: Any, _prefix: Any = None) -> None:  # noqa: ANN401
        super().add_usage(usage, actions, groups, "Usage: ")


def _parser(command: str) -> _Parser:
    line = COMMANDS[command]
    parser = _Parser(
        prog=f"{PROGRAM} {command}",
        usage=f"%(prog)s {usage(line)} [options]",
        description=line.summary,
        formatter_class=_Formatter,
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
        add_help=False,
    )
    parser.add_argument_group("Arguments").add_argument(
        "arguments",
        metavar=line.argument,
        nargs="*",
        help=line.argument_help,
    )
    groups: dict[str, Any] = {}
    for one in options_for(command):
        if one.group not in groups:
            groups[one.group] = parser.add_argument_group(one.group)
        _add(groups[one.group], one)
    parser.add_argument_group("Help").add_argument(
        "-h", "--help", action="help", help="Print this page"
    )
    return parser


def usage(line: Command) -> str:
    """The positional arguments of a command as its help shows them."""
    if line.after:
        return f"{line.argument} [{line.after}...]"
    if line.several:
        return f"{line.argument}..."
    return line.argument if line.required else f"[{line.argument}]"


def _add(group: Any, one: Option) -> None:  # noqa: ANN401 - argparse does not name its type
    flags = [f"-{one.letter}", one.flag] if one.letter else [one.flag]
    text = f"{one.help}{_note(one)}".replace("%", "%%")
    if one.is_switch:
        group.add_argument(*flags, dest=one.key, action="store_true", help=text)
    else:
        action = "append" if one.kind.repeats else "store"
        group.add_argument(*flags, dest=one.key, action=action, metavar=one.metavar, help=text)


def _note(one: Option) -> str:
    """The bounds of an option and what holds unless it is given, in brackets."""
    parts = [one.kind.bounds] if one.kind.bounds else []
    if not one.is_switch or one.absent:
        parts.append(MUST if one.absent == MUST else f"default: {one.unless_given}")
    return f" [{'; '.join(parts)}]".replace("`", "") if parts else ""
