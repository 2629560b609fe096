"""What speaks against a difference, beside its verdict."""

import dataclasses

import pytest
from factories.pages import plain_spaces
from factories.trial_parts import trust
from factories.trial_results import trial

from resume_gap.report.text import doubts, evaluation, next_step
from resume_gap.results.evaluate import Evaluated, VerdictWord
from resume_gap.results.trust import TrustCheck

KEPT = tuple(dataclasses.replace(guard, status="kept") for guard in trial().evaluation.guardrails)
UNCLEAR = TrustCheck(
    name="other_returns",
    code="unclear",
    status="warned",
    p=0.004,
    figures={"control": 30.0, "treatment": 24.0, "estimate": -6.0},
)


def with_word(found: Evaluated, word: VerdictWord) -> Evaluated:
    verdict = dataclasses.replace(found.evaluation.verdict, word=word)
    return dataclasses.replace(
        found, evaluation=dataclasses.replace(found.evaluation, verdict=verdict)
    )


def doubtful(word: VerdictWord = "better", check: TrustCheck = UNCLEAR) -> Evaluated:
    return with_word(trial(guardrails=KEPT, trust=trust(checks=(check,))), word)


@pytest.mark.parametrize("word", ["better", "worse"])
def test_the_verdict_says_that_other_returns_differ_too(word: VerdictWord) -> None:
    found = doubtful(word)
    assert (
        "But work starts 6 s earlier in treatment also at returns after finished work, where there"
        " is nothing to resume: a part of the difference may not be the marker's."
    ) in plain_spaces(evaluation.because(found))
    assert evaluation.because_in_short(found) == (
        "But the groups also differ where there is nothing to resume."
    )


def test_a_doubt_holds_back() -> None:
    found = doubtful()
    assert next_step.holds_back(found)
    assert next_step.badge(found) == (
        "Do not ship yet",
        "despite a faster return: the groups also differ where there is nothing to resume",
    )
    assert next_step.clause(found).startswith("find out whether both groups' clients log")


def test_no_doubt_beside_another_verdict_or_without_a_difference() -> None:
    assert doubts.doubt(doubtful("no_difference_seen")) is None
    alike = dataclasses.replace(UNCLEAR, code="alike", status="passed")
    assert doubts.in_short(doubtful(check=alike)) is None
    assert doubts.beside(doubtful(check=alike)) is None
