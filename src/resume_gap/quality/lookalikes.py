"""Event names that differ only by case, spacing, `_`, `-` or Unicode form: kept apart, warned."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from resume_gap.constants import NAMED_USERS
from resume_gap.options.names import pasted
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.common import Check
from resume_gap.sources.role_bits import AWAY, COMPLETING, IGNORED, PRODUCTIVE

_MOST_GROUPS = 5
_OPTIONS = (
    (PRODUCTIVE, "--productive"),
    (COMPLETING, "--complete"),
    (AWAY, "--away"),
    (IGNORED, "--ignore"),
)
Spellings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Difference:
    """One way in which names differ without meaning something else.

    Attributes:
        name: What a message calls it.
        without: A name without it.
        python: The same as an expression to paste, with `{}` for the name.
    """

    name: str
    without: Callable[[str], str]
    python: str


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char)[0] in "ZC" and not char.isspace()


def _visible(name: str) -> str:
    if name.isascii() and name.isprintable():
        return name  # as nearly all are, of which there may be very many
    return "".join(char for char in name if not _is_hidden(char))


_DIFFERENCES = (
    _Difference(
        "Unicode form",
        lambda name: unicodedata.normalize("NFKC", name),
        'unicodedata.normalize("NFKC", {})',
    ),
    _Difference("case", str.casefold, "{}.casefold()"),
    _Difference(
        "invisible characters",
        _visible,
        '"".join(c for c in {} if c.isspace() or unicodedata.category(c)[0] not in "ZC")',
    ),
    _Difference(
        "separators (blank, _ or -)",
        lambda name: re.sub(r"[\s_-]+", "", name),
        r're.sub(r"[\s_-]+", "", {})',
    ),
)
"""In the order in which they are taken out."""


def comparable(name: str) -> str:
    """The name without case, white space, `_`, `-`, invisible characters and Unicode variants."""
    once = _without(name, _DIFFERENCES)
    # Folding the case may leave a Unicode variant, which is folded in turn.
    return once if once.isascii() else _without(once, _DIFFERENCES)


def _without(name: str, differences: Iterable[_Difference]) -> str:
    for one in differences:
        name = one.without(name)
    return name


def alike(names: Iterable[str]) -> list[Spellings]:
    """Groups of different names that compare as equal, each in the order given."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(comparable(name), []).append(name)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def name_checks(
    roles: Mapping[str, int], configured: Iterable[str], shown: EventNames
) -> list[Check]:
    """One warning where names look alike, with what to paste that makes them one.

    Args:
        roles: Every event name of the log to its role bits, the most frequent first.
        configured: Names that the person gave; these may be repeated to them.
        shown: Which other names may be shown.
    """
    groups = alike(roles)
    if not groups:
        return []
    own = set(configured)
    named = [group for group in groups if all(n in own or shown.may_show(n) for n in group)]
    hidden = [group for group in groups if group not in named]
    many = f"{len(groups)} groups" if len(groups) > 1 else "1 group"
    what = f"{many} of event names differ only by {_differences(groups)}"
    advice = [*_renaming(named, roles), *_normalizing(hidden, among=bool(named))]
    added = _added_roles(named[:_MOST_GROUPS], roles) if own else ""
    return [
        Check(
            check="event_names_alike",
            severity="warn",
            count=len(groups),
            share=None,
            action="kept apart" + (f"; to count them alike as they are, add {added}" * bool(added)),
            message=f"{what} and are kept apart; {'; '.join(advice)}",
        )
    ]


def _needed(groups: Iterable[Spellings]) -> tuple[_Difference, ...]:
    """The differences without which the names of every group are equal, and only these."""
    found = list(groups)

    def equal(differences: Iterable[_Difference]) -> bool:
        kept = tuple(differences)
        return all(len({_without(name, kept) for name in group}) == 1 for group in found)

    left = list(_DIFFERENCES)
    for one in reversed(_DIFFERENCES):
        if equal(other for other in left if other is not one):
            left.remove(one)
    return tuple(left)


def _differences(groups: Iterable[Spellings]) -> str:
    words = [one.name for one in _needed(groups)]
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _renaming(groups: list[Spellings], roles: Mapping[str, int]) -> list[str]:
    """The names to rename, as JSON that is a dict of Python, too."""
    if not groups:
        return []
    pairs: dict[str, str] = {}
    for group in groups[:_MOST_GROUPS]:
        kept = next((name for name in group if roles[name]), group[0])
        pairs |= {name: kept for name in group if name != kept}
    listed = ", ".join(f"{_quoted(old)}: {_quoted(new)}" for old, new in pairs.items())
    rest = len(groups) - _MOST_GROUPS
    more = f" and those of {rest} more groups" if rest > 0 else ""
    return [f"if they mean the same, rename them in the log: {{{listed}}}{more}"]


def _quoted(name: str) -> str:
    """The name in double quotes; one that may not be what it looks like in escapes."""
    plain = name.isprintable() and unicodedata.is_normalized("NFKC", name)
    return json.dumps(name, ensure_ascii=not plain)


def _normalizing(groups: list[Spellings], *, among: bool) -> list[str]:
    """How to make names one that may not be shown."""
    if not groups:
        return []
    spelled = sum(map(len, groups))
    which = (
        f"{len(groups)} of the groups hold names of fewer than {NAMED_USERS.value:.0f} users:"
        if among
        else f"fewer than {NAMED_USERS.value:.0f} users have some of these {spelled} names:"
    )
    made_equal = "name"
    for one in _needed(groups):
        made_equal = one.python.format(made_equal)
    show = f"{which} --show-ids prints them as a mapping to paste"
    return [f"{show}; or make them equal in the log, in Python with name = {made_equal}"]


def _added_roles(groups: list[Spellings], roles: Mapping[str, int]) -> str:
    """What each role's option lacks of the names that look like one of the role."""
    parts = []
    for bit, option in _OPTIONS:
        mixed = [group for group in groups if any(roles[name] & bit for name in group)]
        lacking = [name for group in mixed for name in group if not roles[name] & bit]
        if lacking:
            parts.append(f"{pasted(lacking)} to {option}")
    return " and ".join(parts)
