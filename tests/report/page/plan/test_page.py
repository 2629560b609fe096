"""The page of a plan."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from factories.pages import figure, number, plain_spaces, rendered, screen_text
from factories.plan_results import PLANS, plan

from resume_gap.report.page import build
from resume_gap.results.plan import Pilot


def test_a_plan_without_looks_and_without_history_leaves_them_out() -> None:
    needed = plan().plan.needed_looks
    once = plan(looks=1, needed_looks=needed, pilot=Pilot(users=214, cuped_share=0.0))
    screen = screen_text(once)
    assert "looks" not in screen.replace("one look", "")
    assert "adjusted" not in screen
    text = plain_spaces(rendered(once).visible)
    assert "monitored continuously" in text
    assert "many looks" not in text
    assert "spread that adjusting takes away" not in text
    before_words = text.partition("The words on this page")[0]
    assert "adjusted" not in before_words.partition("Week by week")[2]
    assert "spread that adjusting takes away" in rendered(plan()).visible


def test_what_lies_beyond_the_log_is_said() -> None:
    assert "(* longer than this log can follow)" in screen_text(plan())
    inside = tuple(dataclasses.replace(row, extrapolated=False) for row in plan().plan.rows)
    assert "*" not in screen_text(plan(rows=inside))
    text = plain_spaces(rendered(plan()).visible)
    assert "seen in the log 3.1 weeks so long are users followed from 3 starts" in " ".join(
        text.split()
    )


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("plan_no_productive_events", "Nothing productive can be seen in this log"),
        ("plan_few_users", "9 users with an interruption are too few"),
    ],
)
def test_no_plan_says_why(name: str, why: str) -> None:
    found = PLANS[name]()
    head = build.page(found).headline
    assert " ".join((head.sentence, *head.details)).count(why) == 1
    assert head.sentence.startswith("No trial can be planned from this log")
    assert screen_text(found).count(why) == 1
    assert [s.name for s in build.page(found).sections] == [
        "measured",
        "trust",
        "words",
        "methods",
    ]


def test_the_plan_week_by_week_stands_in_its_table() -> None:
    found = figure("plan", "smallest")
    chart: Any = found.chart
    shown = {float(row[0].split()[0]): row for row in found.table.rows}
    for week, seconds in chart.once:
        assert number(shown[week][4]) == pytest.approx(seconds, abs=0.51)
    assert chart.wanted == plan().plan.effect_seconds
