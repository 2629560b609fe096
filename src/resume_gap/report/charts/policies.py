"""The chart of target rules beside the chance and habit baselines; all names in it are ours."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import FIRST, INK, SECOND, data, draw, rows_axis, stacked

_UPRIGHT: Final = "M0,-1.3L0,1.3"
_KINDS: Final = {
    "this rule": (FIRST, "circle"),
    "chance": (INK, _UPRIGHT),
    "habit": (SECOND, "diamond"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """Hits of one target rule; `name` is ours."""

    name: str
    hit: float
    lower: float | None
    upper: float | None
    chance: float | None
    habit: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliciesChart(Chart):
    """Target rules side by side."""

    rows: tuple[PolicyRow, ...]

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return policies(self)


def policies(chart: PoliciesChart) -> Markup:
    """Dot and interval for the hits, an upright stroke for chance, a diamond for habit."""
    import altair as alt  # noqa: PLC0415

    height = 44 * len(chart.rows)
    y = rows_axis([row.name for row in chart.rows])
    axis = alt.Axis(format=".0%", tickCount=5, domain=False, ticks=False)
    x = alt.X(
        "share:Q", title="share of the interruptions", scale=alt.Scale(domain=[0, 1]), axis=axis
    )
    spans = [
        {"name": row.name, "share": row.lower, "end": row.upper}
        for row in chart.rows
        if row.lower is not None and row.upper is not None
    ]
    marks = [
        {"name": row.name, "share": value, "kind": kind}
        for row in chart.rows
        for kind, value in zip(_KINDS, (row.hit, row.chance, row.habit), strict=True)
        if value is not None
    ]
    kinds = alt.Scale(domain=list(_KINDS), range=[colour for colour, _ in _KINDS.values()])
    shapes = alt.Scale(domain=list(_KINDS), range=[shape for _, shape in _KINDS.values()])
    legend = alt.Legend(
        title=None,
        orient="top",
        labelColor=INK,
        labelFontSize=12,
        symbolStrokeWidth=2.5,
        symbolSize=90,
    )
    points = alt.Chart(data(marks)).mark_point(size=110, strokeWidth=2.5, opacity=1)
    drawn = points.encode(
        x=x,
        y=y,
        stroke=alt.Stroke("kind:N", scale=kinds, legend=legend),
        shape=alt.Shape("kind:N", scale=shapes, legend=legend),
    )
    if not spans:
        return draw(stacked(drawn), height=height)
    span = alt.Chart(data(spans)).mark_rule(color=FIRST, strokeWidth=2.5)
    return draw(stacked(span.encode(x=x, x2="end:Q", y=y), drawn), height=height)
