"""The trigger rate of a planned trial in plain Python: Kaplan-Meier over pseudo-launches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Seen(NamedTuple):
    """One user at one pseudo-launch."""

    launch: int
    user: int
    wait: float | None
    """To the first interruption; None: none while the log can show one."""


def survival(pairs: Sequence[tuple[float | None, float]], horizon: float) -> float:
    """Kaplan-Meier's share still without an interruption at the horizon; (wait, followed) pairs.

    At equal times an interruption comes before the end of what is seen.
    """
    left = 1.0
    for time in sorted({wait for wait, _ in pairs if wait is not None and wait <= horizon}):
        at_risk = sum(1 for wait, followed in pairs if (followed if wait is None else wait) >= time)
        left *= 1 - sum(1 for wait, _ in pairs if wait == time) / at_risk
    return left


class Curves(NamedTuple):
    """Both ends before they are moved out."""

    lower: float
    upper: float


def curves(seen: Sequence[Seen], followed: Sequence[float], horizon: float, week: float) -> Curves:
    """Trigger rate after `horizon`: nobody further beyond the log, and going on as before.

    Args:
        seen: Users active before each launch.
        followed: How long each launch can be seen, the earliest first.
        horizon: Time since the assignment.
        week: Time within which the latest launch's rate is taken.
    """
    pairs = [(one.wait, followed[one.launch]) for one in seen]
    end = max(followed)
    pooled = 1 - survival(pairs, min(horizon, end))
    latest = [one for one in seen if one.launch == len(followed) - 1]
    by = min(week, followed[-1])
    soon = sum(1 for one in latest if one.wait is not None and one.wait <= by)
    rate = soon / len(latest) if latest else 0.0
    goes_on = 1 - (1 - rate) ** (horizon / by)
    beyond = pooled if horizon <= end else 1 - (1 - pooled) ** (horizon / end)
    return Curves(pooled, max(beyond, goes_on))
