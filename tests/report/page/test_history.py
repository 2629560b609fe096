"""The page of a history."""

from __future__ import annotations

from typing import Any

from factories.summaries import SEAL, estimate, launch, summary

from resume_gap.report.charts.trend import TrendChart
from resume_gap.report.page.history import page
from resume_gap.report.page.model import Figure, Page, Paragraph, Section
from resume_gap.report.render import html
from resume_gap.trends.line_up import line_up
from resume_gap.trends.reports import read_report


def made(*folders: str) -> Page:
    contents = [summary(1), summary(5, threshold={"seconds": 60.0}), launch(20)]
    reports = [
        read_report(folder, content, SEAL if content["command"] == "analyze" else None)
        for folder, content in zip(folders, contents, strict=True)
    ]
    return page(line_up(reports, tool_version="0.1.0"))


def test_it_has_a_section_a_trend_the_ledger_and_the_runs() -> None:
    found = made("a", "b", "c")
    assert [one.name for one in found.sections] == [
        "trend-reorientation-mean",
        "trend-productive-share",
        "trend-extra-time",
        "trend-hit",
        "trend-search",
        "trend-trial-effect",
        "ledger",
        "runs",
    ]
    assert found.headline.sentence == found.sections[0].title
    assert [note.severity for note in found.first] == ["warn", "warn"]
    assert found.subject == ("3 runs", "2025-03-01 to 2025-03-24")
    (figure,) = found.sections[0].blocks
    assert isinstance(figure, Figure)
    assert [row[0] for row in figure.table.rows] == ["a", "b", "c"]
    assert "From left to right: a, b and c." in figure.caption
    assert figure.table.rows[0][3] == "\N{EN DASH}"


VOID = {"reason": "early_controls_differ", "from_event": estimate(-144.36, 10.84)}
SENTENCE = "work soon after a gap differs from later work anyway."


def section(*contents: dict[str, Any]) -> Section:
    """Of the extra time."""
    reports = [read_report(f"r{n}", one, None) for n, one in enumerate(contents)]
    found = page(line_up(reports, tool_version="0"))
    (one,) = (one for one in found.sections if one.name == "trend-extra-time")
    return one


def test_a_run_that_does_not_know_a_figure_is_left_out_and_said_to_be() -> None:
    found = section(summary(1), summary(8, excess=VOID))
    figure, text = found.blocks
    assert isinstance(figure, Figure)
    assert [row[0] for row in figure.table.rows] == ["r0"]
    assert isinstance(figure.chart, TrendChart)
    assert len(figure.chart.marks) == 1
    assert "first comparison" in figure.caption
    assert text == Paragraph(text=f"Not known in 1 of 2 runs: {SENTENCE}")


def test_a_figure_that_no_run_knows_has_no_chart() -> None:
    found = section(summary(1, excess=VOID), summary(8, excess=VOID))
    assert found.title == "Extra time vs. uninterrupted work is not known"
    assert found.blocks == (Paragraph(text=f"Not known in 2 of 2 runs: {SENTENCE}"),)


def test_comparisons_that_disagree_are_said_to() -> None:
    excess = {"reason": None, "word": "depends_on_matching", "from_event": estimate(22.0, 1.0)}
    assert section(summary(1, excess=excess)).blocks == (
        Paragraph(
            text="Not known: its comparisons disagree, so its report gives a range and no figure."
        ),
    )


def test_many_runs_are_named_in_the_table() -> None:
    (block,) = section(*[summary(day) for day in range(1, 9)]).blocks
    assert isinstance(block, Figure)
    assert "The table names the runs." in block.caption


def test_0_is_drawn_where_an_interval_of_a_difference_reaches_below_it() -> None:
    for figure, is_drawn in ((estimate(2.0, 5.0), True), (estimate(9.0, 5.0), False)):
        found = section(summary(excess={"reason": None, "from_event": figure}))
        (block,) = found.blocks
        assert isinstance(block, Figure)
        assert isinstance(block.chart, TrendChart)
        assert block.chart.sides is is_drawn


def test_what_cannot_be_is_not_drawn() -> None:
    back = {"mean": estimate(1.0, 3.0), "productive": estimate(0.99, 0.02)}
    report = read_report("r", summary(reorientation=back), None)
    found = page(line_up([report], tool_version="0"))
    ends = []
    for one in found.sections[:2]:
        (block,) = one.blocks
        assert isinstance(block, Figure)
        assert isinstance(block.chart, TrendChart)
        (mark,) = block.chart.marks
        ends.append((mark.lower, mark.upper))
        assert not block.chart.sides
    assert ends == [(0.0, 4.0), (0.97, 1.0)]


def test_hostile_names_of_folders_are_escaped() -> None:
    drawn = html.render(made("<script>alert(1)</script>", "b", "c")).decode()
    assert "<script" not in drawn
    assert "&lt;script" in drawn
