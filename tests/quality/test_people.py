"""One id for many people, people who never rest: the limits of both checks."""

from types import SimpleNamespace
from typing import Any

import duckdb
import polars as pl
import pytest

from resume_gap.constants import (
    ALIKE_IDS,
    BOT_DAYS,
    SHARED_ID_MEDIANS,
    SHARED_ID_SHARE,
    SHARED_ID_USERS,
    TEST_ACCOUNTS,
)
from resume_gap.pipeline.queries import Runner
from resume_gap.quality.people import id_checks, people_checks, suspicious_users

USERS = int(SHARED_ID_USERS.value)
TEN = int(SHARED_ID_MEDIANS.value)


def sums(*events: int) -> pl.DataFrame:
    return pl.DataFrame({"user_no": range(1, len(events) + 1), "events": events})


def stats(**days: list[int]) -> pl.DataFrame:
    """Restless days of each stream, by user."""
    rows = [(int(user[1:]), n) for user, streams in days.items() for n in streams]
    return pl.DataFrame(rows, schema=["user_no", "restless_days"], orient="row")


NOBODY = stats(u1=[0])


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ((10 * TEN + 1, *[10] * (USERS - 1)), [1]),
        ((10 * TEN, *[10] * (USERS - 1)), []),  # not more than ten times the median
        ((10 * TEN + 1, *[10] * (USERS - 2)), []),  # too few users to say
        ((10 * TEN + 1, *[10] * 300), []),  # under 5 % of all events
        ((*[10] * (USERS - 1), 500), [USERS]),
    ],
)
def test_far_more_events_than_others(events: tuple[int, ...], found: list[int]) -> None:
    shared, _ = suspicious_users(sums(*events), NOBODY)
    assert shared["user_no"].to_list() == found
    for user in found:
        assert events[user - 1] > SHARED_ID_SHARE.value * sum(events)


def test_who_does_not_rest_in_any_stream_for_days() -> None:
    days = int(BOT_DAYS.value)
    found = stats(u5=[days + 1, 0], u2=[0, days + 1], u1=[days], u3=[days, days])
    _, restless = suspicious_users(sums(1, 1), found)
    assert restless["user_no"].to_list() == [2, 5]


def test_both_are_said_with_their_names_and_shares() -> None:
    shared, restless = suspicious_users(sums(500, *[10] * USERS), stats(u3=[9], u1=[0], u2=[8]))
    names = {n: f"User {n}" for n in range(1, USERS + 2)}
    one, other = people_checks(shared, restless, names, users=USERS + 1, events=900, unlisted=1)
    assert (one.check, one.severity, one.count) == ("shared_user_id", "warn", 1)
    assert one.share == 500 / 900
    assert one.names == ("User 1",)
    assert (other.check, other.severity, other.count) == ("restless_users", "warn", 2)
    assert other.share == 2 / (USERS + 1)
    assert other.names == ("User 2", "User 3")
    assert other.figures == {"listed": 1, "unlisted": 1}


def test_nothing_odd_is_not_said() -> None:
    shared, restless = suspicious_users(sums(*[10] * USERS), NOBODY)
    assert people_checks(shared, restless, {}, users=USERS, events=400, unlisted=0) == []


def of_ids(*ids: str) -> dict[str, int]:
    """What is found in streams of ten rows each."""
    with duckdb.connect() as con:
        runner = Runner(con)
        streams = pl.DataFrame({"user_id": ids, "n": 10, "refused": None})
        runner.store("streams", streams.cast({"refused": pl.String}).to_arrow())
        return {check.check: check.count for check in id_checks(runner)}


def test_ids_that_differ_by_case_or_blanks() -> None:
    others = [f"u{n}" for n in range(97)]
    assert of_ids("Ann", "ann", " ann", *others) == {"user_ids_alike": 3}
    assert of_ids("Ann", "ann", *others, "x") == {}  # 2 % of the users


def test_ids_of_test_accounts() -> None:
    others = [f"u{n}" for n in range(98)]
    assert of_ids("qa-3", "Test_user", *others) == {"test_accounts": 2}
    assert of_ids("demo@example.com", "contest", "attested", *others) == {}  # 1 % of the rows
    assert of_ids("latest", "qatar", "demographer", *others) == {}


def test_shares_and_how_much_they_matter() -> None:
    def checks(*row: int) -> list[tuple[object, ...]]:
        runner: Any = SimpleNamespace(row=lambda _: row)
        return [(one.check, one.severity, one.count, one.share) for one in id_checks(runner)]

    alike, tests = round(ALIKE_IDS.value * 100), round(TEST_ACCOUNTS.value * 1_000)
    assert checks(100, alike, 0, 0, 1_000) == []
    assert checks(100, alike + 1, 0, 0, 1_000) == [
        ("user_ids_alike", "warn", alike + 1, (alike + 1) / 100)
    ]
    assert checks(100, 0, 7, tests, 1_000) == []
    assert checks(100, 0, 7, tests + 1, 1_000) == [
        ("test_accounts", "warn", 7, (tests + 1) / 1_000)
    ]
    assert checks(7, 0, 7, 1_000, 1_000) == [("test_accounts", "note", 7, 1.0)]
