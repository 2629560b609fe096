"""What JSON from outside must look like: a small table of types, bounds and required keys.

    Record({"seconds": Number(1, 60), "source": Text(one_of=("given", "learned"))})

Keys that a table does not list are allowed: a newer version may write more. Every kind checks one
value and raises `Malformed`, which names the place.
"""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from resume_gap.options.values import shown

MOST_TEXT: Final = 1_000_000
"""Characters of one text; names in a log may be long."""
_MOST_DEPTH: Final = 8
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class Malformed(ValueError):  # noqa: N818 - the reader makes an error of its own of it
    """A value that does not fit; `str()` names the place, what is wanted and the value."""

    def __init__(self, place: str, wanted: str, value: object) -> None:
        super().__init__(f"{place} is {shown(value)}, not {wanted}")


class Missing(Malformed):
    """A required key is not there."""

    def __init__(self, place: str) -> None:
        ValueError.__init__(self, f"{place} is missing")


class JsonKind(Protocol):
    """One kind of JSON value."""

    def check(self, value: object, place: str) -> None:
        """Raise `Malformed` unless the value fits."""


@dataclass(frozen=True, slots=True)
class JsonNumber:
    """A finite number in bounds; true is none."""

    low: float
    high: float
    null: bool = False

    def check(self, value: object, place: str) -> None:
        """Raise `Malformed` unless the value fits."""
        if value is None and self.null:
            return
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Malformed(place, self._wanted, value)
        if not self.low <= value <= self.high or (isinstance(value, float) and math.isnan(value)):
            raise Malformed(place, self._wanted, value)

    @property
    def _wanted(self) -> str:
        return f"a number from {self.low:,g} to {self.high:,g}{' or null' if self.null else ''}"


@dataclass(frozen=True, slots=True)
class JsonWhole:
    """A whole number in bounds."""

    low: int
    high: int
    null: bool = False

    def check(self, value: object, place: str) -> None:
        """Raise `Malformed` unless the value fits."""
        if value is None and self.null:
            return
        wanted = f"a whole number from {self.low:,} to {self.high:,}"
        if isinstance(value, bool) or not isinstance(value, int):
            raise Malformed(place, wanted, value)
        if not self.low <= value <= self.high:
            raise Malformed(place, wanted, value)


@dataclass(frozen=True, slots=True)
class JsonText:
    """A text; one of a few, or of a length in characters."""

    one_of: Collection[str] = ()
    shortest: int = 0
    longest: int = MOST_TEXT
    null: bool = False

    def check(self, value: object, place: str) -> None:
        """Raise `Malformed` unless the value fits."""
        if value is None and self.null:
            return
        if not isinstance(value, str) or (self.one_of and value not in self.one_of):
            among = f"one of {', '.join(self.one_of)}" if self.one_of else "a text"
            raise Malformed(place, f"{among}{' or null' if self.null else ''}", value)
        if not self.shortest <= len(value) <= self.longest:
            wanted = f"a text of {self.shortest:,} to {self.longest:,} characters"
            raise Malformed(place, wanted, value)


@dataclass(frozen=True, slots=True)
class JsonInstant:
    """An instant as ISO text with its offset."""

    null: bool = False

    def check(self, value: object, place: str) -> None:
        """Raise `Malformed` unless the value fits."""
        if value is None and self.null:
            return
        try:
            is_one = isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
        except ValueError:
            is_one = False
        if not is_one:
            wanted = f"an instant like 2026-03-01T09:30:00Z{' or null' if self.null else ''}"
            raise Malformed(place, wanted, value)


@dataclass(frozen=True, slots=True)
class JsonNull:
    """One kind, or null."""

    kind: JsonKind

    def check(self, value: object, place: str) -> None:
        """Raise `Malformed` unless the value fits."""
        if value is not None:
            self.kind.check(value, place)


@dataclass(frozen=True, slots=True)
class JsonList:
    """A list of one kind."""

    each: JsonKind
    most: int = 10_000_000

    def check(self, value: object, place: str) -> None:
        """Raise `Malformed` unless the value fits."""
        if not isinstance(value, list):
            raise Malformed(place, "a list", value)
        if len(value) > self.most:
            raise Malformed(place, f"a list of at most {self.most:,}", value)
        for number, item in enumerate(value):
            self.each.check(item, f"{place}[{number}]")


@dataclass(frozen=True, slots=True)
class JsonObject:
    """An object with required keys, and keys that files of earlier versions lack."""

    keys: Mapping[str, JsonKind]
    later: Mapping[str, JsonKind] = field(default_factory=dict)

    def check(self, value: object, place: str) -> None:
        """Raise `Malformed` unless the value fits."""
        if not isinstance(value, dict):
            raise Malformed(place or "it", "an object", value)
        for key, kind in self.keys.items():
            where = f"{place}.{key}" if place else key
            if key not in value:
                raise Missing(where)
            kind.check(value[key], where)
        for key, kind in self.later.items():
            if key in value:
                kind.check(value[key], f"{place}.{key}" if place else key)


@dataclass(frozen=True, slots=True)
class JsonOpenObject:
    """An object whose keys are free; those that are listed have a kind where they are there."""

    keys: Mapping[str, JsonKind]

    def check(self, value: object, place: str) -> None:
        """Raise `Malformed` unless the keys that are there fit, and nothing is nested deeply."""
        if not isinstance(value, dict):
            raise Malformed(place, "an object", value)
        if _depth(value) > _MOST_DEPTH:
            raise Malformed(place, f"an object of at most {_MOST_DEPTH} levels", value)
        for key, kind in self.keys.items():
            if key in value:
                kind.check(value[key], f"{place}.{key}")


@dataclass(frozen=True, slots=True)
class JsonFigures:
    """Anything of finite numbers in bounds and texts that are Unicode, not nested deeply."""

    most: float
    levels: int

    def check(self, value: object, place: str) -> None:
        """Raise `Malformed` unless the value fits."""
        if _depth(value) > self.levels:
            raise Malformed(place or "it", f"an object of at most {self.levels} levels", value)
        pending = [(place, value)]
        number = JsonNumber(-self.most, self.most)
        while pending:
            where, one = pending.pop()
            if isinstance(one, dict):
                pending += [(f"{where}.{key}" if where else key, one[key]) for key in one]
            elif isinstance(one, list):
                pending += [(f"{where}[{place}]", inner) for place, inner in enumerate(one)]
            elif isinstance(one, int | float) and not isinstance(one, bool):
                number.check(one, where)
            elif isinstance(one, str) and not one.isascii() and _SURROGATE.search(one):
                raise Malformed(where, "a text that is Unicode", one)


def _depth(value: object) -> int:
    """Levels of lists and objects, counted without recursion."""
    depth, level = 0, [value]
    while level:
        inner = [
            item
            for one in level
            if isinstance(one, list | dict)
            for item in (one.values() if isinstance(one, dict) else one)
        ]
        depth, level = depth + 1, inner
    return depth
