"""The charts of what an arrow could do: pace, arrows, bounds, assumptions; all names are ours."""

from typing import TYPE_CHECKING, Any, Final

from resume_gap.report.charts.drawing import FIRST, INK, SECOND, data, stacked
from resume_gap.report.page.model import ArrowsChart, BoundsChart, PaceChart, SwingsChart

if TYPE_CHECKING:
    import altair as alt

_UPRIGHT: Final = "M0,-1.3L0,1.3"
_KINDS: Final = {
    "this arrow": (FIRST, "circle"),
    "chance": (INK, _UPRIGHT),
    "habit": (SECOND, "diamond"),
}


def pace(chart: PaceChart) -> "alt.LayerChart":
    """A line of multiples, with the steady pace at 1."""
    import altair as alt  # noqa: PLC0415

    rows = [{"step": step, "pace": value} for step, value in chart.steps]
    top = max(1.2, *(value for _, value in chart.steps))
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
        axis=alt.Axis(tickCount=4, domain=False, ticks=False, minExtent=34),
    )
    line = alt.Chart(data(rows)).mark_line(color=FIRST, strokeWidth=2.5)
    dots = alt.Chart(data(rows)).mark_point(color=FIRST, filled=True, size=45, opacity=1)
    steady = alt.Chart(data([{"step": chart.steps[-1][0], "pace": 1}]))
    rule = steady.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.5)
    name = steady.mark_text(text="steady pace", align="right", dy=-15, color=INK, fontSize=12)
    return stacked(
        rule.encode(y=y), line.encode(x=x, y=y), dots.encode(x=x, y=y), name.encode(x=x, y=y)
    )


def rows_axis(names: list[str], *, letter: float = 6.8) -> "alt.Y":
    """Named rows, with the room that their names take."""
    import altair as alt  # noqa: PLC0415

    # The page's font is wider than the one that vl-convert measures with.
    room = letter * max(map(len, names)) + 8
    axis = alt.Axis(
        domain=False, ticks=False, labelLimit=400, labelPadding=8, labelFontSize=13, minExtent=room
    )
    return alt.Y("name:N", sort=names, title=None, axis=axis)


def arrows(chart: ArrowsChart) -> "alt.LayerChart":
    """Dot and interval for the hits, an upright stroke for chance, a diamond for habit."""
    import altair as alt  # noqa: PLC0415

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
        return stacked(drawn)
    span = alt.Chart(data(spans)).mark_rule(color=FIRST, strokeWidth=2.5)
    return stacked(span.encode(x=x, x2="end:Q", y=y), drawn)


def bounds(chart: BoundsChart) -> "alt.LayerChart":
    """A bar from 0 to each bound with the interval of its end, and the ceiling."""
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
    if chart.search_upper_seconds is not None:
        mark = alt.Chart(
            data([{"name": chart.rows[-1].name, "seconds": chart.search_upper_seconds}])
        )
        words = mark.mark_text(
            text=chart.ceiling_label, align="left", dx=8, color=INK, fontSize=13, fontWeight="bold"
        )
        layers.append(words.encode(x=x, y=y))
    return stacked(*layers)


def swings(chart: SwingsChart) -> "alt.LayerChart":
    """From the middle to each end of an assumption; the ends say what was assumed."""
    import altair as alt  # noqa: PLC0415

    y = rows_axis([row.name for row in chart.rows])
    ends = [value for row in chart.rows for value in (row.low, row.high)] + [0.0, chart.middle]
    room = (max(ends) - min(ends) or 1.0) * 0.16
    x = alt.X(
        "seconds:Q",
        title="seconds per interruption, middle case",
        scale=alt.Scale(domain=[min(ends) - room, max(ends) + room], nice=False),
        axis=alt.Axis(tickCount=6, domain=False, ticks=False),
    )
    layers: list[Any] = []
    for end, colour, dash in (("low", SECOND, [4, 2]), ("high", FIRST, [1, 0])):
        bars = [
            {"name": row.name, "seconds": chart.middle, "end": getattr(row, end)}
            for row in chart.rows
        ]
        bar = alt.Chart(data(bars)).mark_bar(
            color=colour,
            fillOpacity=0.35,
            stroke=colour,
            strokeWidth=1.5,
            strokeDash=dash,
            height=20,
        )
        layers.append(bar.encode(x=x, x2="end:Q", y=y))
        for row in chart.rows:
            value = getattr(row, end)
            left = value < chart.middle
            words = alt.Chart(data([{"name": row.name, "seconds": value}])).mark_text(
                text=getattr(row, f"{end}_label"),
                align="right" if left else "left",
                dx=-5 if left else 5,
                color=INK,
                fontSize=12,
            )
            layers.append(words.encode(x=x, y=y))
    rule = alt.Chart(data([{"seconds": chart.middle}])).mark_rule(color=INK, strokeWidth=1.5)
    layers.append(rule.encode(x=x))
    return stacked(*layers)
