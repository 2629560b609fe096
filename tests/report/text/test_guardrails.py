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
    assert plain_spaces(guardrails.unsure(found) or "") == (
        "up to 9.0 % more of pages and up to 3.0 % fewer productive minutes per user"
    )
    assert guardrails.unsure(with_rails(*found.evaluation.guardrails, word="worse")) is None
    assert guardrails.unsure(with_rails(rail("productive_minutes", "not_shown", None))) is None


def test_all_open_guardrails_are_named_the_worst_first() -> None:
    rails = (
        guardrail("return_rate_7d", "share", 0.981, -0.004, "not_shown"),
        guardrail("productive_minutes", "minutes", 212.0, -0.06, "not_shown"),
        guardrail("interruptions_per_user", "count", 6.42, 0.051, "kept"),
    )
    found = trial(guardrails=rails)
    two = (
        "up to 7.1 % fewer productive minutes per user and up to 1.5 percentage points fewer users"
        " back within 7 days"
    )
    assert plain_spaces(guardrails.unsure(found) or "") == two
    head = build.page(found).headline
    assert head.decision is not None
    assert two in plain_spaces(head.decision.next_step)
    assert head.decision.change == ""
    assert two in screen_text(found)
    seen_nothing = TRIALS["none_seen"]()
    none_seen = dataclasses.replace(
        seen_nothing, evaluation=dataclasses.replace(seen_nothing.evaluation, guardrails=rails)
    )
    box = build.page(none_seen).headline.decision
    assert box is not None
    assert (box.change_lead, plain_spaces(box.change)) == ("Not ruled out", f"{two}.")
    assert f"Not ruled out: {two}." in screen_text(none_seen)
    often = guardrail("interruptions_per_user", "count", 6.42, 0.051, "not_shown")
    often = dataclasses.replace(often, worst=0.09)
    assert (guardrails.unsure(trial(guardrails=(often, *rails[:2]))) or "").endswith(
        " and 1 more side effect"
    )
    assert guardrails.unsure(trial(guardrails=(often, rails[2]))) == (
        "up to 9.0 % more interruptions per user"
    )
    for silent_one in (trial(guardrails=rails[2:]), TRIALS["worse"](), withheld(), twelve_users()):
        assert guardrails.unsure(silent_one) is None


def test_with_the_users_that_it_takes_there_is_something_to_decide() -> None:
    rail = guardrail("productive_minutes", "minutes", 212.0, -0.06, "not_shown")
    known = dataclasses.replace(rail, users_per_arm=17_123)
    accept = (
        "decide whether you can risk up to 7.1 % fewer productive minutes per user; if yes, ship"
        " the marker; if not,"
    )

    def settled(*rails: Guardrail) -> str:
        return plain_spaces(guardrails.settled(trial(guardrails=rails)))

    out = "out takes about 17,000 users per group"
    assert settled(known) == f"{accept} do not: ruling it {out}"
    fewer = dataclasses.replace(known, users_per_arm=900)
    assert settled(known, fewer).endswith(f"ruling both {out}")
    assert settled(known, fewer, fewer).endswith(f"ruling all {out}")
    assert settled(rail) == f"{accept} keep the trial running"
    assert settled(known, rail).endswith(" if not, keep the trial running")
    assert settled() == ""
