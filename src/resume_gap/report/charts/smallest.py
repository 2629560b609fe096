"""The charts of a plan: the smallest effect found, by weeks or by users."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import (
    FIRST,
    HEIGHTS,
    INK,
    SECOND,
    WIDTHS,
    data,
    draw,
    stacked,
)

if TYPE_CHECKING:
    import altair as alt

Against = Literal["weeks", "users"]
_KIND: Final[dict[Against, Literal["linear", "log"]]] = {"weeks": "linear", "users": "log"}
_TITLE: Final[dict[Against, str]] = {"weeks": "weeks", "users": "interrupted users, both arms"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestChart(Chart):
    """The smallest effect found, in seconds, against weeks or users."""

    against: Against
    once: tuple[tuple[float, float], ...]
    """With one look at the end: (weeks or users, seconds)."""
    band: tuple[tuple[float, float, float], ...]
    """(weeks or users, lower, upper) of the same."""
    looks: tuple[tuple[float, float], ...]
    looks_label: str
    wanted: float
    wanted_label: str
    mark: float | None
    """A place on the axis with a name of its own, such as where the log ends."""
    mark_label: str

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return smallest(self)


def _axis(chart: SmallestChart) -> "alt.Axis":
    """Every whole week; of users the numbers that are reckoned with."""
    import altair as alt  # noqa: PLC0415

    if chart.against == "weeks":
        return alt.Axis(format=",d", grid=False, tickMinStep=1)
    return alt.Axis(format=",d", grid=False, values=[at for at, _ in chart.once])


def smallest(chart: SmallestChart) -> Markup:
    """Lines that fall, a band around the first, and the effect that is wanted."""
    import altair as alt  # noqa: PLC0415

    ends = [at for line in (chart.once, chart.looks) for at, _ in line]
    first, last = min(ends), max(ends)
    if chart.mark is not None and chart.against == "users":
        first, last = min(first, chart.mark), max(last, chart.mark)
    tops = [v for _, v in chart.once] + [v for _, v in chart.looks] + [v for *_, v in chart.band]
    top = max(*tops, chart.wanted) * 1.08
    x = alt.X(
        "at:Q",
        title=_TITLE[chart.against],
        scale=alt.Scale(
            domain=[first, max(last, first + 1)], nice=False, type=_KIND[chart.against]
        ),
        axis=_axis(chart),
    )
    y = alt.Y(
        "seconds:Q",
        title="smallest effect, seconds",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(tickCount=5, domain=False, ticks=False, minExtent=34),
    )
    layers: list[Any] = []
    if chart.band:
        rows = [{"at": at, "seconds": low, "end": high} for at, low, high in chart.band]
        band = alt.Chart(data(rows)).mark_area(color=FIRST, fillOpacity=0.15)
        layers.append(band.encode(x=x, y=y, y2="end:Q"))
    for points, label, colour, dash, dy in (
        (chart.once, "one look", FIRST, [1, 0], 16),
        (chart.looks, chart.looks_label, SECOND, [6, 4], -12),
    ):
        if not points:
            continue
        rows = [{"at": at, "seconds": value} for at, value in points]
        line = alt.Chart(data(rows)).mark_line(color=colour, strokeDash=dash, strokeWidth=2.5)
        end = alt.Chart(data(rows[-1:]))
        words = end.mark_text(
            text=label, align="right", dx=-4, dy=dy, color=INK, fontSize=12, fontWeight="bold"
        )
        layers += [line.encode(x=x, y=y), words.encode(x=x, y=y)]
    wanted = alt.Chart(data([{"at": first, "seconds": chart.wanted}]))
    rule = wanted.mark_rule(color=INK, strokeDash=[2, 3], strokeWidth=1.5)
    words = wanted.mark_text(
        text=chart.wanted_label, align="left", dx=6, dy=-8, color=INK, fontSize=12
    )
    layers += [rule.encode(y=y), words.encode(x=x, y=y)]
    if chart.mark is not None and first <= chart.mark <= last:
        edge = alt.Chart(data([{"at": chart.mark}]))
        rule = edge.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1)
        right = chart.mark - first > (last - first) / 2
        words = edge.mark_text(
            text=chart.mark_label,
            align="right" if right else "left",
            dx=-6 if right else 6,
            y=0,
            baseline="top",
            color=INK,
            fontSize=12,
        )
        layers += [rule.encode(x=x), words.encode(x=x)]
    return draw(stacked(*layers), height=HEIGHTS[chart.size], width=WIDTHS[chart.size])
