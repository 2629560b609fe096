"""Which role the name of an event suggests, and why: names alone, no behavior.

Rules from behavior after gaps would be circular. A name without a role costs a hint to the
reader; a false one costs the conclusion. So a rule that doubts comes before one that claims.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from resume_gap.sources import role_words as w
from resume_gap.sources import sign_in_words as doors
from resume_gap.sources import task_end_words as ends

Role = Literal["productive", "finishing", "leaving", "idle", "none", "undecided"]
"""`finishing` is productive, too; `undecided` is no role, listed for the reader to decide."""
RoleReason = Literal[
    "not_a_name",
    "system_name",
    "idle_word",
    "failure",
    "machine_word",
    "sent_by_a_server",
    "somebody_else",
    "signing_in",
    "ui_part_closed",
    "leaving_word",
    "looking_word",
    "search_carried_out",
    "finished_by_a_machine",
    "undecided_word",
    "finishing_word",
    "productive_word",
    "over_half_of_the_events",
    "no_known_word",
]


class Suggestion(NamedTuple):
    """The role that a name suggests."""

    role: Role
    reason: RoleReason
    """The rule that decided."""
    word: str = ""
    """The word of the name, lower case, that decided; empty where none did."""


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    words: tuple[str, ...]
    found: frozenset[str]

    def first(self, words: frozenset[str]) -> str:
        """The first word of the name that is one of these, or nothing."""
        return next((word for word in self.words if word in words), "")

    def before(self, words: frozenset[str], others: frozenset[str]) -> bool:
        """Whether one of these words comes before the first of the others."""
        for word in self.words:
            if word in others:
                return False
            if word in words:
                return True
        return False


_ALONE: Final = {
    "input": Suggestion("productive", "productive_word", "input"),
    "beforeinput": Suggestion("productive", "productive_word", "input"),
    "problem check": Suggestion("productive", "productive_word", "check"),
    "purchase": Suggestion("finishing", "finishing_word", "purchase"),
}
"""Published names (browsers, edX, GA4) whose words mean work in no other company."""

_Rule = Callable[[_Name], Suggestion | None]
_NO_NAME: Final = re.compile(
    r"""(^|\s)/\S | :// | ^[a-z]:\\ | ^www\. | \S+@\S+\.\S | ^[^\s/]+/[^\s/]+/   # paths, addresses
      | ^\s*\{ | ^\s*\[\s*(["{\[\]\d-]|true|false|null)""",  # JSON
    re.VERBOSE | re.IGNORECASE,
)


def _no_name(name: _Name) -> Suggestion | None:
    if name.text.lstrip().startswith("$"):
        return Suggestion("none", "system_name")
    if not name.words or _NO_NAME.search(name.text):
        return Suggestion("none", "not_a_name")
    return None


def _idle(name: _Name) -> Suggestion | None:
    words = name.words
    if words[0] in {"ns", "ui", "did", "will"} and words[-1] == "notification":
        words = words[:-1]
    rest = set(words)
    idle = rest & w.IDLE | {
        word for word in rest & w.IDLE_BESIDE.keys() if rest & set(w.IDLE_BESIDE[word].split())
    }
    if not idle or any(idle & some and rest & things for some, things in w.NOT_IDLE_BESIDE):
        return None
    beside = rest - idle - w.CARRIERS
    if idle & w.GROUNDS and "to" in rest:
        beside -= w.MOVING
    certain = idle - w.GROUNDS - (frozenset() if rest & w.WINDOWS else w.FOCUS)
    if certain and words[0] not in w.ALTERING:
        beside -= w.ALTERING
    return None if beside else Suggestion("idle", "idle_word", name.first(frozenset(idle)))


def _written_by_machines(name: _Name) -> Suggestion | None:
    if word := name.first(w.FAILURES):
        return Suggestion("none", "failure", word)
    if (word := name.first(w.MACHINE)) and not name.before(w.AUTHORING, w.MACHINE):
        return Suggestion("none", "machine_word", word)
    for verbs, nouns in ends.SENT_BY_MACHINES:
        if name.found & verbs and name.words[-1] in verbs and (word := name.first(nouns)):
            return Suggestion("none", "machine_word", word)
    return None


def _by_others(name: _Name) -> Suggestion | None:
    last = name.words[-1]
    for words, arrivals in ((w.POST, w.ARRIVALS), (w.ISSUED, frozenset(("created",)))):
        if last in arrivals and (word := name.first(words)):
            return Suggestion("none", "sent_by_a_server", word)
    for first, second in pairwise(name.words):
        if (first == "from" and second in w.OTHERS) or (
            first in w.OTHERS and second in w.ANSWERING
        ):
            other = second if first == "from" else first
            return Suggestion("none", "somebody_else", other)
    return None


def _signing_in(name: _Name) -> Suggestion | None:
    way = doors.way_in(name.words) or name.first(doors.SECRETS)
    verbs = name.found & (w.PRODUCTIVE | w.FINISHING)
    return Suggestion("none", "signing_in", way) if way and verbs and verbs <= doors.GIVEN else None


def _leaving(name: _Name) -> Suggestion | None:
    if word := name.first(w.LEAVING):
        if word in w.CLOSING and (part := name.first(w.UI_PARTS)):
            return Suggestion("none", "ui_part_closed", part)
        if word in w.CLOSING and (work := name.first(w.CLOSED_WORK)):
            return Suggestion("finishing", "finishing_word", work)
        return Suggestion("leaving", "leaving_word", word)
    if (word := name.first(w.QUITTING)) and name.found <= w.QUITTING | w.CARRIERS:
        return Suggestion("leaving", "leaving_word", word)
    return None


def _looking(name: _Name) -> Suggestion | None:
    if word := name.first(w.LOOKING):
        return Suggestion("none", "looking_word", word)
    verbs = name.found & (w.PRODUCTIVE | w.FINISHING)
    if (word := name.first(w.SEARCHING)) and verbs <= w.SEARCHED_BY:
        return Suggestion("none", "search_carried_out", word)
    return None


def _undecided(name: _Name) -> Suggestion | None:
    verbs = name.found & (w.PRODUCTIVE | w.FINISHING)
    for deciding, nouns in w.UNDECIDED:
        if verbs and verbs <= deciding and (word := name.first(nouns)):
            return Suggestion("undecided", "undecided_word", word)
    return None


def _work(name: _Name) -> Suggestion | None:
    if (alone := _ALONE.get(" ".join(name.words))) is not None:
        return alone
    found = name.found
    if found & ends.COMPLETING and (word := name.first(ends.FINISHED_BY_MACHINES)):
        found -= ends.COMPLETING | ends.FINISHED_BY_MACHINES
        if not found & (w.FINISHING | w.PRODUCTIVE):
            return Suggestion("none", "finished_by_a_machine", word)
    if found & w.FINISHING:
        return Suggestion("finishing", "finishing_word", name.first(found & w.FINISHING))
    if found & w.PRODUCTIVE:
        return Suggestion("productive", "productive_word", name.first(found & w.PRODUCTIVE))
    return None


_RULES: Final[tuple[_Rule, ...]] = (
    _no_name,
    _idle,
    _written_by_machines,
    _by_others,
    _signing_in,
    _leaving,
    _looking,
    _undecided,
    _work,
)


def suggest(name: str) -> Suggestion:
    """The role that an event name suggests by its words."""
    words = w.joined(w.split(name))
    parsed = _Name(name, words, frozenset(words))
    for rule in _RULES:
        if (suggestion := rule(parsed)) is not None:
            return suggestion
    return Suggestion("none", "no_known_word")


def suggest_all(counts: Mapping[str, int], total: int) -> dict[str, Suggestion]:
    """The role that each name suggests, given how often it occurs.

    A bare move, change, set, update, run or post that holds over half of the events is undecided:
    such a log writes everything under one word.

    Args:
        counts: Event name to its number of events; not all names of the log need be here.
        total: The number of events of the log.
    """
    suggestions = {name: suggest(name) for name in counts}
    for name, count in counts.items():
        words = w.split(name)
        if len(words) == 1 and words[0] in w.BARE and 2 * count > total:
            suggestions[name] = Suggestion("undecided", "over_half_of_the_events", words[0])
    return suggestions


def is_understood(name: str, role: Role) -> bool:
    """Whether a name has a role, or says that somebody looks, searches or starts.

    `role` is the role that the name has; undecided names are never understood.
    """
    if role in {"none", "undecided"}:
        return role == "none" and bool(w.UNDERSTOOD.intersection(w.joined(w.split(name))))
    return True


def may_end_nothing(name: str) -> bool:
    """Whether a name is a task end by a word that machines use, too, of something unknown."""
    suggestion = suggest(name)
    words = w.joined(w.split(name))
    return (
        suggestion.role == "finishing"
        and frozenset(words) & w.FINISHING <= ends.COMPLETING
        and suggestion.word in ends.COMPLETING
        and not ends.says_what_is_done(words)
    )


def is_start(name: str) -> bool:
    """Whether a name says that somebody signs in, starts, or looks at something first."""
    signs_in = (pair in w.SIGNING_IN for pair in pairwise(w.split(name)))
    return _has(name, w.STARTING) or any(signs_in)


def is_heartbeat(name: str) -> bool:
    """Whether a name says that it repeats like a clock."""
    return _has(name, w.HEARTBEAT)


def is_agent(name: str) -> bool:
    """Whether a name begins with an assistant or automation, which is not looked at but acts."""
    words = w.joined(w.split(name))
    acts = words[:1] in {("scheduled",), ("automated",)} or not w.AGENTS.isdisjoint(words[:1])
    return acts and not w.LOOKING.intersection(words) and not w.LEAVING.intersection(words)


def marker_kind(name: str) -> str | None:
    """What a name says of a resume marker: shown, clicked, dismissed; None: it is not of one.

    Of a name with other words, such as `map_marker_clicked`, the marker is another thing.
    """
    words = set(w.split(name))
    is_marker = "marker" in words or {"resume", "arrow"} <= words
    if not is_marker or words - w.OF_MARKERS - w.MARKER_KINDS.keys():
        return None
    return next((kind for word, kind in w.MARKER_KINDS.items() if word in words), None)


def _has(name: str, words: frozenset[str]) -> bool:
    return bool(words.intersection(w.joined(w.split(name))))
