"""Static SVG of the few charts, by Altair and vl-convert; both are imported on the first chart.

Field names are ours and fixed, expressions are constants, no text from data enters a
specification. Colours are `currentColor` and CSS variables of the page (`--c1` blue, `--c2`
vermilion of Okabe and Ito), so that light, dark and print follow the page. What vl-convert
returns is checked before it counts as markup.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from resume_gap.report.blocks import Chart, CurveChart, GapsChart, WeekChart

if TYPE_CHECKING:
    import altair as alt

_WIDTH: Final = 560
_INK, _FIRST, _SECOND = "currentColor", "var(--c1)", "var(--c2)"
_AXIS: Final[dict[str, Any]] = {
    "domainColor": _INK, "domainOpacity": 0.4, "gridColor": _INK, "gridOpacity": 0.12,
    "labelColor": _INK, "labelFontSize": 12, "labelFontWeight": "normal", "tickColor": _INK,
    "tickOpacity": 0.4, "titleColor": _INK, "titleFontSize": 12, "titleFontWeight": "normal",
}  # fmt: skip
_CONFIG: Final[dict[str, Any]] = {
    "aria": False, "axis": _AXIS, "background": "transparent", "font": "system-ui, sans-serif",
    "view": {"stroke": None},
}  # fmt: skip
_LENGTHS: Final = (1, 10, 60, 600, 3_600, 28_800, 86_400, 604_800, 2_592_000)
_LENGTH_LABEL: Final = (
    "datum.value < 60 ? datum.value + ' s' : datum.value < 3600 ? datum.value / 60 + ' min' : "
    "datum.value < 86400 ? datum.value / 3600 + ' h' : datum.value / 86400 + ' d'"
)
_TIME_LABEL: Final = "datum.value < 120 ? datum.value + ' s' : datum.value / 60 + ' min'"
_DAY_LABEL: Final = "['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][datum.value]"
_HOUR_LABEL: Final = "datum.value % 3 == 0 ? datum.value + ':00' : ''"

_REFUSED = re.compile(
    r"<script|<foreignObject|<image|<a[\s>]|href|\sstyle=|\son\w+=|url\(", re.IGNORECASE
)
_ROOT = re.compile(r'^<svg [^>]*?viewBox="([\d. -]+)"[^>]*>')


@lru_cache(maxsize=8)
def svg(chart: Chart) -> Markup:
    """The chart as an SVG element that scales with its box.

    Raises:
        ValueError: The drawing holds something that a picture has no need of.
    """
    if isinstance(chart, GapsChart):
        return _draw(_gaps(chart), height=200)
    if isinstance(chart, CurveChart):
        return _draw(_curve(chart), height=220)
    return _draw(_week(chart), height=190)


def _draw(chart: "alt.LayerChart", *, height: int) -> Markup:
    import vl_convert  # noqa: PLC0415 - half a second, only where a page is made

    spec = chart.properties(width=_WIDTH, height=height).configure(**_CONFIG).to_dict()
    drawn: str = vl_convert.vegalite_to_svg(spec)
    if _REFUSED.search(drawn) or (root := _ROOT.match(drawn)) is None:
        raise ValueError("a chart came back as more than a picture")
    # The figure around it carries the role and the name.
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{root[1]}" aria-hidden="true">'
    return Markup(head + drawn[root.end() :])  # noqa: S704 - checked above


def _data(rows: list[dict[str, Any]]) -> "alt.InlineData":
    import altair as alt  # noqa: PLC0415

    return alt.InlineData(values=rows)


def _stacked(*layers: "alt.Chart") -> "alt.LayerChart":
    import altair as alt  # noqa: PLC0415

    return alt.LayerChart(layer=list(layers))


def _gaps(chart: GapsChart) -> "alt.LayerChart":
    """Two areas over the logarithm of the gap, parted at the limit."""
    import altair as alt  # noqa: PLC0415

    limit = chart.limit_seconds
    lowest, highest = chart.bins[0][0], max(chart.bins[-1][1], limit * 1.2)
    axis = alt.Axis(
        values=[v for v in _LENGTHS if lowest <= v <= highest], labelExpr=_LENGTH_LABEL, grid=False
    )
    x = alt.X("seconds:Q", axis=axis, title="gap to the next event",
              scale=alt.Scale(type="log", domain=[lowest, highest], nice=False))  # fmt: skip
    y = alt.Y("share:Q", title="share of the gaps",
              axis=alt.Axis(format=".1%", tickCount=4, domain=False, ticks=False))  # fmt: skip
    layers: list[Any] = []
    for colour, rows in (
        (_FIRST, _outline([(a, min(b, limit), s) for a, b, s in chart.bins if a < limit])),
        (_SECOND, _outline([(max(a, limit), b, s) for a, b, s in chart.bins if b > limit])),
    ):
        if rows:
            area = alt.Chart(_data(rows)).mark_area(
                interpolate="step-after", color=colour, fillOpacity=0.35,
                line={"color": colour, "strokeWidth": 1.5},
            )  # fmt: skip
            layers.append(area.encode(x=x, y=y))
    mark = alt.Chart(_data([{"seconds": limit}]))
    rule = mark.mark_rule(color=_INK, strokeDash=[4, 3], strokeWidth=1.5)
    right = limit > (lowest * highest) ** 0.5
    name = _beside(mark, chart.limit_label, left=right)
    other = _beside(mark, "pauses" if right else "no pauses", left=not right)
    layers += [rule.encode(x=x), name.encode(x=x), other.encode(x=x)]
    return _stacked(*layers)


def _beside(mark: "alt.Chart", text: str, *, left: bool) -> "alt.Chart":
    """Words of ours at the top, on one side of a mark."""
    words: alt.Chart = mark.mark_text(
        text=text, align="right" if left else "left", dx=-6 if left else 6, y=6, baseline="top",
        color=_INK, fontSize=12,
    )  # fmt: skip
    return words


def _outline(bins: list[tuple[float, float, float]]) -> list[dict[str, Any]]:
    """Corners of a stepped area; the last one closes it."""
    rows = [{"seconds": lower, "share": share} for lower, _, share in bins]
    return [*rows, {"seconds": bins[-1][1], "share": bins[-1][2]}] if rows else []


def _curve(chart: CurveChart) -> "alt.LayerChart":
    """A line with its end named."""
    import altair as alt  # noqa: PLC0415

    last = chart.points[-1][0]
    x = alt.X("seconds:Q", title="time since the first event back",
              scale=alt.Scale(domain=[0, last], nice=False),
              axis=alt.Axis(values=_ticks(last), labelExpr=_TIME_LABEL, grid=False))  # fmt: skip
    y = alt.Y("share:Q", title="share productive by then", scale=alt.Scale(domain=[0, 1]),
              axis=alt.Axis(format=".0%", tickCount=5, domain=False, ticks=False))  # fmt: skip
    rows = [{"seconds": t, "share": share} for t, share in chart.points]
    line = alt.Chart(_data(rows)).mark_line(color=_FIRST, strokeWidth=2.5)
    end = alt.Chart(_data(rows[-1:]))
    dot = end.mark_point(color=_FIRST, filled=True, size=60, opacity=1)
    above = rows[-1]["share"] < 0.85
    name = end.mark_text(text=chart.end_label, align="right", dx=-2, dy=-14 if above else 16,
                         color=_INK, fontSize=13, fontWeight="bold")  # fmt: skip
    return _stacked(line.encode(x=x, y=y), dot.encode(x=x, y=y), name.encode(x=x, y=y))


def _ticks(last: float) -> list[float]:
    """Round times, four to eight of them."""
    steps = (1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600)
    wide = next((s for s in steps if last / s <= 8), last)
    return [i * wide for i in range(int(last // wide) + 1)]


def _week(chart: WeekChart) -> "alt.LayerChart":
    """7 x 24 fields of one colour, more opaque where there are more; the top is named."""
    import altair as alt  # noqa: PLC0415

    most = max(max(row) for row in chart.counts)
    rows = [
        {"day": day, "hour": hour, "n": n}
        for day, row in enumerate(chart.counts)
        for hour, n in enumerate(row)
    ]
    x = alt.X("hour:O", title="hour of the day",
              axis=alt.Axis(labelExpr=_HOUR_LABEL, labelAngle=0, domain=False, ticks=False),
              scale=alt.Scale(paddingInner=0.06))  # fmt: skip
    y = alt.Y("day:O", title=None, scale=alt.Scale(paddingInner=0.1),
              axis=alt.Axis(labelExpr=_DAY_LABEL, domain=False, ticks=False))  # fmt: skip
    shade = alt.Opacity("n:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[0.05, 1]))
    field = alt.Chart(_data(rows)).mark_rect(color=_FIRST).encode(x=x, y=y, opacity=shade)
    top = [max(rows, key=lambda row: row["n"])]
    ring = alt.Chart(_data(top)).mark_rect(filled=False, color=_INK, strokeWidth=2)
    return _stacked(field, ring.encode(x=x, y=y))
