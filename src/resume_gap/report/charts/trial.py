"""The charts of a trial; all names in them are ours."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import (
    FIRST,
    GROUND,
    HEIGHTS,
    INK,
    MOST_TICKS,
    NARROW,
    SECOND,
    TIME_LABEL,
    WIDTHS,
    data,
    draw,
    stacked,
    time_ticks,
)

if TYPE_CHECKING:
    import altair as alt

_ARMS: Final = {"treatment": (FIRST, [1, 0]), "control": (SECOND, [6, 4])}


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """One difference with its interval; `name` and `label` are ours."""

    name: str
    estimate: float
    lower: float | None
    upper: float | None
    label: str
    second: bool = False
    """Drawn in the second colour and shape."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencesChart(Chart):
    """Differences in seconds around 0."""

    narrow: ClassVar[bool] = True

    rows: tuple[DifferenceRow, ...]

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return differences(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmsChart(Chart):
    """By so many seconds, shares of both arms that were back at work, and that left again."""

    points: tuple[tuple[float, float, float, float, float], ...]
    """(seconds, control finished, control left, treatment finished, treatment left)."""

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return arms(self)


def differences(chart: DifferencesChart) -> Markup:
    """Dot and interval of each difference, with 0 as a line that says which side is faster."""
    import altair as alt  # noqa: PLC0415

    y = alt.Y("name:N", sort=[row.name for row in chart.rows], title=None, axis=None)
    ends = [v for row in chart.rows for v in (row.estimate, row.lower, row.upper) if v is not None]
    lowest, highest = min(*ends, 0.0), max(*ends, 0.0)
    room = (highest - lowest or 1.0) * 0.14
    x = alt.X(
        "seconds:Q",
        title="seconds, treatment less control",
        scale=alt.Scale(domain=[lowest - room, highest + room], nice=False),
        axis=alt.Axis(tickCount=5, domain=False, ticks=False),
    )
    zero = alt.Chart(data([{"seconds": 0}]))
    layers: list[Any] = [zero.mark_rule(color=INK, strokeWidth=1.5).encode(x=x)]
    for text, left in (
        ("\N{LEFTWARDS ARROW} faster", True),
        ("slower \N{RIGHTWARDS ARROW}", False),
    ):
        words = zero.mark_text(
            text=text,
            align="right" if left else "left",
            dx=-6 if left else 6,
            y=-14,
            baseline="bottom",
            color=INK,
            fontSize=12,
        )
        layers.append(words.encode(x=x))
    for second, colour, shape in ((False, FIRST, "circle"), (True, SECOND, "diamond")):
        rows = [row for row in chart.rows if row.second is second]
        spans = [
            {"name": row.name, "seconds": row.lower, "end": row.upper}
            for row in rows
            if row.lower is not None and row.upper is not None
        ]
        if spans:
            span = alt.Chart(data(spans)).mark_rule(color=colour, strokeWidth=2.5)
            layers.append(span.encode(x=x, x2="end:Q", y=y))
        if rows:
            dots = [{"name": row.name, "seconds": row.estimate} for row in rows]
            dot = alt.Chart(data(dots)).mark_point(
                color=colour, shape=shape, filled=True, size=110, opacity=1
            )
            layers.append(dot.encode(x=x, y=y))
        for row in rows:
            mark = alt.Chart(data([{"name": row.name, "seconds": row.estimate}]))
            words = mark.mark_text(text=row.label, dy=-13, color=INK, fontSize=12)
            layers.append(words.encode(x=x, y=y))
            layers += [name.encode(x=alt.value(0), y=y) for name in _names(mark, row.name)]
    return draw(stacked(*layers), height=62 * len(chart.rows), width=NARROW)


def _names(mark: "alt.Chart", name: str) -> tuple["alt.Chart", "alt.Chart"]:
    """A name above its row, on ground of its own: the line at 0 may pass behind it."""
    ground: alt.Chart
    text: alt.Chart
    ground, text = (
        mark.mark_text(text=name, align="left", dy=-29, fontSize=13, fontWeight="bold", **drawn)
        for drawn in ({"color": GROUND, "stroke": GROUND, "strokeWidth": 6}, {"color": INK})
    )
    return ground, text


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
        axis=alt.Axis(format=".0%", tickCount=5, domain=False, ticks=False, minExtent=46),
    )
    columns = (
        ("control", "finished"),
        ("control", "left"),
        ("treatment", "finished"),
        ("treatment", "left"),
    )
    colours = alt.Scale(domain=list(_ARMS), range=[colour for colour, _ in _ARMS.values()])
    dashes = alt.Scale(domain=list(_ARMS), range=[dash for _, dash in _ARMS.values()])
    legend = alt.Legend(
        title=None,
        orient="top",
        labelColor=INK,
        labelFontSize=12,
        symbolStrokeWidth=2.5,
        symbolType="stroke",
        symbolSize=500,
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
                stroke=alt.Stroke("arm:N", scale=colours, legend=legend),
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
    return draw(stacked(*layers), height=HEIGHTS[chart.size], width=WIDTHS[chart.size])
