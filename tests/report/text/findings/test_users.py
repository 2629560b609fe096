"""What was found about users and their ids, of one and of many."""

from __future__ import annotations

import pytest
from factories.findings import check, compared, message, usual


@pytest.mark.parametrize(
    ("code", "one", "many"),
    [
        ("identity_switch", "1 user (12%) begins", "2 users (12%) begin "),
        (
            "identity_at_returns",
            "1 of 1,740 returns (12%) begins",
            "2 of 1,740 returns (12%) begin ",
        ),
        (
            "user_ids_alike",
            "the id of 1 user (12%) differs",
            "the ids of 2 users (12%) differ ",
        ),
        (
            "test_accounts",
            "1 user with 12.5% of the rows has an id",
            "2 users with 12.5% of the rows have ids",
        ),
        (
            "excluded_users_unmatched",
            "the only id in the file of --exclude-users is no user",
            "none of the 2 ids in the file of --exclude-users is a user",
        ),
    ],
)
def test_a_sentence_agrees_with_its_number(code: str, one: str, many: str) -> None:
    for count, begins in ((1, one), (2, many)):
        assert usual(code, count=count).message.startswith(begins)


@pytest.mark.parametrize(
    ("count", "unlisted", "says"),
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
def test_a_list_is_named_for_the_ids_that_it_holds(count: int, unlisted: int, says: str) -> None:
    found = check(
        "restless_users", count=count, figures={"listed": count - unlisted, "unlisted": unlisted}
    )
    assert found.action.startswith(says)


def test_the_first_users_are_named() -> None:
    some = check("shared_user_id", names=("kiosk", "desk"))
    assert message("shared_user_id", some).startswith("12% of all events are under kiosk, desk, ")
    assert message("restless_users", some).endswith("as no person is: kiosk, desk")


def test_visits_that_alternate_between_sets() -> None:
    says = message("alternating_sets", compared())
    assert says.startswith(
        "visits under 1,204 ids with 12% of the work alternate between sets of elements that have "
        "nothing in common, as where several people share an id and take turns. With all visits: "
    )
    assert ". With those of the largest set of each id: 900 returns" in says
    assert "under 1 id with" in message("alternating_sets", compared(count=1))


def test_five_users_are_named_and_the_others_counted() -> None:
    many = check("restless_users", names=tuple("abcdefg"))
    assert many.message.endswith("as no person is: a, b, c, d, e and 2 more")
