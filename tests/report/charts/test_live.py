"""Charts as Altair's own: the numbers of the page, drawn by Altair."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import altair as alt
import pytest
import vl_convert
from factories.charts import CHARTS, ROWS

from resume_gap.report.charts.day import DayChart
from resume_gap.report.charts.live import as_altair, is_chart
from resume_gap.report.charts.rows import Row, RowsChart

if TYPE_CHECKING:
    from resume_gap.report.charts.rows import AxisUnit

ENDS = "0123456789%"
SHOWN = {name: chart for name, chart in CHARTS.items() if is_chart(chart)}


def test_every_chart_but_the_picture_of_a_day_is_altairs() -> None:
    assert {type(chart) for name, chart in CHARTS.items() if name not in SHOWN} == {DayChart}
    with pytest.raises(ValueError, match="no chart"):
        as_altair(next(chart for chart in CHARTS.values() if isinstance(chart, DayChart)))


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_valid_and_knows_no_variable_of_a_page(name: str) -> None:
    chart = as_altair(SHOWN[name])
    assert isinstance(chart, alt.LayerChart)
    text = chart.to_json()  # compared with Vega-Lite's schema
    assert "currentColor" not in text
    assert "var(--" not in text
    assert "<svg" in vl_convert.vegalite_to_svg(chart.to_dict())


def test_rows_hold_the_figures_in_the_unit_of_the_axis() -> None:
    chart = RowsChart(rows=ROWS, unit="share", title="share", of=10.0)
    spec = as_altair(chart).to_dict()
    values = [row for rows in spec["datasets"].values() for row in rows]
    assert [(row["name"], row["value"], row["lower"], row["limit"]) for row in values] == [
        ("first", 3.0, 1.2, None),
        ("a name that is far longer than there is room for it", -0.45, None, 2.0),
        ("third", 1.2, -0.7, None),
    ]
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks == ["point", "rule", "tick", "point"]
    bars = as_altair(RowsChart(rows=ROWS[:1], unit="count", title="n", bars=True)).to_dict()
    assert bars["layer"][0]["mark"]["type"] == "bar"


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [
        ("seconds", 180.0, ["0", "20", "40", "60", "80", "100"]),
        ("seconds", 2_300.0, ["0", "200", "400", "600", "800", "1,000"]),
        ("share", 0.006, ["0.00%", "0.05%", "0.10%"]),
        ("share", 0.4, ["0%", "5%", "10%"]),
        ("points", 0.006, ["0.00", "0.05", "0.10"]),
        ("change", 0.4, ["0", "5", "10"]),
    ],
)
def test_ticks_are_written_apart(unit: AxisUnit, value: float, expected: list[str]) -> None:
    chart = RowsChart(rows=(Row(name="a", value=value),), unit=unit, title="", bars=True)
    drawn = vl_convert.vegalite_to_svg(as_altair(chart).to_dict())
    words = [one for one in re.findall(r"<text[^>]*>([^<]*)</text>", drawn) if one[-1] in ENDS]
    assert words[: len(expected)] == expected
    assert len(set(words)) == len(words)


def test_a_name_from_the_data_stands_in_the_data_alone() -> None:
    name = "datum.x == '</script>' && alert(1)"
    chart = RowsChart(rows=(Row(name=name, value=1.0),), unit="count", title="n")
    spec = as_altair(chart).to_dict()
    assert name in str(spec.pop("datasets"))
    assert "alert" not in str(spec)
