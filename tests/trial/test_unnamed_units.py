"""Units that no column names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import polars as pl
import pytest
from factories.made_trials import ASSIGNED_US, made_trial

from resume_gap.pipeline.queries import Runner
from resume_gap.trial.unit import UnitCandidates, candidates
from resume_gap.trial.unnamed_units import DOMAIN, INSTANT, PREFIX, unnamed_values
from resume_gap.units import DAY_US, US

if TYPE_CHECKING:
    from collections.abc import Sequence

USERS = 300
GROUPS = 30
BY_GROUP = [(user % GROUPS) % 2 == 1 for user in range(USERS)]
ONE_BY_ONE = [(user // GROUPS) % 2 == 1 for user in range(USERS)]


def looked_at(
    arms: Sequence[bool], ids: Sequence[str] | None = None, at_us: Sequence[int] | None = None
) -> UnitCandidates:
    """What the ids and the instants of such assignments say."""
    assigned_us = [ASSIGNED_US] * USERS if at_us is None else at_us
    rows = pl.DataFrame(
        {
            "assigned_no": range(1, USERS + 1),
            "user_id": [f"u{user:05d}" for user in range(USERS)] if ids is None else ids,
            "logged_us": assigned_us,
        }
    )
    con = duckdb.connect()
    con.register("assigned", rows.to_arrow())
    trial = made_trial(arms, [], assigned_us=assigned_us)
    found = candidates(trial.users, unnamed_values(Runner(con), trial))
    con.close()
    return found


def mails() -> list[str]:
    """Ten people of each company; no two have the same name."""
    return [f"user{user}@Company{user % GROUPS}.com" for user in range(USERS)]


@pytest.mark.parametrize(
    ("ids", "by"),
    [
        (mails(), DOMAIN),
        ([f"org{user % GROUPS:02d}-{user:05d}" for user in range(USERS)], PREFIX),
    ],
)
def test_groups_that_the_ids_give_away(ids: list[str], by: str) -> None:
    found = looked_at(BY_GROUP, ids)
    assert found.tried == 1
    assert [(one.column, one.values, one.users, one.is_unnamed) for one in found.found] == [
        (by, GROUPS, USERS, True)
    ]
    assert looked_at(ONE_BY_ONE, ids) == UnitCandidates(1, ())


def test_teams_that_were_assigned_at_one_instant_each() -> None:
    at_us = [ASSIGNED_US + user % GROUPS * 7 * US for user in range(USERS)]
    assert [one.column for one in looked_at(BY_GROUP, at_us=at_us).found] == [INSTANT]
    assert looked_at(ONE_BY_ONE, at_us=at_us) == UnitCandidates(1, ())


def test_instants_that_are_days_or_one_are_no_groups() -> None:
    by_day = [ASSIGNED_US + user % GROUPS * DAY_US for user in range(USERS)]
    assert looked_at(BY_GROUP, at_us=by_day).tried == 0
    assert looked_at(BY_GROUP).tried == 0


def test_where_the_split_changed_instants_say_nothing() -> None:
    """All of the second half are treated, so that its instants are of one arm."""
    at_us = [ASSIGNED_US + user % GROUPS * (DAY_US // 4) for user in range(USERS)]
    late = [user % GROUPS > GROUPS // 2 for user in range(USERS)]
    assert looked_at(late, at_us=at_us).tried == 0


@pytest.mark.parametrize(
    "ids",
    [
        [f"u-{user}" for user in range(USERS)],  # all alike
        [f"{user:05d}-x" for user in range(USERS)],  # none alike
        [f"user{user}@one.com" for user in range(USERS)],
    ],
)
def test_ids_without_groups_are_not_looked_at(ids: list[str]) -> None:
    assert looked_at(BY_GROUP, ids).tried == 0
