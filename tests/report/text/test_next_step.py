"""What to do after a trial."""

import dataclasses

import pytest
from factories.trial_parts import evaluation
from factories.trial_results import TRIALS, better, trial, twelve_users, withheld

from resume_gap.report.text import next_step
from resume_gap.results.evaluate import Evaluated, MechanismReading

HOLD = "Do not ship yet"
KEPT = tuple(
    guard for guard in evaluation(-8.1, 3.9, "better").guardrails if guard.status == "kept"
)
OPEN = tuple(g for g in evaluation(-8.1, 3.9, "better").guardrails if g.status != "harmed")


@pytest.mark.parametrize(
    ("found", "badge", "ends"),
    [
        (
            trial(guardrails=KEPT),
            ("Faster", "at the first return"),
            "show the marker to everyone",
        ),
        (
            trial(guardrails=OPEN),
            (HOLD, "despite a faster return: side effects unresolved"),
            "if not, keep the trial running",
        ),
        (
            trial(guardrails=tuple(dataclasses.replace(g, users_per_arm=17_123) for g in OPEN)),
            (HOLD, "despite a faster return: side effects unresolved"),
            "if not, do not: ruling it out takes about 17,000 users per group",
        ),
        (
            better(),
            (HOLD, "despite a faster return: interruptions per user got worse"),
            "find out why interruptions per user got worse before more people see the marker",
        ),
        (
            withheld(),
            ("Result withheld", ""),
            "android; restore what is missing and make this report again, or repeat the trial",
        ),
        (
            twelve_users(),
            ("Not enough data", ""),
            "wait for more first returns; a plan shows how many it takes",
        ),
    ],
    ids=["kept", "open", "reckoned", "harmed", "withheld", "few"],
)
def test_every_verdict_has_its_next_step(
    found: Evaluated, badge: tuple[str, str], ends: str
) -> None:
    assert next_step.badge(found) == badge
    assert next_step.clause(found).endswith(ends)
    assert next_step.holds_back(found) == (badge[0] == HOLD)


@pytest.mark.parametrize("reading", ["not_seen", "opposite", "elsewhere"])
def test_what_pointing_does_not_explain_is_not_shown_to_everyone(reading: MechanismReading) -> None:
    found = trial(guardrails=KEPT)
    mechanism = dataclasses.replace(found.evaluation.mechanism, reading=reading)
    doubted = dataclasses.replace(
        found, evaluation=dataclasses.replace(found.evaluation, mechanism=mechanism)
    )
    assert next_step.badge(doubted) == (
        HOLD,
        "despite a faster return: it is not shown that pointing made it so",
    )
    assert next_step.clause(doubted).startswith("find out what made people faster")
    assert "everyone" not in next_step.clause(doubted)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("none_seen", "No difference detected"),
        ("changes", "Changes with use"),
        ("capped", "Depends on the cap"),
    ],
)
def test_a_harmed_guardrail_is_what_the_badge_says(name: str, word: str) -> None:
    found = TRIALS[name]()
    assert next_step.badge(found) == (HOLD, "as interruptions per user got worse")
    kept = dataclasses.replace(
        found, evaluation=dataclasses.replace(found.evaluation, guardrails=KEPT)
    )
    assert next_step.badge(kept) == (word, "")


def test_who_is_slower_does_not_ship() -> None:
    word, beside = next_step.badge(TRIALS["worse"]())
    assert word == "Slower"
    assert beside.endswith("do not ship")
    assert "turn the marker off" in next_step.clause(TRIALS["worse"]())


def test_a_log_that_cannot_show_it_has_to_be_another_one() -> None:
    found = withheld()
    blind = dataclasses.replace(found.measurability, reason="too_coarse")
    assert next_step.clause(dataclasses.replace(found, measurability=blind)).startswith(
        "log in milliseconds"
    )
