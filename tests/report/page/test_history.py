"""The page of a history."""

from __future__ import annotations

from factories.summaries import SEAL, launch, summary

from resume_gap.report.page.history import page
from resume_gap.report.page.model import Figure, Page
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
    assert figure.table.rows[0][3] == "\N{EN DASH}"


def test_hostile_names_of_folders_are_escaped() -> None:
    drawn = html.render(made("<script>alert(1)</script>", "b", "c")).decode()
    assert "<script" not in drawn
    assert "&lt;script" in drawn
