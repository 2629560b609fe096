"""Guardrails in words: which may be shown, and which one may be worst."""

from dataclasses import replace

from factories.trial_results import better, guardrail

from resume_gap.report.text import guardrails
from resume_gap.results.evaluate import Evaluated, Guardrail


def with_rails(*rails: Guardrail, word: str = "better") -> Evaluated:
    found = better()
    verdict = replace(found.evaluation.verdict, word=word)  # type: ignore[arg-type]
    evaluation = replace(found.evaluation, guardrails=rails, verdict=verdict)
    return replace(found, evaluation=evaluation)


def rail(name: str, status: str, worst: float | None, *, higher: bool = True) -> Guardrail:
    some = guardrail(name, "minutes", 60.0, 0.0, status)
    return replace(some, worst_relative=worst, higher_is_better=higher, margin=0.02)


def test_nothing_of_a_withheld_trial_is_shown() -> None:
    some = rail("productive_minutes", "failed", -0.2)
    assert guardrails.shown(with_rails(some, word="withheld")) == ()
    assert guardrails.summary(with_rails(some, word="withheld")) is None
    assert guardrails.shown(with_rails(some)) == (some,)


def test_failed_guardrails_are_named_and_passed_ones_counted() -> None:
    found = with_rails(
        rail("productive_minutes", "passed", 0.0), rail("interruptions_per_user", "failed", 0.2)
    )
    summary = guardrails.summary(found) or ""
    assert "1 passed" in summary
    assert "1 failed (interruptions per user)" in summary
    assert guardrails.broken(found) == "but a guardrail failed: interruptions per user"


def test_of_the_open_ones_the_worst_is_said() -> None:
    found = with_rails(
        rail("productive_minutes", "open", -0.03),
        rail("interruptions_per_user", "open", 0.09, higher=False),
        rail("productive_share", "failed", -0.9),
    )
    said = guardrails.unsure(found) or ""
    assert said.startswith("Not yet shown: that interruptions per user do not rise (")
    assert "up to +9" in said
    assert guardrails.unsure(with_rails(*found.evaluation.guardrails, word="worse")) is None
    assert guardrails.unsure(with_rails(rail("productive_minutes", "open", None))) is None
