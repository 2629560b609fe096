"""The time before the assignment, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from factories.trust_checks import found

if TYPE_CHECKING:
    from collections.abc import Mapping

LATE = {"users": 40, "control": 22, "treatment": 18, "moved": 0}


@pytest.mark.parametrize(
    ("code", "figures", "says"),
    [
        ("own_clocks", {}, "every stream of the log has its own clock"),
        ("new_users", {}, "users are new: nothing came before"),
        ("in_time", {}, "the log begins well before the assignments"),
        ("short_history", {"close": 80, "users": 90}, "days before 80 of 90 users were assigned"),
        ("no_history", {"without": 80, "users": 90}, "80 of 90 users have no event before their"),
        ("at_assignment", {"blind": 8, "users": 90}, "the log begins when 8 of 90 users were"),
    ],
)
def test_how_much_of_the_log_lies_before(code: str, figures: dict[str, int], says: str) -> None:
    assert says in found("log_begins_late", code, **figures)


@pytest.mark.parametrize(
    ("name", "code", "figures", "says"),
    [
        (
            "assigned_late",
            "none",
            {"moved": 3},
            (
                "assignments do not fall into a re-orientation, where a first return would be "
                "lost; 3 assignments just after a return count as made by it"
            ),
        ),
        (
            "assigned_late",
            "few",
            LATE,
            (
                "assignments do not fall into a re-orientation, where a first return would be lost "
                "(40 users do)"
            ),
        ),
        (
            "assigned_late",
            "late",
            LATE,
            (
                "40 users (22 in control, 18 in treatment) were assigned while they were in "
                "re-orientation: their first return with the marker is not counted; log the "
                "assignment at the return itself"
            ),
        ),
    ],
)
def test_what_a_check_found(name: str, code: str, figures: Mapping[str, Any], says: str) -> None:
    assert found(name, code, 0.0042, **figures) == says


@pytest.mark.parametrize(
    ("name", "code", "figures", "says"),
    [
        (
            "arms_before",
            "alike",
            {"control": 28.2, "treatment": 28.9, "users": 628},
            (
                "before the assignment, work started after 28.9 s in treatment and 28.2 s in "
                "control (means of 628 users; chance makes arms so different, p = 0.0002)"
            ),
        ),
        (
            "arms_before",
            "unclear",
            {"control": 30.2, "treatment": 24.2, "users": 1_230},
            (
                "work started 6 s earlier in treatment before anybody was assigned, too (24.2 s and"
                " 30.2 s, means of 1,230 users, p = 0.0002), so a part of the difference at first"
                " returns may not be the marker's: did the same users get another feature, or were"
                " some in one arm on purpose?"
            ),
        ),
        (
            "arms_before",
            "differ",
            {"control": 28.2, "treatment": 25.4, "users": 628},
            (
                "the arms differed before anybody was assigned: work started after 25.4 s in "
                "treatment and 28.2 s in control (means of 628 users, their distributions "
                "compared, too; p = 0.0002), so users were not put into the arms by chance alone: "
                "were some of them (groups, employees, test accounts) put into one arm?"
            ),
        ),
        (
            "arms_before",
            "too_few",
            {},
            "too few users have returns before their assignment to compare the arms there",
        ),
    ],
)
def test_what_an_early_check_found(
    name: str, code: str, figures: Mapping[str, Any], says: str
) -> None:
    assert found(name, code, 0.0002, **figures) == says
