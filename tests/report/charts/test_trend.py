"""The chart of a trend: marks at their days, intervals where there are any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

import pytest

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
    assert found[-1]["encoding"]["y"]["scale"]["domain"][0] == 0.0


def test_it_becomes_a_picture_for_every_width() -> None:
    for size in ("page", "telephone"):
        picture = TrendChart(marks=MARKS, title="s", unit="share", size=size).picture()
        assert "05 Mar 2025" in picture


def ticks(unit: Literal["seconds", "share"], low: float, high: float, **more: Any) -> list[str]:
    """What stands at the upright axis, from below."""
    mark = TrendMark(day="2025-03-05", value=(low + high) / 2, lower=low, upper=high)
    chart = TrendChart(marks=(mark,), title="", unit=unit, size="page", **more)
    words = re.findall(r"<text[^>]*>([^<]*)</text>", chart.picture())
    return [one for one in words if re.fullmatch(r"\N{MINUS SIGN}?[\d.,]+%?", one)]


M = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("unit", "ends", "expected"),
    [
        ("seconds", (104.0, 131.0), ["100", "110", "120", "130", "140"]),
        ("seconds", (-155.2, -133.5), [f"{M}160", f"{M}155", f"{M}150"]),
        ("seconds", (1_400.0, 4_100.0), ["1,000", "2,000", "3,000", "4,000", "5,000"]),
        ("seconds", (1.18, 1.52), ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]),
        ("share", (0.033, 0.048), ["3.0%", "3.5%", "4.0%", "4.5%", "5.0%"]),
        ("share", (0.9917, 0.9998), ["99.0%", "99.2%", "99.4%", "99.6%", "99.8%", "100.0%"]),
        ("share", (0.3, 0.44), ["30%", "35%", "40%", "45%"]),
    ],
)
def test_no_two_ticks_are_written_alike(
    unit: Literal["seconds", "share"], ends: tuple[float, float], expected: list[str]
) -> None:
    found = ticks(unit, *ends)
    assert len(set(found)) == len(found)
    assert found[: len(expected)] == expected


def test_values_below_0_reach_up_to_it() -> None:
    found = ticks("seconds", -155.2, -133.5, sides=True)
    assert found == [f"{M}200", f"{M}150", f"{M}100", f"{M}50", "0"]


@pytest.mark.parametrize(("size", "most"), [("page", 8), ("telephone", 4)])
@pytest.mark.parametrize("runs", [1, 4, 9, 23])
def test_every_day_stands_once_and_the_last_one_does(
    size: Literal["page", "telephone"], most: int, runs: int, layers: Callable[[TrendChart], Layers]
) -> None:
    marks = tuple(
        TrendMark(day=f"2025-03-{day:02}", value=60.0, lower=None, upper=None)
        for day in range(1, runs + 1)
    )
    found = layers(TrendChart(marks=marks, title="", unit="seconds", size=size))
    days = found[-1]["encoding"]["x"]["axis"]["values"]
    assert len(days) == len(set(days)) <= most
    assert days[-1] == f"2025-03-{runs:02}"
