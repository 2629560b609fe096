"""What was found about users and their ids, of one and of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.findings import FIGURES, NAMES, check

from resume_gap.report.text import user_findings

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("code", "says", "one", "many"),
    [
        ("identity_switch", user_findings.switch, "1 user (12%) begins", "2 users (12%) begin "),
        (
            "identity_at_returns",
            user_findings.at_returns,
            "1 of 1,740 returns (12%) begins",
            "2 of 1,740 returns (12%) begin ",
        ),
        (
            "user_ids_alike",
            user_findings.alike,
            "the id of 1 user (12%) differs",
            "the ids of 2 users (12%) differ ",
        ),
        (
            "test_accounts",
            user_findings.accounts,
            "1 user with 12.5% of the rows has an id",
            "2 users with 12.5% of the rows have ids",
        ),
        (
            "excluded_users_unmatched",
            user_findings.unmatched,
            "the only id in the file of --exclude-users is no user",
            "none of the 2 ids in the file of --exclude-users is a user",
        ),
    ],
)
def test_a_sentence_agrees_with_its_number(
    code: str, says: Callable[..., str], one: str, many: str
) -> None:
    for count, begins in ((1, one), (2, many)):
        parts = {"figures": FIGURES.get(code, {}), "names": NAMES.get(code, ())}
        assert says(check(code, count=count, **parts)).startswith(begins)


@pytest.mark.parametrize(
    ("count", "unlisted", "action"),
    [
        (2, 0, "ids in suspected_bots.txt; --exclude-users with a copy leaves them out"),
        (
            1,
            1,
            "a line break in the id keeps it off any list of --exclude-users; write the id",
        ),
        (
            3,
            1,
            "2 ids in suspected_bots.txt, but not that of 1 with a line break; --exclude-users",
        ),
    ],
)
def test_a_list_is_named_for_the_ids_that_it_holds(count: int, unlisted: int, action: str) -> None:
    found = check(
        "restless_users", count=count, figures={"listed": count - unlisted, "unlisted": unlisted}
    )
    assert user_findings.listed_ids(found).startswith(action)


def test_the_first_users_are_named() -> None:
    some = check("shared_user_id", names=("kiosk", "desk"))
    assert user_findings.shared_id(some).startswith("12% of all events are under kiosk, desk, ")
    assert user_findings.restless(some).endswith("as no person is: kiosk, desk")
