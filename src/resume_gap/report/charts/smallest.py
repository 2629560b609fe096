"""The charts of a plan: the smallest effect found, by weeks or by users."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from markupsafe import Markup

from resume_gap.report.charts.chart import Chart
from resume_gap.report.charts.drawing import (
    FIRST,
    HEIGHTS,
    INK,
    NUMBERS,
    SECOND,
    WIDTHS,
    Room,
    data,
    draw,
    titled,
)

if TYPE_CHECKING:
    import altair as alt

Against = Literal["weeks", "users"]
_Kind = Literal["linear", "log"]
_TITLE: Final[dict[Against, str]] = {"weeks": "weeks", "users": "interrupted users, both groups"}
_NAMED: Final[dict[_Kind, str]] = {"linear": "", "log": " (logarithmic scale)"}


_ONCE: Final = "checked once"
_NAMES: Final = 150.0
"""Pixels for the names of the lines, right of them."""
_LINE: Final = 16.0
"""Pixels from one name to the next."""
_HIGH: Final = 0.8
"""Share of the height above which a rule is near the top."""
_LOW: Final = 0.25
"""Share of the height below which the axis is near."""
_MOST_NARROW: Final[dict[Against, int]] = {"weeks": 8, "users": 5}
"""Numbers on the axis of a telephone."""
_EDGE: Final = 16.0
"""Pixels right of a line without a name."""
_ROUND: Final = (1, 2, 5)
_EVEN: Final = 5
"""An axis that grows no more than so many times has even steps; of more users it is logarithmic."""
_STEPS: Final = 5
"""Even steps of it, at most."""


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
    mark: float | None = None
    """A place on the axis with a name of its own, such as where the log ends."""
    mark_label: str = ""
    places: tuple[tuple[float, float, str], ...] = ()
    """(weeks or users, seconds, name): points on the line with names of their own."""

    @property
    def line(self) -> tuple[float, float]:
        """See `Chart`."""
        return self.once[0][0], self.once[-1][0]

    @property
    def is_log(self) -> bool:
        """See `Chart`."""
        return _kind(self) == "log"

    def picture(self) -> Markup:
        """The chart as an SVG element."""
        return smallest(self)


def _ends(chart: SmallestChart) -> tuple[float, float]:
    """Where the axis begins and where the lines end; of users a round number comes first."""
    reached = [at for line in (chart.once, chart.looks) for at, _ in line]
    reached += [at for at, *_ in chart.places]
    first, last = min(reached), max(*reached, min(reached) + 1)
    if chart.against == "weeks":
        return first, last
    return max(at for at in _round_numbers(last) if at <= first), last


def _kind(chart: SmallestChart) -> _Kind:
    """Whether equal steps along the axis add as many users or weeks, or multiply them."""
    first, last = _ends(chart)
    return "log" if chart.against == "users" and last > _EVEN * first else "linear"


def _round_numbers(last: float) -> list[float]:
    """1, 2, 5, 10, 20 ... up to a number."""
    powers = range(len(str(int(last))))
    return [float(n * 10**power) for power in powers for n in _ROUND if n * 10**power <= last]


def _axis(chart: SmallestChart) -> "alt.Axis":
    """Every whole week; of users round numbers, in even steps where they are near each other."""
    import altair as alt  # noqa: PLC0415

    first, last = _ends(chart)
    if chart.against == "weeks":
        values = [float(week) for week in range(1, int(last) + 1)]
    elif _kind(chart) == "linear":
        step = next(n for n in _round_numbers(last) if (last - first) / n <= _STEPS)
        values = [n * step for n in range(int(last // step) + 1) if n * step >= first]
    else:
        values = [n for n in _round_numbers(last) if n >= first]
    if chart.size == "telephone":
        most = _MOST_NARROW[chart.against]
        values = values[::-2][::-1] if len(values) > most else values
    return alt.Axis(format=",d", grid=False, values=values)


def _beyond(first: float, last: float, share: float, kind: _Kind) -> float:
    """An end of the axis that leaves so much of it for names right of the lines."""
    more = share / (1 - share)
    return last + (last - first) * more if kind == "linear" else last * (last / first) ** more


def _heights(ends: list[float], top: float, height: float) -> list[float]:
    """Where names stand in pixels from their lines' ends, so that they do not touch."""
    if len(ends) < 2:
        return [0.0] * len(ends)
    apart = abs(ends[0] - ends[1]) / top * height
    push = max(0.0, _LINE - apart) / 2
    return [push, -push] if ends[0] <= ends[1] else [-push, push]


def smallest(chart: SmallestChart) -> Markup:
    """Lines that fall, a band around the first, and the effect that is wanted."""
    import altair as alt  # noqa: PLC0415

    first, last = _ends(chart)
    tops = [v for _, v in chart.once] + [v for _, v in chart.looks] + [v for *_, v in chart.band]
    top = max(*tops, chart.wanted) * 1.08
    kind = _kind(chart)
    end = _beyond(first, last, (_NAMES if chart.looks else _EDGE) / WIDTHS[chart.size], kind)
    x = alt.X(
        "at:Q",
        title=_TITLE[chart.against] + _NAMED[kind],
        scale=alt.Scale(domain=[first, end], nice=False, type=kind),
        axis=_axis(chart),
    )
    y = alt.Y(
        "seconds:Q",
        title="smallest effect found, s",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(tickCount=5, domain=False, ticks=False, minExtent=NUMBERS),
    )
    layers: list[Any] = []
    if chart.band:
        rows = [{"at": at, "seconds": low, "end": high} for at, low, high in chart.band]
        band = alt.Chart(data(rows)).mark_area(color=FIRST, fillOpacity=0.15)
        layers.append(band.encode(x=x, y=y, y2="end:Q"))
    lines = [
        (points, label, color, dash)
        for points, label, color, dash in (
            (chart.once, _ONCE if chart.looks else "", FIRST, [1, 0]),
            (chart.looks, chart.looks_label, SECOND, [6, 4]),
        )
        if points
    ]
    moved = _heights([points[-1][1] for points, *_ in lines], top, HEIGHTS[chart.size])
    for (points, label, color, dash), dy in zip(lines, moved, strict=True):
        rows = [{"at": at, "seconds": value} for at, value in points]
        line = alt.Chart(data(rows)).mark_line(color=color, strokeDash=dash, strokeWidth=2.5)
        words = alt.Chart(data(rows[-1:])).mark_text(
            text=label, align="left", dx=6, dy=dy, color=INK, fontSize=12, fontWeight="bold"
        )
        layers += [line.encode(x=x, y=y), words.encode(x=x, y=y)]
    wanted = alt.Chart(data([{"at": first, "end": last, "seconds": chart.wanted}]))
    rule = wanted.mark_rule(color=INK, strokeDash=[2, 3], strokeWidth=1.5)
    words = wanted.mark_text(
        # At the top stands the name of the mark.
        text=chart.wanted_label,
        align="left",
        dx=6,
        dy=12 if chart.wanted > _HIGH * top else -8,
        color=INK,
        fontSize=12,
    )
    layers += [rule.encode(x=x, x2="end:Q", y=y), words.encode(x=x, y=y)]
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
    for at, seconds, name in chart.places:
        point = alt.Chart(data([{"at": at, "seconds": seconds}]))
        dot = point.mark_point(color=INK, filled=True, size=70, opacity=1)
        # The line falls: right above it and left below it there is room, unless the axis is near.
        right = at * at <= first * end if kind == "log" else at + at <= first + end
        words = point.mark_text(
            text=name,
            align="left" if right else "right",
            dx=8 if right else -8,
            dy=-12 if right else 14 if seconds > _LOW * top else -26,
            color=INK,
            fontSize=13,
            fontWeight="bold",
        )
        layers += [dot.encode(x=x, y=y), words.encode(x=x, y=y)]
    # The names at the ends of the lines may be drawn in a wider font.
    room = Room(left=titled(NUMBERS), right=28)
    return draw(layers, height=HEIGHTS[chart.size], room=room, width=WIDTHS[chart.size])
