"""The event study of a roll-out: the effect by weeks from a unit's own launch."""

from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import FIRST, HEIGHTS, INK, SECOND, WIDTHS, data, draw

_TALLER: Final = 50
"""Pixels more than other charts: intervals are tall."""
_MOST_TICKS: Final = 12
_HEADROOM: Final = 0.12
"""Of the whole height, above and below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutChart(Chart):
    """Seconds by week, with intervals; 0 is the first week with the marker."""

    weeks: tuple[tuple[int, float, float | None, float | None], ...]
    """(week, estimate, lower, upper)."""

    @property
    def line(self) -> tuple[float, float]:
        """See `Chart`."""
        return float(self.weeks[0][0]), float(self.weeks[-1][0])

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return event_study(self)


def event_study(chart: RolloutChart) -> Markup:
    """A mark a week with its interval: diamonds before the launch, circles from it on."""
    import altair as alt  # noqa: PLC0415

    first, last = chart.line
    ends = [end for week in chart.weeks for end in week[1:] if end is not None]
    low, high = min(*ends, 0.0), max(*ends, 0.0)
    room = (high - low) * _HEADROOM or 1.0
    x = alt.X(
        "week:Q",
        title="weeks from a unit's launch",
        scale=alt.Scale(domain=[first - 0.6, last + 0.6], nice=False),
        axis=alt.Axis(format="d", grid=False, values=_ticks(int(first), int(last))),
    )
    axis = alt.Axis(
        tickCount=5, domain=False, ticks=False, minExtent=46, labelExpr="datum.label + ' s'"
    )
    scale = alt.Scale(domain=[low - room, high + room], nice=False)
    y, upright = (
        alt.Y(f"{name}:Q", title="measured less expected", scale=scale, axis=axis)
        for name in ("seconds", "lower")
    )
    zero = alt.Chart(data([{"seconds": 0}])).mark_rule(color=INK, strokeWidth=1.2)
    launch = alt.Chart(data([{"week": -0.5, "seconds": high + room}]))
    rule = launch.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.2)
    layers: list[Any] = [zero.encode(y=y), rule.encode(x=x)]
    for before, color, shape, text in (
        (True, SECOND, "diamond", "before the launch"),
        (False, FIRST, "circle", "with the marker"),
    ):
        mine = [week for week in chart.weeks if (week[0] < 0) == before]
        rows = [
            {"week": week, "seconds": value, "lower": lower, "upper": upper}
            for week, value, lower, upper in mine
        ]
        if not rows:
            continue
        known = [row for row in rows if row["lower"] is not None and row["upper"] is not None]
        if known:
            bars = alt.Chart(data(known)).mark_rule(color=color, strokeWidth=2)
            layers.append(bars.encode(x=x, y=upright, y2="upper:Q"))
        dots = alt.Chart(data(rows)).mark_point(
            color=color, filled=True, shape=shape, size=90, opacity=1
        )
        layers.append(dots.encode(x=x, y=y))
        word = launch.mark_text(
            text=text,
            align="right" if before else "left",
            dx=-8 if before else 8,
            dy=8,
            color=INK,
            fontSize=12,
        )
        layers.append(word.encode(x=x, y=y))
    return draw(layers, height=HEIGHTS[chart.size] + _TALLER, width=WIDTHS[chart.size])


def _ticks(first: int, last: int) -> list[int]:
    """Whole weeks, 0 among them."""
    step = next(s for s in (1, 2, 4, 8, 13, 26, 52, 520) if (last - first) / s <= _MOST_TICKS)
    return list(range(-(-first // step) * step, last + 1, step))
