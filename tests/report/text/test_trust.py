"""What a check of a trial found and why a verdict has its word, as sentences."""

from __future__ import annotations

from typing import Any

import pytest
from factories.trust_checks import found

from resume_gap.report.text import trust
from resume_gap.results.evaluate import Verdict
from resume_gap.results.trust import TrustCheck

ARMS = {"control": 1_502, "treatment": 1_198, "intended_control": 50.0, "intended_treatment": 50.0}


def reason(name: str, *checks: TrustCheck, **figures: Any) -> str:
    return trust.reason(Verdict(word="withheld", reason=name, figures=figures), checks)


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    assert found("anything", "not_yet_worded") == "not yet worded"
    assert reason("not_yet_worded") == "not yet worded"


def test_a_verdict_that_is_withheld_says_what_failed_and_nothing_else() -> None:
    checks = [
        TrustCheck(name="assigned_ratio", code="one_arm_only", status="failed", figures=ARMS),
        TrustCheck(name="both_arms", code="none", status="passed"),
        TrustCheck(
            name="both_arms",
            code="some",
            status="failed",
            figures={"users": 90, "share": 0.3},
        ),
        TrustCheck(
            name="unknown_users",
            code="most",
            status="failed",
            figures={"users": 9, "assigned": 10, "share": 0.9, "alike": 0},
        ),
    ]
    said = reason("check_failed", *checks)
    assert said.startswith("1,502 users assigned to control, 1,198 to treatment: there is nobody")
    assert "compare with. 90 users are" in said
    assert "Assign by one that stays. 9 of 10 assigned users" in said
    assert said.endswith("is the log whole?")
    assert "no user is assigned" not in said


@pytest.mark.parametrize(
    ("name", "figures", "says"),
    [
        (
            "few_users",
            {"control": 9, "treatment": 1_204, "least": 30, "before_assignment": 7},
            (
                "Interrupted after their assignment, and back: 9 in control, 1,204 in treatment (7 "
                "interruptions came before the assignment); each arm needs 30."
            ),
        ),
        (
            "few_users",
            {"control": 9, "treatment": 12, "least": 30, "before_assignment": 0},
            (
                "Interrupted after their assignment, and back: 9 in control, 12 in treatment; each "
                "arm needs 30."
            ),
        ),
        ("few_units", {"least": 30}, "Each arm needs 30 of the units that were assigned."),
        (
            "interval_below_0",
            {},
            "Chance alone does not explain that people were back at work sooner.",
        ),
        (
            "interval_above_0",
            {},
            "Chance alone does not explain that people were back at work later.",
        ),
        (
            "changes_with_use",
            {"first": -8.14, "later": 12.4},
            (
                "At the first return the marker makes people 8.14 s faster, at the 4th and later "
                "ones 12.4 s slower: the effect changes with use, so that the first return alone "
                "would mislead."
            ),
        ),
        (
            "depends_on_cap",
            {"longer_seconds": 900.0, "longer": 31.0},
            (
                "The result turns around where more of a return is counted: up to 15 min, the "
                "marker makes people 31 s slower. A short cap hides what happens after it."
            ),
        ),
        (
            "interval_includes_0",
            {},
            (
                "The interval of the difference includes 0: whatever lies inside of it fits these "
                "data, no effect at all included."
            ),
        ),
    ],
)
def test_why_a_verdict_has_its_word(name: str, figures: dict[str, Any], says: str) -> None:
    assert reason(name, **figures) == says


def test_a_log_that_cannot_be_measured_says_what_to_log() -> None:
    said = reason("too_coarse", resolution_seconds=60, median_lag_seconds=41)
    assert "stamped to 1 min" in said
