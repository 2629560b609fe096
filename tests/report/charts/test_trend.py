"""The chart of a trend: marks at their days, intervals where there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resume_gap.report.charts.trend import TrendChart, TrendMark

if TYPE_CHECKING:
    from collections.abc import Callable

Layers = list[dict[str, Any]]
MARKS = (
    TrendMark(day="2025-03-05", value=60.0, lower=54.0, upper=66.0),
    TrendMark(day="2025-03-12", value=50.0, lower=None, upper=None),
)


def test_every_run_is_a_mark_at_its_last_day(layers: Callable[[TrendChart], Layers]) -> None:
    found = layers(TrendChart(marks=MARKS, title="seconds", unit="seconds"))
    assert [one["mark"]["type"] for one in found] == ["line", "rule", "point"]
    rows = [(row["day"], row["value"]) for row in found[2]["rows"]]
    assert rows == [("2025-03-05", 60.0), ("2025-03-12", 50.0)]
    assert [(row["lower"], row["upper"]) for row in found[1]["rows"]] == [(54.0, 66.0)]


def test_zero_is_drawn_where_values_lie_on_both_sides(
    layers: Callable[[TrendChart], Layers],
) -> None:
    found = layers(TrendChart(marks=MARKS[:1], title="s", unit="seconds", sides=True))
    assert [one["mark"]["type"] for one in found] == ["rule", "rule", "point"]
    assert found[0]["rows"] == [{"value": 0}]
    assert found[-1]["encoding"]["y"]["scale"]["zero"] is True


def test_it_becomes_a_picture_for_every_width() -> None:
    for size in ("page", "telephone"):
        picture = TrendChart(marks=MARKS, title="s", unit="share", size=size).picture()
        assert "05 Mar 2025" in picture
