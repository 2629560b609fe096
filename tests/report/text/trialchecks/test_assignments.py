"""Who was assigned and when, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from factories.trust_checks import found

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.mark.parametrize(
    ("name", "code", "figures", "says"),
    [
        (
            "allocation_over_time",
            "changes",
            {"least_share": 0.2, "greatest_share": 0.8},
            (
                "the share assigned to treatment changes over time, from 20% to 80% (p = 0.004), "
                "so early and late users differ between the arms; they can be compared within days "
                "of assignment only"
            ),
        ),
        (
            "allocation_over_time",
            "by_day",
            {"least_share": 0.2, "greatest_share": 0.8},
            (
                "the share assigned to treatment changes over time, from 20% to 80% (p = 0.004); "
                "users are compared within days of assignment only"
            ),
        ),
        (
            "allocation_over_time",
            "steady",
            {"blocks": 12},
            "the split of the arms stays the same over time (12 blocks of days, p = 0.0042)",
        ),
        (
            "both_arms",
            "some",
            {"users": 1, "share": 0.001},
            "one user is assigned to more than one variant (0.1%) and left out",
        ),
        (
            "both_arms",
            "some",
            {"users": 90, "share": 0.3},
            (
                "90 users are assigned to more than one variant (30.0%) and left out: do ids "
                "change after the assignment (at a login, say)? Assign by one that stays"
            ),
        ),
        (
            "both_arms",
            "from_one_arm",
            {"users": 90, "share": 0.03, "control": 2, "treatment": 88},
            (
                "90 users are assigned to more than one variant (3.0%) and left out, and they are "
                "no random part: 2 were in control first, 88 in treatment (p = 0.004), as when "
                "users switch the marker off; give each user's first assignment alone, so that all "
                "count in the arm they were assigned to"
            ),
        ),
        (
            "unusable_assignments",
            "some",
            {"rows": 30, "of": 3_000, "share": 0.01, "control": 18, "treatment": 12},
            (
                "30 of 3,000 assignments (1.0%) have no readable time, no variant or no user and "
                "were left out (18 of control, 12 of treatment)"
            ),
        ),
        (
            "unknown_users",
            "some",
            {"users": 12, "assigned": 3_000, "alike": 0},
            "12 of 3,000 assigned users have no event in the log; they count as assigned",
        ),
        (
            "unknown_users",
            "most",
            {"users": 2_700, "assigned": 3_000, "share": 0.9, "alike": 7},
            (
                "2,700 of 3,000 assigned users (90%) have no event in the log; 7 of them differ "
                "from an id of the log by case or blanks only: are these the same ids, and is the "
                "log whole?"
            ),
        ),
        (
            "unknown_users",
            "uneven",
            {"control": 30, "treatment": 90},
            (
                "assigned users without an event in the log are unevenly split: 30 in control, 90 "
                "in treatment"
            ),
        ),
    ],
)
def test_what_a_check_found(name: str, code: str, figures: Mapping[str, Any], says: str) -> None:
    assert found(name, code, 0.0042, **figures) == says
