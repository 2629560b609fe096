"""The charts of a page as Altair's own, for those who go on with them in a notebook.

They show the same numbers in the page's colors on a light ground. Rows, which the page draws by
hand, are drawn anew; the picture of a day is no chart and stays on the page.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.day import DayChart
from resume_gap.report.charts.drawing import FIRST, INK, SECOND, caught, data
from resume_gap.report.charts.rows import AxisUnit, Row, RowsChart
from resume_gap.system.startup import refuse_without_docstrings

if TYPE_CHECKING:
    import altair as alt

_COLORS: Final = {INK: "#1d2329", FIRST: "#0072b2", SECOND: "#d55e00"}
"""Of the page on a light ground, where a canvas knows no variable of a style sheet."""
_ROW: Final = 32
_FORMATS: Final = {"share": "%"}
"""How values of a unit are written at an axis, in as many digits as its steps ask for; others are
plain numbers: a change may be in points, which are no percentage, as the axis' title says."""
_HUNDREDTHS: Final[frozenset[AxisUnit]] = frozenset({"points", "change"})
"""Units whose values are fractions, and are shown as points or percent without the sign."""


def is_chart(chart: Chart) -> bool:
    """Whether it can be had from Altair."""
    return type(chart) is not DayChart


def as_altair(chart: Chart) -> "alt.LayerChart":
    """A chart that Altair draws, shows and saves.

    Raises:
        ValueError: It is a picture drawn by hand.
    """
    if not is_chart(chart):
        raise ValueError("the picture of a day is no chart of Altair's")
    refuse_without_docstrings()
    plain = replace(chart, size="column")
    drawn: alt.LayerChart = _OWN.get(type(plain), _as_on_the_page)(plain)
    return drawn


def _as_on_the_page(chart: Chart) -> "alt.LayerChart":
    """What Altair hands over when the page is drawn."""
    import altair as alt  # noqa: PLC0415 - loads all of it

    with caught() as drawn:
        chart.picture()
    text = json.dumps(drawn[-1])
    for name, color in _COLORS.items():
        text = text.replace(f'"{name}"', f'"{color}"')
    return alt.LayerChart.from_dict(json.loads(text))


def _rows(chart: RowsChart) -> "alt.LayerChart":
    """Points with their intervals, or bars; names stand in the data and in no expression."""
    import altair as alt  # noqa: PLC0415

    base = alt.Chart(data([_values(row, chart) for row in chart.rows]))
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=320))
    axis = alt.Axis(format=_FORMATS.get(chart.unit, alt.Undefined))
    x = alt.X("value:Q", title=chart.title, axis=axis)
    color = alt.Color("color:N", scale=None)
    layers: list[Any] = []
    if chart.bars:
        layers.append(base.mark_bar().encode(y=y, x=x, color=color))
    else:
        layers.append(base.mark_point(filled=True, size=70).encode(y=y, x=x, color=color))
    if any(row.lower is not None for row in chart.rows):
        rule = base.mark_rule(strokeWidth=2)
        layers.append(rule.encode(y=y, x="lower:Q", x2="upper:Q", color=color))
    if any(row.limit is not None for row in chart.rows):
        layers.append(base.mark_tick(color=_COLORS[INK], thickness=2).encode(y=y, x="limit:Q"))
    if any(row.other is not None for row in chart.rows):
        layers.append(base.mark_point(shape="diamond", color=_COLORS[INK]).encode(y=y, x="other:Q"))
    return alt.LayerChart(layer=layers, width=420, height=_ROW * len(chart.rows))


def _values(row: Row, chart: RowsChart) -> dict[str, Any]:
    """The figures of a row in the unit of the axis."""
    figures = ("value", "lower", "upper", "limit", "other")
    found = {name: getattr(row, name) for name in figures}
    of = chart.of / 100 if chart.unit in _HUNDREDTHS else chart.of
    scaled = {name: None if one is None else one / of for name, one in found.items()}
    return {"name": row.name, "color": _COLORS[SECOND if row.second else FIRST], **scaled}


_OWN: Final[Mapping[type[Chart], Callable[..., Any]]] = {RowsChart: _rows}
"""What draws a chart that the page draws by hand."""
