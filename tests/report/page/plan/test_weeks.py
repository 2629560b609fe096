"""Week by week: a curve from two points on, else a table, and what stands in its cells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from factories.plan_results import plan, row

from resume_gap.report.page.model import Figure, Note, Paragraph, Table
from resume_gap.report.page.plan.weeks import weeks
from resume_gap.report.text.numbers import DASH


def kinds(**parts: Any) -> list[type]:
    pilot = replace(plan().plan.pilot, change=None)
    return [type(block) for block in weeks(plan(pilot=pilot, **parts)).blocks]


def test_two_points_make_a_curve_and_one_does_not() -> None:
    inside = tuple(row(one) for one in (1.0, 2.0, 3.0))
    assert kinds(curve=inside[:2], rows=inside[:1]) == [Figure]
    assert kinds(curve=inside[:1], rows=inside[:1]) == [Table]
    unknown = tuple(replace(one, mde_seconds=None) for one in inside[1:])
    assert kinds(curve=(inside[0], *unknown), rows=inside[:1]) == [Table]
    assert kinds(curve=(), rows=()) == [Paragraph]
    beyond = (row(4.0),)
    assert kinds(curve=(), rows=beyond) == [Table, Note]
    assert kinds(curve=(*inside[:1], *beyond), rows=()) == [Figure, Note]


def test_the_title_says_the_shortest_time_that_is_enough() -> None:
    rows = tuple(row(float(w), mde_looks_seconds=22.0 + 4 / w**3) for w in (1, 2, 4, 8))
    assert weeks(plan(rows=rows, curve=rows)).title == (
        "Within 2 weeks the users at hand can show an effect of 22 s; longer adds nothing"
    )
    assert weeks(plan(rows=rows[:2], curve=())).title == (
        "Within 2 weeks the users at hand can show an effect of 22 s"
    )
    assert weeks(plan(rows=(), curve=())).title.startswith("Too few users")


def test_the_chart_has_the_points_that_are_known() -> None:
    rows = (row(1.0), row(2.0, mde_lower_seconds=None), row(3.0, mde_looks_seconds=None))
    (figure, *_) = weeks(plan(curve=rows, rows=rows)).blocks
    assert isinstance(figure, Figure)
    chart: Any = figure.chart
    assert [week for week, _ in chart.once] == [1.0, 2.0, 3.0]
    assert [week for week, *_ in chart.band] == [1.0, 3.0]
    assert [week for week, _ in chart.looks] == [1.0, 2.0]


def test_cells_are_dashes_where_nothing_is_known() -> None:
    unknown = {
        "mde_seconds": None,
        "mde_upper_seconds": None,
        "mde_cuped_seconds": None,
        "mde_looks_seconds": None,
    }
    rows = (row(1.0), row(5.0, **unknown))
    (table,) = [b for b in weeks(plan(curve=(), rows=rows)).blocks if isinstance(b, Table)]
    first, second = table.rows
    assert (first[0], second[0]) == ("1", "5 *")
    assert second[4:] == (DASH,) * (len(table.columns) - 4)
    assert DASH not in first
    assert len(first) == len(table.columns) == 8
    bare = (row(1.0, mde_looks_seconds=None, mde_cuped_seconds=None),)
    (table,) = [b for b in weeks(plan(curve=(), rows=bare)).blocks if isinstance(b, Table)]
    assert len(table.columns) == len(table.rows[0]) == 6


def test_the_caption_speaks_of_what_is_drawn() -> None:
    def caption(**parts: Any) -> str:
        rows = tuple(row(one, **parts) for one in (1.0, 2.0))
        (figure, *_) = weeks(plan(curve=rows, rows=rows)).blocks
        assert isinstance(figure, Figure)
        return figure.caption

    line = "Smallest effect found by the number of weeks: the line is one look at the end"
    for told in (caption(), caption(mde_lower_seconds=None), caption(mde_looks_seconds=None)):
        assert told.startswith(line)
        assert told.endswith("that is asked for.")
    assert ", the band around it" in caption()
    assert "; the broken line is one" in caption()
    assert "the band" not in caption(mde_lower_seconds=None)
    assert "the band" not in caption(mde_upper_seconds=None)
    assert "the broken line" not in caption(mde_looks_seconds=None)


def test_weeks_beyond_the_log_are_explained_by_both_extremes() -> None:
    beyond = weeks(plan(curve=(), rows=(row(4.0),))).blocks[-1]
    assert isinstance(beyond, Note)
    assert beyond.text.startswith("All rows, marked with *, are longer than this log")
    assert "midway between two extremes: no further users are interrupted, and" in beyond.text
    some = weeks(plan(curve=(row(1.0), row(4.0)), rows=())).blocks[-1]
    assert isinstance(some, Note)
    assert some.text.startswith("Rows marked with * are longer")
