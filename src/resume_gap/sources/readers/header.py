"""The names of columns as a header line says them."""

from collections.abc import Sequence
from typing import Final

from resume_gap.errors import InputError
from resume_gap.sources.columns import shown
from resume_gap.sources.inputs import InputFile

BUFFERED_LINES: Final = 2
"""Longest lines that a buffer holds: by itself the engine takes 16 of them for a compressed file,
however small it is."""
MOST_COLUMNS: Final = 10_000
"""Columns that are looked through one by one; no tracker writes so many."""


def refuse_too_many(label: str, columns: int) -> None:
    """Refuse a file whose columns, or keys, are more than any log has.

    Args:
        label: What a message calls it.
        columns: How many it has, or more than are allowed.

    Raises:
        InputError: There are too many.
    """
    if columns > MOST_COLUMNS:
        raise InputError(
            f"{label}: has more than {MOST_COLUMNS:,} columns or keys; are values used as names?"
            " Export one row per event, with a column each for user, time and event"
        )


def distinct_names(header: Sequence[str]) -> tuple[str, ...]:
    """Names as they stand; a nameless column and a name that differs by blanks get a number."""
    names: dict[str, None] = {}
    for position, name in enumerate(header, start=1):
        wanted = name.strip() or f"column {position}"
        chosen, number = wanted, 2
        while chosen in names:
            chosen, number = f"{wanted} ({number})", number + 1
        names[chosen] = None
    return tuple(names)


def refuse_repeated(file: InputFile, header: Sequence[str]) -> None:
    """Refuse two columns of one name: nobody can say which is meant.

    Raises:
        InputError: There are two.
    """
    first: dict[str, int] = {}
    for position, name in enumerate(header, start=1):
        if name.strip() and name in first:
            raise InputError(
                f"{file.label}: has two columns called {shown([name])!r} (columns {first[name]} and"
                f" {position} of the header); rename one of them"
            )
        first.setdefault(name, position)
