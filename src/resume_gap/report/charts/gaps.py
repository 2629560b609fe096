"""The charts of gaps and of the hours in which work stops."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from resume_gap.report.charts.axes import number_format, rough_step
from resume_gap.report.charts.chart import Chart, DrawnSize
from resume_gap.report.charts.drawing import (
    EDGE,
    FIRST,
    INK,
    SECOND,
    SHARES,
    WIDTHS,
    Room,
    data,
    draw,
    titled,
)

if TYPE_CHECKING:
    import altair as alt

_LENGTHS: Final = (1, 10, 60, 600, 3_600, 28_800, 86_400, 604_800, 2_592_000)
_FEW_LENGTHS: Final = (1, 60, 3_600, 86_400, 2_592_000)
_TIMES: Final = (2, 5, 10, 20, 50, 100, 200, 500, 1_000)
_HEIGHT: Final = 220
_TICKS: Final = 4
_TENTH_OF_PERCENT: Final = 0.001
_LINE: Final = 16
"""From one line of words to the next."""
_WEEK_ROOM: Final = Room(left=32, right=2, top=2, bottom=32)
"""Names of days without a title, and nothing at the other ends."""
_Bin = tuple[float, float, float]
_LENGTH_LABEL: Final = (
    "datum.value < 60 ? datum.value + ' s' : datum.value < 3600 ? datum.value / 60 + ' min' : "
    "datum.value < 86400 ? datum.value / 3600 + ' h' : datum.value / 86400 + ' d'"
)
_DAY_LABEL: Final = "['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][datum.value]"
_EVERY: Final = "datum.value % {} == 0 ? datum.value + ':00' : ''"
_HOUR_LABEL: Final[dict[DrawnSize, str]] = {
    "column": _EVERY.format(3),
    "page": _EVERY.format(3),
    "telephone": _EVERY.format(6),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsChart(Chart):
    """Distribution of the gaps between events, with the inactivity threshold."""

    bins: tuple[tuple[float, float, float], ...]
    """(from seconds, to seconds, share of the gaps), without holes."""
    threshold_seconds: float
    threshold_label: str

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return gaps(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekChart(Chart):
    """7 x 24 counts, Monday first."""

    counts: tuple[tuple[int, ...], ...]

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return week(self)


def gaps(chart: GapsChart) -> Markup:
    """Two areas over the logarithm of the gap, parted at the threshold; the second one enlarged."""
    import altair as alt  # noqa: PLC0415

    threshold = chart.threshold_seconds
    shortest, longest = chart.bins[0][0], max(chart.bins[-1][1], threshold * 1.2)
    wanted = _LENGTHS if chart.size != "telephone" else _FEW_LENGTHS
    axis = alt.Axis(
        values=[v for v in wanted if shortest <= v <= longest], labelExpr=_LENGTH_LABEL, grid=False
    )
    x = alt.X(
        "seconds:Q",
        axis=axis,
        title="gap to the next event",
        scale=alt.Scale(type="log", domain=[shortest, longest], nice=False),
    )
    within = [(a, min(b, threshold), s) for a, b, s in chart.bins if a < threshold]
    beyond = [(max(a, threshold), b, s) for a, b, s in chart.bins if b > threshold]
    times = _enlarged(within, beyond)
    beyond = [(a, b, s * times) for a, b, s in beyond]
    words = [chart.threshold_label, *_named(times if beyond else 0)]
    highest = max(share for *_, share in (*within, *beyond))
    # The words stand above everything that is drawn.
    top = highest / (1 - _LINE * len(words) / _HEIGHT)
    scale = alt.Scale(domain=[0, top], nice=False)
    step = rough_step(top, _TICKS)
    left = alt.Axis(
        format=number_format(min(step, _TENTH_OF_PERCENT), "share"),
        tickCount=_TICKS,
        domain=False,
        ticks=False,
        minExtent=SHARES,
    )
    layers: list[Any] = []
    sides: tuple[tuple[str, list[dict[str, Any]], alt.Axis | None, str | None], ...] = (
        (FIRST, _outline(within), left, "share of the gaps"),
        (SECOND, _outline(beyond), *_right_axis(times, highest)),
    )
    for color, rows, side, title in sides:
        if rows:
            area = alt.Chart(data(rows)).mark_area(
                interpolate="step-after",
                color=color,
                fillOpacity=0.35,
                line={"color": color, "strokeWidth": 1.5},
            )
            y = alt.Y("share:Q", title=title, axis=side, scale=scale)
            layers.append(area.encode(x=x, y=y))
    mark = alt.Chart(data([{"seconds": threshold}]))
    rule = mark.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.5)
    layers.append(rule.encode(x=x))
    right = threshold > (shortest**0.35 * longest**0.65)
    for number, text in enumerate(words):
        layers.append(_beside(mark, text, left=right, line=number).encode(x=x))
    room = Room(left=titled(SHARES), right=titled(SHARES) if beyond and times > 1 else EDGE)
    return draw(layers, height=_HEIGHT, room=room, width=WIDTHS[chart.size], own_axes=True)


def _right_axis(times: int, highest: float) -> "tuple[alt.Axis | None, str | None]":
    """The axis of the second area and its title, where that is enlarged."""
    import altair as alt  # noqa: PLC0415

    if times == 1:
        return None, None
    axis = alt.Axis(
        orient="right",
        # Above the highest stand the words.
        labelExpr=f"datum.value <= {highest} ? format(datum.value / {times}, '.3~p') : ''",
        labelColor=SECOND,
        titleColor=SECOND,
        tickCount=_TICKS,
        domain=False,
        grid=False,
        ticks=False,
        minExtent=SHARES,
    )
    return axis, "share, longer gaps"


def _named(times: int) -> list[str]:
    """What the second area is; nothing without one."""
    if times > 1:
        return ["longer gaps: scale", "on the right"]
    return ["longer gaps end a session"] if times else []


def _enlarged(within: list[_Bin], beyond: list[_Bin]) -> int:
    """How many times as high the gaps beyond the threshold are drawn: a round number, or 1."""
    highest = max((share for *_, share in within), default=0.0)
    tail = max((share for *_, share in beyond), default=0.0)
    if not tail or tail * 4 > highest:
        return 1
    return next((by for by in _TIMES if tail * by * 2 > highest), _TIMES[-1])


def _beside(mark: "alt.Chart", text: str, *, left: bool, line: int) -> "alt.Chart":
    """A line of words of ours at the top, on one side of a mark."""
    words: alt.Chart = mark.mark_text(
        text=text,
        align="right" if left else "left",
        dx=-6 if left else 6,
        y=_LINE * line,
        baseline="top",
        color=INK,
        fontSize=12,
    )
    return words


def _outline(bins: list[_Bin]) -> list[dict[str, Any]]:
    """Corners of a stepped area; the last one closes it."""
    rows = [{"seconds": lower, "share": share} for lower, _, share in bins]
    return [*rows, {"seconds": bins[-1][1], "share": bins[-1][2]}] if rows else []


def week(chart: WeekChart) -> Markup:
    """7 x 24 fields of one color, more opaque where there are more; the top is named."""
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
        axis=alt.Axis(labelExpr=_HOUR_LABEL[chart.size], labelAngle=0, domain=False, ticks=False),
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
    layers = [field, ring.encode(x=x, y=y)]
    return draw(layers, height=_HEIGHT, room=_WEEK_ROOM, width=WIDTHS[chart.size])
