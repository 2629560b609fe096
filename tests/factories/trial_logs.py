"""Seeded trials of many small random logs, assigned where it matters.

The users of some twenty small logs are one log with one set of settings, so that thousands of logs
need few runs. Steps come from the limits of the definitions, and assignments and markers stand
around returns, stops and events of their user.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Any

from oracles import log as oracle
from oracles.log import DAY, MINUTE, SECOND, Roles, cap_of
from oracles.trial import AT_THE_RETURN, Assignment

from factories.strategies import (
    EVENTS,
    NON_KEYS,
    OPTIONAL_COLUMNS,
    OPTIONAL_VALUES,
    ORIGIN_US,
    THETAS,
    USERS,
    around,
    end_steps,
    step_pools,
    without_twins,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN = "marker_shown"
CLICKED = "marker_clicked"
ASSIGNING = "$exposure"
"""Events that never take part."""
PLACEHOLDER, LEFT_OUT = "null", "robot"
"""Users whom the log refuses, and who are to be left out."""
CONTROL, TREATMENT, THIRD = "control", "treatment", "other"
LOGS_AT_ONCE = 20
END_US = ORIGIN_US + 60 * DAY

ROLES = tuple(
    Roles(frozenset(productive), frozenset(completing), frozenset(away))
    for productive in ({"edit", "submit"}, {"edit"}, {"submit"}, {"open", "edit"})
    for completing in ({"submit", "close"}, {"close"}, set())
    for away in ({"idle", "focus"}, {"idle"}, set())
)
COLUMNS = (("target",), ("target", "context", "task"), NON_KEYS, (*NON_KEYS, "stream"))

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class TrialLog:
    """One log with its assignments; `said` are rows of marker and assignment events.

    Where `in_log`, the assignments stand in the log as events with a variant (column
    `assigned_variant`), else beside it.
    """

    rows: Rows
    said: Rows
    assignments: list[Assignment]
    in_log: bool
    columns: tuple[str, ...]
    roles: Roles
    threshold_us: int
    until_us: int | None


def trial_log(number: int) -> TrialLog:
    """The same number gives the same log."""
    random = Random(f"trial log {number}")  # noqa: S311 - a test log is no secret
    threshold_us = random.choice(THETAS)
    columns = _columns(random)
    roles = random.choice(ROLES)
    drawn = [_small_log(random, columns, threshold_us, f"{n}") for n in range(LOGS_AT_ONCE)]
    rows = [row for small in drawn for row in small]
    newest_us = max(row["timestamp_us"] for row in rows)
    after = [0, *around(threshold_us, cap_of(threshold_us), 7 * DAY), 8 * DAY]
    until_us = random.choice([None, newest_us + random.choice(after)])
    log = TrialLog(rows, [], [], random.random() < 0.3, columns, roles, threshold_us, until_us)
    return _with_trial(random, log)


def _columns(random: Random) -> tuple[str, ...]:
    if random.random() < 0.7:
        return random.choice(COLUMNS)
    return tuple(column for column in OPTIONAL_COLUMNS if random.random() < 0.5)


def _small_log(random: Random, columns: Sequence[str], threshold_us: int, name: str) -> Rows:
    """Up to 60 rows of up to three users; begins or ends together with the others, or neither."""
    users = [f"{name}:{user}" for user in USERS[: random.randint(1, len(USERS))]]
    now = dict.fromkeys(users, ORIGIN_US)
    reached = dict(now)
    steps = random.choice(step_pools(threshold_us))
    lengths = end_steps(threshold_us)
    rows: Rows = []
    last: dict[str, dict[str, Any]] = {}
    for place in range(random.choice([1, 4, 12, 25, 60])):
        user = random.choice(users)
        base_us = reached[user] if random.random() < 0.5 else now[user]
        start_us = max(now[user], base_us + random.choice(steps))
        if user in last and start_us - now[user] > threshold_us and random.random() < 0.5:
            last[user]["event"] = random.choice(["submit", "close"])
        now[user] = start_us
        length = random.choice(lengths) if "end_us" in columns else None
        values = {column: random.choice(OPTIONAL_VALUES[column]) for column in OPTIONAL_VALUES}
        values["end_us"] = None if length is None else start_us + length
        values["event_id"] = f"{name}:{place * 7 % 61}" if random.random() < 0.5 else None
        reached[user] = max(reached[user], start_us if length is None else start_us + length)
        row = {
            "user_id": user,
            "timestamp_us": start_us,
            "event": random.choice((*EVENTS, "edit", "edit")),
        }
        last[user] = row | {column: values[column] for column in columns}
        rows.append(last[user])
    newest_us = max(now.values())
    shift = random.choice([0, END_US - newest_us, random.randrange(30 * DAY)])
    shift -= random.choice([0, 0, 1, SECOND, *around(cap_of(threshold_us), threshold_us, 7 * DAY)])
    for row in rows:
        row["timestamp_us"] += shift
        if row.get("end_us") is not None:
            row["end_us"] += shift
    rows = without_twins(rows)
    random.shuffle(rows)
    return rows


class _Places:
    """Instants that matter to a user."""

    def __init__(self, random: Random, log: TrialLog) -> None:
        self.random = random
        self.rows = log.rows
        self.returns = oracle.measure(log.rows, log.roles, log.threshold_us, log.until_us).returns
        self.first_us = min(row["timestamp_us"] for row in log.rows)
        self.last_us = max(row["timestamp_us"] for row in log.rows)
        limits = around(AT_THE_RETURN, cap_of(log.threshold_us), log.threshold_us)
        self.delays = [0, 0, 1, SECOND, 2 * SECOND, *limits, MINUTE]
        self.after_stop = [-1, 0, 1, *around(log.threshold_us, AT_THE_RETURN)]

    def of(self, user: str) -> int | None:
        """At a return or soon after it, around a stop, at an event, anywhere; seldom nowhere."""
        choice = self.random.choice
        events = [row["timestamp_us"] for row in self.rows if row["user_id"] == user]
        backs = [row for row in self.returns if row["user_id"] == user]
        kind = choice(["return", "return", "return", "stop", "event", "anywhere", "none"])
        if kind == "return" and backs:
            return choice(backs)["return_at_us"] + choice(self.delays)
        if kind == "stop" and backs:
            back = choice(backs)
            stops_us = [back["stop_at_us"], back["next_stop_at_us"] or self.last_us]
            return choice(stops_us) + choice(self.after_stop)
        if kind == "event" and events:
            return choice(events) + choice([-1, 0, 1, SECOND, AT_THE_RETURN])
        if kind == "none" and self.random.random() < 0.1:
            return None
        anywhere_us = self.random.randrange(self.first_us, self.last_us + 1)
        return choice([self.first_us, self.last_us, self.last_us + 1, anywhere_us])


def _with_trial(random: Random, log: TrialLog) -> TrialLog:
    """Assignments and markers around what each user does."""
    places = _Places(random, log)
    users = sorted({row["user_id"] for row in log.rows})
    # Nobody is assigned before the launch; it may come before everything.
    launch_us = random.choice([places.first_us - 1, random.choice(log.rows)["timestamp_us"]])
    assignments = [
        Assignment(user, variant, None if at_us is None else max(at_us, launch_us))
        for user in [*users, *(f"{n}:nobody" for n in range(3))]
        for variant in _variants(random)
        for at_us in [places.of(user)]
    ]
    nobodys = [PLACEHOLDER, PLACEHOLDER.upper(), LEFT_OUT, "", " ", None]
    assignments += [Assignment(u, random.choice([CONTROL, THIRD]), launch_us) for u in nobodys]
    random.shuffle(assignments)
    said = [
        _said(random, log, user, at_us, random.choice([SHOWN, SHOWN, CLICKED]))
        for user in users
        for _ in range(random.choice([0, 0, 1, 2, 6]))
        if (at_us := places.of(user)) is not None
    ]
    said += [_said(random, log, f"{n}:only marker", places.last_us, SHOWN) for n in range(2)]
    if log.in_log:
        assignments = [row for row in assignments if row.user_id and row.variant is not None]
        said += [
            _said(random, log, str(row.user_id), row.at_us, ASSIGNING)
            | {"assigned_variant": row.variant}
            for row in assignments
        ]
    return replace(log, assignments=assignments, said=said)


def _variants(random: Random) -> list[str | None]:
    """What the rows of one user say: mostly one arm, once or more; few users have no row."""
    fate = random.random()
    if fate < 0.05:
        return []
    arm = random.choice([CONTROL, TREATMENT])
    drawn = [CONTROL, TREATMENT] if fate < 0.15 else [arm]
    drawn = [THIRD] if fate > 0.97 else [arm, THIRD] if fate > 0.94 else drawn
    rows: list[str | None] = [random.choice(drawn) for _ in range(random.choice([1, 1, 1, 2, 3]))]
    return [*rows, random.choice(["", None])] if random.random() < 0.05 else rows


def _said(
    random: Random, log: TrialLog, user: str, at_us: int | None, event: str
) -> dict[str, Any]:
    """A row of an event that never takes part, with anything in its other columns."""
    drawn = {name: random.choice(values) for name, values in OPTIONAL_VALUES.items()}
    drawn |= {"event_id": None, "end_us": None if at_us is None else at_us + 30 * DAY}
    row = {"user_id": user, "timestamp_us": at_us, "event": event}
    return row | {column: drawn[column] for column in log.columns}
