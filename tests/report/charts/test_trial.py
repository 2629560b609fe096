"""The arms of a trial, as they are drawn."""

from __future__ import annotations

import re

from factories.drawings import lines, words

from resume_gap.report.charts import marks
from resume_gap.report.charts import svg as charts
from resume_gap.report.charts.trial import ArmsChart


def test_lines_of_the_arms_are_not_swapped() -> None:
    chart = ArmsChart(points=((0.0, 0.1, 0.0, 0.2, 0.0), (60.0, 0.6, 0.05, 0.8, 0.01)))
    treatment, treatment_left = (line[-1][1] for line in lines(chart, marks.BLUE))
    control, control_left = (line[-1][1] for line in lines(chart, marks.VERMILION))
    assert treatment < control < control_left < treatment_left
    names = words(chart)
    assert names["back at work"].y < treatment
    assert control < names["left again"].y < control_left
    assert names["treatment"].x < names["control"].x


def test_where_both_end_high_their_name_is_below_them() -> None:
    chart = ArmsChart(points=((0.0, 0.1, 0.0, 0.2, 0.0), (60.0, 0.9, 0.05, 0.95, 0.01)))
    assert words(chart)["back at work"].y > lines(chart, marks.VERMILION)[0][-1][1]


def test_a_chart_holds_no_colour_of_its_own() -> None:
    svg = charts.svg(ArmsChart(points=((0.0, 0.0, 0.0, 0.0, 0.0), (900.0, 1.0, 0.0, 1.0, 0.0))))
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="')
    assert not re.search(r"#[0-9a-f]{3,6}\b|white|black|rgb\(", svg)
    assert len(svg) < 10_000
