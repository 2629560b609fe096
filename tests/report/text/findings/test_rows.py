"""What dropped rows mean for the figures."""

from __future__ import annotations

from typing import Any

import pytest
from factories.findings import action, message, usual

from resume_gap.results.common import Check


def lost(*names: str, **figures: float) -> Check:
    some: dict[str, Any] = {"check": "rows_dropped", "severity": "warn"}
    return Check(**some, count=1_204, share=0.034, names=names, figures=figures)


@pytest.mark.parametrize(
    ("reason", "lacks", "option"),
    [
        ("no_user", "no user", "--user COL"),
        ("no_event", "no event name", "--event COL"),
        ("no_time", "no time", "--time COL"),
        ("unreadable_time", "a time that cannot be read", "--time COL"),
    ],
)
def test_every_lack_is_named_with_its_option(reason: str, lacks: str, option: str) -> None:
    assert message("rows_dropped", lost(reason, "")) == (
        f"1,204 rows (3.4%) have {lacks} and were dropped: returns that began in them seem to "
        "begin later"
    )
    assert action("rows_dropped", lost(reason, "")) == (
        f"name a column that has one in them: {option}"
    )


def test_a_column_that_has_the_value_is_the_remedy() -> None:
    assert action("rows_dropped", lost("no_user", "--user device_id")) == "--user device_id"


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        (
            {"returns": 400, "hit": 90, "owned": 1, "elsewhere": 0.012, "late_seconds": 61.0},
            (
                "90 of 400 returns (22%) begin in one, 61 s too late, but only 1.2% of the other "
                "rows are such"
            ),
        ),
        (
            {"returns": 400, "hit": 90, "owned": 1, "elsewhere": 0.012},
            "90 of 400 returns (22%) begin in one, but only 1.2% of the other rows are such",
        ),
        (
            {"returns": 4_000, "hit": 1_200, "owned": 0, "elsewhere": 0.02},
            "1,200 of 4,000 returns (30%) come within 60 s after one, 2% before one",
        ),
    ],
)
def test_returns_that_begin_in_dropped_rows(figures: dict[str, float], says: str) -> None:
    assert message("rows_dropped", lost("no_user", "", **figures)).endswith(
        f" have no user and were dropped: {says}, so re-orientation time and threshold cannot be "
        "trusted without them"
    )


def test_ids_that_are_nobody() -> None:
    assert message("placeholder_user_ids", lost("", "null", "-1")) == (
        "rows of users called null, -1 (3.4%) are nobody's and were dropped: returns that began "
        "in them seem to begin later"
    )
    assert action("placeholder_user_ids", lost("--user device_id", "null")) == "--user device_id"
    assert action("placeholder_user_ids", lost("", "null")) == (
        "log an id that a person has before signing in, too (a browser's or device's), and give "
        "its column with --user"
    )


def test_equal_rows_are_counted() -> None:
    assert usual("equal_rows_kept").message == "1,204 rows equal another row in every column"
