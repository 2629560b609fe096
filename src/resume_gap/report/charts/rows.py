"""The chart of named rows: a figure with its interval in each, and its value in words beside it.

Drawn by hand, so that words never lie over each other: names have a column of their own, on a
telephone a line of their own, and so have the values. Names may come from the data: they came
through `label`, and are escaped here like every text of the page.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from resume_gap.report.charts import marks
from resume_gap.report.charts.axes import step_of
from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import WIDTHS
from resume_gap.report.text.names import cut
from resume_gap.report.text.numbers import signed

AxisUnit = Literal["seconds", "share", "change", "points", "count"]
"""What the axis is in; a change is one in points or in percent, row by row."""
_LETTER: Final = 8.2
"""Room for a letter of 13 pixels: system fonts differ, this is one of the wide ones."""
_BOLD_LETTER: Final = 8.6
_ROW: Final = 38.0
_TALL: Final = 58.0
"""A row on a telephone: its name and its value above it."""
_NAMES: Final = 0.42
_NARROW_NAMES: Final = 0.78
"""Shares of the width for the names."""
_PAD: Final = 10.0
_LONG: Final = 120
"""Seconds from which on lengths are written in minutes, and stand at steps of an hour's parts."""
_LONG_STEPS: Final = (30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; `name` may be from the data, as shown."""

    name: str
    value: float
    lower: float | None = None
    upper: float | None = None
    label: str = ""
    """The value in words, at the end of the row."""
    second: bool = False
    """In the second color, with the second shape."""
    strong: bool = False
    limit: float | None = None
    """A value to compare with, an upright stroke."""
    other: float | None = None
    """One more of these, a diamond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsChart(Chart):
    """Named rows over one axis."""

    rows: tuple[Row, ...]
    unit: AxisUnit
    title: str
    """What the axis shows."""
    of: float = 1.0
    """What the values are parts of."""
    bars: bool = False
    """Bars from 0 on in place of marks."""
    sides: tuple[str, str] | None = None
    """What lies left and right of 0; then 0 is drawn as a line."""
    limit_label: str = ""
    other_label: str = ""
    value_label: str = ""
    """What the mark is, where the row holds others too."""

    def boxes(self) -> tuple[tuple[float, float, str], ...]:
        """A row and what is known of it, its interval included."""
        plot = _RowsPlot(self)
        return tuple(
            (top := plot.top + plot.step * number, top + plot.step, _words(row, self))
            for number, row in enumerate(self.rows)
        )

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return _RowsPlot(self).drawn()


class _RowsPlot:
    """Where everything of a chart stands."""

    def __init__(self, chart: RowsChart) -> None:
        self.chart = chart
        self.width = float(WIDTHS[chart.size])
        self.narrow = chart.size == "telephone"
        # The value of a row stands beside its name on a telephone, else at the other end.
        self.most = int((self.width * (_NARROW_NAMES if self.narrow else _NAMES) - 14) / _LETTER)
        names = max(
            min(len(row.name), self.most) * (_BOLD_LETTER if row.strong else _LETTER)
            for row in chart.rows
        )
        labels = max(len(row.label) for row in chart.rows) * _LETTER
        self.left = _PAD if self.narrow else names + 14
        self.right = self.width - (_PAD if self.narrow else labels + 20)
        self.lowest, self.highest = _ends(chart)
        self.keyed = [text for text in _key(chart) if text[1]]
        self.top = (26.0 if self.keyed else 4.0) + (22.0 if chart.sides else 0.0)
        self.step = _TALL if self.narrow else _ROW
        self.bottom = self.top + self.step * len(chart.rows)

    def x(self, value: float) -> float:
        share = (value / self.chart.of - self.lowest) / (self.highest - self.lowest)
        return self.left + share * (self.right - self.left)

    def drawn(self) -> Markup:
        parts = [*self._legend(), *self._axis()]
        for number, row in enumerate(self.chart.rows):
            parts += self._row(row, self.top + self.step * number)
        return marks.picture(self.width, self.bottom + 44, parts)

    def _legend(self) -> Iterator[Markup]:
        at = self.left if not self.narrow else _PAD
        for shape, words, color in self.keyed:
            yield marks.mark(at + 6, 10, shape, color=color)
            yield marks.text(at + 18, 14, words)
            at += 18 + len(words) * _LETTER + 12

    def _axis(self) -> Iterator[Markup]:
        ticks = _ticks(self.lowest, self.highest, 4 if self.narrow else 6, self.chart.unit)
        for value in ticks:
            at = self.x(value * self.chart.of)
            yield marks.line(at, self.top, at, self.bottom, opacity=0.12)
            words = _tick(value, self.chart.unit)
            inside = min(max(at, len(words) * 4), self.width - len(words) * 4)
            yield marks.text(inside, self.bottom + 17, words, anchor="middle", soft=True)
        middle = (self.left + self.right) / 2
        yield marks.text(middle, self.bottom + 37, self.chart.title, anchor="middle", soft=True)
        if self.chart.sides:
            at, y = self.x(0), self.top - 8
            yield marks.line(at, self.top - 4, at, self.bottom, width=1.5)
            left, right = self.chart.sides
            if at - self.left > len(left) * _LETTER + 30:
                words = f"\N{LEFTWARDS ARROW} {left}"
                yield marks.text(at - 8, y, words, anchor="end", soft=True)
            if self.right - at > len(right) * _LETTER + 30:
                yield marks.text(at + 8, y, f"{right} \N{RIGHTWARDS ARROW}", soft=True)

    def _row(self, row: Row, top: float) -> Iterator[Markup]:
        y = top + self.step / 2 + (12 if self.narrow else 0)
        words = y - 22 if self.narrow else y + 4.5
        yield marks.text(
            _PAD if self.narrow else self.left - 12,
            words,
            cut(row.name, self.most),
            anchor="start" if self.narrow else "end",
            bold=row.strong,
            ground=self.narrow,
        )
        yield marks.text(
            self.width - (_PAD if self.narrow else 0),
            words,
            row.label,
            anchor="end",
            bold=True,
            ground=self.narrow,
        )
        color = marks.VERMILION if row.second else marks.BLUE
        if self.chart.bars:
            start, end = sorted((self.x(max(self.lowest, 0.0)), self.x(row.value)))
            yield marks.bar(start, y - 9, end - start, 18, color=color)
        if row.lower is not None and row.upper is not None:
            ink = marks.INK if self.chart.bars else color
            width = 2 if self.chart.bars else 3
            yield marks.line(self.x(row.lower), y, self.x(row.upper), y, color=ink, width=width)
        if row.limit is not None:
            yield marks.mark(self.x(row.limit), y, "stroke", color=marks.INK)
        if row.other is not None:
            yield marks.mark(self.x(row.other), y, "diamond", color=marks.VERMILION)
        if not self.chart.bars:
            yield marks.mark(
                self.x(row.value), y, "diamond" if row.second else "circle", color=color
            )


def _words(row: Row, chart: RowsChart) -> str:
    """The row in a line: name, value, interval, and what it is compared with."""
    parts = [f"{row.name}: {row.label or _rounded(row.value / chart.of, chart.unit)}"]
    if row.lower is not None and row.upper is not None:
        ends = (_rounded(end / chart.of, chart.unit) for end in (row.lower, row.upper))
        parts.append(f"from {' to '.join(ends)}")
    for value, words in ((row.limit, chart.limit_label), (row.other, chart.other_label)):
        if value is not None and words:
            parts.append(f"{words} {_rounded(value / chart.of, chart.unit)}")
    return "; ".join(parts)


def _rounded(value: float, unit: AxisUnit) -> str:
    """A value of the axis in two digits; of long times to the second."""
    if unit == "seconds" and abs(value) >= _LONG:
        return signed(value, 1.0)
    return _tick(float(f"{value:.2g}"), unit)


def _key(chart: RowsChart) -> Iterator[tuple[marks.MarkShape, str, str]]:
    """What the marks are, where there are several."""
    yield "circle", chart.value_label, marks.BLUE
    if any(row.limit is not None for row in chart.rows):
        yield "stroke", chart.limit_label, marks.INK
    if any(row.other is not None for row in chart.rows):
        yield "diamond", chart.other_label, marks.VERMILION


def _ends(chart: RowsChart) -> tuple[float, float]:
    """The ends of the axis: everything that is drawn, and 0."""
    drawn = [
        value / chart.of
        for row in chart.rows
        for value in (row.value, row.lower, row.upper, row.limit, row.other)
        if value is not None
    ]
    lowest, highest = min(*drawn, 0.0), max(*drawn, 0.0)
    room = (highest - lowest or 1.0) * 0.05
    return lowest - (room if lowest < 0 else 0), highest + room


def _ticks(lowest: float, highest: float, most: int, unit: AxisUnit) -> list[float]:
    """Round values between the ends, at most so many steps of them."""
    span = highest - lowest
    if unit == "seconds" and span > _LONG:
        step = next((float(s) for s in _LONG_STEPS if span / s <= most), 86_400.0)
        while span / step > most:
            step *= 2
    else:
        step = step_of(span, most)
    first = math.ceil(lowest / step - 1e-9)
    return [i * step for i in range(first, math.floor(highest / step + 1e-9) + 1)]


def _tick(value: float, unit: AxisUnit) -> str:
    """A value of the axis as it is written."""
    minus = "\N{MINUS SIGN}" if value < -1e-12 else ""
    size = abs(value)
    if unit == "share":
        return f"{minus}{round(size * 100, 3):g} %"
    if unit == "count":
        return f"{minus}{size:,.6f}".rstrip("0").rstrip(".")
    if unit in ("points", "change"):
        return f"{minus}{round(size * 100, 3):g}"
    if size >= 7_200:
        return f"{minus}{size / 3_600:g} h"
    return f"{minus}{size / 60:g} min" if size >= _LONG else f"{minus}{round(size, 6):g} s"
