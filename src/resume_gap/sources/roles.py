"""Which events are productive, completing, absence or ignored: configured or suggested by name.

Suggestions look at names only. Rules from behaviour after gaps would be circular.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise

from resume_gap.results.common import RolesSource
from resume_gap.settings import EXPOSURES, Settings
from resume_gap.sources.role_bits import (
    ASSIGNING,
    AWAY,
    COMPLETING,
    IGNORED,
    MARKER,
    OUTSIDE,
    PRODUCTIVE,
)

PRODUCTIVE_WORDS = (
    "create", "add", "edit", "update", "type", "write", "insert", "replace", "paste",
    "delete", "remove", "move", "rename", "change", "set", "draw", "attach", "upload",
    "send", "post", "comment", "reply", "save", "commit", "submit", "run", "answer",
    "finish",
)  # fmt: skip
FINISHING_WORDS = ("submit", "publish", "complete", "finish", "done", "send")
LEAVING_WORDS = ("close", "logout", "signout")
AWAY_WORDS = (
    "idle", "afk", "away", "lock", "blur", "hidden", "background", "focus", "visible",
)  # fmt: skip
NOT_WORK_WORDS = ("view", "list", "open", "format", "auto", "subscription")
_IRREGULAR = {
    "write": ("wrote", "written"), "draw": ("drew", "drawn"), "send": ("sent",),
    "run": ("ran",), "type": (), "set": (),
}  # fmt: skip
_TWO_WORDS = {
    ("sign", "out"): "signout",
    ("log", "out"): "logout",
    ("off", "task"): "away",
    ("signed", "out"): "signout",
    ("logged", "out"): "logout",
}


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """The roles of every event name, and where they come from."""

    bits: Mapping[str, int]
    """Event name to the sum of its role bits; names without a role are absent."""
    source: RolesSource
    unmatched: tuple[str, ...]
    """Configured names or patterns that no event of the log bears."""


def _forms(word: str) -> set[str]:
    """A verb and its inflected forms."""
    forms = {word, f"{word}s", f"{word}ed", f"{word}ing", *_IRREGULAR.get(word, ())}
    if word.endswith("e"):
        forms |= {f"{word}d", f"{word[:-1]}ing"}
    if word.endswith(("sh", "ch", "s", "x")):
        forms.add(f"{word}es")
    if word.endswith("y"):
        forms |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    if re.fullmatch(r".*[^aeiou][aeiou][^aeiouwxy]", word):
        forms |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return forms


def _lookup(words: Iterable[str]) -> frozenset[str]:
    return frozenset(form for word in words for form in _forms(word))


_PRODUCTIVE = _lookup(PRODUCTIVE_WORDS)
_FINISHING = _lookup(FINISHING_WORDS)
_LEAVING = _lookup(LEAVING_WORDS)
_BESIDE_AWAY = frozenset((
    "window", "windows", "tab", "app", "apps", "application", "page", "screen", "document",
    "browser", "user", "session", "computer", "system", "device", "machine", "desktop", "client",
    "event", "state", "status", "mode", "start", "started", "begin", "end", "ended", "stop",
    "stopped", "enter", "entered", "exit", "exited", "on", "off", "in", "out", "is", "was",
    "went", "goes", "go", "become", "became", "detected", "timeout", "the",
    "to", "from", "again", "gained", "lost", "visibility", "presence", "activity", "no", "not",
    "now", "off", "task",
))  # fmt: skip
"""Words that may stand beside a word of absence: a field_focus or change_background is none."""
_AWAY = frozenset(AWAY_WORDS) | {"locked", "blurred"}
_NOT_WORK = _lookup(NOT_WORK_WORDS) | {"autosave", "autosaved"}


def words(name: str) -> tuple[str, ...]:
    """The words of an event name: camelCase and punctuation split, lower case."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    parts = tuple(part.lower() for part in re.split(r"[\W_]+", spaced) if part)
    pairs = pairwise(parts)
    return (*parts, *(_TWO_WORDS[pair] for pair in pairs if pair in _TWO_WORDS))


def suggest(name: str) -> int:
    """The role bits that the words of an event name suggest; 0 for none."""
    found = set(words(name))
    if found & _AWAY and found <= _AWAY | _BESIDE_AWAY:
        return AWAY
    if found & _LEAVING:
        return COMPLETING
    if found & _NOT_WORK:
        return 0
    if found & _FINISHING:
        return PRODUCTIVE | COMPLETING
    return PRODUCTIVE if found & _PRODUCTIVE else 0


def matching(names: Iterable[str], pattern: str) -> list[str]:
    """The event names that a name or shell pattern means."""
    return [name for name in names if name == pattern or fnmatchcase(name, pattern)]


def choose(
    settings: Settings, names: Iterable[str], frequent: Iterable[str], columns: Iterable[str]
) -> RoleChoice:
    """Roles of the event names.

    Args:
        settings: The configured names and patterns.
        names: Every event name of the log.
        frequent: Names frequent enough to be suggested.
        columns: Columns that `column=value` entries may mean; those are not event names.
    """
    names = list(names)
    given = (
        (PRODUCTIVE, settings.productive),
        (COMPLETING, settings.complete),
        (AWAY, settings.away),
        (IGNORED, settings.ignore),
        (MARKER, tuple(name for names_of in settings.marker.values() for name in names_of)),
    )
    bits: dict[str, int] = {}
    unmatched: list[str] = []
    columns = set(columns)
    for bit, patterns in given:
        for pattern in patterns:
            if "=" in pattern and pattern.partition("=")[0] in columns:
                continue
            matched = matching(names, pattern)
            if not matched:
                unmatched.append(pattern)
            for name in matched:
                bits[name] = bits.get(name, 0) | bit
    if settings.experiment is not None:
        bits |= {name: bits.get(name, 0) | ASSIGNING for name in names if name in EXPOSURES}
    if settings.productive or settings.complete:
        return RoleChoice(bits, "configured", tuple(unmatched))
    suggested = {name: suggest(name) for name in frequent}
    for name, bit in suggested.items():
        allowed = bit & ~AWAY if settings.away else bit
        if allowed and not bits.get(name, 0) & OUTSIDE:
            bits[name] = bits.get(name, 0) | allowed
    found = any(suggested.values())
    return RoleChoice(bits, "suggested" if found else "none", tuple(unmatched))
