"""A slow, obvious reference for sections 5 and 6 of the method: the replay and the excess.

Like `oracle`, on which it stands, it shares nothing with the program and is written to be checked
by eye. Times are integers of microseconds, chances are integers of 1/2520, and the excess is in
exact fractions up to its one square root.

Everything happens inside one stream. A *step* is an event with its place in the stream's order.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from oracles.log import (
    DAY,
    HOUR,
    SECOND,
    Event,
    Lag,
    Roles,
    Row,
    Session,
    Stream,
    cap_of,
    gaps,
    is_mid_task,
    is_not_returned,
    knows_work,
    lag_of,
    reason_of,
    row_order,
    to_sessions,
    to_streams,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

BURST_GAP = 30 * SECOND
HABIT_WINDOW = DAY
SEARCH_LEFT = 1 * SECOND
LIST_LENGTH = 3
CHANCE_ELEMENTS = 10
CHANCE_UNITS = 2520
"""Divisible by 1 to 10, and by all numbers of triples among 3 to 10 elements."""

SLOTS = 5
FIRST_INDEX = 10
FIRST_CONTROL_INDEX = 20
MOMENT_GAP = 2 * SECOND

Cell: TypeAlias = tuple[str, int]


@dataclass(frozen=True)
class Step:
    """An event at its place in its stream."""

    number: int
    event: Event
    position: float | None


@dataclass(frozen=True)
class Return:
    """A return with what lies before and after it in its stream.

    `earlier` are all steps before the return and `later` those from the return on; `before` is the
    session that the stop ends and `back` the one that the return opens.
    """

    stream: Stream
    earlier: list[Step]
    before: list[Step]
    back: list[Step]
    later: list[Step]
    lag: Lag
    cap_us: int
    is_interruption: bool

    @property
    def at_us(self) -> int:
        """The instant of the return."""
        return self.back[0].event.start_us

    @property
    def stop_us(self) -> int:
        """The instant of the stop."""
        return session_of(self.before).stop_us

    @property
    def eligible(self) -> bool:
        """Whether the log goes on for cap after the return."""
        return self.at_us + self.cap_us <= self.stream.log_end_us

    @property
    def work(self) -> Step | None:
        """The first productive step back, when it comes within cap."""
        if self.lag.lag_us is None or self.lag.lag_us > self.cap_us:
            return None
        return first_productive(self.back)

    @property
    def place(self) -> str | None:
        """The element of the first productive step back, when it comes within cap."""
        return self.work.event.target if self.work else None


# --- Steps, sessions, returns -----------------------------------------------------------------


def session_of(steps: Iterable[Step]) -> Session:
    """Turn steps into a session, for the functions of the oracle."""
    return Session([step.event for step in steps])


def to_steps(stream: Stream, rows: Sequence[Row], roles: Roles) -> list[Step]:
    """Number the events of a stream and give each the position of its row."""
    own = [row for row in rows if (row["user_id"], row.get("stream")) == key_of(stream)]
    present = sorted(
        (row for row in own if row["event"] not in roles.away),
        key=lambda row: row_order(row, roles),
    )
    return [
        Step(number, event, row.get("position"))
        for number, (event, row) in enumerate(zip(stream.events, present, strict=True))
    ]


def key_of(stream: Stream) -> tuple[str, str | None]:
    """Return what tells a stream from all others."""
    return stream.user_id, stream.stream


def cut(steps: Sequence[Step], stream: Stream, gap_us: int) -> list[list[Step]]:
    """Split the steps of a stream at its gaps longer than `gap_us`."""
    pieces = []
    first = 0
    for session in to_sessions(stream, gap_us):
        end = first + len(session.events)
        pieces.append(list(steps[first:end]))
        first = end
    return pieces


def first_productive(steps: Iterable[Step]) -> Step | None:
    """Return the first productive step."""
    return next((step for step in steps if step.event.productive), None)


def lag_from(
    steps: Sequence[Step], stream: Stream, threshold_us: int, *, is_last: bool, known: bool
) -> Lag:
    """Follow the rest of a session from its first step to the first productive one."""
    session = session_of(steps)
    stops_again = not is_last or is_not_returned(session, stream, threshold_us)
    return lag_of(session, still_at_work=not stops_again, known=known)


def returns_of(
    stream: Stream, steps: Sequence[Step], threshold_us: int, cap_us: int, *, known: bool
) -> list[Return]:
    """Return the returns of a stream in order."""
    sessions = cut(steps, stream, threshold_us)
    found = []
    for number in range(1, len(sessions)):
        before, back = sessions[number - 1], sessions[number]
        reason = reason_of(session_of(before), session_of(back), stream, known=known)
        is_last = number == len(sessions) - 1
        found.append(
            Return(
                stream=stream,
                earlier=list(steps[: back[0].number]),
                before=before,
                back=back,
                later=list(steps[back[0].number :]),
                lag=lag_from(back, stream, threshold_us, is_last=is_last, known=known),
                cap_us=cap_us,
                is_interruption=reason in {"mid_task", "away_event"},
            )
        )
    return found


# --- Section 6: what a policy points at -------------------------------------------------------


def elements_by_last_touch(steps: Iterable[Step]) -> list[str]:
    """Return the distinct elements of steps, the one touched latest first."""
    last = {step.event.target: step.number for step in steps if step.event.target is not None}
    return sorted(last, key=lambda element: last[element], reverse=True)


def largest(weights: Mapping[str, int], steps: Sequence[Step]) -> list[str]:
    """Return the element that weighs most, as a list; of equals the one touched latest."""
    if not weights:
        return []
    most = max(weights.values())
    return [name for name in elements_by_last_touch(steps) if weights[name] == most][:1]


def last_touched(back: Return) -> list[str]:
    """Point at the element of the session's last step that has one."""
    return elements_by_last_touch(back.before)[:1]


def last_productive(back: Return) -> list[str]:
    """Point at the element of the session's last productive step that has one."""
    return elements_by_last_touch(step for step in back.before if step.event.productive)[:1]


def longest_dwell(back: Return) -> list[str]:
    """Point at the session's element with the longest time to the session's next steps."""
    starts = [step.event.start_us for step in back.before]
    nexts = [*starts[1:], starts[-1]]
    dwell: Counter[str] = Counter()
    for step, start_us, next_us in zip(back.before, starts, nexts, strict=True):
        if step.event.target is not None:
            dwell[step.event.target] += next_us - start_us
    return largest(dwell, back.before)


def count_elements(steps: Iterable[Step]) -> Counter[str]:
    """Count the steps on each element."""
    return Counter(step.event.target for step in steps if step.event.target is not None)


def most_used(back: Return) -> list[str]:
    """Point at the session's element with the most steps."""
    return largest(count_elements(back.before), back.before)


def recent_three(back: Return) -> list[str]:
    """Point at the stream's last three elements before the return, the latest first."""
    return elements_by_last_touch(back.earlier)[:LIST_LENGTH]


POLICIES: dict[str, Callable[[Return], list[str]]] = {
    "last_touched": last_touched,
    "last_productive": last_productive,
    "longest_dwell": longest_dwell,
    "most_used": most_used,
    "recent_three": recent_three,
}


def habit(back: Return, steps: Sequence[Step]) -> list[str]:
    """Return the element used most in the bursts that ended in the 24 hours before the stop."""
    recent: list[Step] = []
    for burst in cut(steps, back.stream, BURST_GAP):
        end_us = max(step.event.end_us for step in steps[: burst[-1].number + 1])
        in_window = back.stop_us - HABIT_WINDOW <= end_us <= back.stop_us
        if in_window and burst[-1].number <= back.before[-1].number:
            recent += burst
    return largest(count_elements(recent), recent)


# --- Section 6: was it right? -----------------------------------------------------------------


def last_touch(element: str, back: Return) -> Step:
    """Return the last step on an element before the return."""
    return [step for step in back.earlier if step.event.target == element][-1]


def is_near(touch: Step, work: Step, near: float) -> bool:
    """Return whether two steps share their context and lie within `near` of each other."""
    if touch.position is None or work.position is None:
        return False
    same_context = touch.event.context == work.event.context
    return same_context and abs(touch.position - work.position) <= near


def fits(element: str, work: Step, back: Return, near: float | None) -> bool:
    """Return whether an element is right for a step that has one: equal, or else near to it."""
    if work.event.target is None:
        return False
    if near is None:
        return element == work.event.target
    return is_near(last_touch(element, back), work, near)


def hitting(elements: Iterable[str], back: Return, near: float | None) -> list[str]:
    """Return the elements that hit: those right for the first productive step within cap."""
    work = back.work
    if work is None:
        return []
    return [element for element in elements if fits(element, work, back, near)]


def first_three(back: Return) -> list[Step]:
    """Return the first productive steps on the first three elements worked on in the session."""
    firsts: dict[str, Step] = {}
    for step in back.back:
        if step.event.productive and step.event.target is not None:
            firsts.setdefault(step.event.target, step)
    return list(firsts.values())[:LIST_LENGTH]


def hits_in_three(elements: Sequence[str], back: Return, near: float | None) -> bool:
    """Return whether an element is right for one of the first three elements worked on."""
    if back.work is None:
        return False
    return any(
        fits(element, work, back, near) for work in first_three(back) for element in elements
    )


def hits_context(elements: Iterable[str], back: Return) -> bool:
    """Return whether an element was last touched in the context of the first productive step."""
    if back.work is None or back.work.event.context is None:
        return False
    contexts = [last_touch(element, back).event.context for element in elements]
    return back.work.event.context in contexts


def search_time(hits: Sequence[str], back: Return, near: float | None) -> int:
    """Return the time to the first touch of an element that hits; with `near` at most the lag."""
    lag_us = back.lag.lag_us or 0
    touches = [step.event.start_us for step in back.back if step.event.target in hits]
    if near is None:
        return touches[0] - back.at_us
    return min(touches[0] - back.at_us, lag_us) if touches else lag_us


def gave_up_right(elements: Iterable[str], back: Return, near: float | None) -> bool:
    """Return whether the user left again though an element is right for the next work, whenever."""
    work = first_productive(back.later)
    if not back.eligible or back.lag.lag_end != "abandoned" or work is None:
        return False
    return any(fits(element, work, back, near) for element in elements)


def judge(elements: list[str], back: Return, near: float | None) -> dict[str, Any]:
    """Judge the elements that a policy points at."""
    hits = hitting(elements, back, near)
    already_there = back.back[0].event.target in elements
    addressable = bool(hits) and not already_there and back.lag.lag_us != 0
    search_us = 0
    if addressable:
        search_us = max(0, min(search_time(hits, back, near), back.cap_us) - SEARCH_LEFT)
    return {
        "pointed": bool(elements),
        "already_there": already_there,
        "hit": bool(hits),
        "hit_in_3": hits_in_three(elements, back, near),
        "in_context": hits_context(elements, back),
        "addressable": addressable,
        "search_us": search_us,
        "gave_up_right": gave_up_right(elements, back, near),
        "elements": tuple(elements),
    }


def chance_of(back: Return, near: float | None) -> tuple[int, int]:
    """Return the chances of a random element, and of three, among the last ten, in 1/2520."""
    last = elements_by_last_touch(back.earlier)[:CHANCE_ELEMENTS]
    right = len(hitting(last, back, near))
    if not last:
        return 0, 0
    one = Fraction(right, len(last))
    if len(last) < LIST_LENGTH:
        three = Fraction(int(right > 0))
    else:
        all_wrong = math.comb(len(last) - right, LIST_LENGTH)
        three = 1 - Fraction(all_wrong, math.comb(len(last), LIST_LENGTH))
    return int(CHANCE_UNITS * one), int(CHANCE_UNITS * three)


def replay(
    rows: Sequence[Row],
    roles: Roles,
    threshold_us: int,
    until_us: int | None = None,
    *,
    near: float | None = None,
    cap_us: int | None = None,
) -> list[dict[str, Any]]:
    """Replay every return of a log, in the order of `oracle.measure`.

    `cap_us` is that of the headline threshold; None means the one of `threshold_us`.
    """
    cap_us = cap_of(threshold_us) if cap_us is None else cap_us
    streams = to_streams(rows, roles, until_us)
    known = knows_work(streams)
    replayed = []
    for stream in streams:
        steps = to_steps(stream, rows, roles)
        for back in returns_of(stream, steps, threshold_us, cap_us, known=known):
            judged = {name: judge(point(back), back, near) for name, point in POLICIES.items()}
            chance, chance_three = chance_of(back, near)
            replayed.append(
                {
                    "user_id": stream.user_id,
                    "stream": stream.stream,
                    "return_at_us": back.at_us,
                    "place": back.place,
                    **judged,
                    "habit_hit": bool(hitting(habit(back, steps), back, near)),
                    "chance": chance,
                    "chance_three": chance_three,
                }
            )
    return replayed


# --- Section 5: moments and slots -------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """A row in the midst of a session, measured as if it were a return; `index` 0 is a return.

    An interruption takes part too, as the moment of index 0 that its return is. `gap_us` is what
    lies between the row before and this one, 0 where they overlap.
    """

    stream: Stream
    number: int
    index: int
    at_us: int
    gap_us: int
    y_us: int
    stop_cell: Cell
    first_back_cell: Cell


def half_of_day(at_us: int) -> int:
    """Return 0 before noon, else 1, in UTC."""
    return int(at_us % DAY >= 12 * HOUR)


def capped(lag: Lag, cap_us: int) -> int:
    """Return the time charged for a lag: at most cap, cap where work was not reached."""
    return cap_us if lag.lag_us is None else min(lag.lag_us, cap_us)


def moment_of(
    stream: Stream, stop: Event, first: Step, *, index: int, lag: Lag, cap_us: int
) -> Moment:
    """Describe a moment: what came right before it, what it is, and what it took."""
    half = half_of_day(first.event.start_us)
    return Moment(
        stream=stream,
        number=first.number,
        index=index,
        at_us=first.event.start_us,
        gap_us=max(0, gaps(stream.events)[first.number - 1]),
        y_us=capped(lag, cap_us),
        stop_cell=(stop.event, half),
        first_back_cell=(first.event.event, half),
    )


def interruption_of(back: Return) -> Moment:
    """Describe an interruption as its slots are."""
    stop = back.before[-1].event
    return moment_of(back.stream, stop, back.back[0], index=0, lag=back.lag, cap_us=back.cap_us)


def moments_of(
    stream: Stream,
    steps: Sequence[Step],
    threshold_us: int,
    cap_us: int,
    *,
    known: bool,
    all_returns: bool,
) -> list[Moment]:
    """Return the moments of a stream in order."""
    sessions = cut(steps, stream, threshold_us)
    found = []
    for session in sessions[1:]:
        is_last = session is sessions[-1]
        for index in range(FIRST_INDEX, len(session)):
            step, previous = session[index], session[index - 1]
            apart = step.event.start_us - previous.event.start_us > MOMENT_GAP
            followed = step.event.start_us + cap_us <= stream.log_end_us
            mid_task = all_returns or is_mid_task(session_of(session[:index]))
            if apart and followed and mid_task:
                rest = session[index:]
                lag = lag_from(rest, stream, threshold_us, is_last=is_last, known=known)
                found.append(
                    moment_of(stream, previous.event, step, index=index, lag=lag, cap_us=cap_us)
                )
    return found


def entry(
    own: Moment, moments: Iterable[Moment], cell_of: Callable[[Moment], Cell]
) -> dict[str, Any]:
    """Give an interruption, or what acts as one, its first five later moments in its cell."""
    later = [
        moment
        for moment in moments
        if moment.number > own.number and cell_of(moment) == cell_of(own)
    ]
    return {
        "user_id": own.stream.user_id,
        "stream": own.stream.stream,
        "at_us": own.at_us,
        "y_us": own.y_us,
        "cell": cell_of(own),
        "found": tuple(moment.y_us for moment in later[:SLOTS]),
    }


def stop_cell(moment: Moment) -> Cell:
    """Compare by the event before the clock starts."""
    return moment.stop_cell


def first_back_cell(moment: Moment) -> Cell:
    """Compare by the event that starts the clock."""
    return moment.first_back_cell


def slots(
    rows: Sequence[Row],
    roles: Roles,
    threshold_us: int,
    until_us: int | None = None,
    *,
    cap_us: int | None = None,
    all_returns: bool = False,
) -> dict[str, list[dict[str, Any]]]:
    """Find the slots of every eligible interruption by both cells, and of fake returns.

    With `all_returns` every eligible return counts as an interruption. A log without productive
    events has nothing to compare, so all three lists are empty.
    """
    cap_us = cap_of(threshold_us) if cap_us is None else cap_us
    streams = to_streams(rows, roles, until_us)
    known = knows_work(streams)
    found: dict[str, list[dict[str, Any]]] = {"stop": [], "first_back": [], "control": []}
    if not known:
        return found
    for stream in streams:
        steps = to_steps(stream, rows, roles)
        moments = moments_of(
            stream, steps, threshold_us, cap_us, known=known, all_returns=all_returns
        )
        late = [moment for moment in moments if moment.index >= FIRST_CONTROL_INDEX]
        for back in returns_of(stream, steps, threshold_us, cap_us, known=known):
            if back.eligible and (all_returns or back.is_interruption):
                own = interruption_of(back)
                found["stop"].append(entry(own, moments, stop_cell))
                found["first_back"].append(entry(own, moments, first_back_cell))
        for moment in moments:
            if moment.index < FIRST_CONTROL_INDEX:
                found["control"].append(entry(moment, late, stop_cell))
    return found


# --- Section 5: the excess --------------------------------------------------------------------


@dataclass(frozen=True)
class Excess:
    """The mean of D over interruptions, with its standard error over users.

    `own_slots` is the share of the slots that were found, `own_returns` the share of the
    interruptions that found one at least. The estimate is missing where no slot was found at all,
    its error also where there is one user only.
    """

    estimate_us: Fraction | None
    se_us: float | None
    users: int
    own_slots: Fraction | None
    own_returns: Fraction | None


def mean(values: Sequence[int | Fraction]) -> Fraction:
    """Return the mean as a fraction."""
    return Fraction(sum(values)) / len(values)


def found_slots(entries: Iterable[Mapping[str, Any]]) -> list[int]:
    """Return the found slots of all entries; one that two have found is there twice."""
    return [y_us for each in entries for y_us in each["found"]]


def empty_slots(entries: Iterable[Mapping[str, Any]]) -> int:
    """Count the empty slots of all entries."""
    return sum(SLOTS - len(each["found"]) for each in entries)


def difference(own: Mapping[str, Any], fill: Fraction) -> Fraction:
    """Return D: Y minus the mean of the five slots, the empty ones filled."""
    five = [*own["found"], *[fill] * (SLOTS - len(own["found"]))]
    return own["y_us"] - mean(five)


def by_cell(entries: Iterable[Mapping[str, Any]]) -> dict[Cell, list[Mapping[str, Any]]]:
    """Group entries by their cell."""
    cells: dict[Cell, list[Mapping[str, Any]]] = defaultdict(list)
    for each in entries:
        cells[each["cell"]].append(each)
    return dict(cells)


def pull(own: Sequence[int], everyone: Sequence[int], empty: int) -> Fraction:
    """Return what a user's found slots add to the fill of `empty` slots of everyone."""
    away_from_mean = sum(own) - mean(everyone) * len(own)
    return Fraction(empty, SLOTS) / len(everyone) * away_from_mean


def excess(entries: Sequence[Mapping[str, Any]]) -> Excess:
    """Estimate how much longer interruptions took than their slots, and the error of that."""
    users = sorted({each["user_id"] for each in entries})
    if not entries:
        return Excess(None, None, 0, None, None)
    everything = found_slots(entries)
    own_slots = Fraction(len(everything), SLOTS * len(entries))
    own_returns = Fraction(sum(len(each["found"]) > 0 for each in entries), len(entries))
    if not everything:
        return Excess(None, None, len(users), own_slots, own_returns)

    cells = by_cell(entries)
    with_slots = [cell for cell in cells if found_slots(cells[cell])]
    without_slots = [cell for cell in cells if not found_slots(cells[cell])]
    fill = {cell: mean(found_slots(cells[cell])) for cell in with_slots}
    fill |= dict.fromkeys(without_slots, mean(everything))
    estimate = mean([difference(each, fill[each["cell"]]) for each in entries])
    if len(users) == 1:
        return Excess(estimate, None, 1, own_slots, own_returns)

    pooled = sum(empty_slots(cells[cell]) for cell in without_slots)
    squares = Fraction(0)
    for user_id in users:
        own = [each for each in entries if each["user_id"] == user_id]
        total = sum((difference(each, fill[each["cell"]]) - estimate for each in own), Fraction(0))
        for cell in with_slots:
            mine = found_slots(each for each in own if each["cell"] == cell)
            total -= pull(mine, found_slots(cells[cell]), empty_slots(cells[cell]))
        total -= pull(found_slots(own), everything, pooled)
        influence = total / len(entries) / (1 - Fraction(len(own), len(entries)))
        squares += influence**2
    variance = Fraction(len(users), len(users) - 1) * squares
    return Excess(estimate, math.sqrt(variance), len(users), own_slots, own_returns)
