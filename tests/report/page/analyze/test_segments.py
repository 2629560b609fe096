"""Groups of users side by side, on the page."""

from __future__ import annotations

from factories.before_launch import segments
from factories.pages import number, rendered, table
from factories.results import changed, full

from resume_gap.report.page import build
from resume_gap.report.text.numbers import percent


def test_segments_stand_with_their_own_figures() -> None:
    found = table(full(), "Interruptions by plan")
    rows = [row for row in segments() if row.column == "plan"]
    assert [cells[0] for cells in found.rows] == [row.value for row in rows]
    for row, cells in zip(rows, found.rows, strict=True):
        assert (cells[1], cells[2]) == (f"{row.users:,}", f"{row.eligible:,}")
        assert number(cells[3]) == row.mean.estimate
        assert cells[4] == percent(row.productive_share or 0)
        assert cells[5].startswith(percent(row.hit.estimate or 0))
        assert cells[6] == percent(row.chance or 0)


def test_a_column_without_a_group_has_nothing_to_compare() -> None:
    rest = tuple(row for row in segments() if row.value == "(other)")
    shown = rendered(changed(full(), segments=rest)).visible
    assert "No value has 25 users; nothing to compare." in shown


def test_the_title_names_the_quickest_and_the_slowest_group() -> None:
    (found,) = (s for s in build.page(full()).sections if s.name == "groups")
    assert found.title == "Getting back to work takes 60 s on average in pro, 81 s in free"
