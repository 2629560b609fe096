"""Roles given as `column=value`, where one event name means many things."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from resume_gap.errors import UsageError
from resume_gap.settings import EVENT_COLUMNS, Settings, nearest
from resume_gap.sources.columns import close_to, shown
from resume_gap.sqltext import quote_text

BITS: Final[Mapping[str, int]] = {"productive": 1, "complete": 2, "away": 4, "ignore": 8}
_PATTERN: Final = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Mark:
    """One role given by the value of a column.

    Attributes:
        bit: The role's bit in `marks`.
        column: A column of the files, a dotted name, or an event column.
        value: What must stand there; a shell pattern where it holds `*`, `?` or `[`.
    """

    bit: int
    column: str
    value: str

    def condition(self, text: str) -> str:
        """Whether the column's text is meant; never null."""
        if _PATTERN & set(self.value):
            # In DuckDB a backslash takes a pattern's meaning away, in a shell pattern here not.
            pattern = quote_text(self.value.replace("\\", "\\\\"))
            return f"coalesce({text} glob {pattern}, false)"
        return f"coalesce({text} = {quote_text(self.value)}, false)"


def split(
    settings: Settings,
    names: Sequence[str],
    mapped: Collection[str],
    walks: Callable[[str], bool],
) -> tuple[tuple[Mark, ...], dict[str, tuple[str, ...]]]:
    """Role entries that name a column, and by role those that name an event.

    Args:
        settings: Holds the entries.
        names: The columns of the files.
        mapped: Event columns that the log has.
        walks: Whether a dotted name leads to a value.

    Raises:
        UsageError: An entry names an event column that the log lacks, or misspells a column.
    """
    marks: list[Mark] = []
    plain: dict[str, tuple[str, ...]] = {}
    for role, bit in BITS.items():
        kept: list[str] = []
        for entry in getattr(settings, role):
            mark = _mark(role, entry, names, mapped, walks)
            if mark is None:
                kept.append(entry)
            else:
                marks.append(Mark(bit, *mark))
        plain[role] = tuple(kept)
    return tuple(marks), plain


def _mark(
    role: str,
    entry: str,
    names: Sequence[str],
    mapped: Collection[str],
    walks: Callable[[str], bool],
) -> tuple[str, str] | None:
    cuts = [position for position, letter in enumerate(entry) if letter == "="]
    pairs = [(entry[:cut].strip(), entry[cut + 1 :].strip()) for cut in cuts]
    for column, value in pairs:
        if column and (column in names or column in mapped or walks(column)):
            return column, value
    if not pairs:
        return None
    column = pairs[0][0]
    if column in EVENT_COLUMNS:
        raise UsageError(
            f"--{role} {entry!r}: the log has no {column}; say which column it is with"
            f" --map {column}=COL; columns found: {shown(names)}"
        )
    known = (*names, *mapped)
    if close_to(column, known) is not None:
        raise UsageError(
            f"--{role} {entry!r}: there is no column {column!r}{nearest(column, known)};"
            f" for an event with = in its name write {entry.replace('=', '[=]', 1)!r}"
        )
    return None
