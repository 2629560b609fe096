"""Which events are productive, completing, absence or ignored: configured or suggested by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

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
from resume_gap.sources.role_names import Role, Suggestion

_BITS: Final[Mapping[Role, int]] = {
    "productive": PRODUCTIVE,
    "finishing": PRODUCTIVE | COMPLETING,
    "leaving": COMPLETING,
    "idle": AWAY,
    "none": 0,
    "undecided": 0,
}


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """The roles of every event name, and where they come from."""

    bits: Mapping[str, int]
    """Event name to the sum of its role bits; names without a role are absent."""
    source: RolesSource
    unmatched: tuple[str, ...]
    """Configured names or patterns that no event of the log bears."""
    undecided: tuple[str, ...] = ()
    """Names that only a reader can decide, as suggested; none of them has a role."""


def matching(names: Iterable[str], pattern: str) -> list[str]:
    """The event names that a name or shell pattern means."""
    return [name for name in names if name == pattern or fnmatchcase(name, pattern)]


def choose(
    settings: Settings,
    names: Iterable[str],
    suggestions: Mapping[str, Suggestion],
    columns: Iterable[str],
) -> RoleChoice:
    """Roles of the event names.

    Args:
        settings: The configured names and patterns.
        names: Every event name of the log.
        suggestions: What the names frequent enough suggest, in the order to show them.
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
    allowed = ~AWAY if settings.away else ~0
    for name, one in suggestions.items():
        bit = _BITS[one.role] & allowed
        if bit and not bits.get(name, 0) & OUTSIDE:
            bits[name] = bits.get(name, 0) | bit
    found = any(_BITS[one.role] for one in suggestions.values())
    undecided = tuple(
        name for name, one in suggestions.items() if one.role == "undecided" and name not in bits
    )
    return RoleChoice(bits, "suggested" if found else "none", tuple(unmatched), undecided)
