"""The chart of one figure over many runs: each with its interval, at the last day of its log."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from markupsafe import Markup

from resume_gap.report.charts.axes import Ticks, number_format, round_ticks
from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import (
    FIRST,
    HEIGHTS,
    INK,
    MOST_TICKS,
    WIDTHS,
    data,
    draw,
)

if TYPE_CHECKING:
    import altair as alt

_STEPS: Final = 5
"""Of the upright axis between the ends of what is drawn, at most."""
_DAY: Final = "utcFormat(datum.value, '%d %b %Y')"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendMark:
    """One run; the day is a date like 2025-03-14."""

    day: str
    value: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendChart(Chart):
    """One figure over time."""

    marks: tuple[TrendMark, ...]
    title: str
    unit: Literal["seconds", "share"]
    sides: bool = False
    """Whether values lie on both sides of 0, which is drawn then."""

    @property
    def ticks(self) -> Ticks:
        """Of the upright axis, which need not begin at 0."""
        ends = [end for one in self.marks for end in (one.value, one.lower, one.upper)]
        drawn = [end for end in ends if end is not None] + ([0.0] if self.sides else [])
        return round_ticks(min(drawn), max(drawn), _STEPS)

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return trend(self)


def trend(chart: TrendChart) -> Markup:
    """Marks with upright intervals, joined by a line."""
    import altair as alt  # noqa: PLC0415

    rows = [
        {"day": one.day, "value": one.value, "lower": one.lower, "upper": one.upper}
        for one in chart.marks
    ]
    days = sorted({one.day for one in chart.marks})
    x = alt.X(
        "day:T",
        title="last day of the log",
        scale=alt.Scale(type="utc", padding=24),
        axis=alt.Axis(
            values=_thinned(days, MOST_TICKS[chart.size]),
            labelExpr=_DAY,
            grid=False,
            labelOverlap=True,
        ),
    )
    y, upright = (_upright(chart, name) for name in ("value", "lower"))
    whole = [row for row in rows if row["lower"] is not None]
    layers: list[Any] = []
    if chart.sides:
        zero = alt.Chart(data([{"value": 0}])).mark_rule(color=INK, strokeDash=[4, 3])
        layers.append(zero.encode(y=y))
    if len(days) > 1:
        line = alt.Chart(data(rows)).mark_line(color=FIRST, strokeWidth=1.5, opacity=0.5)
        layers.append(line.encode(x=x, y=y))
    if whole:
        rule = alt.Chart(data(whole)).mark_rule(color=FIRST, strokeWidth=2)
        layers.append(rule.encode(x=x, y=upright, y2="upper:Q"))
    dot = alt.Chart(data(rows)).mark_point(color=FIRST, filled=True, size=70, opacity=1)
    layers.append(dot.encode(x=x, y=y))
    return draw(layers, height=HEIGHTS[chart.size], width=WIDTHS[chart.size])


def _thinned(days: list[str], most: int) -> list[str]:
    """At most so many days at even steps, the last one among them."""
    return days[:: -max(1, -(-len(days) // most))][::-1]


def _upright(chart: TrendChart, name: str) -> "alt.Y":
    """The axis of all values, from a round number to a round number."""
    import altair as alt  # noqa: PLC0415

    ticks = chart.ticks
    return alt.Y(
        f"{name}:Q",
        title=chart.title,
        scale=alt.Scale(domain=list(ticks.ends), nice=False),
        axis=alt.Axis(
            format=number_format(ticks.step, "share" if chart.unit == "share" else "number"),
            values=list(ticks.values),
            domain=False,
            ticks=False,
            minExtent=46,
        ),
    )
