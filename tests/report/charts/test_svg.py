"""Pictures take the colors of the page and hold no text of the log."""

from __future__ import annotations

import re
from dataclasses import replace

from resume_gap.report.charts import svg as charts
from resume_gap.report.charts.curve import CurveChart, PaceChart
from resume_gap.report.charts.gaps import GapsChart, WeekChart
from resume_gap.report.charts.trial import ArmsChart


def test_charts_hold_no_text_from_data_and_no_color_of_their_own() -> None:
    drawn = [
        charts.svg(
            GapsChart(
                bins=((1.0, 2.0, 0.5), (2.0, 4.0, 0.5)),
                threshold_seconds=3.0,
                threshold_label="inactivity threshold 3 s",
            )
        ),
        charts.svg(CurveChart(points=((0.0, 0.1), (900.0, 0.9)), end_label="90 %")),
        charts.svg(WeekChart(counts=tuple((1,) * 24 for _ in range(7)))),
    ]
    for svg in drawn:
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="')
        assert not re.search(r"#[0-9a-f]{3,6}\b|white|black|rgb\(", svg)
        assert "currentColor" in svg
        assert len(svg) < 60_000


def test_a_line_begins_and_ends_where_its_points_do() -> None:
    at = (2.0, 5.0, 11.0)
    arms = ArmsChart(points=tuple((one, 0.1, 0.2, 0.3, 0.4) for one in at))
    curve = CurveChart(points=tuple((one, 0.5) for one in at), end_label="")
    pace = PaceChart(steps=((1, 3.0), (2, 2.0), (4, 1.0)))
    assert (arms.line, curve.line, pace.line) == ((2.0, 11.0), (2.0, 11.0), (1, 4))


def test_a_chart_of_the_page_s_width_is_drawn_for_a_telephone_too() -> None:
    column = CurveChart(points=((0.0, 0.1), (1.0, 0.2)), end_label="")
    assert column.small is None
    page = replace(column, size="page")
    assert page.small == replace(column, size="telephone")
    assert page.small is not None
    assert page.small.small is None
