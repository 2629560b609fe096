"""The charts of a trial and of its plan; all names in them are ours."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import (
    FIRST,
    GROUND,
    INK,
    NARROW,
    SECOND,
    TIME_LABEL,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksChart(Chart):
    """The smallest effect found, week by week, in seconds."""

    once: tuple[tuple[float, float], ...]
    """With one look at the end: (weeks, seconds)."""
    band: tuple[tuple[float, float, float], ...]
    """(weeks, lower, upper) of the same."""
    looks: tuple[tuple[float, float], ...]
    looks_label: str
    wanted: float
    wanted_label: str
    known_weeks: float | None
    """What lies beyond is longer than the log."""

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return weeks(self)


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
        axis=alt.Axis(values=time_ticks(last or 1), labelExpr=TIME_LABEL, grid=False),
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
    return draw(stacked(*layers), height=230)


def weeks(chart: WeeksChart) -> Markup:
    """Lines falling with the weeks, a band around the first, and the effect that is wanted."""
    import altair as alt  # noqa: PLC0415

    ends = [week for line in (chart.once, chart.looks) for week, _ in line]
    first, last = min(ends), max(ends)
    tops = [v for _, v in chart.once] + [v for _, v in chart.looks] + [v for *_, v in chart.band]
    top = max(*tops, chart.wanted) * 1.08
    x = alt.X(
        "weeks:Q",
        title="weeks",
        scale=alt.Scale(domain=[first, max(last, first + 1)], nice=False),
        axis=alt.Axis(format="d", grid=False, tickMinStep=1),
    )
    y = alt.Y(
        "seconds:Q",
        title="smallest effect found, seconds",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(tickCount=5, domain=False, ticks=False, minExtent=34),
    )
    layers: list[Any] = []
    if chart.band:
        rows = [{"weeks": week, "seconds": low, "end": high} for week, low, high in chart.band]
        band = alt.Chart(data(rows)).mark_area(color=FIRST, fillOpacity=0.15)
        layers.append(band.encode(x=x, y=y, y2="end:Q"))
    for points, label, colour, dash, dy in (
        (chart.once, "one look", FIRST, [1, 0], 16),
        (chart.looks, chart.looks_label, SECOND, [6, 4], -12),
    ):
        if not points:
            continue
        rows = [{"weeks": week, "seconds": value} for week, value in points]
        line = alt.Chart(data(rows)).mark_line(color=colour, strokeDash=dash, strokeWidth=2.5)
        end = alt.Chart(data(rows[-1:]))
        words = end.mark_text(
            text=label, align="right", dx=-4, dy=dy, color=INK, fontSize=12, fontWeight="bold"
        )
        layers += [line.encode(x=x, y=y), words.encode(x=x, y=y)]
    wanted = alt.Chart(data([{"weeks": first, "seconds": chart.wanted}]))
    rule = wanted.mark_rule(color=INK, strokeDash=[2, 3], strokeWidth=1.5)
    words = wanted.mark_text(
        text=chart.wanted_label, align="left", dx=6, dy=-8, color=INK, fontSize=12
    )
    layers += [rule.encode(y=y), words.encode(x=x, y=y)]
    if chart.known_weeks is not None and first < chart.known_weeks < last:
        edge = alt.Chart(data([{"weeks": chart.known_weeks}]))
        rule = edge.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1)
        words = edge.mark_text(
            text="beyond the log \N{RIGHTWARDS ARROW}",
            align="left",
            dx=6,
            y=0,
            baseline="top",
            color=INK,
            fontSize=12,
        )
        layers += [rule.encode(x=x), words.encode(x=x)]
    return draw(stacked(*layers), height=230)
