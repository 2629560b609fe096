"""What a screen is made of: lines with a name, and what is left of each where room is short."""

from typing import Final, NamedTuple

COLUMNS_GO: Final = 1
ROLES_SHORTEN: Final = 2
THRESHOLD_SHORTENS: Final = 3
DETAILS_GO: Final = 4
COMMAND_SHORTENS: Final = 5
REMEDIES_GO: Final = 6
SPACE_GOES: Final = 7
CAUTIONS_GO: Final = 8
CHANGE_GOES: Final = 9
ROLES_GO: Final = 10
REASONS_GO: Final = 11
NEXT_GOES: Final = 12

Shorter = tuple[tuple[int, str], ...]
"""Texts that are shorter, each with when it is its turn."""


class Line(NamedTuple):
    """A named paragraph of the screen.

    It is shown whole or in one of its shorter forms, never cut: what is left out carries no
    number that a reader could miss half of.

    Attributes:
        name: What stands in front of it; empty: it stands below the line before it.
        text: All of it; empty: there is no such line.
        shorter: What is left where room is short, each with when it is its turn; empty: nothing.
        style: For rich.
        name_style: For rich, of the name.
        spread: Whether it begins at the margin and takes the whole width.
        apart: Whether an empty row before it sets it off.
        counted: What it is one of, such as `caution`, to report how many gave way; empty: they
            are not counted.
        pasted: Whether it is a command, whose rows end with what a shell goes on after; what is
            left of it is none.
    """

    name: str
    text: str
    shorter: Shorter = ()
    style: str = ""
    name_style: str = "dim"
    spread: bool = False
    apart: bool = False
    counted: str = ""
    pasted: bool = False


def caution(name: str, text: str, remedy: str = "", *, first: bool, style: str = "yellow") -> Line:
    """A caution, with what was done or is to do about it where there is room.

    Args:
        name: `caution`, or a graver word.
        text: What it is, a sentence.
        remedy: What to do.
        first: Whether it is the gravest, which never gives way.
        style: For rich.
    """
    whole = f"{text.removesuffix('.')}; {remedy}" if remedy else text
    shorter: Shorter = ((REMEDIES_GO, text),) if remedy else ()
    shorter += () if first else ((CAUTIONS_GO, ""),)
    return Line(name, whole, shorter, style=style, counted="caution")
