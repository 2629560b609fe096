"""Differences, arms and weeks, as they are drawn."""

from __future__ import annotations

import re
from typing import Any

from resume_gap.report.charts import svg as charts
from resume_gap.report.charts.trial import ArmsChart

Drawn = "Callable[[Any], list[dict[str, Any]]]"


def words_of(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        layer["mark"]["text"]: layer
        for layer in found
        if layer["mark"]["type"] == "text" and isinstance(layer["mark"]["text"], str)
    }


def test_lines_of_the_arms_are_not_swapped(layers: Drawn) -> None:
    points = ((0.0, 0.1, 0.0, 0.2, 0.0), (60.0, 0.6, 0.05, 0.8, 0.01))
    finished, left, *words = layers(ArmsChart(points=points))
    assert [(r["arm"], r["seconds"], r["share"]) for r in finished["rows"]] == [
        ("without the marker", 0.0, 0.1),
        ("without the marker", 60.0, 0.6),
        ("with the marker", 0.0, 0.2),
        ("with the marker", 60.0, 0.8),
    ]
    assert [(r["arm"], r["share"]) for r in left["rows"]] == [
        ("without the marker", 0.0),
        ("without the marker", 0.05),
        ("with the marker", 0.0),
        ("with the marker", 0.01),
    ]
    assert [word["mark"]["text"] for word in words] == ["back at work", "left again"]


def test_the_axes_of_the_arms_reach_from_nothing_to_the_end(layers: Drawn) -> None:
    for last, end in ((90.0, 90.0), (0.0, 1)):
        points = ((0.0, 0.1, 0.0, 0.2, 0.0), (last, 0.6, 0.05, 0.8, 0.01))
        drawn = layers(ArmsChart(points=points))[0]["encoding"]
        assert drawn["x"]["scale"] == {"domain": [0, end], "nice": False}
        assert drawn["x"]["axis"]["values"][0] == 0
        assert max(drawn["x"]["axis"]["values"]) <= end
        assert drawn["y"]["scale"] == {"domain": [0, 1]}


def test_a_chart_holds_no_color_of_its_own() -> None:
    svg = charts.svg(ArmsChart(points=((0.0, 0.0, 0.0, 0.0, 0.0), (900.0, 1.0, 0.0, 1.0, 0.0))))
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="')
    assert not re.search(r"#[0-9a-f]{3,6}\b|white|black|rgb\(", svg)
    assert len(svg) < 60_000
