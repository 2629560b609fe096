"""Seeded logs of two hundred rows in which people work for long: what small random logs lack.

Steps mostly lie within the threshold, so that sessions grow beyond ten and twenty events, find
comparison moments later on, and remember elements over many sessions.
"""

from __future__ import annotations

from random import Random
from typing import Any

from oracles.log import DAY, HOUR, MINUTE, SECOND, Roles, cap_of

from factories.strategies import ORIGIN_US, USERS, Log

THETAS = (5 * MINUTE, 15 * MINUTE, 30 * MINUTE)
EVENTS = ("view", "view", "view", "edit", "edit", "open", "submit", "close")
ROLES = (
    Roles(frozenset({"edit", "submit"}), frozenset({"submit", "close"})),
    Roles(frozenset({"edit"}), frozenset({"close"})),
    Roles(frozenset({"edit", "open"}), frozenset()),
)
COLUMNS = (("target",), ("target", "context", "position"), ("target", "context", "task", "end_us"))


def long_log(number: int) -> Log:
    """The same number gives the same log."""
    random = Random(f"long log {number}")  # noqa: S311 - a test log is no secret
    threshold_us = random.choice(THETAS)
    columns = random.choice(COLUMNS)
    users = USERS[: random.choice([1, 2, 3])]
    elements = [f"t{k}" for k in range(random.choice([3, 14]))]
    session_length = random.choice([8, 25, 60])
    sure = random.choice([0.5, 1])
    now = {user: ORIGIN_US + random.randrange(HOUR) for user in users}
    rows: list[dict[str, Any]] = []
    for _ in range(random.randrange(150, 300)):
        user = random.choice(users)
        if random.random() < 1 / session_length:
            now[user] += random.choice(
                [threshold_us + 1, 2 * threshold_us + 1, 2 * HOUR, 9 * HOUR, DAY]
            )
        else:
            now[user] += random.choice([0, 1, 2, 3, 5, 9, 20, 31, 60]) * SECOND
        event = random.choice(EVENTS)
        if event in ("submit", "close") and random.random() < sure:
            event = "view"
        values = {
            "target": random.choice([*elements, None]),
            "context": random.choice(["c1", "c2", None]),
            "task": random.choice(["k1", None]),
            "position": random.choice([0, 5, 9, None]),
            "end_us": now[user] + random.choice([0, 2, 40]) * SECOND,
        }
        rows.append(
            {"user_id": user, "timestamp_us": now[user], "event": event}
            | {name: values[name] for name in columns}
        )
    rows = list({tuple(row.values()): row for row in rows}.values())
    random.shuffle(rows)
    newest_us = max(row["timestamp_us"] for row in rows)
    until_us = random.choice([None, newest_us, newest_us + cap_of(threshold_us), newest_us + DAY])
    return Log(rows, columns, random.choice(ROLES), threshold_us, until_us)


def form_log(number: int) -> Log:
    """People who mostly go on at the next of a few elements, with breaks in between."""
    random = Random(f"form log {number}")  # noqa: S311 - a test log is no secret
    threshold_us, length = random.choice(THETAS), random.choice([2, 3, 8])
    in_order, works = random.choice([0.5, 0.9]), random.choice([0.5, 1])
    rows: list[dict[str, Any]] = []
    for user in USERS[: random.choice([2, 3])]:
        now, place = ORIGIN_US, 0
        for _ in range(random.randrange(30, 90)):
            is_break = random.random() < 0.2
            step = random.choice([3, 9, 20, 31, 60]) * SECOND
            now += 2 * threshold_us + step if is_break else step
            place = place + 1 if random.random() < in_order else random.randrange(length)
            rows.append(
                {
                    "user_id": user,
                    "timestamp_us": now,
                    "event": "edit" if random.random() < works else "view",
                    "target": random.choice([*[f"f{place % length}"] * 8, None]),
                }
            )
    rows = list({tuple(row.values()): row for row in rows}.values())
    random.shuffle(rows)
    return Log(rows, ("target",), ROLES[1], threshold_us, None)


def cut_log(number: int) -> Log:
    """Some people whose sessions are nearly all cut at a few events; many end with one event."""
    random = Random(f"cut log {number}")  # noqa: S311 - a test log is no secret
    most = random.choice([4, 5, 6, 8])
    larger, ends, other = (random.choice(some) for some in ((0, 0, 0.03), (0, 0.5, 1), (0.1, 0.4)))
    names = EVENTS[: random.choice([1, 4, 8])]
    rows: list[dict[str, Any]] = []
    for user in USERS[: random.choice([1, 3])]:
        now = ORIGIN_US
        for _ in range(random.randrange(20, 60)):
            now += HOUR + random.randrange(HOUR)
            size = random.randrange(1, most) if random.random() < other else most
            size += random.random() < larger
            for place in range(size):
                now += random.choice([1, 2, 9]) * SECOND
                last = place == size - 1 and random.random() < ends
                rows.append(
                    {
                        "user_id": user,
                        "timestamp_us": now,
                        "event": "submit" if last else random.choice(names),
                        "target": random.choice(["t1", "t2", None]),
                    }
                )
    return Log(rows, ("target",), random.choice(ROLES), 15 * MINUTE, None)
