"""Guardrails in words: which may be shown, and which one may be worst."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import TYPE_CHECKING

from factories.pages import plain_spaces, screen_text
from factories.trial_parts import guardrail
from factories.trial_results import TRIALS, better, trial, twelve_users, withheld

from resume_gap.report.page import build
from resume_gap.report.text import guardrails, measures
from resume_gap.report.text.numbers import MINUS

if TYPE_CHECKING:
    from resume_gap.results.evaluate import Evaluated, Guardrail


def with_rails(*rails: Guardrail, word: str = "better") -> Evaluated:
    found = better()
    verdict = replace(found.evaluation.verdict, word=word)  # type: ignore[arg-type]
    evaluation = replace(found.evaluation, guardrails=rails, verdict=verdict)
    return replace(found, evaluation=evaluation)


def rail(name: str, status: str, worst: float | None, *, higher: bool = True) -> Guardrail:
    some = guardrail(name, "minutes", 60.0, 0.0, status)
    return replace(some, worst=worst, higher_is_better=higher, margin=0.02)


def test_nothing_of_a_withheld_trial_is_shown() -> None:
    some = rail("productive_minutes", "harmed", -0.2)
    assert guardrails.shown(with_rails(some, word="withheld")) == ()
    assert guardrails.summary(with_rails(some, word="withheld")) is None
    assert guardrails.shown(with_rails(some)) == (some,)


def test_harmed_guardrails_are_named_and_kept_ones_counted() -> None:
    found = with_rails(
        rail("productive_minutes", "kept", 0.0), rail("return_rate_7d", "harmed", -0.2)
    )
    summary = guardrails.summary(found) or ""
    assert summary == f"1 harmed ({measures.measure('return_rate_7d')}), 1 kept"
    assert guardrails.broken(found) == f"{measures.measure('return_rate_7d')} got worse"


def test_of_those_not_shown_the_worst_is_worded() -> None:
    found = with_rails(
        rail("productive_minutes", "not_shown", -0.03),
        rail("pages", "not_shown", 0.09, higher=False),
        rail("productive_share", "harmed", -0.9),
    )
    worded = guardrails.unsure(found) or ""
    assert "pages does not rise (" in worded
    assert "up to +9" in worded
    assert guardrails.unsure(with_rails(*found.evaluation.guardrails, word="worse")) is None
    assert guardrails.unsure(with_rails(rail("productive_minutes", "not_shown", None))) is None


def test_of_the_open_guardrails_the_worst_is_named() -> None:
    rails = (
        guardrail("return_rate_7d", "share", 0.981, -0.004, "not_shown"),
        guardrail("productive_minutes", "minutes", 212.0, -0.06, "not_shown"),
        guardrail("interruptions_per_user", "count", 6.42, 0.051, "kept"),
    )
    found = trial(guardrails=rails)
    unsure = (
        "Not yet shown: that productive minutes per assigned user do not fall (-6.0 %, down to "
        "-7.1 % is possible), and 1 other guardrail."
    ).replace("-", MINUS)
    head = build.page(found).headline
    assert head.decision is not None
    assert plain_spaces(head.decision.change).startswith(unsure)
    assert str(head.decision).count("Not yet shown") == 1
    assert unsure in screen_text(found)
    often = guardrail("interruptions_per_user", "count", 6.42, 0.051, "not_shown")
    often = dataclasses.replace(often, worst=0.09)
    assert guardrails.unsure(trial(guardrails=(often, rails[0]))) == (
        "Not yet shown: that interruptions per user do not rise (+5.1 %, up to +9.0 % is "
        "possible), and 1 other guardrail."
    )
    assert guardrails.unsure(trial(guardrails=(often, rails[2]))) == (
        "Not yet shown: that interruptions per user do not rise (+5.1 %, up to +9.0 % is possible)."
    )
    for silent_one in (trial(guardrails=rails[2:]), TRIALS["worse"](), withheld(), twelve_users()):
        assert guardrails.unsure(silent_one) is None


def test_with_the_users_that_it_takes_there_is_something_to_decide() -> None:
    rail = guardrail("productive_minutes", "minutes", 212.0, -0.06, "not_shown")
    known = trial(guardrails=(dataclasses.replace(rail, users_per_arm=17_123),))
    assert plain_spaces(guardrails.settled(known)) == (
        "decide whether a possible fall of 7.1 % in productive minutes per assigned user is"
        " acceptable; ruling out 2.0 % takes about 17,000 users in each group"
    )
    assert guardrails.settled(trial(guardrails=(rail,))).startswith("keep the trial running until ")
    assert guardrails.settled(trial(guardrails=())) == ""
