"""The chart of the bounds; all names in it are ours."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import FIRST, INK, SECOND, data, draw, rows_axis, stacked


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundRow:
    """One bound in seconds; `name` is ours."""

    name: str
    upper: float
    ci_lower: float | None
    ci_upper: float | None
    may_hurt: bool
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundsChart(Chart):
    """The bounds from fewest to most assumptions, with the upper bound."""

    rows: tuple[BoundRow, ...]
    upper_bound_seconds: float | None
    upper_bound_label: str

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return bounds(self)


def bounds(chart: BoundsChart) -> Markup:
    """A bar from 0 to each bound with the interval of its end, and the upper bound."""
    import altair as alt  # noqa: PLC0415

    y = rows_axis([row.name for row in chart.rows])
    ends = [value for row in chart.rows for value in (row.upper, row.ci_upper) if value is not None]
    x = alt.X(
        "seconds:Q",
        title="seconds per interruption, at most",
        scale=alt.Scale(domain=[0, max(*ends, 0.1) * 1.08], nice=False),
        axis=alt.Axis(tickCount=6, domain=False, ticks=False),
    )
    layers: list[Any] = []
    for last, colour in ((False, FIRST), (True, SECOND)):
        bars = [
            {"name": row.name, "seconds": 0, "end": row.upper}
            for row in chart.rows
            if row.last is last
        ]
        if bars:
            bar = alt.Chart(data(bars)).mark_bar(
                color=colour, fillOpacity=0.35, stroke=colour, strokeWidth=1.5, height=18
            )
            layers.append(bar.encode(x=x, x2="end:Q", y=y))
    spans = [
        {"name": row.name, "seconds": row.ci_lower, "end": row.ci_upper}
        for row in chart.rows
        if row.ci_lower is not None and row.ci_upper is not None
    ]
    if spans:
        span = alt.Chart(data(spans)).mark_rule(color=INK, strokeWidth=2)
        layers.append(span.encode(x=x, x2="end:Q", y=y))
    hurting = [{"name": row.name, "seconds": 0} for row in chart.rows if row.may_hurt]
    if hurting:
        words = alt.Chart(data(hurting)).mark_text(
            text="\N{LEFTWARDS ARROW} it may also hurt", align="left", dx=8, color=INK, fontSize=12
        )
        layers.append(words.encode(x=x, y=y))
    if chart.upper_bound_seconds is not None:
        mark = alt.Chart(
            data([{"name": chart.rows[-1].name, "seconds": chart.upper_bound_seconds}])
        )
        words = mark.mark_text(
            text=chart.upper_bound_label,
            align="left",
            dx=8,
            color=INK,
            fontSize=13,
            fontWeight="bold",
        )
        layers.append(words.encode(x=x, y=y))
    return draw(stacked(*layers), height=44 * len(chart.rows))
