"""What a plan comes to, in words."""

from __future__ import annotations

from factories.pages import rendered, screen_text
from factories.trial_results import PLANS, plan

from resume_gap.report.text import plan as planphrases


def test_a_plan_answers_for_the_looks_that_are_asked_for() -> None:
    assert planphrases.sentence(plan()).startswith(
        "To find an effect of 5 s with 4 looks it takes 6,060 interrupted users in each arm: "
        "more than the 260 users of this log can give"
    )
    once = PLANS["enough_users"]()
    assert planphrases.sentence(once) == (
        "To find an effect of 20 s it takes 96 interrupted users in each arm: about 4.6 weeks "
        "with the 260 users of this log"
    )
    text = rendered(plan()).visible
    assert "with 4 looks" in text
    assert "Rows marked with * reach beyond the log" in text
    assert "one look: 3,190 an arm" in screen_text(plan())
