"""Replays of tiny logs of one user, for tests of the reference."""

from __future__ import annotations

from typing import Any

from oracles.log import DAY, HOUR, MINUTE, Roles
from oracles.replay import POLICIES, replay

THETA = 30 * MINUTE
TAU = 15 * MINUTE
BACK = 2 * HOUR
UNTIL = 2 * DAY
ROLES = Roles(
    productive=frozenset({"edit", "submit"}),
    completing=frozenset({"submit", "close"}),
    away=frozenset({"idle"}),
)


def row(at_us: int, event: str, target: str | None = None, **columns: Any) -> dict[str, Any]:
    """Write one row of a log."""
    return {"user_id": "u", "timestamp_us": at_us, "event": event, "target": target, **columns}


def only(*rows: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Replay a log with exactly one return."""
    (found,) = run(*rows, **options)
    return found


def run(
    *rows: dict[str, Any], threshold_us: int = THETA, until_us: int | None = UNTIL, **options: Any
) -> list[dict[str, Any]]:
    """Replay a log with the usual roles."""
    return replay(rows, ROLES, threshold_us, until_us, **options)


def pointed(*before: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Give what each policy points at when these rows come before the last return."""
    last = run(*before, row(DAY, "view", "back"))[-1]
    return {name: last[name]["elements"] for name in POLICIES}
