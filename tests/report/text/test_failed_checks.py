"""Why no result is shown, in words that need no course in statistics."""

from __future__ import annotations

from typing import Any

import pytest
from factories.trial_results import withheld

from resume_gap.report.text import evaluation, failed_checks
from resume_gap.report.text.trialchecks.table import CHECKS
from resume_gap.report.text.vocabulary import whole
from resume_gap.results.trust import Stage, StageLoss, TrustCheck, UnevenPlace

JARGON = ("control", "treatment", "mismatch", "p =", "p <", "arm", "randomiz")
FIGURES: dict[str, Any] = {
    "control": 79,
    "treatment": 34,
    "intended_control": 1.0,
    "intended_treatment": 1.0,
    "least_share": 0.4,
    "greatest_share": 0.7,
    "column": "team",
    "by": "domain",
    "seconds": 3.0,
    "mixed": 12,
    "users": 43,
    "share": 0.27,
    "rows": 12,
    "of": 160,
    "elsewhere": 40,
    "shown": 200,
    "estimate": 7.5,
}
FAILING = [
    (name, code)
    for name, one in CHECKS.items()
    for code, entry in one.outcomes.items()
    if entry.plain is not None
]
"""Every check that can fail, with the code that it fails with."""


def lost(
    stage: Stage, *, control: int = 82, treatment: int = 78, uneven: bool = False
) -> StageLoss:
    """A stage with 82 users of control and 78 of treatment before it."""
    return StageLoss(
        stage=stage,
        control=control,
        treatment=treatment,
        of_control=82,
        of_treatment=78,
        p=None,
        is_uneven=uneven,
    )


def failed(name: str, code: str, p: float | None = 2.4e-5, **more: Any) -> TrustCheck:
    return TrustCheck(name=name, code=code, status="failed", p=p, figures=FIGURES | more)


@pytest.mark.parametrize(("name", "code"), FAILING)
def test_every_check_that_can_fail_has_plain_words_and_a_next_step(name: str, code: str) -> None:
    check = failed(name, code)
    plain = failed_checks.plain(check)
    assert plain is not None
    why, step = plain.why(check.figures), plain.next_step(check.figures)
    assert why == whole(why)
    assert not step.endswith(".")
    assert step[0].islower()
    assert plain.also[0].islower()
    assert not plain.also.endswith(".")
    assert step.startswith(f"{plain.look(check.figures)}; ")
    assert ("report again" in step) or step.endswith("then repeat the trial")
    told = f"{plain.finding} {why} {plain.also} {step}"
    assert [word for word in JARGON if word in told] == []
    assert "--" not in told
    assert len(why.split()) < 42


def test_a_mismatch_says_what_was_intended() -> None:
    even = failed("triggered_ratio", "sample_ratio_mismatch")
    plain = failed_checks.plain(even)
    assert plain is not None
    assert plain.why(even.figures).startswith(
        "Interrupted people: 79 without the marker, 34 with it; equal groups were intended."
    )
    uneven = FIGURES | {"intended_control": 9.0, "counted": "units"}
    assert "Interrupted units: 79 without" in plain.why(uneven)
    assert "; a split of 9 to 1 was intended" in plain.why(uneven)


def test_the_next_step_names_where_people_get_lost() -> None:
    check = failed("assigned_ratio", "sample_ratio_mismatch")
    plain = failed_checks.plain(check)
    assert plain is not None
    assert plain.look(FIGURES) == "find out where people of one group get lost"
    stage = FIGURES | {"stages": (lost("assignment"), lost("logging", treatment=35, uneven=True))}
    assert plain.look(stage) == ("find out why people with the marker are missing from the log")
    other = FIGURES | {"stages": (lost("trigger", control=70, uneven=True),)}
    assert plain.look(other).endswith(
        "returns of people without the marker are missing from the log"
    )
    place: dict[str, Any] = {
        "kind": "column",
        "column": "platform",
        "value": "android",
        "control": 402,
        "treatment": 101,
        "rest_control": 1_100,
        "rest_treatment": 1_097,
        "p": 1e-9,
        "rest_p": 0.9,
    }
    there = stage | {"places": (UnevenPlace(**place),)}
    assert plain.look(there).endswith(", first where platform is android")
    unnamed = stage | {"places": (UnevenPlace(**place | {"value": None}),)}
    assert plain.next_step(unnamed) == plain.next_step(stage)


@pytest.mark.parametrize(("intended", "group"), [((1.0, 1.0), "with"), ((3.0, 1.0), "without")])
def test_at_the_assignment_the_smaller_group_is_that_of_what_was_intended(
    intended: tuple[float, float], group: str
) -> None:
    plain = failed_checks.plain(failed("assigned_ratio", "sample_ratio_mismatch"))
    assert plain is not None
    assigned = lost("assignment", control=160, treatment=78, uneven=True)
    figures = FIGURES | {
        "intended_control": intended[0],
        "intended_treatment": intended[1],
        "stages": (assigned,),
    }
    assert plain.look(figures) == f"find out why fewer people are in the group {group} the marker"


@pytest.mark.parametrize(("control", "group"), [(0, "with"), (99, "without")])
def test_people_without_an_event_are_looked_for_where_there_are_more(
    control: int, group: str
) -> None:
    plain = failed_checks.plain(failed("unknown_users", "uneven"))
    assert plain is not None
    step = plain.next_step(FIGURES | {"control": control})
    assert step == (
        f"find out why people {group} the marker are missing from the log; restore what is"
        " missing and make this report again, or repeat the trial"
    )


def test_how_sure_is_the_chance_of_so_uneven_groups() -> None:
    check = failed("triggered_ratio", "sample_ratio_mismatch")
    assert failed_checks.sure(check) == (
        "chance alone makes groups this uneven in 1 of 50,000 trials"
    )
    rare = failed("assigned_ratio", "sample_ratio_mismatch", 1e-9)
    assert "fewer than 1 of 1,000,000" in failed_checks.sure(rare)
    assert failed_checks.sure(failed("both_arms", "some")) == ""


def test_a_check_without_plain_words_has_none() -> None:
    assert failed_checks.plain(failed("both_arms", "none")) is None
    (found,) = evaluation.checks(withheld(), "failed")
    assert failed_checks.plain(found) is not None
