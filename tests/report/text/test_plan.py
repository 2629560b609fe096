"""What a plan comes to, in words: weeks as a range, three ways out, users who change."""

from __future__ import annotations

import dataclasses

import pytest
from factories.pages import rendered, screen_text
from factories.plan_results import PLANS, needs, plan

from resume_gap.report.text import plan as phrases
from resume_gap.results.plan import LaunchChange, Needed

WHOSE = "the 260 users active in the last 14 days of this log"


def test_a_plan_answers_for_the_looks_that_are_asked_for() -> None:
    assert phrases.sentence(plan()).startswith(
        "To find an effect of 5 s with 4 looks it takes 6,060 interrupted users in each arm: "
        "more than the 260 users active in the last 14 days of this log can give"
    )
    once = PLANS["enough_users"]()
    assert phrases.sentence(once) == (
        "To find an effect of 20 s it takes 96 interrupted users in each arm: 4 to 7 weeks "
        "with the 260 users active in the last 14 days of this log"
    )
    text = rendered(plan()).visible
    assert "with 4 looks" in text
    assert "Rows marked with * are longer than this log can follow users" in text
    assert "3,190 with one look" in screen_text(plan())


@pytest.mark.parametrize(
    ("needed", "sentence", "short", "column"),
    [
        (needs(96, 110, 5.0, 5.0, 5.0), f"about 5 weeks with {WHOSE}", "5 weeks", "5"),
        (needs(96, 110, 1.0, 1.0, 1.0), f"about 1 week with {WHOSE}", "1 week", "1"),
        (needs(96, 110, 5.0, 4.0, 7.0), f"4 to 7 weeks with {WHOSE}", "4 to 7 weeks", "4 to 7"),
        (
            needs(96, 110, 5.0, 4.0, None),
            f"at least 4 weeks with {WHOSE}",
            "at least 4 weeks",
            "at least 4",
        ),
        (
            needs(96, 110),
            f"more than {WHOSE} can give, however long it runs",
            "too few users",
            "too few users",
        ),
    ],
)
def test_weeks_are_as_wide_as_the_trigger_rate(
    needed: Needed, sentence: str, short: str, column: str
) -> None:
    found = plan(looks=1, needed=needed, users_by="log")
    assert phrases.sentence(found).endswith(f"in each arm: {sentence}")
    assert phrases.taken(needed) == f"96 an arm ({short})"
    assert phrases.number_of_weeks(needed) == column


def test_users_who_change_are_warned_about() -> None:
    def warned(first: float, latest: float) -> str | None:
        pilot = dataclasses.replace(
            plan().plan.pilot, change=LaunchChange(first=first, latest=latest)
        )
        return phrases.change(plan(pilot=pilot))

    assert "40 % were interrupted within 7 days, at the latest start 60 %: your log is still" in (
        warned(0.4, 0.6) or ""
    )
    assert "interrupted more and more rarely" in (warned(0.6, 0.4) or "")
    same = dataclasses.replace(plan().plan.pilot, change=None)
    assert phrases.change(plan(pilot=same)) is None
