"""The charts of what comes after a return: the curve of resuming work, the pace of steps."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import (
    FIRST,
    HEIGHTS,
    INK,
    MOST_TICKS,
    NUMBERS,
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

_NAME: Final = 22
"""Room above the plot for the name of a line that ends at its top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveChart(Chart):
    """Share of the interruptions that were productive by t."""

    points: tuple[tuple[float, float], ...]
    end_label: str
    other: tuple[tuple[float, float], ...] = ()
    """The same of uninterrupted work, where there is such a curve."""
    other_label: str = ""

    @property
    def line(self) -> tuple[float, float]:
        """See `Chart`."""
        return self.points[0][0], self.points[-1][0]

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return curve(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceChart(Chart):
    """Pace of the first steps after a return, as multiples of the steady pace."""

    steps: tuple[tuple[int, float], ...]
    band: tuple[tuple[int, float, float], ...] = ()
    """(step, lower, upper): the middle half of the interruptions."""

    @property
    def line(self) -> tuple[float, float]:
        """See `Chart`."""
        return self.steps[0][0], self.steps[-1][0]

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return pace(self)


def curve(chart: CurveChart) -> Markup:
    """A line with its end named."""
    import altair as alt  # noqa: PLC0415

    last = chart.points[-1][0]
    x = alt.X(
        "seconds:Q",
        title="time since the first event back",
        scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(
            values=time_ticks(last, most=MOST_TICKS[chart.size]),
            labelExpr=TIME_LABEL,
            grid=False,
        ),
    )
    y = alt.Y(
        "share:Q",
        title="share productive by then",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", tickCount=5, domain=False, ticks=False, minExtent=SHARES),
    )
    layers = []
    lines = [(chart.points, chart.end_label, FIRST, [1, 0])]
    if chart.other:
        lines.append((chart.other, chart.other_label, SECOND, [6, 4]))
    ends = [points[-1][1] for points, *_ in lines]
    # Of two that end alike the first is named above, the other below.
    highest = ends.index(max(ends))
    for number, (points, label, color, dash) in enumerate(lines):
        rows = [{"seconds": t, "share": share} for t, share in points]
        line = alt.Chart(data(rows)).mark_line(color=color, strokeWidth=2.5, strokeDash=dash)
        end = alt.Chart(data(rows[-1:]))
        dot = end.mark_point(color=color, filled=True, size=60, opacity=1)
        above = number == highest if chart.other else points[-1][1] < 0.85
        name = end.mark_text(
            text=label,
            align="right",
            dx=-2,
            dy=-14 if above else 16,
            color=INK,
            fontSize=13,
            fontWeight="bold",
        )
        layers += [line.encode(x=x, y=y), dot.encode(x=x, y=y), name.encode(x=x, y=y)]
    room = Room(left=titled(SHARES), top=_NAME)
    return draw(layers, height=HEIGHTS[chart.size], room=room, width=WIDTHS[chart.size])


def pace(chart: PaceChart) -> Markup:
    """A line of multiples, with the steady pace at 1."""
    import altair as alt  # noqa: PLC0415

    rows = [{"step": step, "pace": value} for step, value in chart.steps]
    top = max(1.2, *(value for _, value in chart.steps), *(upper for *_, upper in chart.band))
    ticks = [step for step in (1, 5, 10, 15, 20) if step <= max(2, chart.steps[-1][0])]
    x = alt.X(
        "step:Q",
        title="productive step after the return",
        scale=alt.Scale(domain=[1, max(2, chart.steps[-1][0])], nice=False),
        axis=alt.Axis(format="d", grid=False, values=ticks),
    )
    y = alt.Y(
        "pace:Q",
        title="times the steady pace",
        scale=alt.Scale(domain=[0, top * 1.1]),
        axis=alt.Axis(tickCount=4, domain=False, ticks=False, minExtent=NUMBERS),
    )
    middle = [{"step": step, "pace": low, "end": high} for step, low, high in chart.band]
    band = alt.Chart(data(middle)).mark_area(color=FIRST, fillOpacity=0.15)
    line = alt.Chart(data(rows)).mark_line(color=FIRST, strokeWidth=2.5)
    dots = alt.Chart(data(rows)).mark_point(color=FIRST, filled=True, size=45, opacity=1)
    steady = alt.Chart(data([{"step": chart.steps[-1][0], "pace": 1}]))
    rule = steady.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.5)
    name = steady.mark_text(text="steady pace", align="right", dy=-15, color=INK, fontSize=12)
    layers = (band.encode(x=x, y=y, y2="end:Q"),) if middle else ()
    layers += (
        rule.encode(y=y),
        line.encode(x=x, y=y),
        dots.encode(x=x, y=y),
        name.encode(x=x, y=y),
    )
    room = Room(left=titled(NUMBERS))
    return draw(layers, height=HEIGHTS[chart.size], room=room, width=WIDTHS[chart.size])
