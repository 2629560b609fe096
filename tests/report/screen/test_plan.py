"""The screen of a plan."""

from __future__ import annotations

from factories.plan_results import PLANS, plan, row

from resume_gap.report.screen import plan as screen
from resume_gap.report.text import plan as planphrases


def test_what_only_a_plan_says() -> None:
    lines = {line.name: line.text for line in screen.lines(plan())}
    assert lines["asked for"] == "5 s; 80 % power, 5 % error, two-sided"
    assert lines["spread"] == "71 s between users around a mean of 58 s, 214 users"
    assert lines["found by week"].startswith("1 week: 41 s, 2 weeks: 32 s, 4 weeks*: 28 s")
    assert lines["found by users"].startswith("100: 40 s, 200: 28 s")
    assert lines["beside that"].startswith("one look: 3,190 an arm (too few users); adjusted: ")
    assert lines["command"] == "", "the page says what to change"
    assert lines["caution"] == planphrases.change(plan())


def test_weeks_that_show_the_same_are_one() -> None:
    same = tuple(row(w, mde_seconds=22.0, extrapolated=w > 2) for w in (1.0, 2.0, 4.0, 8.0))
    lines = {line.name: line.text for line in screen.lines(plan(rows=same))}
    assert lines["found by week"].startswith("1 to 2 weeks: 22 s, 4 to 8 weeks*: 22 s (* longer")


def test_enough_users_go_on_with_the_trial_and_no_plan_says_nothing() -> None:
    enough = {line.name: line.text for line in screen.lines(PLANS["enough_users"]())}
    assert enough["command"] == "run the trial, then `resume-gap evaluate` with its log"
    assert [line.name for line in screen.lines(PLANS["plan_few_users"]()) if line.text] in (
        [],
        ["caution"],
    )
