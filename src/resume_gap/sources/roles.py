"""Which events are productive, completing, idle or ignored: configured or suggested by name.

An entry of an option names an event, is a shell pattern of event names, or is `column=value`. It
is read once, in `parse`; whoever asks which names were used asks its result.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from resume_gap.errors import UsageError
from resume_gap.options.names import pattern
from resume_gap.results.common import RolesSource
from resume_gap.settings import EVENT_COLUMNS, EXPOSURES, Settings, nearest
from resume_gap.sources.columns import close_to, found_columns
from resume_gap.sources.role_bits import (
    AGENT,
    ASSIGNING,
    AWAY,
    COMPLETING,
    IGNORED,
    MARKER,
    OUTSIDE,
    PRODUCTIVE,
)
from resume_gap.sources.role_names import Role, Suggestion
from resume_gap.sqltext import quote_text

_BITS: Final[Mapping[Role, int]] = {
    "productive": PRODUCTIVE,
    "finishing": PRODUCTIVE | COMPLETING,
    "leaving": COMPLETING,
    "idle": AWAY,
    "none": 0,
    "undecided": 0,
}

_BY_COLUMN: Final[Mapping[str, int]] = {
    "productive": PRODUCTIVE,
    "complete": COMPLETING,
    "away": AWAY,
    "ignore": IGNORED,
    "agent": AGENT,
}
"""Options whose entries may be `column=value`."""
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


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of the role options, each read as what it is.

    Attributes:
        names: Role bit to the event names and patterns.
        marks: Roles given as `column=value`.
    """

    names: Mapping[int, tuple[str, ...]]
    marks: tuple[Mark, ...] = ()

    def unmatched(self, names: Collection[str], marked: int) -> tuple[str, ...]:
        """Entries that mean nothing in this log.

        Args:
            names: Every event name of the log.
            marked: Sum of the role bits that any row got by `column=value`.
        """
        absent = [
            pattern
            for patterns in self.names.values()
            for pattern in patterns
            if not matching(names, pattern)
        ]
        absent += [f"{m.column}={m.value}" for m in self.marks if not m.bit & marked]
        return tuple(absent)


def parse(
    settings: Settings,
    columns: Sequence[str] = (),
    mapped: Collection[str] = (),
    walks: Callable[[str], bool] = lambda _: False,
) -> Entries:
    """Read every entry of the role options.

    Args:
        settings: Holds the entries.
        columns: The columns of the files.
        mapped: Event columns that the log has.
        walks: Whether a dotted name leads to a value.

    Raises:
        UsageError: An entry names an event column that the log lacks, or misspells a column.
    """
    marks: list[Mark] = []
    names: dict[int, tuple[str, ...]] = {}
    for role, bit in _BY_COLUMN.items():
        kept: list[str] = []
        for entry in getattr(settings, role):
            mark = _mark(role, entry, columns, mapped, walks)
            if mark is None:
                kept.append(entry)
            else:
                marks.append(Mark(bit, *mark))
        names[bit] = tuple(kept)
    names[MARKER] = tuple(name for kind in settings.marker.values() for name in kind)
    return Entries(names, tuple(marks))


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
            f" --map {column}=COL; columns found: {found_columns(names, [column])}"
        )
    known = (*names, *mapped)
    if close_to(column, known) is not None:
        raise UsageError(
            f"--{role} {entry!r}: there is no column {column!r}{nearest(column, known)};"
            f" for an event with = in its name write {entry.replace('=', '[=]', 1)!r}"
        )
    return None


def refuse_typed(settings: Settings, unmatched: Collection[str], names: Iterable[str]) -> None:
    """Refuse an entry that was typed on the command line and means nothing in the log.

    Raises:
        UsageError: There is one; the message names the event that is probably meant.
    """
    for role, given, entry in _typed(settings):
        if entry in unmatched:
            raise UsageError(
                f"--{role} {given!r}: no event of the log is called so"
                f"{nearest(entry, tuple(map(pattern, names)))}"
            )


def _typed(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Option, text and entry of what was typed."""
    for role in _BY_COLUMN:
        if role in settings.typed:
            yield from ((role, entry, entry) for entry in getattr(settings, role))
    if "marker" in settings.typed:
        for kind, entries in settings.marker.items():
            yield from (("marker", f"{kind}={entry}", entry) for entry in entries)


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """The roles of every event name, and where they come from."""

    bits: Mapping[str, int]
    """Event name to the sum of its role bits; names without a role are absent."""
    source: RolesSource
    unmatched: tuple[str, ...]
    """Configured entries that mean nothing in this log."""
    undecided: tuple[str, ...] = ()
    """Names that only a reader can decide, as suggested; none of them has a role."""


def matching(names: Iterable[str], pattern: str) -> list[str]:
    """The event names that a name or shell pattern means."""
    return [name for name in names if name == pattern or fnmatchcase(name, pattern)]


def marker_names(names: Iterable[str], settings: Settings, kind: str) -> list[str]:
    """The event names that the marker writes for this: `shown`, `clicked`; each once, in order."""
    known = set(names)
    patterns = settings.marker.get(kind, ())
    return sorted({name for pattern in patterns for name in matching(known, pattern)})


def choose(
    settings: Settings,
    names: Iterable[str],
    suggestions: Mapping[str, Suggestion],
    entries: Entries | None = None,
    *,
    marked: int = 0,
) -> RoleChoice:
    """Roles of the event names.

    Args:
        settings: What was configured.
        names: Every event name of the log.
        suggestions: What the names frequent enough suggest, in the order to show them.
        entries: The entries of the role options; None: no column may be meant.
        marked: Sum of the role bits that any row got by `column=value`.
    """
    names = list(names)
    entries = entries or parse(settings)
    bits: dict[str, int] = {}
    for bit, patterns in entries.names.items():
        for entry in patterns:
            for name in matching(names, entry):
                bits[name] = bits.get(name, 0) | bit
    unmatched = entries.unmatched(names, marked)
    if settings.experiment is not None:
        bits |= {name: bits.get(name, 0) | ASSIGNING for name in names if name in EXPOSURES}
    if settings.productive or settings.complete:
        return RoleChoice(bits, "configured", unmatched)
    allowed = ~AWAY if settings.away else ~0
    for name, one in suggestions.items():
        bit = _BITS[one.role] & allowed
        if bit and not bits.get(name, 0) & OUTSIDE:
            bits[name] = bits.get(name, 0) | bit
    found = any(_BITS[one.role] for one in suggestions.values())
    undecided = tuple(
        name for name, one in suggestions.items() if one.role == "undecided" and name not in bits
    )
    return RoleChoice(bits, "suggested" if found else "none", unmatched, undecided)
