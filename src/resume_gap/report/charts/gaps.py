"""The charts of gaps and of the hours in which work stops."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from resume_gap.report.charts import marks
from resume_gap.report.charts.axes import SIZE, WIDTHS, Plot, Point, Scale, percent_ticks
from resume_gap.report.charts.chart import Chart, DrawnSize

_LENGTHS: Final = (1, 10, 60, 600, 3_600, 28_800, 86_400, 604_800, 2_592_000)
_FEW_LENGTHS: Final = (1, 60, 3_600, 86_400, 2_592_000)
_TIMES: Final = (2, 5, 10, 20, 50, 100, 200, 500, 1_000)
_HEIGHT: Final = 220
_LINE: Final = 16.0
"""From one line of words to the next."""
_UNITS: Final = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
_Bin = tuple[float, float, float]
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY_NAMES: Final = 34.0
_DAY: Final = 25.0
"""From one day to the next."""
_SPACE: Final = 1.5
"""Between two fields."""
_SHADES: Final = 20
"""Steps of opacity; more of them nobody distinguishes."""
_EVERY: Final[dict[DrawnSize, int]] = {"column": 3, "page": 3, "telephone": 6}
"""Hours from one that is written to the next."""


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
    threshold = chart.threshold_seconds
    within = [(a, min(b, threshold), s) for a, b, s in chart.bins if a < threshold]
    beyond = [(max(a, threshold), b, s) for a, b, s in chart.bins if b > threshold]
    times = _enlarged(within, beyond)
    beyond = [(a, b, s * times) for a, b, s in beyond]
    words = [chart.threshold_label, *_named(times if beyond else 0)]
    plot = _plot(chart, max(share for *_, share in (*within, *beyond)), above=_LINE * len(words))
    parts: list[Markup] = []
    for colour, bins in ((marks.BLUE, within), (marks.VERMILION, beyond)):
        if bins:
            parts += _stepped(plot, bins, colour)
    parts += _rule(plot, plot.x(threshold), words)
    return plot.drawn(parts)


def _plot(chart: GapsChart, highest: float, *, above: float) -> Plot:
    first = min(chart.bins[0][0], chart.threshold_seconds)
    last = max(chart.bins[-1][1], chart.threshold_seconds * 1.2)
    wanted = _LENGTHS if chart.size != "telephone" else _FEW_LENGTHS
    ticks = [(float(v), _length(v)) for v in wanted if first <= v <= last]
    return Plot(
        chart.size,
        Scale("gap to the next event", first, last, ticks, log=True),
        Scale("share of the gaps", 0, highest * 1.02, percent_ticks(highest, 4)),
        height=_HEIGHT,
        above=above,
    )


def _named(times: int) -> list[str]:
    """What the second area is; nothing without one."""
    if times > 1:
        return [f"longer gaps, {times} times", "as high as they are"]
    return ["longer gaps end a session"] if times else []


def _stepped(plot: Plot, bins: list[_Bin], colour: str) -> Iterator[Markup]:
    """An area with an edge; a step a bin."""
    corners: list[Point] = [
        corner for lower, upper, share in bins for corner in ((lower, share), (upper, share))
    ]
    edge = plot.points(corners)
    yield marks.area(
        [(edge[0][0], plot.bottom), *edge, (edge[-1][0], plot.bottom)], colour=colour, opacity=0.35
    )
    yield marks.path(edge, colour=colour, width=1.5)


def _rule(plot: Plot, at: float, words: list[str]) -> Iterator[Markup]:
    """An upright line with words beside it, above everything that is drawn."""
    top = plot.top - _LINE * len(words)
    yield marks.line(at, top, at, plot.bottom, width=1.5, dash="4 3")
    left = at - plot.left > plot.right - at
    for number, text in enumerate(words):
        yield marks.text(
            at + (-6 if left else 6),
            top + 11 + _LINE * number,
            text,
            anchor="end" if left else "start",
            size=SIZE,
        )


def _length(seconds: float) -> str:
    """A length at the axis."""
    size, unit = next(one for one in _UNITS if seconds >= one[0])
    return f"{seconds / size:g} {unit}"


def _enlarged(within: list[_Bin], beyond: list[_Bin]) -> int:
    """How many times as high the gaps beyond the threshold are drawn: a round number, or 1."""
    highest = max((share for *_, share in within), default=0.0)
    tail = max((share for *_, share in beyond), default=0.0)
    if not tail or tail * 4 > highest:
        return 1
    return next((by for by in _TIMES if tail * by * 2 > highest), _TIMES[-1])


def week(chart: WeekChart) -> Markup:
    """7 x 24 fields of one colour, more opaque where there are more; the top is framed."""
    width = float(WIDTHS[chart.size])
    wide = (width - _DAY_NAMES) / 24
    most = max(map(max, chart.counts))
    shades: defaultdict[int, list[Point]] = defaultdict(list)
    top: list[Point] = []
    for day, row in enumerate(chart.counts):
        for hour, n in enumerate(row):
            corner = (_DAY_NAMES + wide * hour, _DAY * day)
            shades[round(n / max(most, 1) * _SHADES)].append(corner)
            top += [corner] if n == most else []
    parts = [
        marks.fields(
            corners, wide - _SPACE, _DAY - _SPACE, colour=marks.BLUE, opacity=_opacity(shade)
        )
        for shade, corners in sorted(shades.items())
    ]
    parts.append(marks.frame(*top[0], wide - _SPACE, _DAY - _SPACE))
    return marks.picture(width, _DAY * 7 + 40, [*parts, *_clock(chart.size, wide)])


def _opacity(shade: int) -> float:
    return 0.05 + 0.95 * shade / _SHADES


def _clock(size: DrawnSize, wide: float) -> Iterator[Markup]:
    """The names of the days and hours."""
    for day, name in enumerate(_DAYS):
        yield marks.text(_DAY_NAMES - 8, _DAY * day + 16, name, anchor="end", size=SIZE)
    bottom = _DAY * 7
    for hour in range(0, 24, _EVERY[size]):
        at = _DAY_NAMES + wide * (hour + 0.5)
        yield marks.text(at, bottom + 14, f"{hour}:00", anchor="middle", size=SIZE)
    middle = (_DAY_NAMES + WIDTHS[size]) / 2
    yield marks.text(middle, bottom + 33, "hour of the day", anchor="middle", size=SIZE)
