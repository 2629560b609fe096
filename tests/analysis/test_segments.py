"""The figures by value of a column (`--by`): whose value counts, and what is merged."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

import resume_gap
from resume_gap.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.analyze import SegmentRow

MONDAY_US = 1_772_442_000_000_000
"""2026-03-02 9:00 UTC."""
SECOND = 1_000_000
HOUR = 3600 * SECOND
ROLES = ["editor"] * 30 + ["writer"] * 26 + ["owner"] * 3 + ["guest"] * 2 + [None] * 25
WAIT = {"editor": 10, "writer": 40}


def office(path: Path) -> str:
    """People who write, leave for an hour, and write again after a while, twice.

    Everybody is on the plan `free` until the first return and on `paid` from then on.
    """
    rows: list[dict[str, Any]] = []
    for user, role in enumerate(ROLES):
        at = MONDAY_US + user * SECOND
        wait = WAIT.get(role or "", 100) * SECOND
        for visit in range(3):
            for event, later in (("look", 0), ("write", wait), ("write", wait + 5 * SECOND)):
                rows.append(
                    {
                        "person": f"u{user}",
                        "time": at + later,
                        "name": event,
                        "role": role,
                        "thing": f"page {visit % 2}",
                        "plan": "paid" if visit else "free",
                    }
                )
            at += 2 * HOUR
    pl.DataFrame(rows).write_parquet(path)
    return str(path)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    return office(tmp_path_factory.mktemp("office") / "office.parquet")


@cache
def segments(file: str, by: str) -> dict[tuple[str, str], SegmentRow]:
    """By column and value."""
    found = resume_gap.analyze(
        file,
        user="person",
        time="time",
        event="name",
        target="thing",
        time_unit="us",
        gap="30m",
        productive="write",
        complete="-",
        until="2026-03-10",
        by=by if "," in by else by.split(),
    )
    assert found.reorientation.eligible == 2 * len(ROLES)
    return {(row.column, row.value): row for row in found.segments}


def test_values_with_enough_users_stand_alone_largest_first(file: str) -> None:
    rows = segments(file, "role,plan")
    assert list(rows) == [
        ("role", "editor"),
        ("role", "writer"),
        ("role", "(none)"),
        ("role", "(other)"),
        ("plan", "free"),
        ("plan", "paid"),
    ]
    assert [(row.users, row.eligible) for row in rows.values()] == [
        (30, 60),
        (26, 52),
        (25, 50),
        (5, 10),
        (86, 86),
        (86, 86),
    ]


def test_each_value_has_its_own_figures(file: str) -> None:
    rows = segments(file, "role")
    assert {value: row.mean.estimate for (_, value), row in rows.items()} == {
        "editor": 10,
        "writer": 40,
        "(none)": 100,
        "(other)": 100,
    }
    editors = rows["role", "editor"]
    assert (editors.productive_share, editors.mean.ci_lower) == (1, 10)
    assert editors.hit.estimate is not None
    assert rows["role", "(other)"].mean.ci_lower is None  # five users


def test_the_value_is_that_of_the_stop(file: str) -> None:
    """Of two interruptions one begins on the old plan, though both returns are on the new one."""
    rows = segments(file, "plan")
    assert rows["plan", "free"].eligible == rows["plan", "paid"].eligible == len(ROLES)


def test_the_order_of_the_columns_is_that_of_the_question(file: str) -> None:
    both = segments(file, "plan,role")
    assert [column for column, _ in both][:2] == ["plan", "plan"]
    assert both["role", "editor"] == segments(file, "role")["role", "editor"]


def test_a_mapped_column_goes_by_either_name(file: str) -> None:
    by_own, by_role = segments(file, "thing"), segments(file, "target")
    assert [value for _, value in by_own] == [value for _, value in by_role] == ["page 0", "page 1"]


def test_a_missing_column_is_refused_with_the_nearest_name(file: str) -> None:
    with pytest.raises(UsageError, match=r"--by 'rolle'.*did you mean role.*columns found: .*plan"):
        segments(file, "plan,rolle")


def test_nothing_asked_nothing_broken_down(file: str) -> None:
    assert segments(file, "") == {}
