"""Tiny logs of one user with the usual roles, for tests of the reference."""

from __future__ import annotations

from typing import Any

from oracles.log import (
    HOUR,
    MINUTE,
    Measured,
    Roles,
    measure,
)

THETA = 30 * MINUTE
TAU = 15 * MINUTE
ROLES = Roles(
    productive=frozenset({"edit", "submit"}),
    completing=frozenset({"submit", "close"}),
    away=frozenset({"idle", "focus"}),
)
NO_WORK = Roles(completing=ROLES.completing, away=ROLES.away)


def row(at_us: int, event: str, user_id: str = "u", **columns: Any) -> dict[str, Any]:
    """Write one row of a log."""
    return {"user_id": user_id, "timestamp_us": at_us, "event": event, **columns}


def run(*rows: dict[str, Any], until_us: int | None = None, threshold_us: int = THETA) -> Measured:
    """Measure a log with the usual roles and threshold."""
    return measure(rows, ROLES, threshold_us, until_us)


def only_return(*rows: dict[str, Any], until_us: int | None = None) -> dict[str, Any]:
    """Measure a log with exactly one return and give that return."""
    (found,) = run(*rows, until_us=until_us).returns
    return found


def reason(*before: dict[str, Any], back_us: int = 2 * HOUR) -> str:
    """Give the reason of the return at `back_us` after these rows."""
    return str(only_return(*before, row(back_us, "view"))["reason"])
