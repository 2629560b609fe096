"""The chart of a launch date: what was measured week by week, what was expected, the control."""

from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import (
    FIRST,
    HEIGHTS,
    INK,
    MOST_TICKS,
    SECOND,
    WIDTHS,
    data,
    draw,
)

MEASURED: Final = "measured"
EXPECTED: Final = "expected without the launch"
CONTROL: Final = "never with a marker"
_LINES: Final = {
    MEASURED: (FIRST, [1, 0]),
    EXPECTED: (SECOND, [6, 4]),
    CONTROL: (INK, [2, 3]),
}
_TALLER: Final = 70
"""Pixels more than other charts: three lines need the room."""
_BETWEEN: Final = -0.5
"""Where the launch is drawn: between the last week before it and the first one after it."""
_HEADROOM: Final = 1.15
"""Of the highest value, so that the word at the launch lies over no line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchChart(Chart):
    """Mean time to productive work by week, counted from the launch."""

    weeks: tuple[tuple[int, float | None, float | None, float | None], ...]
    """(week, measured, expected, control) in seconds; None where there is none."""

    @property
    def line(self) -> tuple[float, float]:
        """See `Chart`."""
        return float(self.weeks[0][0]), float(self.weeks[-1][0])

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return launch(self)


def launch(chart: LaunchChart) -> Markup:
    """Three lines, each with its own dash, and the launch as an upright line."""
    import altair as alt  # noqa: PLC0415

    first, last = chart.line
    top = max(value for _, *values in chart.weeks for value in values if value is not None)
    x = alt.X(
        "week:Q",
        title="weeks from the launch",
        scale=alt.Scale(domain=[first, max(last, first + 1)], nice=False),
        axis=alt.Axis(
            format="d", grid=False, values=_ticks(first, last, most=2 * MOST_TICKS[chart.size])
        ),
    )
    y = alt.Y(
        "seconds:Q",
        title="mean time to productive work",
        scale=alt.Scale(domain=[0, top * _HEADROOM]),
        axis=alt.Axis(
            tickCount=5,
            domain=False,
            ticks=False,
            minExtent=46,
            labelExpr="datum.label + ' s'",
        ),
    )
    colors = alt.Scale(domain=list(_LINES), range=[color for color, _ in _LINES.values()])
    dashes = alt.Scale(domain=list(_LINES), range=[dash for _, dash in _LINES.values()])
    legend = alt.Legend(
        title=None,
        orient="top",
        columns=1 if chart.size == "telephone" else 3,
        labelColor=INK,
        labelFontSize=12,
        labelLimit=300,
        symbolStrokeWidth=2.5,
        symbolType="stroke",
        symbolSize=500,
        # The page's font is wider than the one that vl-convert measures with.
        columnPadding=36,
    )
    layers: list[Any] = []
    for place, name in enumerate(_LINES, start=1):
        rows = [
            {"line": name, "week": week[0], "seconds": week[place]}
            for week in chart.weeks
            if week[place] is not None
        ]
        if not rows:
            continue
        line = alt.Chart(data(rows)).mark_line(
            strokeWidth=2.5 if name == MEASURED else 2, point=name == MEASURED and {"filled": True}
        )
        layers.append(
            line.encode(
                x=x,
                y=y,
                stroke=alt.Stroke("line:N", scale=colors, legend=legend),
                strokeDash=alt.StrokeDash("line:N", scale=dashes, legend=legend),
            )
        )
    at = alt.Chart(data([{"week": _BETWEEN, "seconds": top * _HEADROOM}]))
    rule = at.mark_rule(color=INK, strokeWidth=1.5)
    word = at.mark_text(text="launch", align="right", dx=-5, dy=8, color=INK, fontSize=12)
    layers += [rule.encode(x=x), word.encode(x=x, y=y)]
    return draw(layers, height=HEIGHTS[chart.size] + _TALLER, width=WIDTHS[chart.size])


def _ticks(first: float, last: float, *, most: int) -> list[int]:
    """Whole weeks, 0 among them, at most `most` of them."""
    step = next(s for s in (1, 2, 4, 8, 13, 26, 52, 520) if (last - first) / s <= most)
    low = -int(-first // step) * step
    return list(range(low, int(last) + 1, step))
