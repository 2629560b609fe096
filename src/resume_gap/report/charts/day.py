"""The picture of one day, drawn by hand: an axis of the day, and the gap from close by.

The only picture that holds names from the data; they came through `display.label`, and are
escaped here like every text of the page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from resume_gap.report.charts import marks
from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import WIDTHS
from resume_gap.report.charts.marks import element
from resume_gap.report.charts.marks import line as _line
from resume_gap.report.charts.marks import text as _text

_LEFT: Final = 2.0
_DAY_Y: Final = 46.0
_LANES_Y: Final = 150.0
_LANE: Final = 34.0
_NAMES: Final = 190.0
"""Room for the names of the places."""
_NARROW_NAMES: Final = 90.0
_OTHER: Final = "no element, or another"
_NARROW_OTHER: Final = "elsewhere"
"""What the lane below the places is called, in full and where there is little room."""
_LETTER: Final = 7.2
"""Room for a letter."""
_STEPS: Final = (600, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 10**9)
_BREAK: Final = 96.0
"""Room for the gap."""
_NARROW_BREAK: Final = 56.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """One event of a day; its lane is a place, None where it has none."""

    seconds: float
    lane: int | None
    productive: bool
    clock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChart(Chart):
    """One day of one person, and the events around one gap of it."""

    marks: tuple[DayMark, ...]
    stop_seconds: float
    return_seconds: float
    gap_label: str
    lanes: tuple[str, ...]
    """Places around the gap, from the data, as shown."""
    before: tuple[DayMark, ...]
    after: tuple[DayMark, ...]
    skipped: int
    """Events before work went on that are not drawn one by one; they stand before the last."""
    pointed_lane: int | None
    place_lane: int | None
    work_index: int | None
    """Which of `after` is where work went on."""

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return day(self)


class _DayPlot:
    """Where the parts of a day stand."""

    def __init__(self, chart: DayChart) -> None:
        self.chart = chart
        self.narrow = chart.size == "telephone"
        self.width = float(WIDTHS[chart.size])
        self.right = self.width - _LEFT
        self.names = _NARROW_NAMES if self.narrow else _NAMES
        self.bottom = _LANES_Y + _LANE * max(len(chart.lanes), 1)

    def drawn(self) -> Markup:
        key = self.bottom + 50
        parts = [*self._whole(), *self._close(), *self._key(key)]
        return marks.picture(self.width, key + (34 if self.narrow else 12), parts)

    def _whole(self) -> Iterable[Markup]:
        """The whole day: a stroke an event, the gap hatched out."""
        chart = self.chart
        first = min(chart.marks[0].seconds, chart.stop_seconds)
        last = max(chart.marks[-1].seconds, chart.return_seconds)
        start, end = first // 3_600 * 3_600, -(-last // 3_600) * 3_600
        end = max(end, start + 3_600)

        def x(seconds: float) -> float:
            return _LEFT + (seconds - start) / (end - start) * (self.right - _LEFT)

        yield _text(_LEFT, 14, "The day, an upright stroke for every event", soft=True)
        yield _line(_LEFT, _DAY_Y, self.right, _DAY_Y, opacity=0.4)
        stop, back = x(chart.stop_seconds), x(chart.return_seconds)
        yield _rect(stop, _DAY_Y - 16, max(back - stop, 2), 32)
        yield from self._clock(x, start, end)
        for mark in chart.marks:
            at = x(mark.seconds)
            tall = 13 if mark.productive else 7
            color = "var(--c1)" if mark.productive else "currentColor"
            yield _line(at, _DAY_Y - tall, at, _DAY_Y + tall, color=color, width=2)
        if back - stop > len(chart.gap_label) * _LETTER:
            yield _text((stop + back) / 2, _DAY_Y + 4, chart.gap_label, anchor="middle")
        # The part of the day that is drawn from close by.
        for at, to in zip((stop, back), self._break(), strict=True):
            yield _line(at, _DAY_Y + 40, to, _LANES_Y - 32, opacity=0.4, dash="3 3")

    def _clock(self, x: Callable[[float], float], start: float, end: float) -> Iterable[Markup]:
        most = 4 if self.narrow else 8
        wide = next(step for step in _STEPS if (end - start) / step <= most)
        for number in range(int((end - start) // wide) + 1):
            seconds = start + number * wide
            at = x(seconds)
            yield _line(at, _DAY_Y + 16, at, _DAY_Y + 20, opacity=0.4)
            side: marks.Anchor = "start" if number == 0 else "end" if seconds == end else "middle"
            clock = f"{int(seconds) // 3_600 % 24:02}:{int(seconds) // 60 % 60:02}"
            yield _text(at, _DAY_Y + 33, clock, anchor=side, soft=True)

    def _break(self) -> tuple[float, float]:
        """Where the gap begins and ends in the lower half."""
        chart = self.chart
        room = _NARROW_BREAK if self.narrow else _BREAK
        before, after = len(chart.before), len(chart.after) + (1 if chart.skipped else 0)
        share = before / max(before + after, 1)
        start = self.names + (self.right - self.names - room) * share
        return start, start + room

    def _close(self) -> Iterable[Markup]:
        """Event by event: before the stop, the gap, the re-orientation; a lane for each place."""
        chart, bottom = self.chart, self.bottom
        left, right = self._break()
        for number, name in enumerate(chart.lanes):
            y = _lane_y(number)
            yield _line(self.names, y, self.right, y, opacity=0.15)
            yield _text(_LEFT, y + 4, self._name(name))
        if any(mark.lane is None for mark in (*chart.before, *chart.after)):
            yield _text(_LEFT, bottom + 4, _NARROW_OTHER if self.narrow else _OTHER, soft=True)
        yield _rect(left, _LANES_Y - 14, right - left, bottom - _LANES_Y + 10)
        yield _text((left + right) / 2, _LANES_Y - 18, "away", anchor="middle", soft=True)
        yield from self._events(chart.before, _places(self.names, left, len(chart.before)))
        spots = len(chart.after) + (1 if chart.skipped else 0)
        xs = _places(right, self.right, spots)
        if chart.skipped:
            at = xs.pop(-2) if len(xs) > 1 else xs[0]
            yield _text(at, bottom + 4, f"+{chart.skipped}", anchor="middle", soft=True)
        yield from self._events(chart.after, xs)
        if chart.pointed_lane is not None:
            yield _arrow(right - 8, _lane_y(chart.pointed_lane))
        if chart.work_index is not None:
            yield _ring(xs[chart.work_index], _mark_y(chart.after[chart.work_index], bottom))

    def _name(self, name: str) -> str:
        most = int((self.names - _LEFT) / _LETTER)
        return name if len(name) <= most else f"{name[: most - 1]}\N{HORIZONTAL ELLIPSIS}"

    def _events(self, events: tuple[DayMark, ...], xs: list[float]) -> Iterable[Markup]:
        for mark, at in zip(events, xs, strict=True):
            yield _dot(at, _mark_y(mark, self.bottom), filled=mark.productive)
        if not events:
            return
        # Both ends in words, where these do not touch; else the end that is next to the gap.
        wide = len(events[0].clock) * _LETTER
        ends = [0, len(events) - 1] if xs[-1] - xs[0] > wide + 8 else [len(events) - 1]
        for number in ends:
            at = min(xs[number], self.width - wide / 2)
            yield _text(at, self.bottom + 22, events[number].clock, anchor="middle", soft=True)

    def _key(self, y: float) -> Iterable[Markup]:
        """What the shapes mean; on a telephone in two lines."""
        x = start = _LEFT + 6
        for number, (shape, words) in enumerate(_SHAPES):
            if number == 2 and self.narrow:
                x, y = start, y + 22
            yield shape(x, y - 4)
            room = 28 if number == 2 else 16
            yield _text(x + room, y, words)
            x += room + len(words) * _LETTER + 18


def day(chart: DayChart) -> Markup:
    """The picture as an SVG element that scales with its box."""
    return _DayPlot(chart).drawn()


def _places(start: float, end: float, n: int) -> list[float]:
    """The middles of n equal parts."""
    return [start + (end - start) * (i + 0.5) / n for i in range(n)]


def _lane_y(number: int) -> float:
    return _LANES_Y + _LANE * number + 8


def _mark_y(mark: DayMark, bottom: float) -> float:
    """Events without a place stand below the lanes."""
    return bottom if mark.lane is None else _lane_y(mark.lane)


def _rect(x: float, y: float, width: float, height: float) -> Markup:
    """The gap."""
    return element(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="4" fill="var(--panel)" '
        'stroke="currentColor" stroke-opacity="0.4" stroke-dasharray="4 3"/>',
        x,
        y,
        width,
        height,
    )


def _dot(x: float, y: float, *, filled: bool) -> Markup:
    fill = "var(--c1)" if filled else "var(--ground)"
    stroke = "var(--c1)" if filled else "currentColor"
    if filled:
        return element(
            '<rect x="{:.1f}" y="{:.1f}" width="9" height="9" fill="{}" stroke="{}"/>',
            x - 4.5,
            y - 4.5,
            fill,
            stroke,
        )
    return element(
        '<circle cx="{:.1f}" cy="{:.1f}" r="4.5" fill="{}" stroke="{}" stroke-width="1.5"/>',
        x,
        y,
        fill,
        stroke,
    )


def _ring(x: float, y: float) -> Markup:
    return element(
        '<circle cx="{:.1f}" cy="{:.1f}" r="10" fill="none" stroke="var(--c1)" stroke-width="2"/>',
        x,
        y,
    )


def _arrow(x: float, y: float) -> Markup:
    """An arrow whose head is at x."""
    return element(
        '<path d="M{:.1f},{:.1f}l-26,0m26,0l-8,-6m8,6l-8,6" fill="none" stroke="var(--c2)" '
        'stroke-width="3"/>',
        x,
        y,
    )


_SHAPES: Final[tuple[tuple[Callable[[float, float], Markup], str], ...]] = (
    (lambda x, y: _dot(x, y, filled=True), "productive"),
    (lambda x, y: _dot(x, y, filled=False), "other event"),
    (lambda x, y: _arrow(x + 20, y), "the marker points here"),
    (_ring, "work goes on here"),
)
"""The key: how each is drawn, and what it means."""
