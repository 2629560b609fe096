"""The charts of a trial; all names in them are ours."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from resume_gap.report.charts import marks
from resume_gap.report.charts.axes import (
    HEIGHTS,
    LETTER,
    MOST_TICKS,
    SIZE,
    Plot,
    Scale,
    percent_ticks,
    time_ticks,
)
from resume_gap.report.charts.chart import Chart

_ARMS: Final = (("treatment", marks.BLUE, ""), ("control", marks.VERMILION, "6 4"))
_KEY: Final = 24.0
"""Length of a line in the key."""
_HIGH: Final = 0.85
"""Share at which words have no room above a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmsChart(Chart):
    """By so many seconds, shares of both arms that were back at work, and that left again."""

    points: tuple[tuple[float, float, float, float, float], ...]
    """(seconds, control finished, control left, treatment finished, treatment left)."""

    @property
    def line(self) -> tuple[float, float]:
        """See `Chart`."""
        return self.points[0][0], self.points[-1][0]

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return arms(self)


def arms(chart: ArmsChart) -> Markup:
    """Two lines an arm: back at work, and left again."""
    last = chart.points[-1][0] or 1
    plot = Plot(
        chart.size,
        Scale(
            "time since the first event back",
            0,
            last,
            time_ticks(last, most=MOST_TICKS[chart.size]),
        ),
        Scale("share of the users", 0, 1, percent_ticks(1)),
        height=HEIGHTS[chart.size],
    )
    ends = chart.points[-1]
    parts: list[Markup] = []
    for column, (_, colour, dash) in ((3, _ARMS[0]), (1, _ARMS[1])):
        for at, width in ((column, 2.5), (column + 1, 1.5)):
            drawn = plot.points((point[0], point[at]) for point in chart.points)
            parts.append(marks.path(drawn, colour=colour, width=width, dash=dash))
    for words, high, low in (
        ("back at work", max(ends[1], ends[3]), min(ends[1], ends[3])),
        ("left again", max(ends[2], ends[4]), min(ends[2], ends[4])),
    ):
        y = plot.y(high) - 8 if high < _HIGH else plot.y(low) + 18
        parts.append(
            marks.text(plot.right - 2, y, words, anchor="end", size=SIZE, bold=True, ground=True)
        )
    return plot.drawn([*parts, *_key(plot)])


def _key(plot: Plot) -> list[Markup]:
    """Which line is which arm, above the plot on the right."""
    parts, end = [], plot.right
    for arm, colour, dash in reversed(_ARMS):
        start = end - len(arm) * LETTER
        parts += [
            marks.text(start, 12, arm, size=SIZE),
            marks.line(start - _KEY - 6, 8, start - 6, 8, colour=colour, width=2.5, dash=dash),
        ]
        end = start - _KEY - 22
    return parts
