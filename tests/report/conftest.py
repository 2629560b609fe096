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
        spec: Any = chart.picture()
        whole = spec.to_dict()
        found = whole["layer"]
        for layer in found:
            data = layer["data"]
            layer["rows"] = data["values"] if "values" in data else whole["datasets"][data["name"]]
        return list(found)

    return taken
