"""The curve of resuming work and the pace of its steps, as they are drawn."""

from __future__ import annotations

import re

import pytest
from factories.drawings import areas, lines, rules, words

from resume_gap.report.charts import marks, svg
from resume_gap.report.charts.curve import CurveChart, PaceChart


def test_each_curve_keeps_its_points_and_its_name() -> None:
    chart = CurveChart(
        points=((0.0, 0.1), (30.0, 0.35), (60.0, 0.6)),
        end_label="after an interruption 60 %",
        other=((0.0, 0.3), (60.0, 0.9)),
        other_label="uninterrupted 90 %",
    )
    ((start, middle, end),) = lines(chart, marks.BLUE)
    ((other_start, other_end),) = lines(chart, marks.VERMILION)
    assert start[0] < middle[0] < end[0]
    assert middle[1] - end[1] == pytest.approx(start[1] - middle[1], abs=0.2)
    assert end[1] < start[1]
    assert (other_start[0], other_end[0]) == (start[0], end[0])
    assert other_start[1] < start[1]
    name, other_name = (words(chart)[label] for label in (chart.end_label, chart.other_label))
    # The higher name is above its line, the lower below.
    assert other_name.y < other_end[1] < end[1] < name.y
    assert name.anchor == "end"


def test_pace_is_drawn_step_by_step() -> None:
    chart = PaceChart(steps=((1, 2.5), (2, 1.4), (3, 1.0)), band=((1, 2.0, 3.0), (3, 0.8, 1.5)))
    ((first, second, third),) = lines(chart, marks.BLUE)
    assert second[0] - first[0] == third[0] - second[0]
    assert first[1] < second[1] < third[1]
    ((level, _),) = rules(chart)
    assert level[1] == third[1]
    ((low, last_low, last_high, high),) = areas(chart, marks.BLUE)
    assert high[1] < first[1] < low[1]
    assert last_high[1] < third[1] < last_low[1]


def test_the_pace_has_round_ticks() -> None:
    drawn = svg.svg(PaceChart(steps=tuple((i, 1 + 1 / i) for i in range(1, 21))))
    shown = re.findall(r">(\d+)</text>", drawn)
    assert [t for t in shown if t in ("1", "5", "10", "15", "20")] == [
        "1",
        "1",
        "5",
        "10",
        "15",
        "20",
    ]
    assert not {"3", "7"} & set(shown)
