"""Seeded rows with what goes wrong in logs: retries, batches, wrong clocks, durations, columns."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random
from typing import Any

from oracles.cleaning import ALIASES, UNITS

ORIGIN_US = 1_772_438_400 * 1_000_000
SECOND = 1_000_000
HOUR = 3_600 * SECOND
Rows = list[dict[str, Any]]


def seeded(kind: str, number: int) -> Random:
    """The same kind and number give the same draws."""
    return Random(f"{kind} {number}")  # noqa: S311 - a test log is no secret


def delivered_rows(number: int) -> Rows:
    """Rows with event ids, of which some come again, in batches, with clocks that are wrong."""
    random = seeded("deliveries", number)
    grid = random.choice([1, 1, 1, SECOND, 10 * SECOND])
    other = random.choice([0, 0, 0.02, 0.5])
    rows: Rows = []
    for user in ("u0", "u1", "u2")[: random.choice([1, 2, 3])]:
        at = ORIGIN_US + random.randrange(HOUR)
        for _ in range(random.randrange(5, 60)):
            at += random.choice([1, SECOND, 20 * SECOND, HOUR])
            for _ in range(random.choice([1, 1, 1, 1, 2, 4, 5, 6, 19, 21])):
                delay = random.choice([2 * SECOND, 2 * SECOND, 2 * SECOND, 3 * SECOND])
                delay += random.choice([0] * 9 + [8 * HOUR, -8 * HOUR, 601 * SECOND])
                rows.append(
                    {
                        "user_id": user,
                        "timestamp_us": at // grid * grid,
                        "event": random.choice(["edit", "view"]),
                        "target": random.choice(["t0", "t1"]),
                        "event_id": random.choice([None, f"e{len(rows)}", f"e{len(rows)}"]),
                        "received_at_us": at // grid * grid + delay,
                    }
                )
    for row in rows[:]:
        if random.random() < 0.1:
            again = dict(row)
            again["timestamp_us"] += random.choice([0, 0, 40 * 60 * SECOND])
            if random.random() < other:
                again["target"] = "t2"
            rows.append(again)
    random.shuffle(rows)
    return rows


def buffered_rows(number: int) -> Rows:
    """Rows whose arrival is late by hours, some of them kept in a buffer."""
    random = seeded("buffers", number)
    rows: Rows = []
    for user in ("u0", "u1"):
        at = ORIGIN_US
        for _ in range(random.randrange(10, 60)):
            at += random.choice([1, SECOND // 2, SECOND, 3 * SECOND, 6 * SECOND, HOUR])
            late = random.random() < 0.4
            arrival = ORIGIN_US + random.choice([30, 31]) * HOUR if late else at
            arrival += random.choice([0, 1, SECOND // 2, SECOND, 4 * SECOND, 7 * SECOND])
            rows += [
                {"user_id": user, "timestamp_us": at, "event": "edit", "received_at_us": arrival}
            ] * random.choice([1, 1, 2])
    return rows


def sparse_days(number: int) -> dict[int, int]:
    """Days with rows, some far from the others."""
    random = seeded("days", number)
    days: Counter[int] = Counter()
    day = 20_000
    for _ in range(random.randrange(1, 14)):
        days[day] += random.choice([1, 1, 5, 90, 400])
        day += random.choice([1, 1, 2, 10, 12, 31, 32, 37, 94, 97, 400])
    return dict(days)


def lengths(number: int) -> list[tuple[str, int, Fraction]]:
    """Users, instants and durations of interval events, in some unit, stamped at either end."""
    random = seeded("lengths", number)
    unit = UNITS[random.choice(list(UNITS))]
    is_end = random.random() < 0.4
    busy = random.choice([0.01, 0.3, 0.6, 0.9, 1.0, 1.1])
    rows = []
    for user in range(random.choice([1, 3])):
        at = ORIGIN_US
        for _ in range(random.randrange(30, 90)):
            us = random.randrange(SECOND, 90 * SECOND) // 1_000 * 1_000
            stamp = at + us if is_end else at
            length = Fraction(us) / unit if random.random() < 0.9 else Fraction(0)
            rows.append((f"u{user}", stamp, Fraction(round(length))))
            at += round(us / busy) // 1_000 * 1_000 + random.choice([1_000, 2_000, SECOND])
    return rows


def column_names(number: int) -> list[str]:
    """Columns, among them some that may name the user or the event."""
    random = seeded("columns", number)
    known = ["user_id", "User_Id", "userId", "event", "Event"]
    known += [name for ranks in ALIASES.values() for rank in ranks for name in rank]
    names = random.sample(known, random.randrange(2, 7))
    return list(dict.fromkeys([*names, "timestamp", "page", "color"]))
