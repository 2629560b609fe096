"""Checks of the roles: nothing counts as work, or only the names decided what does."""

from resume_gap import constants
from resume_gap.results.common import Check
from resume_gap.results.run import Roles


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
