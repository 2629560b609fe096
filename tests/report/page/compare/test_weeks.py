"""The picture of the first screen: the weeks, or none where nothing may be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factories.launch_results import another_change, compared, few_dates, horizon, short, shorter
from factories.pages import number

from resume_gap.report.page.compare.weeks import by_week

if TYPE_CHECKING:
    from resume_gap.results.compare import Compared


def with_weeks(found: Compared, n: int) -> Compared:
    weeks = found.comparison.weeks[-n:]
    return replace(found, comparison=replace(found.comparison, weeks=weeks))


def test_a_row_of_the_table_is_a_week_of_the_result() -> None:
    found = shorter()
    figure = by_week(found, size="page")
    assert figure is not None
    assert len(figure.table.rows) == len(found.comparison.weeks) == len(figure.at)
    for row, week in zip(figure.table.rows, found.comparison.weeks, strict=True):
        assert number(row[0]) == week.week
        assert number(row[2]) == week.returns
        assert number(row[3]) == round(week.seconds or 0.0)
    assert "2 min 35 s" in figure.caption


def test_without_an_effect_or_with_a_failed_check_there_is_no_picture() -> None:
    assert by_week(short(), size="page") is None
    assert by_week(another_change(), size="page") is None
    assert by_week(with_weeks(shorter(), 1), size="page") is None
    assert by_week(with_weeks(shorter(), 2), size="page") is not None


def test_an_effect_without_a_p_is_drawn() -> None:
    assert by_week(few_dates(), size="page") is not None
    assert by_week(compared(horizon(14, -1.0, 2.0)), size="column") is not None
