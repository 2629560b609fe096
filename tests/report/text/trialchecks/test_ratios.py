"""Whether arms are as large as intended, as sentences."""

from __future__ import annotations

import pytest
from factories.trust_checks import found

ARMS = {"control": 1_502, "treatment": 1_198, "intended_control": 50.0, "intended_treatment": 50.0}


@pytest.mark.parametrize(
    ("code", "p", "says"),
    [
        (
            "one_arm_only",
            None,
            "1,502 users assigned to control, 1,198 to treatment: there is nobody to compare with",
        ),
        (
            "sample_ratio_mismatch",
            5e-9,
            (
                "1,502 users assigned to control, 1,198 to treatment; with an intended 50 to 50 "
                "this is a sample ratio mismatch (p < 0.000001)"
            ),
        ),
        (
            "sample_ratio_mismatch",
            0.00034,
            (
                "1,502 users assigned to control, 1,198 to treatment; with an intended 50 to 50 "
                "this is a sample ratio mismatch (p = 0.0003)"
            ),
        ),
        (
            "as_intended",
            0.712,
            (
                "1,502 users assigned to control, 1,198 to treatment, as an intended 50 to 50 may "
                "give (p = 0.71)"
            ),
        ),
    ],
)
def test_who_was_assigned(code: str, p: float | None, says: str) -> None:
    assert found("assigned_ratio", code, p, **ARMS) == says


@pytest.mark.parametrize(
    ("code", "p", "says"),
    [
        ("nobody", None, "nobody came back from an interruption after the assignment"),
        (
            "not_compared",
            None,
            "1,502 teams of control came back from an interruption, 1,198 of treatment",
        ),
        (
            "as_intended",
            0.06,
            (
                "1,502 teams of control came back from an interruption, 1,198 of treatment, as an "
                "intended 50 to 50 may give (p = 0.06)"
            ),
        ),
        (
            "sample_ratio_mismatch",
            0.002,
            (
                "1,502 teams of control came back from an interruption, 1,198 of treatment; with "
                "an intended 50 to 50 this is a sample ratio mismatch (p = 0.002)"
            ),
        ),
    ],
)
def test_who_was_triggered(code: str, p: float | None, says: str) -> None:
    assert found("triggered_ratio", code, p, counted="teams", **ARMS) == says
