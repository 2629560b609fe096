"""The charts of a plan: the smallest effect found, by weeks or by users."""

from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from resume_gap.report.charts import marks
from resume_gap.report.charts.axes import (
    HEIGHTS,
    SIZE,
    WIDTHS,
    Plot,
    Point,
    Scale,
    Tick,
    round_ticks,
)
from resume_gap.report.charts.chart import Chart

Against = Literal["weeks", "users"]
_TITLE: Final[dict[Against, str]] = {"weeks": "weeks", "users": "interrupted users, both arms"}
_NAMES: Final = 84.0
"""Pixels for the names of the lines, right of them."""
_LINE: Final = 16.0
"""Pixels from one name to the next."""
_HIGH: Final = 0.8
"""Share of the height above which a rule is near the top."""
_MOST_NARROW: Final = 8
"""Numbers on the axis of a telephone."""


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

    @property
    def line(self) -> tuple[float, float]:
        """See `Chart`."""
        return self.once[0][0], self.once[-1][0]

    @property
    def is_log(self) -> bool:
        """See `Chart`."""
        return self.against == "users"

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return smallest(self)


def smallest(chart: SmallestChart) -> Markup:
    """Lines that fall, a band around the first, and the effect that is wanted."""
    first, last = _ends(chart)
    tops = [v for _, v in chart.once] + [v for _, v in chart.looks] + [v for *_, v in chart.band]
    top = max(*tops, chart.wanted) * 1.08
    share = _NAMES / WIDTHS[chart.size]
    plot = Plot(
        chart.size,
        Scale(
            _TITLE[chart.against],
            first,
            _beyond(first, last, share, log=chart.is_log),
            _ticks(chart),
            log=chart.is_log,
        ),
        Scale("smallest effect, seconds", 0, top, [(v, f"{v:,g}") for v in round_ticks(top, 5)]),
        height=HEIGHTS[chart.size],
    )
    parts = _lines(chart, plot)
    level = plot.y(chart.wanted)
    # At the top stands the name of the mark.
    beside = 16 if chart.wanted > _HIGH * top else -6
    parts += [
        marks.line(plot.left, level, plot.right, level, width=1.5, dash="2 3"),
        marks.text(plot.left + 6, level + beside, chart.wanted_label, size=SIZE, ground=True),
    ]
    if chart.mark is not None and first <= chart.mark <= last:
        at, right = plot.x(chart.mark), chart.mark - first > (last - first) / 2
        parts += [
            marks.line(at, plot.top, at, plot.bottom, dash="4 3"),
            marks.text(
                at + (-6 if right else 6),
                plot.top + 11,
                chart.mark_label,
                anchor="end" if right else "start",
                size=SIZE,
                ground=True,
            ),
        ]
    return plot.drawn(parts)


def _ends(chart: SmallestChart) -> Point:
    """The least and the greatest number of weeks or users that is drawn."""
    ends = [at for line in (chart.once, chart.looks) for at, _ in line]
    if chart.mark is not None and chart.against == "users":
        ends.append(chart.mark)
    return min(ends), max(*ends, min(ends) + 1)


def _ticks(chart: SmallestChart) -> list[Tick]:
    """Every whole week; of users the numbers that are reckoned with."""
    values = [at for at, _ in chart.once]
    if chart.against == "weeks":
        values = [float(week) for week in range(1, int(values[-1]) + 1)]
    if chart.size == "telephone" and len(values) > _MOST_NARROW:
        values = values[::-2][::-1]
    return [(value, f"{value:,.0f}") for value in values]


def _beyond(first: float, last: float, share: float, *, log: bool) -> float:
    """An end of the axis that leaves so much of it for names right of the lines."""
    more = share / (1 - share)
    return last * (last / first) ** more if log else last + (last - first) * more


def _heights(ends: list[float]) -> list[float]:
    """How far names are moved down from their lines' ends, so that they do not touch; pixels."""
    if len(ends) < 2:
        return [0.0] * len(ends)
    push = max(0.0, _LINE - abs(ends[0] - ends[1])) / 2
    return [push, -push] if ends[0] >= ends[1] else [-push, push]


def _lines(chart: SmallestChart, plot: Plot) -> list[Markup]:
    """The band and the lines, each with its name at its end."""
    parts: list[Markup] = []
    if chart.band:
        lower = plot.points((at, low) for at, low, _ in chart.band)
        upper = plot.points((at, high) for at, _, high in reversed(chart.band))
        parts.append(marks.area([*lower, *upper], colour=marks.BLUE))
    lines = [
        (plot.points(points), label, colour, dash)
        for points, label, colour, dash in (
            (chart.once, "one look", marks.BLUE, ""),
            (chart.looks, chart.looks_label, marks.VERMILION, "6 4"),
        )
        if points
    ]
    moved = _heights([drawn[-1][1] for drawn, *_ in lines])
    for (drawn, label, colour, dash), down in zip(lines, moved, strict=True):
        x, y = drawn[-1]
        parts += [
            marks.path(drawn, colour=colour, dash=dash),
            marks.text(x + 6, y + 4 + down, label, size=SIZE, bold=True),
        ]
    return parts
