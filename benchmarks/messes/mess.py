"""What a file with a mess in it is, and what is to become of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Row = dict[str, Any]
Rows = list[Row]


class Made(NamedTuple):
    """Files, and the events that are truly in them.

    Attributes:
        files: Content by name.
        kept: The rows that count, as the reference reads them; empty where nothing is read.
        given: What is given to the command; none: all files in the order of their names.
    """

    files: Mapping[str, bytes]
    kept: Rows
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Used:
    """A log that is read.

    Attributes:
        dropped: Rows that do not count, by reason.
        finds: Findings that must be there, by their codes.
        quiet: Findings that must not be there.
        says: Parts of the findings' messages and actions.
    """

    dropped: Mapping[str, int] = field(default_factory=dict)
    finds: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A log that is refused in one line.

    Attributes:
        says: Parts of the line.
        status: Of the command.
    """

    says: tuple[str, ...]
    status: int = 1


@dataclass(frozen=True, slots=True)
class Mess:
    """One mess.

    Attributes:
        make: Makes the files; the name of the function is the mess's, its docstring says what is
            wrong.
        expected: What becomes of them.
        options: Given to `analyze` besides the threshold and what counts as work.
        long: Whether it takes more than a second.
    """

    make: Callable[[], Made]
    expected: Used | Refused
    options: Mapping[str, Any] = field(default_factory=dict)
    long: bool = False

    @property
    def what(self) -> str:
        """What is wrong, in a sentence."""
        return " ".join((self.make.__doc__ or "").split())

    @property
    def name(self) -> str:
        """A name for it."""
        given = (f"{name}={value}" for name, value in self.options.items())
        return " ".join([self.make.__name__, *given])
