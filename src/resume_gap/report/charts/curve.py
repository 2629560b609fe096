"""The charts of what comes after a return: the curve of resuming work, the pace of steps."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from resume_gap.report.charts import marks
from resume_gap.report.charts.axes import (
    HEIGHTS,
    MOST_TICKS,
    SIZE,
    Plot,
    Scale,
    percent_ticks,
    round_ticks,
    time_ticks,
)
from resume_gap.report.charts.chart import Chart

_HIGH: Final = 0.85
"""Share at which the name of a single line has no room above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveChart(Chart):
    """Share of the interruptions that were productive by t."""

    points: tuple[tuple[float, float], ...]
    end_label: str
    other: tuple[tuple[float, float], ...] = ()
    """The same of uninterrupted work, where there is such a curve."""
    other_label: str = ""

    @property
    def line(self) -> tuple[float, float]:
        """See `Chart`."""
        return self.points[0][0], self.points[-1][0]

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return curve(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceChart(Chart):
    """Pace of the first steps after a return, as multiples of the steady pace."""

    steps: tuple[tuple[int, float], ...]
    band: tuple[tuple[int, float, float], ...] = ()
    """(step, lower, upper): the middle half of the interruptions."""

    @property
    def line(self) -> tuple[float, float]:
        """See `Chart`."""
        return self.steps[0][0], self.steps[-1][0]

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return pace(self)


def curve(chart: CurveChart) -> Markup:
    """A line with its end named."""
    last = chart.points[-1][0]
    plot = Plot(
        chart.size,
        Scale(
            "time since the first event back",
            0,
            last,
            time_ticks(last, most=MOST_TICKS[chart.size]),
        ),
        Scale("share productive by then", 0, 1, percent_ticks(1)),
        height=HEIGHTS[chart.size],
    )
    lines = [(chart.points, chart.end_label, marks.BLUE, "")]
    if chart.other:
        lines.append((chart.other, chart.other_label, marks.VERMILION, "6 4"))
    highest = max(points[-1][1] for points, *_ in lines)
    parts: list[Markup] = []
    for points, label, colour, dash in lines:
        drawn = plot.points(points)
        above = points[-1][1] == highest if chart.other else points[-1][1] < _HIGH
        x, y = drawn[-1]
        parts += [
            marks.path(drawn, colour=colour, dash=dash),
            marks.dots(drawn[-1:], colour=colour),
            marks.text(
                x - 2, y + (-10 if above else 20), label, anchor="end", bold=True, ground=True
            ),
        ]
    return plot.drawn(parts)


def pace(chart: PaceChart) -> Markup:
    """A line of multiples, with the steady pace at 1."""
    last = max(2, chart.steps[-1][0])
    top = max(1.2, *(value for _, value in chart.steps), *(upper for *_, upper in chart.band)) * 1.1
    plot = Plot(
        chart.size,
        Scale(
            "productive step after the return",
            1,
            last,
            [(float(step), str(step)) for step in (1, 5, 10, 15, 20) if step <= last],
        ),
        Scale("times the steady pace", 0, top, [(v, f"{v:g}") for v in round_ticks(top, 4)]),
        height=HEIGHTS[chart.size],
    )
    steps = plot.points(chart.steps)
    parts: list[Markup] = []
    if chart.band:
        lower = plot.points((step, low) for step, low, _ in chart.band)
        upper = plot.points((step, high) for step, _, high in reversed(chart.band))
        parts.append(marks.area([*lower, *upper], colour=marks.BLUE))
    level = plot.y(1)
    parts += [
        marks.path(steps, colour=marks.BLUE),
        marks.line(plot.left, level, plot.right, level, width=1.5, dash="4 3"),
        marks.dots(steps, colour=marks.BLUE, radius=3.5),
        marks.text(plot.right, level - 8, "steady pace", anchor="end", size=SIZE, ground=True),
    ]
    return plot.drawn(parts)
