"""Lists of names, columns by their meaning, and the events of the marker."""

import difflib
import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from resume_gap import eventcolumns
from resume_gap.options.values import LONGEST_TEXT, Unfit, ValueKind, is_plain, shown

MOST_NAMES: Final = 10_000
"""Names in one list."""

EVENT_COLUMNS: Final = eventcolumns.NAMES

MARKER_KINDS: Final = ("shown", "clicked", "dismissed")
"""What a marker event may report."""


class Names(ValueKind[tuple[str, ...]]):
    """Comma lists, repeated or not, to names without repetitions."""

    annotation = "str | Sequence[str]"
    repeats = True

    def __init__(self, what: str = "names") -> None:
        self.wanted = (
            f"a list of {what}, at most {MOST_NAMES:,}, each of at most {LONGEST_TEXT:,} characters"
        )

    def parse(self, text: str) -> tuple[str, ...]:
        return self.parse_all([text])

    def parse_all(self, texts: Sequence[str]) -> tuple[str, ...]:
        names = [name for text in texts for part in text.split(",") if (name := part.strip())]
        if len(names) > MOST_NAMES or not all(map(_is_name, names)):
            raise Unfit
        return tuple(dict.fromkeys(names))

    def take(self, value: object) -> tuple[str, ...]:
        if isinstance(value, str):
            return self.parse(value)
        if isinstance(value, Mapping) or not isinstance(value, Iterable):
            raise Unfit
        texts = list(value)
        if not all(isinstance(text, str) for text in texts):
            raise Unfit
        return self.parse_all(texts)


class Assignments(ValueKind[tuple[str, ...]]):
    """`NAME=VALUE`, repeated, each as it was given: a value may hold commas."""

    wanted = "NAME=VALUE"
    annotation = "Sequence[str]"
    repeats = True

    def parse_all(self, texts: Sequence[str]) -> tuple[str, ...]:
        if not all(_is_name(text) for text in texts):
            raise Unfit
        return tuple(texts)

    def take(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise Unfit
        return self.parse_all(value)


class Columns(ValueKind[dict[str, str]]):
    """`user_id=uid,timestamp=ts` to a dict; a column's name may hold `=` but no comma."""

    wanted = "pairs like user_id=COLUMN,timestamp=COLUMN"
    annotation = "Mapping[str, str] | str"
    repeats = True

    def parse(self, text: str) -> dict[str, str]:
        return self.parse_all([text])

    def parse_all(self, texts: Sequence[str]) -> dict[str, str]:
        pairs: dict[str, str] = {}
        for item in filter(None, (part.strip() for text in texts for part in text.split(","))):
            name, equals, column = item.partition("=")
            if not equals or not column.strip():
                raise Unfit(
                    f"{shown(item)} is no pair; write {self.wanted.removeprefix('pairs like ')}"
                )
            pairs[name.strip()] = column.strip()
        return self._known(pairs)

    def take(self, value: object) -> dict[str, str]:
        if isinstance(value, str):
            return self.parse(value)
        if not isinstance(value, Mapping):
            raise Unfit
        for name, column in value.items():
            if not isinstance(column, str) or not column.strip():
                raise Unfit(f"{name} = {shown(column)} is no column; give its name as text")
        return self._known({str(name): column for name, column in value.items()})

    def _known(self, pairs: dict[str, str]) -> dict[str, str]:
        for name, column in pairs.items():
            if name not in EVENT_COLUMNS:
                raise Unfit(
                    f"{shown(name)} is not an event column{nearest(name, EVENT_COLUMNS)}; there are"
                    f" {', '.join(EVENT_COLUMNS)}"
                )
            if not _is_name(column):
                raise Unfit(f"{name} = {shown(column)} cannot be the name of a column")
        if {"end", "duration"} <= set(pairs):
            raise Unfit("give end or duration, not both; they mean the same thing")
        return pairs


class MarkerNames(ValueKind[dict[str, tuple[str, ...]]]):
    """`shown=marker_shown,arrow_*` (repeatable), or a table, to names by kind of event."""

    wanted = "KIND=NAMES, like shown=marker_shown"
    annotation = "Mapping[str, str | Sequence[str]] | str | Sequence[str]"
    repeats = True
    _names = Names("events")

    def parse(self, text: str) -> dict[str, tuple[str, ...]]:
        return self.parse_all([text])

    def parse_all(self, texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for text in texts:
            kind, equals, names = text.partition("=")
            kind = kind.strip()
            if not kind:
                raise Unfit
            if not equals and kind not in MARKER_KINDS:
                raise Unfit(_of_no_kind(text))
            if not (events := self._names.parse(names)):
                raise Unfit(f"name the events after {shown(text)}: --marker {kind}=NAMES")
            found[kind] = (*found.get(kind, ()), *events)
        return self._known(found)

    def take(self, value: object) -> dict[str, tuple[str, ...]]:
        if isinstance(value, Mapping):
            return self._known({str(kind): self._names.take(n) for kind, n in value.items()})
        if isinstance(value, str):
            return self.parse(value)
        if not isinstance(value, list | tuple) or not all(isinstance(text, str) for text in value):
            raise Unfit
        return self.parse_all(value)

    def _known(self, found: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for kind in found:
            if kind not in MARKER_KINDS:
                raise Unfit(
                    f"{shown(kind)} is no kind of marker event{nearest(kind, MARKER_KINDS)}; there"
                    f" are {', '.join(MARKER_KINDS)}: write shown=NAMES"
                )
        return found


def _of_no_kind(name: str) -> str:
    """That an event of the marker was named without its kind."""
    first, *others = MARKER_KINDS
    more = ", ".join(f"{kind}=" for kind in others)
    given = shlex.quote(f"{first}={shown(name)[1:-1]}")
    return f"say which kind {shown(name)} is: --marker {given} (or {more})"


def nearest(name: str, known: Iterable[str]) -> str:
    """` (did you mean X?)` for the known name nearest to `name`, in any case, or nothing."""
    folded = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(name[:LONGEST_TEXT].casefold(), list(folded), n=1)
    return f" (did you mean {folded[close[0]]}?)" if close else ""


def pasted(names: Iterable[str]) -> str:
    """Event names as one argument of a list option, to be pasted into a shell.

    A comma parts names, `=` a column from a value, blanks at the ends are lost, and other signs
    have a meaning in a pattern or cannot be typed: `?`, which is any sign, stands for them.
    """
    return shlex.quote(",".join(map(pattern, names)))


def pattern(name: str) -> str:
    """An event name as one entry of a list option; signs with a meaning there become `?`."""
    inner = name.strip()
    before = len(name) - len(name.lstrip())
    after = len(name) - before - len(inner)
    typed = re.sub(r"[,=*?[]", "?", inner)
    return "?" * before + "".join(c if c.isprintable() else "?" for c in typed) + "?" * after


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST_TEXT and is_plain(text)
