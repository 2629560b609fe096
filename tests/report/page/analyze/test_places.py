"""Where work stops, on the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factories.pages import rendered
from factories.results import changed, empty, full

from resume_gap.constants import NAMED_USERS
from resume_gap.report.charts.rows import RowsChart
from resume_gap.report.page.analyze.places import where
from resume_gap.report.page.model import Figure, Paragraph

if TYPE_CHECKING:
    from resume_gap.results.analyze import Analysis


def figure(analysis: Analysis) -> Figure:
    (section,) = where(analysis)
    found = section.blocks[0]
    assert isinstance(found, Figure)
    return found


def test_places_stand_with_their_share_of_the_interruptions() -> None:
    found = figure(changed(full(), counts={"interruptions": 1_000}))
    assert f"each of {NAMED_USERS.value:.0f} users or more" in found.caption
    assert [row[1:] for row in found.table.rows] == [
        ("311", "31 %"),
        ("208", "21 %"),
        ("98", "9.8 %"),
    ]
    assert isinstance(found.chart, RowsChart)
    assert [(row.value, row.label) for row in found.chart.rows] == [
        (311, "31 %"),
        (208, "21 %"),
        (98, "9.8 %"),
    ]


def test_pages_stand_in_where_no_element_stands_out() -> None:
    (section,) = where(full())
    assert (
        section.title
        == "Work stops most often at /budget?\N{HORIZONTAL ELLIPSIS}, in 38 % of the interruptions"
    )
    few = (replace(full().workday.pages[0], interruptions=52),)
    (scattered,) = where(changed(full(), places=(), pages=few, counts={"interruptions": 1_000}))
    assert scattered.title.startswith("Work stops at many places; /budget?")
    assert scattered.title.endswith("comes first, with 5.2 % of the interruptions")
    figure, text = section.blocks
    assert isinstance(figure, Figure)
    assert figure.table.columns[0] == "page"
    assert isinstance(text, Paragraph)
    assert text.text.startswith("No element stands out")


def test_without_a_place_there_is_the_reason() -> None:
    (section,) = where(changed(full(), pages=()))
    assert section.title == "No single place stands out"
    (section,) = where(changed(full(), pages=(), places=()))
    assert section.title == "Where work stops is not known"
    assert "could point at a person" in str(section)
    assert where(empty()) == ()


def test_places_lose_their_queries() -> None:
    shown_text = rendered(changed(full(), counts={"interruptions": 1_000})).visible
    assert "https://app.example.com/doc/7" in shown_text
    assert "token" not in shown_text.split("Methods")[0]
    assert "abc#p" not in shown_text
