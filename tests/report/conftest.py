"""Tests of pages look at pictures, and at what a chart is made of before it becomes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from factories.golden import hand_over

from resume_gap.report.charts import svg

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from resume_gap.report.charts.chart import Chart

Layers = list[dict[str, Any]]


@pytest.fixture(autouse=True)
def pictures(drawn: Callable[[Chart], Markup], monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw them."""
    monkeypatch.setattr(svg, "svg", drawn)


@pytest.fixture
def layers(monkeypatch: pytest.MonkeyPatch) -> Callable[[Chart], Layers]:
    """The layers of a chart: mark, encoding and data, with `rows` the values of the data."""
    hand_over(monkeypatch)

    def taken(chart: Chart) -> Layers:
        picture: Any = chart.picture()
        return [_layer(one.to_dict()) for one in picture]  # compared with Vega-Lite's schema

    return taken


def _layer(written: dict[str, Any]) -> dict[str, Any]:
    data = written["data"]
    rows = data["values"] if "values" in data else written["datasets"][data["name"]]
    return written | {"rows": rows}
