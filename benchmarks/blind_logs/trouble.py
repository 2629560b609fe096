"""What is said of a kind of trouble, and how logs are changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from benchmarks.blind_logs.office import Rows, office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One log, and what may be said of it.

    Attributes:
        name: Short, for a heading.
        rows: Makes the log; its docstring says what the trouble is.
        options: Given to `analyze`.
        words: Recommendations that are not wrong.
        reason: Of `cannot_be_measured`.
        check: A finding that must be there.
    """

    name: str
    rows: Callable[[], Rows]
    options: Mapping[str, Any] = field(default_factory=dict)
    words: frozenset[str] = frozenset({"test"})
    reason: str | None = None
    check: str | None = None


BLIND: Final = frozenset({"cannot_be_measured"})
UNSURE: Final = frozenset({"cannot_be_measured", "not_enough_data"})
NOT_WRONG: Final = frozenset({"test", "not_enough_data", "cannot_be_measured"})
"""The office's truth is `test`; not knowing is no wrong answer."""


def visits(rows: Rows) -> Iterator[Rows]:
    """The rows of each visit of each person, in order."""
    found: dict[tuple[str, int], Rows] = defaultdict(list)
    for row in rows:
        found[row["user_id"], row["visit"]].append(row)
    yield from found.values()


def event(like: Mapping[str, Any], name: str, at: int, target: str | None = None) -> dict[str, Any]:
    """Another event of the same person and visit."""
    return {**like, "event": name, "timestamp": at, "target": target}


def renamed(names: Mapping[str, str]) -> Rows:
    """The office with other event names."""
    return [{**row, "event": names[row["event"]]} for row in office()]
