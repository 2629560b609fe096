"""The curve of resuming work and the pace of its steps, as they are drawn."""

from __future__ import annotations

import re

from resume_gap.report.charts import svg
from resume_gap.report.charts.curve import CurveChart, PaceChart

Drawn = "Callable[[Any], list[dict[str, Any]]]"


def test_each_curve_keeps_its_points_and_its_name(layers: Drawn) -> None:
    chart = CurveChart(
        points=((0.0, 0.1), (60.0, 0.6)),
        end_label="after an interruption 60 %",
        other=((0.0, 0.3), (60.0, 0.9)),
        other_label="uninterrupted 90 %",
    )
    line, dot, name, other, other_dot, other_name = layers(chart)
    assert line["rows"] == [{"seconds": t, "share": s} for t, s in chart.points]
    assert other["rows"] == [{"seconds": t, "share": s} for t, s in chart.other]
    assert dot["rows"] == name["rows"] == [{"seconds": 60.0, "share": 0.6}]
    assert other_dot["rows"] == other_name["rows"] == [{"seconds": 60.0, "share": 0.9}]
    assert name["mark"]["text"] == "after an interruption 60 %"
    assert other_name["mark"]["text"] == "uninterrupted 90 %"
    # The higher name is above its line, the lower below.
    assert other_name["mark"]["dy"] < 0 < name["mark"]["dy"]


def test_curves_that_end_alike_are_named_above_and_below(layers: Drawn) -> None:
    points = ((0.0, 0.1), (60.0, 1.0))
    chart = CurveChart(points=points, end_label="a 100 %", other=points, other_label="b 100 %")
    _, _, name, _, _, other_name = layers(chart)
    assert name["mark"]["dy"] < 0 < other_name["mark"]["dy"]


def test_pace_is_drawn_step_by_step(layers: Drawn) -> None:
    rule, line, dots, _ = layers(PaceChart(steps=((1, 2.5), (2, 1.4), (3, 1.0))))
    assert (
        line["rows"]
        == dots["rows"]
        == [
            {"step": 1, "pace": 2.5},
            {"step": 2, "pace": 1.4},
            {"step": 3, "pace": 1.0},
        ]
    )
    assert rule["rows"] == [{"step": 3, "pace": 1}]


def test_the_pace_has_round_ticks() -> None:
    drawn = svg.svg(PaceChart(steps=tuple((i, 1 + 1 / i) for i in range(1, 21))))
    shown = re.findall(r">(\d+)</text>", drawn)
    assert [t for t in shown if t in ("1", "5", "10", "15", "20")] == ["1", "5", "10", "15", "20"]
    assert not {"2", "3", "7"} & set(shown)
