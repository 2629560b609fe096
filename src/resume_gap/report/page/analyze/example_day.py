"""One day of one person: the stop, the gap, the return, and where a marker would point."""

from resume_gap.replay.target_rules import LAST_TOUCHED
from resume_gap.report.charts.day import DayChart, DayMark
from resume_gap.report.page.model import Figure, Part, Table
from resume_gap.report.text import target_rules, vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import count, duration, exact, many, percent
from resume_gap.results.analyze import Analysis
from resume_gap.results.workday import Day

_BEFORE = 5
"""Events drawn before the stop, it among them."""
_AFTER = 8
"""Events drawn after the return at most."""
_LANES = 5
_ROWS = 40
"""Rows of the table around the gap; the others are counted."""
_NAME = 22
"""Characters of a name in the picture."""
"""The target rule whose marker a day shows."""
_NOT_TO_SCALE = (
    "Around the gap, events are drawn at even distances, whatever the time between them."
)
_Event = tuple[float, str, str | None, bool]


def two_days(analysis: Analysis) -> tuple[Part, ...]:
    """One hit and one miss, each a picture; those that could be drawn."""
    rate = _rate(analysis)
    parts: list[Part] = []
    for name, day, title, often in (
        ("one-day", analysis.workday.day, "the marker is a hit", rate),
        ("a-miss", analysis.workday.miss, "the marker is a miss", 1 - rate),
    ):
        if day is None or not day.events:
            continue
        figure = Figure(
            name=name,
            caption=_caption(analysis, day),
            chart=_chart(analysis, day),
            table=_table(day),
        )
        which = "Another day" if parts else "One day"
        parts.append(Part(title=f"{which}: {title}, as in {percent(often)}", blocks=(figure,)))
    return tuple(parts)


def _rate(analysis: Analysis) -> float:
    """The hit rate of the rule that the days show."""
    return next((p.hit or 0.0 for p in analysis.marker.policies if p.name == LAST_TOUCHED), 0.0)


def clock(seconds: float, *, fine: bool = True) -> str:
    """`11:42:07`, of the day."""
    total = int(seconds)
    text = f"{total // 3_600 % 24:02}:{total // 60 % 60:02}"
    return f"{text}:{total % 60:02}" if fine else text


def _before(day: Day) -> list[_Event]:
    return [event for event in day.events if event[0] <= day.stop_seconds][-_BEFORE:]


def _after(day: Day) -> tuple[list[_Event], int, int | None]:
    """Events from the return to one past the first productive one, those left out, its place.

    What is left out stands before the last two.
    """
    back = [event for event in day.events if event[0] >= day.return_seconds]
    work = None
    if day.work_seconds is not None:
        work = next((i for i, e in enumerate(back) if e[0] >= day.work_seconds and e[3]), None)
    wanted = back[: _AFTER if work is None else work + 1]
    if len(wanted) <= _AFTER:
        return wanted, 0, work
    kept = [*wanted[: _AFTER - 2], wanted[-1]]
    return kept, len(wanted) - len(kept), None if work is None else len(kept) - 1


def _chart(analysis: Analysis, day: Day) -> DayChart:
    before = _before(day)
    after, skipped, work = _after(day)
    fine = vocabulary.step(analysis) < 60
    lanes = _lanes(day, [*before, *after])
    place = {name: i for i, name in enumerate(lanes)}

    def mark(event: _Event) -> DayMark:
        lane = None if event[2] is None else place.get(event[2])
        return DayMark(
            seconds=event[0], lane=lane, productive=event[3], clock=clock(event[0], fine=fine)
        )

    return DayChart(
        size="page",
        marks=tuple(mark(event) for event in day.events),
        stop_seconds=day.stop_seconds,
        return_seconds=day.return_seconds,
        gap_label=_gap_label(analysis, day),
        lanes=tuple(label(name, limit=_NAME) for name in lanes),
        before=tuple(map(mark, before)),
        after=tuple(map(mark, after)),
        skipped=skipped,
        pointed_lane=None if day.pointed is None else place.get(day.pointed),
        place_lane=None if day.place is None else place.get(day.place),
        work_index=work,
    )


def _lanes(day: Day, events: list[_Event]) -> list[str]:
    """Where the marker points, where work goes on, then what was touched, the latest first."""
    wanted = [day.pointed, day.place, *(event[2] for event in reversed(events))]
    return list(dict.fromkeys(name for name in wanted if name is not None))[:_LANES]


def _gap_label(analysis: Analysis, day: Day) -> str:
    return f"away {duration(day.gap_seconds, vocabulary.step(analysis))}"


def _caption(analysis: Analysis, day: Day) -> str:
    fine = vocabulary.step(analysis)
    who = "One person"
    if day.person is not None and day.date is not None:
        who = f"{label(day.person)} on {label(day.date)}"
    stop, back = (clock(t, fine=False) for t in (day.stop_seconds, day.return_seconds))
    text = (
        f"{who}: work stops at {stop} and the first event back comes at {back}, "
        f"{duration(day.gap_seconds, fine)} later."
    )
    if day.reorientation_seconds is None:
        text += (
            f" Productive work does not come within {exact(analysis.reorientation.cap_seconds)}."
        )
    elif day.reorientation_seconds <= 0:
        text += " The first event back is productive at once."
    else:
        way = duration(day.reorientation_seconds, fine)
        text += f" Productive work comes {way} after it"
        text += "." if day.place is None else f", at {label(day.place)}."
    if day.pointed is None:
        return f"{text} There was nothing a resume marker could have pointed at. {_NOT_TO_SCALE}"
    right = "a hit" if day.hit else "a miss: work went on elsewhere"
    near = analysis.marker.near
    if near is not None and day.hit and day.pointed != day.place:
        right = (
            f"{near:g} {'position counts' if near == 1 else 'positions count'} as the same "
            "element; here the marker is a hit within that"
        )
    return (
        f"{text} A resume marker at the {target_rules.rule(LAST_TOUCHED)} would have pointed at "
        f"{label(day.pointed)}, {right}. {_NOT_TO_SCALE}"
    )


def _table(day: Day) -> Table:
    around = [
        event
        for event in day.events
        if event[0] <= day.stop_seconds or event[0] >= day.return_seconds
    ]
    stop = sum(event[0] <= day.stop_seconds for event in around)
    first = max(0, stop - _ROWS // 2)
    shown = around[first : first + _ROWS]
    rest = len(day.events) - len(shown)
    caption = f"Events around the gap, {many(len(shown), 'row')}"
    return Table(
        caption=caption + (f"; {count(rest)} more of that day are not listed" if rest else ""),
        columns=("time", "event", "element", "productive", "what it is"),
        rows=tuple(
            (
                clock(e[0]),
                label(e[1]),
                "\N{EN DASH}" if e[2] is None else label(e[2]),
                "yes" if e[3] else "no",
                _role(day, e),
            )
            for e in shown
        ),
    )


def _role(day: Day, event: _Event) -> str:
    roles = []
    if event[0] == day.stop_seconds:
        roles.append("the stop")
    if event[0] == day.return_seconds:
        roles.append("the return")
    if event[0] == day.work_seconds and event[3]:
        roles.append("work goes on")
    return ", ".join(roles)
