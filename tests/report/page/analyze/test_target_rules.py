"""Target rules side by side, on the page."""

from __future__ import annotations

from typing import Any

from factories.pages import figure, rendered
from factories.results import ALL, full

from resume_gap.report.text import numbers, target_rules
from resume_gap.report.text.numbers import percent
from resume_gap.results.common import GAP_CLASSES


def test_target_rules_stand_in_their_table() -> None:
    found = figure("analyze", "target-rules")
    chart: Any = found.chart
    assert found.table.columns[1:] == (
        "hit rate",
        "95 % interval",
        "chance baseline",
        "habit baseline",
    )
    for row, cells in zip(chart.rows, found.table.rows, strict=True):
        of = next(p for p in full().marker.policies if p.hit == row.value)
        assert (row.limit, row.other, row.lower) == (of.chance, of.habit, of.ci_lower)
        expected = (row.name, percent(row.value), percent(row.limit), percent(row.other))
        assert (cells[0], cells[1], cells[3], cells[4]) == expected


def test_the_markers_stand_side_by_side() -> None:
    screen_text = rendered(full()).visible
    for p in full().marker.policies:
        assert target_rules.rule(p.name) in screen_text
    assert "39 points [34, 44]" in screen_text
    assert f"{numbers.MINUS}2.0 points [{numbers.MINUS}7.0, 3.0]" in screen_text
    assert "/budget?" in screen_text
    assert "year=2026" not in screen_text


def test_an_marker_of_unknown_order_has_dashes_and_a_reason() -> None:
    screen_text = rendered(ALL["unordered"]()).visible
    assert "share one instant" in screen_text
    assert "--map sequence=COLUMN" in screen_text
    assert "caption-arrows" not in str(rendered(ALL["unordered"]()).tags)


def test_gap_classes_and_all_returns_have_their_hits() -> None:
    screen_text = rendered(full()).visible
    assert "all returns, interrupted or not 9,002 240 38 % 55 %" in screen_text
    assert len(GAP_CLASSES) == 5
