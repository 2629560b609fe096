"""What was assigned at random, as sentences."""

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
            "unit_of_randomization",
            "units",
            {"column": "team", "control": 40, "treatment": 41, "without": 3, "several": 2},
            (
                "arms are compared by team: 40 in control, 41 in treatment; 3 users without one "
                "count as units; 2 users with several count in the first"
            ),
        ),
        (
            "unit_of_randomization",
            "units",
            {"column": "team", "control": 40, "treatment": 41, "without": 0, "several": 0},
            "arms are compared by team: 40 in control, 41 in treatment",
        ),
        (
            "unit_of_randomization",
            "mixed",
            {"column": "team", "mixed": 900, "users": 1_200},
            (
                "900 of 1,200 users are of a team that has users in both arms, so that it was not "
                "assigned as a whole: were users assigned one by one?"
            ),
        ),
        (
            "unit_of_randomization",
            "together",
            {"column": "team", "values": 30, "users": 1_200},
            (
                "users with the same team are in the same arm more often than one by one (30 "
                "values, 1,200 users, p = 0.004): was it assigned as a whole? Then the arms are "
                "to be compared by it"
            ),
        ),
    ],
)
def test_what_a_check_found(name: str, code: str, figures: Mapping[str, Any], says: str) -> None:
    assert found(name, code, 0.0042, **figures) == says
