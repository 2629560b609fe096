"""What is known of one option, and how a table of them is declared.

    @dataclass(frozen=True, kw_only=True)
    class Meaning:
        gap_us: int | None = option(Duration("1s", "365d"), key="gap", default=None, help=...)

A field of such a class is the inner value; what surrounds it stands in the field's metadata.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from resume_gap.commands.registry import COMMANDS
from resume_gap.options.values import Switch, ValueKind

T = TypeVar("T")

LOG_COMMANDS: Final = tuple(name for name, line in COMMANDS.items() if not line.tool)
"""The commands that write a report on a log; an option that does not say otherwise is one of
all of them."""
MUST: Final = "must be given"
"""What it means that an option is not given which has no default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option.

    Attributes:
        key: Its name in a configuration file and in Python.
        field: The field that holds its inner value.
        group: Heading under which help and docs list it.
        kind: How it is read, and its bounds.
        default: The inner value where it is not given.
        absent: What it means that it is not given; empty where `default` shows it.
        help: What it does, one sentence without a full stop.
        more: What only the documentation adds, in sentences.
        metavar: What stands for the value in help and docs.
        letter: Its one-letter form; empty for none.
        commands: Those that take it.
        in_file: It may stand in a configuration file.
    """

    key: str
    field: str
    group: str
    kind: ValueKind[Any]
    default: object
    absent: str
    help: str
    more: str
    metavar: str
    letter: str
    commands: tuple[str, ...]
    in_file: bool

    @property
    def flag(self) -> str:
        """The long form: `--memory-limit`."""
        return "--" + self.key.replace("_", "-")

    @property
    def is_switch(self) -> bool:
        """It takes no value."""
        return isinstance(self.kind, Switch)

    @property
    def unless_given(self) -> str:
        """What holds where it is not given, in words."""
        return self.absent or self.kind.show(self.default)


def option(
    kind: ValueKind[T],
    *,
    default: T,
    help: str,  # noqa: A002 - what everybody calls it
    key: str = "",
    absent: str = "",
    more: str = "",
    metavar: str = "",
    letter: str = "",
    commands: Sequence[str] = LOG_COMMANDS,
    in_file: bool = True,
) -> T:
    """Declare an option with a value of its own where it is not given; see `Option`."""
    made: Any = dataclasses.field(
        metadata={
            "kind": kind,
            "key": key,
            "default": default,
            "absent": absent,
            "help": help,
            "more": more,
            "metavar": metavar,
            "letter": letter,
            "commands": tuple(commands),
            "in_file": in_file,
        },
        **(
            {"default_factory": default.copy} if isinstance(default, dict) else {"default": default}
        ),
    )
    return made


def optional(
    kind: ValueKind[T],
    *,
    absent: str,
    help: str,  # noqa: A002
    key: str = "",
    more: str = "",
    metavar: str = "",
    letter: str = "",
    commands: Sequence[str] = LOG_COMMANDS,
    in_file: bool = True,
) -> T | None:
    """Declare an option that is None where it is not given; see `Option`."""
    return option(
        kind,
        default=None,
        absent=absent,
        help=help,
        key=key,
        more=more,
        metavar=metavar,
        letter=letter,
        commands=commands,
        in_file=in_file,
    )


def options_of(groups: Iterable[type]) -> tuple[Option, ...]:
    """The options that some classes declare, in their order; a class's `heading` is their group.

    Where a class has `also`, commands that take all of its options besides those they name.
    """
    return tuple(
        Option(
            field=field.name,
            group=group.heading,  # type: ignore[attr-defined]
            **(
                dict(field.metadata)
                | {
                    "key": field.metadata["key"] or field.name,
                    "commands": (*field.metadata["commands"], *getattr(group, "also", ())),
                }
            ),
        )
        for group in groups
        for field in dataclasses.fields(group)
        if field.name in group.__annotations__
    )
