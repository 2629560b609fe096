"""Axes of the charts of lines and areas: where a value lies in the drawing, and its round steps.

All words in these charts are ours. The name of the upright axis stands above it, so that nobody has
to turn the head.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from resume_gap.report.charts import marks
from resume_gap.report.charts.chart import DrawnSize

WIDTHS: Final[dict[DrawnSize, int]] = {"column": 560, "page": 960, "telephone": 390}
"""One of a telephone fits as it is; its names stand above the rows."""
HEIGHTS: Final[dict[DrawnSize, int]] = {"column": 230, "page": 170, "telephone": 220}
MOST_TICKS: Final[dict[DrawnSize, int]] = {"column": 8, "page": 8, "telephone": 4}
SIZE: Final = 12
"""Of the words at axes and marks."""
LETTER: Final = 7.0
"""Room for a letter of that size: system fonts differ, this is one of the wide ones."""
_ABOVE: Final = 24.0
_BELOW: Final = 40.0
_PAD: Final = 4.0
_TICK: Final = 5.0
_TIMES: Final = (1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600)

Tick = tuple[float, str]
"""A value of an axis and how it is written."""
Point = tuple[float, float]


class Scale(NamedTuple):
    """An axis.

    Attributes:
        title: What it shows.
        first: The value at its beginning.
        last: The value at its end, greater than the first.
        ticks: Values that are written at it.
        log: Whether equal steps are equal ratios.
    """

    title: str
    first: float
    last: float
    ticks: Sequence[Tick]
    log: bool = False

    def share(self, value: float) -> float:
        """Where a value lies between the ends: 0 is the beginning, 1 the end."""
        if self.log:
            return math.log(value / self.first) / math.log(self.last / self.first)
        return (value - self.first) / (self.last - self.first)


class Plot:
    """Where the parts of a chart lie.

    Attributes:
        width: Of the drawing, pixels.
        left: Of the plot inside of it, and so on.
    """

    def __init__(
        self, size: DrawnSize, x: Scale, y: Scale, *, height: float, above: float = 0
    ) -> None:
        self._x, self._y = x, y
        self.width = float(WIDTHS[size])
        self.left = max((len(words) for _, words in y.ticks), default=0) * LETTER + 10
        self.right = self.width - _PAD
        self.top = _ABOVE + above
        self.bottom = self.top + height - _ABOVE

    def x(self, value: float) -> float:
        """The place of a value from the left."""
        return self.left + self._x.share(value) * (self.right - self.left)

    def y(self, value: float) -> float:
        """The place of a value from the top."""
        return self.bottom - self._y.share(value) * (self.bottom - self.top)

    def points(self, values: Iterable[Point]) -> list[Point]:
        """Places of values."""
        return [(self.x(x), self.y(y)) for x, y in values]

    def axes(self) -> Iterator[Markup]:
        """Both axes with their names and values, and a thin line at each value of the upright."""
        yield marks.text(0, 12, self._y.title, size=SIZE)
        for value, words in self._y.ticks:
            at = self.y(value)
            yield marks.line(self.left, at, self.right, at, opacity=0.12)
            yield marks.text(self.left - 6, at + 4, words, anchor="end", size=SIZE)
        yield marks.line(self.left, self.bottom, self.right, self.bottom, opacity=0.4)
        for value, words in self._x.ticks:
            at = self.x(value)
            yield marks.line(at, self.bottom, at, self.bottom + _TICK, opacity=0.4)
            yield self.words(at, self.bottom + 18, words)
        middle = (self.left + self.right) / 2
        yield marks.text(middle, self.bottom + 35, self._x.title, anchor="middle", size=SIZE)

    def words(self, x: float, y: float, words: str, *, bold: bool = False) -> Markup:
        """Words in the middle of x, or as near as the drawing's sides allow."""
        room = len(words) * LETTER / 2
        inside = min(max(x, room), self.width - room)
        return marks.text(inside, y, words, anchor="middle", size=SIZE, bold=bold)

    def drawn(self, parts: Iterable[Markup]) -> Markup:
        """The chart as an SVG element: the axes, and the parts on them."""
        return marks.picture(self.width, self.bottom + _BELOW, [*self.axes(), *parts])


def time_ticks(last: float, *, most: int = 8) -> list[Tick]:
    """Round times, at most so many steps of them."""
    wide = next((s for s in _TIMES if last / s <= most), last)
    return [(i * wide, time_words(i * wide)) for i in range(int(last // wide) + 1)]


def time_words(seconds: float) -> str:
    """`90 s`, `5 min`: a value of an axis."""
    return f"{seconds:g} s" if seconds < 120 else f"{seconds / 60:g} min"


def round_ticks(last: float, most: int) -> list[float]:
    """Round values from 0 on, at most so many steps of them."""
    size = 10.0 ** math.floor(math.log10(last / most))
    step = next(size * by for by in (1, 2, 5, 10, 20) if last / (size * by) <= most)
    return [round(i * step, 12) for i in range(math.floor(last / step + 1e-9) + 1)]


def percent_ticks(last: float, most: int = 5) -> list[Tick]:
    """The same of shares."""
    return [(value, f"{value * 100:g} %") for value in round_ticks(last, most)]
