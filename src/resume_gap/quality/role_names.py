"""Checks of the roles: what counts as work or ends a task, and what names suggest instead."""

from collections.abc import Callable, Mapping
from typing import Final

from resume_gap import constants
from resume_gap.results.common import Check
from resume_gap.results.run import Roles
from resume_gap.sources.role_names import Role, marker_kind, suggest

_ENDING: Final[frozenset[Role]] = frozenset({"finishing", "leaving"})


def marker_checks(
    roles: Roles, counts: Mapping[str, int], may_show: Callable[[str], bool]
) -> list[Check]:
    """That a log which is read as one from before the marker seems to hold it.

    Args:
        roles: The roles taken.
        counts: Event name to its rows.
        may_show: Whether enough users have an event of a name.
    """
    names = () if roles.marker else tuple(sorted(filter(marker_kind, counts)))
    if not names:
        return []
    return [
        Check(
            check="marker_in_log",
            severity="warn",
            count=sum(counts[name] for name in names),
            share=None,
            names=tuple(filter(may_show, names)),
        )
    ]


def end_checks(
    roles: Roles, counts: Mapping[str, int], may_show: Callable[[str], bool]
) -> list[Check]:
    """That no event ends a task although some are called so: finished work counts as interrupted.

    Args:
        roles: The roles taken.
        counts: Event name to its rows.
        may_show: Whether enough users have an event of a name.
    """
    if roles.source != "configured" or roles.completing or roles.unnamed.get("completing"):
        return []
    rows = {
        name: count
        for name, count in counts.items()
        if count >= constants.ROLE_MIN_COUNT.value and suggest(name).role in _ENDING
    }
    if not rows:
        return []
    names = sorted(filter(may_show, rows), key=lambda name: (-rows[name], name))
    return [
        Check(
            check="task_ends_left_out",
            severity="warn",
            count=sum(rows.values()),
            share=None,
            names=tuple(names),
        )
    ]


def role_checks(roles: Roles, *, has_productive: bool) -> list[Check]:
    """That nothing counts as work, or that the names alone decided what does."""
    checks = []
    suggested = roles.source == "suggested"
    if suggested and roles.away_share > constants.AWAY_SHARE.value:
        checks.append(
            Check(
                check="idle_by_name",
                severity="warn",
                count=len(roles.away) + roles.unnamed.get("away", 0),
                share=roles.away_share,
                names=roles.away,
            )
        )
    if not has_productive:
        checks.append(Check(check="no_productive_events", severity="warn", count=0, share=None))
    elif suggested:
        checks.append(
            Check(
                check="roles_by_name",
                severity="note",
                count=len({*roles.productive, *roles.completing, *roles.away})
                + sum(roles.unnamed.get(role, 0) for role in ("productive", "completing", "away")),
                share=None,
            )
        )
    return checks
