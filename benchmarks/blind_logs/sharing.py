"""Troubles of people who share an id and hardly ever work at the same time."""

from __future__ import annotations

from random import Random
from typing import Final

from benchmarks.blind_logs.office import DAY, DAYS, HOUR, MINUTE, MONDAY_US, PEOPLE, Rows, office
from benchmarks.blind_logs.trouble import BLIND, NOT_WRONG, Trouble, visits


def _in_turn(people: int, hit: float = 0.67) -> Rows:
    """Some people under each of 60 ids, whose visits follow one another hour by hour."""
    random = Random(51)  # noqa: S311 - a test log is no secret
    rows: Rows = []
    for own in visits(office(people=PEOPLE * people, hit=hit)):
        person, number = int(own[0]["user_id"][1:]), own[0]["visit"]
        hour = number // DAYS * people + person % people
        at = MONDAY_US + number % DAYS * DAY + hour * HOUR + random.randrange(20 * MINUTE)
        late = at - own[0]["timestamp"]
        rows += [
            {**row, "user_id": f"team-{person // people}", "timestamp": row["timestamp"] + late}
            for row in own
        ]
    return rows


def two_in_turn() -> Rows:
    """Two people take turns under each id, and no column says who it was."""
    return _in_turn(2)


def three_in_turn() -> Rows:
    """Three people take turns under each id, and no column says who it was."""
    return _in_turn(3)


def aimless_in_turn() -> Rows:
    """Two people take turns under each id, and do not go on where they left off."""
    return _in_turn(2, hit=0.0)


def _at_once(people: int) -> Rows:
    """Some people under each of 60 ids, whose visits begin in the same half hour."""
    return [
        {**row, "user_id": f"team-{int(row['user_id'][1:]) // people}"}
        for row in office(people=PEOPLE * people)
    ]


def three_at_once() -> Rows:
    """Three people under each id work in the same half hours."""
    return _at_once(3)


def five_at_once() -> Rows:
    """Five people under each id work in the same half hours."""
    return _at_once(5)


def projects() -> Rows:
    """People change between three projects every third visit, each with its things."""
    random = Random(52)  # noqa: S311 - a test log is no secret
    now: dict[str, int] = {}
    rows: Rows = []
    for own in visits(office()):
        user = own[0]["user_id"]
        if user not in now or random.random() < 0.5:
            now[user] = random.randrange(3)
        rows += [{**row, "target": f"{now[user]}/{row['target']}"} for row in own]
    return rows


SHARING: Final = (
    Trouble(
        name="Two who take turns under one id",
        rows=two_in_turn,
        words=NOT_WRONG,
        check="alternating_sets",
    ),
    Trouble(
        name="Three who take turns under one id",
        rows=three_in_turn,
        words=NOT_WRONG,
        check="alternating_sets",
    ),
    Trouble(
        name="Two without a habit who take turns",
        rows=aimless_in_turn,
        words=NOT_WRONG | {"do_not_build"},
        check="alternating_sets",
    ),
    Trouble(
        name="Three in the same half hours",
        rows=three_at_once,
        words=BLIND,
        check="several_at_once",
    ),
    Trouble(
        name="Five in the same half hours",
        rows=five_at_once,
        words=BLIND,
        check="several_at_once",
    ),
    Trouble(name="Three projects of each person", rows=projects, words=NOT_WRONG),
)
