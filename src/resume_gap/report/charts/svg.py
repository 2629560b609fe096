"""Every chart of a page as static SVG; Altair and vl-convert are imported on the first one."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from resume_gap.report.charts import day as daypicture
from resume_gap.report.charts import policies, trial
from resume_gap.report.charts.drawing import (
    FIRST,
    INK,
    NARROW,
    SECOND,
    TIME_LABEL,
    data,
    draw,
    stacked,
    time_ticks,
)
from resume_gap.report.page.evaluate.blocks import ArmsChart, DifferencesChart, WeeksChart
from resume_gap.report.page.model import (
    ArrowsChart,
    BoundsChart,
    Chart,
    CurveChart,
    DayChart,
    GapsChart,
    PaceChart,
    SwingsChart,
    WeekChart,
)

if TYPE_CHECKING:
    import altair as alt

_LENGTHS: Final = (1, 10, 60, 600, 3_600, 28_800, 86_400, 604_800, 2_592_000)
_LENGTH_LABEL: Final = (
    "datum.value < 60 ? datum.value + ' s' : datum.value < 3600 ? datum.value / 60 + ' min' : "
    "datum.value < 86400 ? datum.value / 3600 + ' h' : datum.value / 86400 + ' d'"
)
_DAY_LABEL: Final = "['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][datum.value]"
_HOUR_LABEL: Final = "datum.value % 3 == 0 ? datum.value + ':00' : ''"


@lru_cache(maxsize=16)
def svg(chart: Chart) -> Markup:
    """The chart as an SVG element that scales with its box.

    Raises:
        ValueError: The drawing holds something that a picture has no need of.
    """
    if isinstance(chart, GapsChart):
        return draw(_gaps(chart), height=200)
    if isinstance(chart, CurveChart):
        return draw(_curve(chart), height=220)
    if isinstance(chart, WeekChart):
        return draw(_week(chart), height=190)
    if isinstance(chart, DayChart):
        return daypicture.svg(chart)
    if isinstance(chart, DifferencesChart | ArmsChart | WeeksChart):
        return _trial(chart)
    return _launch(chart)


def _launch(chart: PaceChart | ArrowsChart | BoundsChart | SwingsChart) -> Markup:
    if isinstance(chart, PaceChart):
        return draw(policies.pace(chart), height=170)
    if isinstance(chart, ArrowsChart):
        return draw(policies.arrows(chart), height=44 * len(chart.rows))
    if isinstance(chart, BoundsChart):
        return draw(policies.bounds(chart), height=44 * len(chart.rows))
    return draw(policies.swings(chart), height=50 * len(chart.rows))


def _trial(chart: DifferencesChart | ArmsChart | WeeksChart) -> Markup:
    if isinstance(chart, DifferencesChart):
        height = 62 * len(chart.rows)
        return draw(trial.differences(chart), height=height, width=NARROW)
    if isinstance(chart, ArmsChart):
        return draw(trial.arms(chart), height=230)
    return draw(trial.weeks(chart), height=230)


def _gaps(chart: GapsChart) -> "alt.LayerChart":
    """Two areas over the logarithm of the gap, parted at the limit."""
    import altair as alt  # noqa: PLC0415

    limit = chart.limit_seconds
    lowest, highest = chart.bins[0][0], max(chart.bins[-1][1], limit * 1.2)
    axis = alt.Axis(
        values=[v for v in _LENGTHS if lowest <= v <= highest], labelExpr=_LENGTH_LABEL, grid=False
    )
    x = alt.X(
        "seconds:Q",
        axis=axis,
        title="gap to the next event",
        scale=alt.Scale(type="log", domain=[lowest, highest], nice=False),
    )
    y = alt.Y(
        "share:Q",
        title="share of the gaps",
        axis=alt.Axis(format=".1%", tickCount=4, domain=False, ticks=False, minExtent=46),
    )
    layers: list[Any] = []
    for colour, rows in (
        (FIRST, _outline([(a, min(b, limit), s) for a, b, s in chart.bins if a < limit])),
        (SECOND, _outline([(max(a, limit), b, s) for a, b, s in chart.bins if b > limit])),
    ):
        if rows:
            area = alt.Chart(data(rows)).mark_area(
                interpolate="step-after",
                color=colour,
                fillOpacity=0.35,
                line={"color": colour, "strokeWidth": 1.5},
            )
            layers.append(area.encode(x=x, y=y))
    mark = alt.Chart(data([{"seconds": limit}]))
    rule = mark.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.5)
    right = limit > (lowest * highest) ** 0.5
    name = _beside(mark, chart.limit_label, left=right)
    other = _beside(mark, "pauses" if right else "no pauses", left=not right)
    layers += [rule.encode(x=x), name.encode(x=x), other.encode(x=x)]
    return stacked(*layers)


def _beside(mark: "alt.Chart", text: str, *, left: bool) -> "alt.Chart":
    """Words of ours at the top, on one side of a mark."""
    words: alt.Chart = mark.mark_text(
        text=text,
        align="right" if left else "left",
        dx=-6 if left else 6,
        y=6,
        baseline="top",
        color=INK,
        fontSize=12,
    )
    return words


def _outline(bins: list[tuple[float, float, float]]) -> list[dict[str, Any]]:
    """Corners of a stepped area; the last one closes it."""
    rows = [{"seconds": lower, "share": share} for lower, _, share in bins]
    return [*rows, {"seconds": bins[-1][1], "share": bins[-1][2]}] if rows else []


def _curve(chart: CurveChart) -> "alt.LayerChart":
    """A line with its end named."""
    import altair as alt  # noqa: PLC0415

    last = chart.points[-1][0]
    x = alt.X(
        "seconds:Q",
        title="time since the first event back",
        scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(values=time_ticks(last), labelExpr=TIME_LABEL, grid=False),
    )
    y = alt.Y(
        "share:Q",
        title="share productive by then",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", tickCount=5, domain=False, ticks=False, minExtent=46),
    )
    layers = []
    lines = [(chart.points, chart.end_label, FIRST, [1, 0])]
    if chart.other:
        lines.append((chart.other, chart.other_label, SECOND, [6, 4]))
    highest = max(points[-1][1] for points, *_ in lines)
    for points, label, colour, dash in lines:
        rows = [{"seconds": t, "share": share} for t, share in points]
        line = alt.Chart(data(rows)).mark_line(color=colour, strokeWidth=2.5, strokeDash=dash)
        end = alt.Chart(data(rows[-1:]))
        dot = end.mark_point(color=colour, filled=True, size=60, opacity=1)
        above = points[-1][1] == highest if chart.other else points[-1][1] < 0.85
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
    return stacked(*layers)


def _week(chart: WeekChart) -> "alt.LayerChart":
    """7 x 24 fields of one colour, more opaque where there are more; the top is named."""
    import altair as alt  # noqa: PLC0415

    most = max(max(row) for row in chart.counts)
    rows = [
        {"day": day, "hour": hour, "n": n}
        for day, row in enumerate(chart.counts)
        for hour, n in enumerate(row)
    ]
    x = alt.X(
        "hour:O",
        title="hour of the day",
        axis=alt.Axis(labelExpr=_HOUR_LABEL, labelAngle=0, domain=False, ticks=False),
        scale=alt.Scale(paddingInner=0.06),
    )
    y = alt.Y(
        "day:O",
        title=None,
        scale=alt.Scale(paddingInner=0.1),
        axis=alt.Axis(labelExpr=_DAY_LABEL, domain=False, ticks=False),
    )
    shade = alt.Opacity("n:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[0.05, 1]))
    field = alt.Chart(data(rows)).mark_rect(color=FIRST).encode(x=x, y=y, opacity=shade)
    top = [max(rows, key=lambda row: row["n"])]
    ring = alt.Chart(data(top)).mark_rect(filled=False, color=INK, strokeWidth=2)
    return stacked(field, ring.encode(x=x, y=y))
