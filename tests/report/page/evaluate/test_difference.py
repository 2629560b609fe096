"""The difference between the arms, on the page."""

from __future__ import annotations

from typing import Any

import pytest
from factories.pages import figure, number


@pytest.mark.parametrize("name", ["difference", "hit-or-miss", "exposures", "trial-weeks"])
def test_differences_stand_in_their_table(name: str) -> None:
    found = figure("evaluate", name)
    chart: Any = found.chart
    at = found.table.columns.index("difference")
    shown = {row[0]: row[at] for row in found.table.rows}
    assert set(shown) == {row.name for row in chart.rows}
    for row in chart.rows:
        ends = shown[row.name].partition(" [")
        assert number(ends[0]) == pytest.approx(row.value, abs=0.51)
        lower, upper = ends[2].split(", ")
        assert number(lower) == pytest.approx(row.lower, abs=0.51)
        assert number(upper) == pytest.approx(row.upper, abs=0.51)
        way = "faster" if row.value < 0 else "slower"
        assert row.label.endswith(way)
