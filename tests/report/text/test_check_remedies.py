"""The option of `evaluate` that does what a check asks for stands beside it, not in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from factories.pages import plain_spaces, rendered
from factories.trial_results import better

from resume_gap.report.render import terminal
from resume_gap.report.text import check_remedies, trust
from resume_gap.results.trust import OneArmEvent, TrustCheck, TrustStatus

if TYPE_CHECKING:
    from resume_gap.results.evaluate import Evaluated

SHOWN = OneArmEvent(event="marker_shown", users=1_204, arm="treatment")
BEFORE = {"before_control": 0.01, "before_treatment": 0.4}
STEP = {
    "seconds": 2.0,
    "from_seconds": 1.0,
    "treatment": 0.4,
    "control": 0.3,
    "events": ("auto_open",),
    "estimate": -1.0,
    "ci_lower": -2.0,
    "ci_upper": 1.0,
}
ELSEWHERE = {"elsewhere": 40, "shown": 200, "first_elsewhere": 12, "users": 60}
BEGINS = {"without": 3, "users": 10, "blind": 4}
SHARED = {"mixed": 3, "users": 10, "column": "team", "values": 4}


def check(name: str, code: str, status: TrustStatus = "warned", **figures: Any) -> TrustCheck:
    return TrustCheck(name=name, code=code, status=status, p=0.01, figures=figures)


def with_checks(*checks: TrustCheck) -> Evaluated:
    found = better()
    proof = replace(found.evaluation.trust, checks=checks)
    return replace(found, evaluation=replace(found.evaluation, trust=proof))


@pytest.mark.parametrize(
    ("found", "option"),
    [
        (check("one_arm_events", "some", events=(SHOWN,), unnamed=0), "--marker shown=marker"),
        (check("one_arm_events", "some", events=(), unnamed=2), "--show-ids"),
        (check("marker_missing", "not_logged"), "--marker shown=NAME"),
        (check("marker_elsewhere", "elsewhere", **ELSEWHERE), "--gap and --productive"),
        (check("first_step", "written", **STEP), "--ignore auto_open"),
        (
            check("first_step", "quick_before", **STEP, before_control=0.01, before_treatment=0.4),
            "--exclude-users FILE",
        ),
        (check("first_step", "unclear", **{**STEP, "events": ()}), "--ignore NAME"),
        (check("first_step", "only_at_once", **STEP), "--ignore auto_open"),
        (check("first_step", "at_one_delay", **STEP), "--ignore auto_open"),
        (check("first_step", "steps_as_usual", **STEP), "--ignore auto_open"),
        (check("first_step", "written", **STEP, peoples=("auto_open",)), "--marker clicked=NAME"),
        (
            check("first_step", "written", **{**STEP, "events": ("edit", "x")}, peoples=("edit",)),
            "--ignore x",
        ),
        (check("log_begins_late", "no_history", **BEGINS), "--new-users"),
        (check("log_begins_late", "at_assignment", **BEGINS), "--new-users"),
        (check("unit_of_randomization", "mixed", **SHARED), "--unit user"),
        (check("unit_of_randomization", "together", **SHARED), "--unit team compares"),
    ],
)
def test_the_sentence_names_no_option_and_the_option_stands_beside_it(
    found: TrustCheck, option: str
) -> None:
    assert "--" not in trust.found(found)
    assert check_remedies.option(found).startswith(option)
    both = check_remedies.found(found)
    assert both.startswith(trust.found(found))
    assert both.endswith(check_remedies.option(found))


def test_a_marker_that_is_also_shown_after_finished_work_has_an_option() -> None:
    found = check("marker_elsewhere", "elsewhere", **ELSEWHERE)
    assert "--all-returns" in check_remedies.option(found)


def test_a_mismatch_that_no_column_explains_asks_for_others() -> None:
    lost: dict[str, Any] = {"columns": 2, "places": ()}
    found = check("assigned_ratio", "sample_ratio_mismatch", **lost)
    assert check_remedies.option(found).startswith("--by COLUMN")
    found = check("assigned_ratio", "sample_ratio_mismatch")
    assert check_remedies.option(found) == ""


def test_a_check_without_an_option_stands_alone() -> None:
    found = check("both_arms", "none")
    assert check_remedies.found(found) == trust.found(found)


def test_page_and_terminal_show_each_option_once() -> None:
    missing = check("marker_missing", "not_logged", "not_checked")
    early = check("early_markers", "not_logged", "not_checked")
    warned = check("marker_elsewhere", "elsewhere", **ELSEWHERE)
    result = with_checks(missing, early, warned)
    assert len(check_remedies.of(result, "not_checked")) == 1
    assert check_remedies.of(result, "failed") == ()
    page = plain_spaces(rendered(result).visible)
    assert page.count("--marker shown=NAME") == 1
    assert page.count("--gap and --productive set") == 1
    shown = plain_spaces(terminal.screen(result, None, width=500, height=99).plain)
    assert " ".join(shown.split()).count("--gap and --productive set") == 1
