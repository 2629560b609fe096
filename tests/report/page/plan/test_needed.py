"""How many users the effect takes, on the page of a plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from factories.pages import figure
from factories.plan_results import plan

from resume_gap.report.page.plan.needed import needed


def test_users_are_drawn_as_they_are_needed() -> None:
    found = figure("plan", "needed")
    chart: Any = found.chart
    shown = plan().plan
    rows = {row.name: row.value for row in chart.rows}
    assert shown.needed is not None
    assert shown.needed_looks is not None
    assert rows["one look at the end"] == shown.needed.triggered_per_arm
    assert rows["with 4 looks"] == shown.needed_looks.triggered_per_arm
    assert [row.name for row in chart.rows if row.strong] == ["with 4 looks"]
    assert [cells[0] for cells in found.table.rows] == list(rows)


def test_the_title_tells_looks_from_spread() -> None:
    assert needed(plan()).title == (
        "An effect of 5 s takes 6,060 interrupted users in each arm with 4 looks;"
        " 3,190 (2,413 to 4,376) with one"
    )
    assert needed(plan(looks=1)).title == (
        "An effect of 5 s takes 3,190 interrupted users in each arm (2,413 to 4,376);"
        " 6,060 if monitored continuously"
    )
    names = ("needed_lower", "needed_upper", "needed_cuped", "needed_looks")
    bare = replace(plan().plan, looks=1, **dict.fromkeys(names))
    alone = replace(plan(), plan=bare)
    assert "takes 3,190 interrupted" in needed(alone).title
    none = replace(plan(), plan=replace(bare, needed=None))
    assert needed(none).title == "How many users it takes is not known"
