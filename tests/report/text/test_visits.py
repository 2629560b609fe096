"""What fewer interruptions with the marker say beside the verdict."""

import dataclasses

import pytest
from factories.pages import plain_spaces
from factories.trial_parts import trust
from factories.trial_results import trial

from resume_gap.report.text import evaluation, next_step, visits
from resume_gap.results.evaluate import Evaluated, VerdictWord
from resume_gap.results.trust import TrustCheck

KEPT = tuple(dataclasses.replace(guard, status="kept") for guard in trial().evaluation.guardrails)
FEWER = TrustCheck(
    name="fewer_interruptions",
    code="fewer",
    status="warned",
    p=0.001,
    figures={
        "control": 3.4,
        "treatment": 3.2,
        "relative": -0.071,
        "ci_lower": -0.112,
        "ci_upper": -0.03,
    },
)


def with_fewer(check: TrustCheck = FEWER, word: VerdictWord = "better") -> Evaluated:
    found = trial(guardrails=KEPT, trust=trust(checks=(check,)))
    verdict = dataclasses.replace(found.evaluation.verdict, word=word)
    return dataclasses.replace(
        found, evaluation=dataclasses.replace(found.evaluation, verdict=verdict)
    )


def test_the_verdict_carries_the_warning() -> None:
    found = with_fewer()
    said = plain_spaces(evaluation.because(found))
    assert "But treatment has 7.1 % fewer interruptions per user (95 % CI 3.0 % to 11 %)" in said
    short = plain_spaces(evaluation.because_in_short(found))
    assert (
        short == "But treatment has 7.1 % fewer interruptions: visits may be missing from its log."
    )


def test_it_does_not_ship() -> None:
    found = with_fewer()
    assert next_step.holds_back(found)
    word, beside = next_step.badge(found)
    assert word == "Do not ship yet"
    assert beside == (
        "despite a faster return: fewer interruptions in treatment, so visits may be missing"
    )
    assert next_step.clause(found).startswith("find out whether visits of people with the marker")


def test_slower_may_be_the_interruptions_that_are_left() -> None:
    found = with_fewer(word="worse")
    others = "people may be interrupted differently, so other interruptions are compared"
    said = plain_spaces(evaluation.because(found))
    assert f"fewer interruptions per user (95 % CI 3.0 % to 11 %): {others}." in said
    short = plain_spaces(evaluation.because_in_short(found))
    assert short == f"But treatment has 7.1 % fewer interruptions: {others}."
    assert next_step.badge(found) == ("Slower", f"at the first return; {others}; do not ship")
    assert next_step.clause(found).startswith("find out which interruptions people with the marker")


@pytest.mark.parametrize(
    ("check", "word"),
    [
        (dataclasses.replace(FEWER, code="as_many", status="passed"), "better"),
        (FEWER, "no_difference_seen"),
    ],
)
def test_nothing_is_said_beside_another_verdict_or_of_as_many(
    check: TrustCheck, word: VerdictWord
) -> None:
    found = with_fewer(check, word)
    assert visits.beside(found) is None
    assert visits.in_short(found) is None
    assert "missing" not in next_step.clause(found)
