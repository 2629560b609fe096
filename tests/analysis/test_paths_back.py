"""Paths back to work name nobody, and the most frequent come first."""

from __future__ import annotations

import polars as pl

from resume_gap.analysis.paths_back import chosen
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.workday import FirstPath

EVERYBODY = frozenset(range(5))
NAMES = EventNames(users={"view": EVERYBODY, "edit": EVERYBODY, "rare": frozenset({1})})
KINDS = {1: "view", 2: "edit", 3: "rare", 5: "view"}
SCHEMA = {
    "user_no": pl.Int64,
    "first_kind": pl.Int32,
    "work_kind": pl.Int32,
    "at_once": pl.Boolean,
}


def rows(*paths: tuple[str, str | None, bool, int, int]) -> pl.DataFrame:
    """(first, work, at once, users, interruptions of each); one name is that of two kinds."""
    kinds: dict[str | None, list[int]] = {"view": [1, 5], "edit": [2], "rare": [3], None: [0]}
    found = [
        (user, kinds[first][n % len(kinds[first])], kinds[work][user % len(kinds[work])], at_once)
        for first, work, at_once, users, many in paths
        for user in range(users)
        for n in range(many)
    ]
    return pl.DataFrame(found, schema=SCHEMA, orient="row")


def test_the_most_frequent_come_first_and_add_up_over_users() -> None:
    found = chosen(
        rows(
            ("edit", "edit", True, 5, 1), ("view", "edit", False, 6, 3), ("view", None, False, 5, 2)
        ),
        KINDS,
        NAMES,
    )
    assert found == (
        FirstPath(first="view", work="edit", at_once=False, interruptions=18),
        FirstPath(first="view", work=None, at_once=False, interruptions=10),
        FirstPath(first="edit", work="edit", at_once=True, interruptions=5),
    )


def test_paths_of_few_users_and_of_rare_events_are_not_shown() -> None:
    found = chosen(
        rows(
            ("view", "edit", False, 8, 3),
            ("edit", "view", False, 6, 3),
            ("view", None, False, 4, 9),
            ("view", "rare", False, 9, 9),
        ),
        KINDS,
        NAMES,
    )
    assert found == (
        FirstPath(first="view", work="edit", at_once=False, interruptions=24),
        FirstPath(first="edit", work="view", at_once=False, interruptions=18),
    )


def test_a_rest_of_few_users_takes_the_smallest_path_with_it() -> None:
    found = chosen(rows(("view", "edit", False, 8, 3), ("edit", "view", False, 4, 3)), KINDS, NAMES)
    assert found == ()


def test_no_interruption_has_no_path() -> None:
    assert chosen(rows(), KINDS, NAMES) == ()
