"""The first steps after a return, on the page."""

from __future__ import annotations

import pytest
from factories.results import ALL, changed, full

from resume_gap.report.charts.rows import RowsChart
from resume_gap.report.page.analyze.first_paths import first_paths
from resume_gap.report.page.model import Figure
from resume_gap.results.workday import FirstPath


def test_paths_stand_with_their_share() -> None:
    (section,) = first_paths(full())
    figure = section.blocks[0]
    assert isinstance(figure, Figure)
    assert isinstance(figure.chart, RowsChart)
    assert [row.name for row in figure.chart.rows] == [
        "view_page \N{RIGHTWARDS ARROW} edit_cell",
        "edit_cell (at once)",
        "open_page \N{RIGHTWARDS ARROW} broken off",
    ]
    assert [row[1] for row in figure.table.rows] == ["edit_cell", "the same", "none within 15 min"]
    assert [row.label for row in figure.chart.rows] == [row[3] for row in figure.table.rows]
    assert "broken off: no productive work within 15 min" in str(section)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (FirstPath(first="a", work="b", at_once=False, interruptions=9), "leads from a to b ("),
        (FirstPath(first="a", work="a", at_once=True, interruptions=9), "is work itself: a ("),
        (FirstPath(first="a", work=None, at_once=False, interruptions=9), "breaks off after a ("),
    ],
)
def test_the_finding_is_the_most_frequent_path(path: FirstPath, says: str) -> None:
    (section,) = first_paths(changed(full(), paths=(path,)))
    assert says in section.title
    assert "there may be others. The most frequent path of 5 users or more." in str(section)


def test_nothing_to_show_is_no_section() -> None:
    assert first_paths(changed(full(), paths=())) == ()
    assert first_paths(ALL["all_zero"]()) == ()


def test_the_chart_has_the_eight_most_frequent_paths_the_table_all() -> None:
    paths = tuple(
        FirstPath(first=f"e{n}", work="b", at_once=False, interruptions=20 - n) for n in range(9)
    )
    (section,) = first_paths(changed(full(), paths=paths))
    figure = section.blocks[0]
    assert isinstance(figure, Figure)
    assert isinstance(figure.chart, RowsChart)
    assert [row.value for row in figure.chart.rows] == list(range(20, 12, -1))
    assert len(figure.table.rows) == 9
    assert "The 8 most frequent paths" in figure.caption
