"""The picture of one day, drawn by hand: an axis of the day, and the gap from close by.

The only picture that holds names from the data; they came through `display.label`, and are
escaped here like every text of the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart

_WIDTH: Final = 640
_LEFT, _RIGHT = 10.0, 630.0
_DAY_Y: Final = 46.0
_LANES_Y: Final = 150.0
_LANE: Final = 34.0
_NAMES: Final = 168.0
"""Room for the names of the places."""
_STEPS: Final = (600, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 10**9)
_BREAK: Final = 96.0
"""Room for the gap."""


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


def day(chart: DayChart) -> Markup:
    """The picture as an SVG element that scales with its box."""
    lanes = max(len(chart.lanes), 1)
    height = _LANES_Y + _LANE * lanes + 62
    parts = [*_whole(chart), *_close(chart), *_key(height - 12)]
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {:.0f}" aria-hidden="true" '
        'font-family="system-ui, sans-serif" font-size="12" fill="currentColor">'
    ).format(_WIDTH, height)
    return head + Markup("").join(parts) + Markup("</svg>")


def _whole(chart: DayChart) -> Iterable[Markup]:
    """The whole day: a stroke an event, the gap hatched out."""
    first = min(chart.marks[0].seconds, chart.stop_seconds)
    last = max(chart.marks[-1].seconds, chart.return_seconds)
    start, end = first // 3_600 * 3_600, -(-last // 3_600) * 3_600
    end = max(end, start + 3_600)

    def x(seconds: float) -> float:
        return _LEFT + (seconds - start) / (end - start) * (_RIGHT - _LEFT)

    yield _text(_LEFT, 14, "The day, an upright stroke for every event", size=12, soft=True)
    yield _line(_LEFT, _DAY_Y, _RIGHT, _DAY_Y, opacity=0.4)
    stop, back = x(chart.stop_seconds), x(chart.return_seconds)
    yield _rect(stop, _DAY_Y - 16, max(back - stop, 2), 32)
    wide = next(step for step in _STEPS if (end - start) / step <= 8)
    for number in range(int((end - start) // wide) + 1):
        seconds = start + number * wide
        at = x(seconds)
        yield _line(at, _DAY_Y + 16, at, _DAY_Y + 20, opacity=0.4)
        side = "start" if number == 0 else "end" if seconds == end else "middle"
        clock = f"{int(seconds) // 3_600 % 24:02}:{int(seconds) // 60 % 60:02}"
        yield _text(at, _DAY_Y + 33, clock, anchor=side, soft=True)
    for mark in chart.marks:
        at = x(mark.seconds)
        tall = 13 if mark.productive else 7
        colour = "var(--c1)" if mark.productive else "currentColor"
        yield _line(at, _DAY_Y - tall, at, _DAY_Y + tall, colour=colour, width=2)
    if back - stop > 70:
        yield _text((stop + back) / 2, _DAY_Y + 4, chart.gap_label, anchor="middle")
    # The part of the day that is drawn from close by.
    for at, to in ((stop, _break_x(chart)[0]), (back, _break_x(chart)[1])):
        yield _line(at, _DAY_Y + 40, to, _LANES_Y - 26, opacity=0.4, dash="3 3")


def _break_x(chart: DayChart) -> tuple[float, float]:
    """Where the gap begins and ends in the lower half."""
    before, after = len(chart.before), len(chart.after) + (1 if chart.skipped else 0)
    share = before / max(before + after, 1)
    start = _NAMES + (_RIGHT - _NAMES - _BREAK) * share
    return start, start + _BREAK


def _close(chart: DayChart) -> Iterable[Markup]:
    """Event by event: before the stop, the gap, the re-orientation; a lane for each place."""
    bottom = _LANES_Y + _LANE * max(len(chart.lanes), 1)
    left, right = _break_x(chart)
    for number, name in enumerate(chart.lanes):
        y = _lane_y(number)
        yield _line(_NAMES, y, _RIGHT, y, opacity=0.15)
        yield _text(_LEFT, y + 4, name)
    if any(mark.lane is None for mark in (*chart.before, *chart.after)):
        yield _text(_LEFT, bottom + 4, "elsewhere, or no element", soft=True)
    yield _rect(left, _LANES_Y - 14, right - left, bottom - _LANES_Y + 10)
    yield _text((left + right) / 2, _LANES_Y - 18, "away", anchor="middle", soft=True)
    yield from _events(chart.before, _places(_NAMES, left, len(chart.before)), bottom)
    spots = len(chart.after) + (1 if chart.skipped else 0)
    xs = _places(right, _RIGHT, spots)
    if chart.skipped:
        at = xs.pop(-2) if len(xs) > 1 else xs[0]
        yield _text(at, bottom + 4, f"+{chart.skipped}", anchor="middle", soft=True)
    yield from _events(chart.after, xs, bottom)
    if chart.pointed_lane is not None:
        yield _arrow(right - 8, _lane_y(chart.pointed_lane))
    if chart.work_index is not None:
        yield _ring(xs[chart.work_index], _mark_y(chart.after[chart.work_index], bottom))


def _events(marks: tuple[DayMark, ...], xs: list[float], bottom: float) -> Iterable[Markup]:
    for number, (mark, at) in enumerate(zip(marks, xs, strict=True)):
        yield _dot(at, _mark_y(mark, bottom), filled=mark.productive)
        if number in (0, len(marks) - 1):
            inner = len(marks) > 1 and xs[-1] - xs[0] < 60
            if not (inner and number == 0):
                yield _text(at, bottom + 22, mark.clock, anchor="middle", soft=True)


def _places(start: float, end: float, n: int) -> list[float]:
    """The middles of n equal parts."""
    return [start + (end - start) * (i + 0.5) / n for i in range(n)]


def _lane_y(number: int) -> float:
    return _LANES_Y + _LANE * number + 8


def _mark_y(mark: DayMark, bottom: float) -> float:
    """Events without a place stand below the lanes."""
    return bottom if mark.lane is None else _lane_y(mark.lane)


def _key(y: float) -> Iterable[Markup]:
    """What the shapes mean."""
    x = _LEFT + 6
    for shape, words, wide in (
        (_dot(x, y - 4, filled=True), "productive", 96),
        (_dot(x + 96, y - 4, filled=False), "other event", 126),
        (_arrow(x + 226, y - 4), "the marker points here", 190),
        (_ring(x + 412, y - 4), "work goes on here", 0),
    ):
        yield shape
        yield _text(x + 14, y, words)
        x += wide


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", size: int = 12, soft: bool = False
) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="{}"{}>{}</text>').format(
        x, y, anchor, size, Markup(' fill="var(--soft)"') if soft else "", words
    )


def _line(
    x: float,
    y: float,
    to_x: float,
    to_y: float,
    *,
    colour: str = "currentColor",
    width: float = 1,
    opacity: float = 1,
    dash: str = "",
) -> Markup:
    dashes = Markup(' stroke-dasharray="{}"').format(dash) if dash else ""
    return Markup(
        '<path d="M{:.1f},{:.1f}L{:.1f},{:.1f}" stroke="{}" stroke-width="{}" '
        'stroke-opacity="{}"{}/>'
    ).format(x, y, to_x, to_y, colour, width, opacity, dashes)


def _rect(x: float, y: float, width: float, height: float) -> Markup:
    """The gap."""
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="4" fill="var(--panel)" '
        'stroke="currentColor" stroke-opacity="0.4" stroke-dasharray="4 3"/>'
    ).format(x, y, width, height)


def _dot(x: float, y: float, *, filled: bool) -> Markup:
    fill = "var(--c1)" if filled else "var(--ground)"
    stroke = "var(--c1)" if filled else "currentColor"
    if filled:
        return Markup(
            '<rect x="{:.1f}" y="{:.1f}" width="9" height="9" fill="{}" stroke="{}"/>'
        ).format(x - 4.5, y - 4.5, fill, stroke)
    return Markup(
        '<circle cx="{:.1f}" cy="{:.1f}" r="4.5" fill="{}" stroke="{}" stroke-width="1.5"/>'
    ).format(x, y, fill, stroke)


def _ring(x: float, y: float) -> Markup:
    return Markup(
        '<circle cx="{:.1f}" cy="{:.1f}" r="10" fill="none" stroke="var(--c1)" stroke-width="2"/>'
    ).format(x, y)


def _arrow(x: float, y: float) -> Markup:
    """An arrow whose head is at x."""
    return Markup(
        '<path d="M{:.1f},{:.1f}l-26,0m26,0l-8,-6m8,6l-8,6" fill="none" stroke="var(--c2)" '
        'stroke-width="3"/>'
    ).format(x, y)
