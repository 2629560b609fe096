"""The office that all logs here vary, drawn by seed.

People come back from a break, look around, and work on, mostly where they left off.
"""

from __future__ import annotations

from random import Random
from typing import Any, Final

Rows = list[dict[str, Any]]

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
MONDAY_US: Final = 1_772_438_400 * SECOND
"""2026-03-02 8:00 UTC."""
PEOPLE: Final = 60
VISITS: Final = (0, 3 * HOUR, 6 * HOUR)
DAYS: Final = 5


def office(seed: int = 1, *, people: int = PEOPLE, hit: float = 0.67) -> Rows:
    """Three visits a day: some looking around, then work; first where it was left, mostly.

    Args:
        seed: Of the draw.
        people: Users.
        hit: How often work goes on at the element last touched.
    """
    random = Random(seed)  # noqa: S311 - a test log is no secret
    rows: Rows = []
    for person in range(people):
        items = [f"item-{person}-{n}" for n in range(12)]
        last = random.choice(items)
        for day in range(DAYS):
            for visit, start in enumerate(VISITS):
                at = MONDAY_US + day * DAY + start + random.randrange(30 * MINUTE)
                where = last if random.random() < hit else random.choice(items)
                looked = [random.choice(items) for _ in range(random.randint(1, 3))]
                acts = [("view", item) for item in looked]
                for n in range(random.randint(14, 24)):
                    if n and random.random() < 0.3:
                        where = random.choice(items)
                    acts.append(("edit", where))
                for event, item in acts:
                    rows.append(
                        {
                            "user_id": f"u{person}",
                            "timestamp": at,
                            "event": event,
                            "target": item,
                            "visit": DAYS * visit + day,
                        }
                    )
                    at += round(random.lognormvariate(2.0, 0.8) * SECOND)
                last = where
    return rows
