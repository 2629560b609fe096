"""Which column of the files is which column of an event.

A mapping wins. Else, in this order: the exact name, a name equal up to case and `_`, `-`, space,
an alias of `eventcolumns.py`. Two candidates at the same rank are refused, never guessed.
"""

import difflib
import re
import shlex
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from resume_gap.errors import InputError
from resume_gap.eventcolumns import BY_NAME, EVENTS
from resume_gap.settings import EVENT_COLUMNS, nearest

_SESSION_NAMES: Final = ("session", "sessionid", "sessionuuid", "gasessionid")
"""Letters of the names of session ids, which are compared with the gaps and decide nothing."""

REQUIRED: Final = tuple(column.name for column in EVENTS if column.required)
_MAX_SHOWN: Final = 40
_LONGEST: Final = 200
_LIKELIEST: Final = 12
"""Columns that a refusal shows where there are too many to show all."""
_WORD: Final = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True)
class Taken:
    """One event column and where it comes from.

    Attributes:
        column: The file's column, or a dotted path into one.
        how: `mapping`, `layout`, `name`, `similar name` or `known name`.
    """

    column: str
    how: str


def flag(event_column: str, column: str) -> str:
    """The option that maps a column, ready to paste."""
    short = BY_NAME[event_column].option
    quoted = shlex.quote(column)
    return f"{short} {quoted}" if short else f"--map {event_column}={quoted}"


@lru_cache(maxsize=10_000)
def plain_name(name: str) -> str:
    """A name without case, `_`, `-` and spaces."""
    return "".join(c for c in name.casefold() if c not in "_- ")


def listed(names: Sequence[str]) -> str:
    """Names of our own in a sentence: a, b and c."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def shown(names: Collection[str]) -> str:
    """Columns found, for a message; untrusted text without control characters."""
    words = [
        "".join(c if c.isprintable() else "?" for c in name)[:_LONGEST] if name.strip() else "''"
        for name in names
    ]
    more = f" and {len(words) - _MAX_SHOWN} more" if len(words) > _MAX_SHOWN else ""
    return ", ".join(words[:_MAX_SHOWN]) + more


def masked_value(value: str) -> str:
    """A value of the data, for a message: its shape without its letters and digits."""
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", shown([value[:_LONGEST]])))


def found_columns(names: Sequence[str], wanted: Collection[str]) -> str:
    """Columns found, for a refusal: all of them where they are few, else the likeliest.

    Args:
        names: All columns, in the order of the files.
        wanted: What is looked for: event columns, or the name that was given.
    """
    if len(names) <= _MAX_SHOWN:
        return shown(names)
    known = [name for one in wanted for name in _names_of(one)]
    words = Counter(word for name in known for word in set(_WORD.findall(name.lower())))
    plain = {plain_name(name) for name in known}

    def rank(name: str) -> tuple[bool, float]:
        own = set(_WORD.findall(re.sub("(?<=[a-z])(?=[A-Z])", " ", name).lower()))
        weight = sum(words[word] for word in own) / (1 + len(own))
        return plain_name(name) not in plain, -weight

    likeliest = sorted(names, key=rank)[:_LIKELIEST]
    return f"{shown(likeliest)} (the likeliest of {len(names)})"


def _names_of(wanted: str) -> tuple[str, ...]:
    """An event column with its aliases; any other name alone."""
    known = BY_NAME.get(wanted)
    return (wanted, *(name for rank in known.aliases for name in rank)) if known else (wanted,)


def recognize(
    names: Sequence[str],
    mapping: Mapping[str, str],
    *,
    configured: Mapping[str, str] = MappingProxyType({}),
    dotted: Collection[str] = (),
    layout: Mapping[str, str] = MappingProxyType({}),
    without: Collection[str] = (),
    advice: Callable[[Sequence[str]], str] = lambda _: "",
    inside: Callable[[str], str | None] = lambda _: None,
) -> dict[str, Taken]:
    """Event column to the files' column, for those that were found.

    Args:
        names: The columns of all files, each once, in order.
        mapping: What was given.
        configured: Of it, what a configuration file says: event column to the file's path.
        dotted: Values of the mapping that walk into a column of some file.
        layout: What the layout of a tracker says, which counts where nothing is given.
        without: Event columns that the tracker writes under other names than the usual ones.
        advice: What to do about required columns that are missing; empty where nothing is known.
        inside: The path to a value of this name inside of a column; None where there is none.

    Raises:
        InputError: A mapped column is not there, a required one is missing, or two fit.
    """
    _refuse_absent(names, mapping, dotted, configured, inside)
    taken = _given(mapping, layout)
    claimed = {one.column for one in taken.values()}
    free = [name for name in names if name not in claimed]
    doubts: list[str] = []
    for event_column in EVENT_COLUMNS:
        if event_column in taken or event_column in without:
            continue
        if _says_the_same(event_column, mapping):
            continue
        # What is known under several names goes to the first column that it fits.
        used = {one.column for one in taken.values()}
        candidates, how = _candidates(event_column, [name for name in free if name not in used])
        if len(candidates) == 1:
            taken[event_column] = Taken(candidates[0], how)
        elif candidates:
            doubts.append(
                f"{event_column} may be {' or '.join(map(repr, candidates))} "
                f"(write {flag(event_column, candidates[0])})"
            )
    if doubts:
        raise InputError(f"columns are ambiguous: {'; '.join(doubts)}")
    _require(taken, names, advice)
    if {"end", "duration"} <= set(taken):
        # They say the same thing; the instant is the exact one.
        del taken["duration"]
    return {name: taken[name] for name in EVENT_COLUMNS if name in taken}


def _refuse_absent(
    names: Sequence[str],
    mapping: Mapping[str, str],
    dotted: Collection[str],
    configured: Mapping[str, str],
    inside: Callable[[str], str | None],
) -> None:
    """Refuse a mapped column that is not there; the message names the file that maps it."""
    for event_column, column in mapping.items():
        if column in names or column in dotted:
            continue
        where, instead = flag(event_column, column), ""
        if event_column in configured:
            where = f"{configured[event_column]}: {event_column} = {column!r}"
            instead = f"; mend the file, or give {flag(event_column, 'COL')} or --isolated"
        path = inside(column)
        meant = f" (did you mean {shown([path])}?)" if path else nearest(column, tuple(names))
        raise InputError(
            f"{where}: there is no such column{meant}; columns found:"
            f" {found_columns(names, [column, event_column])}{instead}"
        )


def _given(mapping: Mapping[str, str], layout: Mapping[str, str]) -> dict[str, Taken]:
    """What is mapped, and where nothing is, what the layout of a tracker says."""
    known = {
        name: Taken(column, "layout")
        for name, column in layout.items()
        if not _says_the_same(name, mapping)
    }
    return known | {name: Taken(column, "mapping") for name, column in mapping.items()}


def _says_the_same(event_column: str, mapping: Mapping[str, str]) -> bool:
    other = {"end": "duration", "duration": "end"}.get(event_column)
    return other in mapping


def _candidates(event_column: str, names: Sequence[str]) -> tuple[list[str], str]:
    twins = [name for name in names if name.casefold() == event_column]
    if len(twins) > 1:
        # `User_ID` beside `user_id`: DuckDB itself cannot tell them apart by name.
        return twins, "name"
    if event_column in names:
        return [event_column], "name"
    plain = plain_name(event_column)
    similar = [name for name in names if plain_name(name) == plain]
    if similar:
        return similar, "similar name"
    for rank in BY_NAME[event_column].aliases:
        wanted = {plain_name(name) for name in rank}
        known = [name for name in names if plain_name(name) in wanted]
        # The same name as another event column's own is that column's.
        known = [name for name in known if plain_name(name) not in _OWN_NAMES]
        if known:
            return known, "known name"
    return [], ""


def alternatives(event_column: str, names: Sequence[str]) -> tuple[str, ...]:
    """All columns whose names could mean an event column, best first.

    Names of columns that another part of an event owns are left out.
    """
    ranks = ((event_column,), *BY_NAME[event_column].aliases)
    order = {plain_name(known): place for place, rank in enumerate(ranks) for known in rank}
    found = [
        name
        for name in names
        if plain_name(name) in order
        and (plain_name(name) not in _OWN_NAMES or plain_name(name) == plain_name(event_column))
    ]
    return tuple(sorted(found, key=lambda name: order[plain_name(name)]))


_OWN_NAMES: Final = {plain_name(name) for name in EVENT_COLUMNS}


def _require(
    taken: Mapping[str, Taken], names: Sequence[str], advice: Callable[[Sequence[str]], str]
) -> None:
    missing = [name for name in REQUIRED if name not in taken]
    if missing:
        paste = " ".join(flag(name, "COL") for name in missing)
        raise InputError(
            f"no column for {listed(missing)}; columns found: {found_columns(names, missing)}; "
            + (_claimed(missing, taken, names) or advice(missing) or f"say which: {paste}")
        )


def _claimed(missing: Sequence[str], taken: Mapping[str, Taken], names: Sequence[str]) -> str:
    """What to do where a column that would do is another part of the event already."""
    for wanted in missing:
        fitting, _ = _candidates(wanted, names)
        for other, one in taken.items():
            if one.column in fitting:
                return (
                    f"{one.column!r} is taken for {other}; name another column for {other},"
                    f" or one with {flag(wanted, 'COL')}"
                )
    return ""


_BEFORE_SIGN_IN: Final = frozenset(
    (
        *("anonymousid", "anonid", "clientid", "cookieid", "visitorid", "visitid", "guestid"),
        *("fullvisitorid", "userpseudoid", "domainuserid", "networkuserid", "browserid"),
        *("deviceid", "device", "installid", "installationid", "instanceid", "machineid"),
    )
)


def is_other_id(name: str) -> bool:
    """Whether a column is called like an id that people have before they sign in."""
    return plain_name(name) in _BEFORE_SIGN_IN


def alike(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Groups of names that differ only by case, `_`, `-` and spaces."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(plain_name(name), []).append(name)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def close_to(name: str, names: Sequence[str]) -> str | None:
    """A known name that `name` is probably a misspelling of."""
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.75)
    return found[0] if found else None


def session_column(names: Sequence[str]) -> str | None:
    """The only column that is called like a session id; None where there is none, or several."""
    plain = {name: "".join(filter(str.isalpha, name.lower())) for name in names}
    found = [name for name in names if plain[name] in _SESSION_NAMES]
    return found[0] if len(found) == 1 else None
