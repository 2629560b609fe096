"""What a resume marker could save at most, on the page."""

from __future__ import annotations

from typing import Any

import pytest
from factories.pages import blocks, figure, number, rendered
from factories.results import ALL, changed, full

from resume_gap.report.page.analyze.bounds import _what
from resume_gap.report.page.model import Figure, Paragraph
from resume_gap.report.text.bounds import ASSUMPTION


def test_bounds_stand_in_their_table() -> None:
    found = figure("analyze", "bounds")
    chart: Any = found.chart
    shown = {row[0]: row for row in found.table.rows}
    for row in chart.rows:
        assert number(shown[row.name][2]) == pytest.approx(row.value, abs=0.5)
    assert [row.second for row in chart.rows] == [False] * (len(chart.rows) - 1) + [True]
    assert chart.rows[-1].label == "6.1 s, up to 7.3 s"
    assert "by the pace of uninterrupted work do not build on it. Where" in found.caption


def test_swings_stand_in_their_table() -> None:
    found = figure("analyze", "swings")
    chart: Any = found.chart
    for row, cells in zip(chart.rows, found.table.rows, strict=True):
        assert cells[0] == row.name
        assert row.label == f"{cells[1]} to {cells[3]}"
        ends = sorted((number(cells[2]), number(cells[4])))
        assert ends == pytest.approx([row.lower, row.upper], abs=0.06)
        assert row.value == full().opportunity.middle.estimate
    sizes = [row.upper - row.lower for row in chart.rows]
    assert sizes == sorted(sizes, reverse=True)


def test_the_bounds_stand_with_their_assumptions() -> None:
    screen_text = rendered(full()).visible
    for rung in full().opportunity.bounds:
        assert ASSUMPTION[rung.assumption] in screen_text
    assert (
        "420 interruptions ended with leaving again before any work; a resume marker" in screen_text
    )
    assert "of the 58 % for whom it points right, it could save 32 s [24 s, 41 s]" in screen_text
    assert "marker points (88 times here)" in screen_text
    assert "from \N{MINUS SIGN}1.2 s to 4.4 s per interruption" in screen_text
    assert "needs a hit rate of 21 % to save more than it costs; this rule's is 58 %" in screen_text
    assert "Exploration only" in screen_text


def test_one_person_gets_no_ceiling() -> None:
    screen_text = rendered(ALL["one_user"]()).visible
    assert "There is no upper bound" in screen_text
    assert "1 user (50 are needed)" in screen_text
    drawn = [b for b in blocks(ALL["one_user"]()) if isinstance(b, Figure)]
    assert "bounds" not in {one.name for one in drawn}


def test_where_no_rule_is_in_use_none_is_named() -> None:
    made = changed(full(), opportunity={"policy": None})
    (named, *_), (bare, *_) = _what(full()), _what(made)
    assert isinstance(named, Paragraph)
    assert isinstance(bare, Paragraph)
    assert named.text.startswith("For a resume marker at the ")
    assert bare.text.startswith("For a resume marker. No log shows")
