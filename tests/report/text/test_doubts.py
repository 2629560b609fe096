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

BEFORE = TrustCheck(
    name="arms_before",
    code="unclear",
    status="warned",
    p=0.02,
    figures={"control": 30.0, "treatment": 24.0, "users": 230},
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


@pytest.mark.parametrize("word", ["better", "worse"])
def test_the_verdict_says_that_the_arms_differed_before(word: VerdictWord) -> None:
    found = doubtful(word, BEFORE)
    assert (
        "But work started 6 s earlier in treatment before anybody was assigned, too: a part of the"
        " difference may not be the marker's."
    ) in plain_spaces(evaluation.because(found))
    assert evaluation.because_in_short(found) == "But the groups already differed before the trial."
    assert next_step.badge(found)[1].count("the groups already differed before the trial") == 1
    assert next_step.clause(found) == "find out whether the same users got another feature before"


def test_no_doubt_beside_another_verdict_or_without_a_difference() -> None:
    assert doubts.doubt(doubtful("no_difference_seen")) is None
    alike = dataclasses.replace(UNCLEAR, code="alike", status="passed")
    assert doubts.in_short(doubtful(check=alike)) is None
    assert doubts.beside(doubtful(check=alike)) is None


@pytest.mark.parametrize(("word", "side"), [("better", -1), ("worse", 1)])
def test_a_difference_that_history_explains_is_a_doubt(word: VerdictWord, side: int) -> None:
    found = with_word(trial(guardrails=KEPT), word)
    shown = found.evaluation.adjusted
    lower, upper = sorted((side * 9.0, side * -0.5))
    open_one = dataclasses.replace(shown, estimate=side * 4.0, ci_lower=lower, ci_upper=upper)
    evaluated = dataclasses.replace(found.evaluation, adjusted=open_one)
    found = dataclasses.replace(found, evaluation=evaluated)
    assert doubts.in_short(found) == (
        "But adjusted for what was known before the assignment, no difference is shown."
    )
    said = plain_spaces(doubts.beside(found) or "")
    assert said.startswith(
        "But adjusted for what was known before the assignment, a difference is not shown ("
    )
    assert said.endswith("): the arms may have differed before.")
    if word == "better":
        assert next_step.badge(found)[1].endswith("adjusted for history, it is not shown")
        assert next_step.clause(found).startswith("keep the trial running until")
    unknown = dataclasses.replace(open_one, ci_lower=None, ci_upper=None)
    evaluated = dataclasses.replace(evaluated, adjusted=unknown)
    assert doubts.doubt(dataclasses.replace(found, evaluation=evaluated)) is None


def test_slower_in_doubt_is_looked_into_first() -> None:
    found = doubtful("worse")
    assert next_step.badge(found) == (
        "Slower",
        "at the first return; the groups also differ where there is nothing to resume; do not ship",
    )
    assert next_step.clause(found).startswith("find out whether both groups' clients log")
