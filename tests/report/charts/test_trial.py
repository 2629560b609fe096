"""Differences, arms and weeks, as they are drawn."""

from __future__ import annotations

import re
from typing import Any

import pytest
from factories.trial_results import better, plan

from resume_gap.report.charts import svg as charts
from resume_gap.report.charts.trial import ArmsChart, DifferenceRow, DifferencesChart
from resume_gap.report.page import build
from resume_gap.report.render import html

Drawn = "Callable[[Any], list[dict[str, Any]]]"


def words_of(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        layer["mark"]["text"]: layer
        for layer in found
        if layer["mark"]["type"] == "text" and isinstance(layer["mark"]["text"], str)
    }


@pytest.fixture
def differences() -> DifferencesChart:
    return DifferencesChart(
        rows=(
            DifferenceRow(name="as measured", estimate=-8.0, lower=-12.0, upper=-4.0, label="8 s"),
            DifferenceRow(
                name="adjusted", estimate=-7.0, lower=-10.0, upper=-5.0, label="7 s", second=True
            ),
        )
    )


def test_faster_is_below_0_and_slower_above(layers: Drawn, differences: DifferencesChart) -> None:
    words = words_of(layers(differences))
    faster, slower = words["\N{LEFTWARDS ARROW} faster"], words["slower \N{RIGHTWARDS ARROW}"]
    assert faster["rows"] == slower["rows"] == [{"seconds": 0}]
    # Ends at 0 and lies to its left; begins at 0 and lies to its right.
    assert faster["mark"]["align"] == "right"
    assert faster["mark"]["dx"] < 0
    assert slower["mark"]["align"] == "left"
    assert slower["mark"]["dx"] > 0
    low, high = faster["encoding"]["x"]["scale"]["domain"]
    assert low < -12.0 < 0 < high
    assert not faster["encoding"]["x"]["scale"].get("reverse")


def test_dots_and_intervals_are_those_of_the_rows(
    layers: Drawn, differences: DifferencesChart
) -> None:
    found = layers(differences)
    dots = [layer for layer in found if layer["mark"]["type"] == "point"]
    spans = [layer for layer in found if layer["mark"]["type"] == "rule"][1:]
    assert [(d["rows"], d["mark"]["shape"]) for d in dots] == [
        ([{"name": "as measured", "seconds": -8.0}], "circle"),
        ([{"name": "adjusted", "seconds": -7.0}], "diamond"),
    ]
    assert [span["rows"] for span in spans] == [
        [{"name": "as measured", "seconds": -12.0, "end": -4.0}],
        [{"name": "adjusted", "seconds": -10.0, "end": -5.0}],
    ]
    labels = words_of(found)
    assert labels["8 s"]["rows"] == [{"name": "as measured", "seconds": -8.0}]


def test_lines_of_the_arms_are_not_swapped(layers: Drawn) -> None:
    points = ((0.0, 0.1, 0.0, 0.2, 0.0), (60.0, 0.6, 0.05, 0.8, 0.01))
    finished, left, *words = layers(ArmsChart(points=points))
    assert [(r["arm"], r["seconds"], r["share"]) for r in finished["rows"]] == [
        ("control", 0.0, 0.1),
        ("control", 60.0, 0.6),
        ("treatment", 0.0, 0.2),
        ("treatment", 60.0, 0.8),
    ]
    assert [(r["arm"], r["share"]) for r in left["rows"]] == [
        ("control", 0.0),
        ("control", 0.05),
        ("treatment", 0.0),
        ("treatment", 0.01),
    ]
    assert [word["mark"]["text"] for word in words] == ["back at work", "left again"]


def test_charts_hold_no_colour_of_their_own_and_bear_odd_numbers() -> None:
    def row(**more: object) -> DifferenceRow:
        some = {"name": "a", "estimate": 0.0, "lower": None, "upper": None, "label": "0.0 s"}
        return DifferenceRow(**{**some, **more})  # type: ignore[arg-type]

    drawn = [
        charts.svg(DifferencesChart(rows=(row(),))),
        charts.svg(
            DifferencesChart(
                rows=(row(estimate=-900.0, lower=-1e4, upper=3.0), row(name="b", second=True))
            )
        ),
        charts.svg(ArmsChart(points=((0.0, 0.0, 0.0, 0.0, 0.0), (900.0, 1.0, 0.0, 1.0, 0.0)))),
    ]
    for svg in drawn:
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="')
        assert not re.search(r"#[0-9a-f]{3,6}\b|white|black|rgb\(", svg)
        assert len(svg) < 60_000


def test_charts_of_differences_fit_a_telephone() -> None:
    for found, has in ((better(), True), (plan(), False)):
        page = html.render(build.page(found)).decode()
        assert (".drawing.narrow svg" in page) is has
        assert ('class="scroll drawing narrow"' in page) is has
    svg = charts.svg(
        DifferencesChart(
            rows=(
                DifferenceRow(
                    name="re-orientation time, all interruptions",
                    estimate=-1.0,
                    lower=-2.0,
                    upper=1.0,
                    label="1.0 s faster",
                ),
            )
        )
    )
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])  # type: ignore[index]
    assert width < 480
