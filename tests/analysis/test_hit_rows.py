"""Hits of target rules within groups of interruptions, counted by hand."""

import polars as pl
import pytest
from factories.replays import replays_with

from resume_gap.analysis.hit_rows import by_gap_class, by_value, hit_row
from resume_gap.quality.small_groups import Groups
from resume_gap.replay.target_rules import POLICIES
from resume_gap.results.common import GAP_CLASSES
from resume_gap.stats.policies import CHANCE_PARTS


def rows(*found: tuple[int, bool]) -> pl.DataFrame:
    """Interruptions of (user, hit); every other column says something of its own."""
    users, hits = zip(*found, strict=True)
    n = len(found)
    return pl.DataFrame(
        {
            "user_no": users,
            "eligible": [True] * n,
            "is_counted": [True] * n,
            "gap_class": ["up_to_1h"] * n,
            "chance": [CHANCE_PARTS // 4] * n,
            "chance_of_three": [CHANCE_PARTS // 2] * n,
            "habit_hit": [i == 0 for i in range(n)],
            **{f"{name}_hit": hits for name in POLICIES},
        }
    )


def test_shares_are_of_the_interruptions() -> None:
    found = hit_row(rows((3, True), (3, False), (5, True), (7, True)), "g", "v", "last_touched")
    assert (found.group, found.value, found.policy) == ("g", "v", "last_touched")
    assert (found.eligible, found.users) == (4, 3)
    assert found.hit == pytest.approx(3 / 4)
    assert found.chance == pytest.approx(1 / 4)
    assert found.habit == pytest.approx(1 / 4)


def test_a_list_of_three_has_the_chance_of_three() -> None:
    found = hit_row(rows((1, True), (2, False)), "g", "v", "recent_three")
    assert found.chance == pytest.approx(1 / 2)


def test_nobody_hit() -> None:
    assert hit_row(rows((1, False), (2, False)), "g", "v", "last_touched").hit == 0.0


def test_all_returns_and_each_class_of_length() -> None:
    frame = rows(*((user, user % 2 == 0) for user in range(6))).with_columns(
        is_counted=pl.Series([True, True, True, False, False, False]),
        eligible=pl.Series([True, True, True, True, True, False]),
        gap_class=pl.Series(["over_72h", "up_to_1h", "over_72h", "1h_4h", "1h_4h", "1h_4h"]),
    )
    found = by_gap_class(replays_with(frame))
    assert len(found) == 3 * len(POLICIES)  # classes that nobody has are left out
    by_group = {(row.group, row.value): row for row in found if row.policy == "last_touched"}
    assert list(by_group) == [
        ("all_returns", "all returns"),
        ("gap_class", "up_to_1h"),
        ("gap_class", "over_72h"),
    ]
    assert by_group["all_returns", "all returns"].eligible == 5
    assert by_group["gap_class", "over_72h"].hit == 1.0
    assert by_group["gap_class", "up_to_1h"].hit == 0.0
    assert {row.value for row in found} <= {"all returns", *GAP_CLASSES}


def test_one_value_is_no_group() -> None:
    many = rows(*((user, True) for user in range(50)))
    one = pl.Series(["a"] * 50)
    assert by_value(many, one, "context", "last_touched", Groups()) == []
    # 25 users are needed for an interval, so for a row of their own.
    two = pl.Series(["a"] * 25 + ["b"] * 25)
    found = by_value(many, two, "context", "last_touched", Groups())
    assert sorted((row.value, row.eligible) for row in found) == [("a", 25), ("b", 25)]
