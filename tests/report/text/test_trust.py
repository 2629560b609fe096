"""What a check of a trial found and why a verdict has its word, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from resume_gap.report.text import trust
from resume_gap.results.evaluate import Verdict
from resume_gap.results.trust import TrustCheck

if TYPE_CHECKING:
    from collections.abc import Mapping

ARMS = {"control": 1_502, "treatment": 1_198, "intended_control": 50.0, "intended_treatment": 50.0}
LATE = {"users": 40, "control": 22, "treatment": 18, "moved": 0}


def found(name: str, code: str, p: float | None = None, **figures: Any) -> str:
    return trust.found(TrustCheck(name=name, code=code, status="warned", p=p, figures=figures))


def reason(name: str, *checks: TrustCheck, **figures: Any) -> str:
    return trust.reason(Verdict(word="withheld", reason=name, figures=figures), checks)


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
