"""Which sections and charts a page has, and what it says first."""

from __future__ import annotations

import pytest
from factories.pages import PAGES, blocks
from factories.plan_results import plan
from factories.results import changed, full
from factories.trial_parts import run_parts
from factories.trial_results import better

from resume_gap.report.page import build
from resume_gap.report.page.model import Figure
from resume_gap.report.render import terminal
from resume_gap.results.run import Run


def test_the_order_of_the_page() -> None:
    names = [section.name for section in build.page(better()).sections]
    assert names == [
        "trust",
        "difference",
        "caps",
        "guardrails",
        "where",
        "novelty",
        "predicted",
        "measured",
        "checks",
        "secondary",
        "more",
        "log",
        "words",
        "methods",
    ]
    names = [section.name for section in build.page(plan()).sections]
    assert names == [
        "needed",
        "ways",
        "weeks",
        "measured",
        "assumptions",
        "trust",
        "words",
        "methods",
    ]


def test_a_result_that_nobody_knows_has_no_page() -> None:
    run = Run(**run_parts(full(), "other"))
    for render in (build.page, lambda r: terminal.screen(r, None)):
        with pytest.raises(KeyError, match="other"):
            render(run)


def test_every_chart_has_a_table_with_a_row_for_each_mark() -> None:
    seen = set()
    for make in PAGES.values():
        for block in blocks(make()):
            if isinstance(block, Figure):
                seen.add(block.name)
                assert block.table.rows
                assert all(len(row) == len(block.table.columns) for row in block.table.rows)
    assert seen == {
        "gaps",
        "one-day",
        "a-miss",
        "places",
        "first-paths",
        "comparisons",
        "week",
        "curve",
        "pace",
        "target-rules",
        "bounds",
        "swings",
        "groups-1",
        "groups-2",
        "sensitivity",
        "difference",
        "caps",
        "guardrails",
        "predicted",
        "needed",
        "arms",
        "hit-or-miss",
        "exposures",
        "trial-weeks",
        "smallest",
        "sizes",
        "weeks",
        "horizons",
    }


def test_shown_ids_are_marked() -> None:
    shown = changed(full(), settings={**full().generated_from.settings, "show_ids": True})
    assert "shows user ids" in build.page(shown).first[0].text
