"""The charts of a trial; all names in them are ours."""

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
    SHARES,
    TIME_LABEL,
    WIDTHS,
    Room,
    data,
    draw,
    time_ticks,
    titled,
)

WITH: Final = "with the marker"
WITHOUT: Final = "without the marker"
_ARMS: Final = {WITH: (FIRST, [1, 0]), WITHOUT: (SECOND, [6, 4])}
"""Treatment and control, in words that need no introduction."""
_LEGEND: Final = 40
"""Room above the plot for their key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmsChart(Chart):
    """By so many seconds, shares of both arms that were back at work, and that left again."""

    points: tuple[tuple[float, float, float, float, float], ...]
    """(seconds, control finished, control left, treatment finished, treatment left)."""

    @property
    def line(self) -> tuple[float, float]:
        """See `Chart`."""
        return self.points[0][0], self.points[-1][0]

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return arms(self)


def arms(chart: ArmsChart) -> Markup:
    """Two lines an arm: back at work, and left again."""
    import altair as alt  # noqa: PLC0415

    last = chart.points[-1][0]
    x = alt.X(
        "seconds:Q",
        title="time since the first event back",
        scale=alt.Scale(domain=[0, last or 1], nice=False),
        axis=alt.Axis(
            values=time_ticks(last or 1, most=MOST_TICKS[chart.size]),
            labelExpr=TIME_LABEL,
            grid=False,
        ),
    )
    y = alt.Y(
        "share:Q",
        title="share of the users",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", tickCount=5, domain=False, ticks=False, minExtent=SHARES),
    )
    columns = (
        (WITHOUT, "finished"),
        (WITHOUT, "left"),
        (WITH, "finished"),
        (WITH, "left"),
    )
    colors = alt.Scale(domain=list(_ARMS), range=[color for color, _ in _ARMS.values()])
    dashes = alt.Scale(domain=list(_ARMS), range=[dash for _, dash in _ARMS.values()])
    legend = alt.Legend(
        title=None,
        orient="top",
        labelColor=INK,
        labelFontSize=12,
        symbolStrokeWidth=2.5,
        symbolType="stroke",
        symbolSize=500,
        # The page's font is wider than the one that vl-convert measures with.
        columnPadding=36,
    )
    layers: list[Any] = []
    for what, width in (("finished", 2.5), ("left", 1.5)):
        rows = [
            {"arm": arm, "seconds": point[0], "share": point[1 + i]}
            for i, (arm, kind) in enumerate(columns)
            if kind == what
            for point in chart.points
        ]
        line = alt.Chart(data(rows)).mark_line(strokeWidth=width)
        layers.append(
            line.encode(
                x=x,
                y=y,
                stroke=alt.Stroke("arm:N", scale=colors, legend=legend),
                strokeDash=alt.StrokeDash("arm:N", scale=dashes, legend=legend),
            )
        )
    ends = chart.points[-1]
    for text, values in (("back at work", (ends[1], ends[3])), ("left again", (ends[2], ends[4]))):
        high = max(values) if max(values) < 0.88 else min(values)
        end = alt.Chart(data([{"seconds": last, "share": high}]))
        above = high == max(values)
        words = end.mark_text(
            text=text,
            align="right",
            dx=-2,
            dy=-12 if above else 16,
            color=INK,
            fontSize=12,
            fontWeight="bold",
        )
        layers.append(words.encode(x=x, y=y))
    room = Room(left=titled(SHARES), top=_LEGEND)
    return draw(layers, height=HEIGHTS[chart.size], room=room, width=WIDTHS[chart.size])
