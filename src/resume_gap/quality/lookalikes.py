"""Event names that differ only by case, spacing, `_`, `-` or Unicode form: kept apart, warned."""

import shlex
import unicodedata
from collections.abc import Iterable, Mapping

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


def comparable(name: str) -> str:
    """The name without case, white space, `_`, `-`, invisible characters and Unicode variants."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(
        c for c in plain if c not in "_-" and unicodedata.category(c)[0] not in "ZC"
    )  # fmt: skip


def alike(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Groups of different names that compare as equal, each in the order given."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(comparable(name), []).append(name)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def name_checks(
    roles: Mapping[str, int], configured: Iterable[str], shown: EventNames
) -> list[Check]:
    """One warning where names look alike, with the roles to paste that treat them alike.

    Args:
        roles: Every event name of the log to its role bits, the most frequent first.
        configured: Names that the person gave; these may be repeated to them.
        shown: Which other names may be shown.
    """
    groups = alike(roles)
    if not groups:
        return []
    own = set(configured)

    def may_show(name: str) -> bool:
        return name in own or shown.may_show(name)

    named = [group for group in groups if all(map(may_show, group))]
    listed = "; ".join(" and ".join(map(repr, group)) for group in named[:_MOST_GROUPS])
    more = len(groups) - len(named[:_MOST_GROUPS])
    if listed and more:
        listed += f"; {more} more"
    if not listed:
        listed = "names of few users; --show-ids lists them with the roles to paste"
    bits = {option: _taking(bit, named, roles) for bit, option in _OPTIONS}
    paste = " ".join(f"{option} {shlex.quote(names)}" for option, names in bits.items() if names)
    return [
        Check(
            check="event_names_alike",
            severity="warn",
            count=len(groups),
            share=None,
            action="kept apart" + (f"; if they are the same: {paste}" if paste else ""),
            message=f"event names differ only by case, spacing, dash or Unicode form: {listed}",
        )
    ]


def _taking(bit: int, groups: list[tuple[str, ...]], roles: Mapping[str, int]) -> str:
    """Names of the role, each with those that look like it; a comma would part a name."""
    names = [name for group in groups if any(roles[n] & bit for n in group) for name in group]
    return ",".join(map(_pattern, names))


def _pattern(name: str) -> str:
    """The name as one entry of a list, which loses blanks at its ends; any sign stands for them."""
    inner = name.strip()
    before = len(name) - len(name.lstrip())
    after = len(name) - before - len(inner)
    return ("?" * before + inner + "?" * after).replace(",", "?")
