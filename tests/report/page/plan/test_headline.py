"""The first screen of a plan."""

import dataclasses
from typing import Any

import pytest
from factories.pages import plain_spaces
from factories.plan_results import PLANS, plan

from resume_gap.report.page.plan.headline import headline
from resume_gap.results.plan import Planned


def tiles(found: Planned) -> dict[str, str]:
    figures = headline(found).figures
    assert figures is not None
    return {one.label: plain_spaces(f"{one.value} | {one.detail}") for one in figures.items}


def test_too_few_users_get_ways_out() -> None:
    head = headline(plan())
    assert head.decision is not None
    assert (head.decision.word, head.decision.tone) == ("Too few users", "stop")
    assert plain_spaces(head.decision.next_step) == (
        "run the trial for 8 weeks with 12,368 users, your 260 included"
    )
    assert head.decision.change_lead == "Or"
    assert plain_spaces(head.decision.change) == (
        "with your 260 alone, look for an effect of 36 s or more."
    )
    assert tiles(plan()) == {
        "Interrupted users needed": (
            "12,120 | 6,060 in each group (3,190 with one look), to find it in 80 % of trials"
        ),
        "Users to assign in all": "12,368 | not all are interrupted; you have 260",
        "Smallest effect your users can show": "36 s | within 6 weeks",
    }


def test_enough_users_get_weeks_and_no_way_out() -> None:
    found = PLANS["enough_users"]()
    found = dataclasses.replace(found, plan=dataclasses.replace(found.plan, ways_out=None))
    head = headline(found)
    assert head.decision is not None
    assert (head.decision.word, head.decision.tone) == ("Enough users", "go")
    assert head.decision.next_step.startswith("assign ")
    assert head.decision.next_step.endswith("then evaluate it")
    assert "Weeks" in tiles(found)
    each = tiles(found)["Users to assign to each group"]
    assert each.endswith("as not all are interrupted; you have 260 for both groups")
    assert "Smallest effect your users can show" not in tiles(found)


def test_the_headline_is_short() -> None:
    assert plain_spaces(headline(plan()).sentence) == (
        "An effect of 5 s needs 12,120 interrupted users in all: more than your 260 users can give"
    )


def test_the_picture_marks_the_users_at_hand() -> None:
    picture = headline(plan()).picture
    assert picture is not None
    assert len(picture.table.rows) == len(plan().plan.sizes)
    chart: Any = picture.chart
    here, needed = chart.places
    last = plan().plan.rows[-1]
    assert here == (
        last.users,
        last.mde_looks_seconds,
        f"you are here: {last.users:,} interrupted, 36 s",
    )
    assert needed == (12_120, 5.0, "needed: 12,120 users")
    assert {here[:2], needed[:2]} < set(chart.looks)
    few = dataclasses.replace(plan().plan, sizes=plan().plan.sizes[:1])
    assert headline(dataclasses.replace(plan(), plan=few)).picture is None


@pytest.mark.parametrize("name", ["plan_no_productive_events", "plan_few_users"])
def test_without_a_plan_there_is_only_the_reason(name: str) -> None:
    head = headline(PLANS[name]())
    assert head.decision is not None
    assert (head.decision.word, head.figures, head.picture) == ("No plan", None, None)
