"""A slow, obvious reference for sections 2 to 4 of the method: gaps, interruptions, returns.

It shares nothing with the program. Each function reads like one definition of the method page and
is written to be checked by eye, so nothing here is clever or fast. Everything is an integer of
microseconds, except the histogram of gaps from which the threshold is learned.

A *row* is a dict with `user_id`, `timestamp_us`, `event` and, where the column is mapped, `target`,
`context`, `task`, `end_us`, `device`, `sequence`, `event_id`, `received_at_us`, `variant`,
`position`, `stream`. A missing key means that the column is not mapped, `None` means null.
The rows are taken as cleaned: nothing is dropped here.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
Key: TypeAlias = tuple[str, str | None]
SortKey: TypeAlias = tuple[Any, ...]

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

MIDTASK_WINDOW = 10 * MINUTE
TAU_LIMIT = 15 * MINUTE
FOLLOW_UP = 7 * DAY
GAP_CLASSES = (
    (1 * HOUR, "up_to_1h"),
    (4 * HOUR, "1h_4h"),
    (16 * HOUR, "4h_16h"),
    (72 * HOUR, "16h_72h"),
)

CONTENT = (
    "event",
    "target",
    "context",
    "task",
    "end_us",
    "device",
    "sequence",
    "event_id",
    "received_at_us",
    "variant",
    "position",
)
"""The columns that break what ties are left, in this order."""


@dataclass(frozen=True)
class Roles:
    """The names of the events that have a role."""

    productive: frozenset[str] = frozenset()
    completing: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Event:
    """One event of a stream, its interval already cut by an idle event."""

    start_us: int
    end_us: int
    event: str
    target: str | None
    context: str | None
    task: str | None
    device: str | None
    productive: bool
    completing: bool


@dataclass(frozen=True)
class Stream:
    """One clock of one user: its events in order, its absences, the instant its log ends."""

    user_id: str
    stream: str | None
    events: list[Event]
    away_us: list[int]
    log_end_us: int


@dataclass(frozen=True)
class Session:
    """The events of a stream between two long gaps, in order; never empty."""

    events: list[Event]

    @property
    def stop_us(self) -> int:
        """The running maximum of ends at the session's last event."""
        return max(event.end_us for event in self.events)

    @property
    def start_us(self) -> int:
        """The start of the session's first event."""
        return self.events[0].start_us

    @property
    def first(self) -> Event:
        """The event that is the return, when the session follows a long gap."""
        return self.events[0]

    @property
    def last(self) -> Event:
        """The event that is the stop, when the session ends in one."""
        return self.events[-1]


@dataclass(frozen=True)
class Lag:
    """How the way from a return to productive work ended."""

    lag_us: int | None
    lag_end: str | None
    by_leaving: bool
    first_productive: Event | None


@dataclass(frozen=True)
class Measured:
    """Everything the oracle says about one log."""

    returns: list[dict[str, Any]]
    counts: dict[str, int]
    users: dict[str, dict[str, int]]


# --- Section 1: rows, order, streams, absence -------------------------------------------------


def nulls_last(value: float | str | None) -> SortKey:
    """Order numbers as numbers, text by its UTF-8 bytes, and nulls after both."""
    if value is None:
        return (1, 0)
    return (0, value.encode() if isinstance(value, str) else value)


def key_order(key: Key) -> SortKey:
    """Order streams by user, then by name, the stream without a name last."""
    user_id, stream = key
    return (nulls_last(user_id), nulls_last(stream))


def row_order(row: Row, roles: Roles) -> SortKey:
    """Order rows by time, sequence, completing events last, then content."""
    return (
        row["timestamp_us"],
        nulls_last(row.get("sequence")),
        row["event"] in roles.completing,
        *(nulls_last(row.get(column)) for column in CONTENT),
    )


def end_of(row: Row) -> int:
    """Return the end of a row: its start when no end is known or the end lies before the start."""
    start_us: int = row["timestamp_us"]
    end_us: int | None = row.get("end_us")
    return start_us if end_us is None else max(start_us, end_us)


def cut_end(row: Row, away_us: Iterable[int]) -> int:
    """Return the end of a row, cut by the first idle event that begins inside its interval."""
    start, end = row["timestamp_us"], end_of(row)
    return min([end, *(away for away in away_us if start < away < end)])


def to_event(row: Row, roles: Roles, away_us: Iterable[int]) -> Event:
    """Turn a row into an event of its stream."""
    return Event(
        start_us=row["timestamp_us"],
        end_us=cut_end(row, away_us),
        event=row["event"],
        target=row.get("target"),
        context=row.get("context"),
        task=row.get("task"),
        device=row.get("device"),
        productive=row["event"] in roles.productive,
        completing=row["event"] in roles.completing,
    )


def has_streams(rows: Sequence[Row]) -> bool:
    """Return whether a stream column is mapped."""
    return any("stream" in row for row in rows)


def newest(rows: Iterable[Row]) -> int:
    """Return the newest time of the rows; ends of intervals do not count."""
    times_us: list[int] = [row["timestamp_us"] for row in rows]
    return max(times_us)


def to_streams(rows: Sequence[Row], roles: Roles, until_us: int | None = None) -> list[Stream]:
    """Split a log by user and stream; what holds nothing but absences is no stream."""
    by_key: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        by_key[row["user_id"], row.get("stream")].append(row)

    by_stream = has_streams(rows)
    streams = []
    for key in sorted(by_key, key=key_order):
        own = by_key[key]
        away_us = [row["timestamp_us"] for row in own if row["event"] in roles.away]
        present = [row for row in own if row["event"] not in roles.away]
        present.sort(key=lambda row: row_order(row, roles))
        if present:
            log_end_us = newest(own if by_stream else rows) if until_us is None else until_us
            events = [to_event(row, roles, away_us) for row in present]
            streams.append(Stream(*key, events, away_us, log_end_us))
    return streams


def gaps(events: Sequence[Event]) -> list[int]:
    """Return the gap before each event but the first: since the running maximum of ends.

    Negative where the event starts inside an earlier interval.
    """
    reached_us = accumulate((event.end_us for event in events), max)
    return [event.start_us - end_us for event, end_us in zip(events[1:], reached_us, strict=False)]


# --- Section 2: long gaps, and the threshold without its bootstrap ----------------------------

BINS_PER_DOUBLING = 10
FIRST_BIN = math.floor(BINS_PER_DOUBLING * math.log2(1e-6))
LAST_BIN = BINS_PER_DOUBLING * 32
HEAVY_USER_GAPS = 2000
SIGMA_BINS = 5
KERNEL_BINS = 4 * SIGMA_BINS
FLOOR_TOLERANCE = 0.05
MIN_DEPTH = 0.30
MIN_GAPS_RIGHT = 20
GAPS_RIGHT_ONE_IN = 1000
VALLEY_RANGE_S = (60.0, 7200.0)
RESOLUTIONS_BELOW_VALLEY = 3
GUARD_MIN_GAPS = 20


@dataclass(frozen=True)
class Valley:
    """A flat floor of the smoothed histogram, in bin numbers; the floor is clipped to the range."""

    threshold_us: int
    depth: float
    first_bin: int
    last_bin: int


@dataclass(frozen=True)
class Learned:
    """The learned threshold, or `None` with the valleys that qualified and the guard's word."""

    threshold_us: int | None
    valleys: list[Valley]
    guarded: bool


def is_long(gap_us: int, threshold_us: int) -> bool:
    """Return whether a gap is long: longer than threshold, a gap of exactly threshold is not."""
    return gap_us > threshold_us


def gaps_by_user(rows: Sequence[Row], roles: Roles) -> dict[str, list[int]]:
    """Return the gaps > 0 of each user over all of the user's streams, in microseconds."""
    found: dict[str, list[int]] = defaultdict(list)
    for stream in to_streams(rows, roles):
        found[stream.user_id] += [gap for gap in gaps(stream.events) if gap > 0]
    return dict(found)


def bin_of(seconds: float) -> int:
    """Return the number of the bin of a length; what lies outside goes to the outermost bins."""
    number = math.floor(BINS_PER_DOUBLING * math.log2(seconds))
    return min(max(number, FIRST_BIN), LAST_BIN)


def bin_start(number: float) -> float:
    """Return where a bin begins, in seconds; a broken number is a place inside a bin."""
    return math.exp2(number / BINS_PER_DOUBLING)


def spread(gap_s: float, resolution_s: float) -> dict[int, float]:
    """Spread one gap over bins: evenly (in seconds) over [gap - r/2, gap + r/2].

    What lies below the first bin, negative lengths included, counts in the first bin, so that the
    shares always sum to one.
    """
    if resolution_s <= 0:
        return {bin_of(gap_s): 1.0}
    low, high = gap_s - resolution_s / 2, gap_s + resolution_s / 2
    shares = {}
    for number in range(FIRST_BIN, LAST_BIN + 1):
        left = low if number == FIRST_BIN else max(low, bin_start(number))
        right = high if number == LAST_BIN else min(high, bin_start(number + 1))
        if right > left:
            shares[number] = (right - left) / resolution_s
    return shares


def gap_histogram(
    user_gaps: Mapping[str, Sequence[int]], resolution_s: Mapping[str, float] | None = None
) -> list[float]:
    """Count gaps (microseconds, per user) in bins of 0.1 over log2(seconds), heavy users thinned.

    Entry `i` is bin `FIRST_BIN + i`. Gaps that are not > 0 do not count, nor towards the weight
    `min(1, 2000 / n)` of their user. A user missing in `resolution_s` has fine stamps.
    """
    counts = [0.0] * (LAST_BIN - FIRST_BIN + 1)
    for user_id in sorted(user_gaps):
        own = [gap for gap in user_gaps[user_id] if gap > 0]
        weight = min(1.0, HEAVY_USER_GAPS / len(own)) if own else 0.0
        for gap in own:
            resolution = (resolution_s or {}).get(user_id, 0.0)
            for number, share in spread(gap / SECOND, resolution).items():
                counts[number - FIRST_BIN] += weight * share
    return counts


def smooth(counts: Sequence[float]) -> list[float]:
    """Smooth with a normalized Gaussian of 5 bins, cut at 20 bins, zeros beyond the ends."""
    reach = range(-KERNEL_BINS, KERNEL_BINS + 1)
    kernel = {step: math.exp(-0.5 * (step / SIGMA_BINS) ** 2) for step in reach}
    total = sum(kernel.values())
    return [
        sum(
            kernel[step] / total * counts[place + step]
            for step in reach
            if 0 <= place + step < len(counts)
        )
        for place in range(len(counts))
    ]


def local_minima(curve: Sequence[float]) -> list[tuple[int, int]]:
    """Return first and last place of each run of equal values with higher values on both sides."""
    runs = []
    first = 0
    for place in range(1, len(curve) + 1):
        if place == len(curve) or curve[place] != curve[first]:
            runs.append((first, place - 1))
            first = place
    return [
        (first, last)
        for first, last in runs
        if first > 0
        and last < len(curve) - 1
        and curve[first - 1] > curve[first]
        and curve[last + 1] > curve[last]
    ]


def find_valleys(curve: Sequence[float], lowest_s: float = 0.0) -> list[Valley]:
    """Find the valleys of a smoothed histogram whose minimum lies in the range, shortest first.

    1. A minimum is a run of equal values with higher values on both sides. At least one of its bins
       lies in the range: the bin's center is in [60 s, 2 h] and at least `lowest_s`.
    2. Its rim is the smaller of the highest value anywhere left and anywhere right of it, and
       depth = 1 - f(minimum) / rim.
    3. Its floor is the unbroken run of bins around it with f <= f(minimum) + 5 % of (rim -
       f(minimum)). A minimum whose floor holds a lower bin is a ripple of that deeper valley and
       no valley itself: the deeper one speaks for it.
    4. The cut is the middle, on the log scale, of the bins of the floor that lie in the range.
    """
    low_s, high_s = max(VALLEY_RANGE_S[0], lowest_s), VALLEY_RANGE_S[1]
    in_range = [low_s <= bin_start(FIRST_BIN + i + 0.5) <= high_s for i in range(len(curve))]
    valleys = []
    for first, last in local_minima(curve):
        bottom = curve[first]
        rim = min(max(curve[:first]), max(curve[last + 1 :]))
        limit = bottom + FLOOR_TOLERANCE * (rim - bottom)
        left, right = first, last
        while left > 0 and curve[left - 1] <= limit:
            left -= 1
        while right < len(curve) - 1 and curve[right + 1] <= limit:
            right += 1
        if min(curve[left : right + 1]) < bottom or not any(in_range[first : last + 1]):
            continue
        inside = [FIRST_BIN + place for place in range(left, right + 1) if in_range[place]]
        middle_s = bin_start((inside[0] + inside[-1] + 1) / 2)
        depth = 1 - bottom / rim
        valleys.append(Valley(round(middle_s * SECOND), depth, inside[0], inside[-1]))
    return sorted(valleys, key=lambda valley: valley.threshold_us)


def qualifies(valley: Valley, all_gaps: Sequence[int]) -> bool:
    """Return whether a valley is deep enough and has enough gaps (unweighted) to its right."""
    right = sum(is_long(gap, valley.threshold_us) for gap in all_gaps)
    enough = right >= MIN_GAPS_RIGHT and right * GAPS_RIGHT_ONE_IN >= len(all_gaps)
    return valley.depth >= MIN_DEPTH and enough


def is_guarded(user_gaps: Mapping[str, Sequence[int]], threshold_us: int) -> bool:
    """Return whether threshold separates kinds of users rather than work from absence.

    So it does when over 10 % of the users with 20 or more gaps have over half of them longer.
    """
    judged = [own for own in user_gaps.values() if len(own) >= GUARD_MIN_GAPS]
    mostly_long = [
        own for own in judged if 2 * sum(is_long(gap, threshold_us) for gap in own) > len(own)
    ]
    return 10 * len(mostly_long) > len(judged)


def learn_threshold(
    user_gaps: Mapping[str, Sequence[int]], resolution_s: Mapping[str, float] | None = None
) -> Learned:
    """Learn the threshold from the gaps of each user: steps 1 to 4 and the guard, no bootstrap.

    The valley must lie at 3 times the coarsest resolution of any user or beyond.
    """
    positive = {user: [gap for gap in own if gap > 0] for user, own in user_gaps.items()}
    everything = [gap for own in positive.values() for gap in own]
    coarsest = max((resolution_s or {}).values(), default=0.0)
    curve = smooth(gap_histogram(positive, resolution_s))
    found = find_valleys(curve, RESOLUTIONS_BELOW_VALLEY * coarsest)
    valleys = [valley for valley in found if qualifies(valley, everything)]
    if not valleys:
        return Learned(None, [], guarded=False)
    threshold_us = valleys[0].threshold_us
    guarded = is_guarded(positive, threshold_us)
    return Learned(None if guarded else threshold_us, valleys, guarded)


# --- Section 3: sessions, stops, interruptions ------------------------------------------------


def to_sessions(stream: Stream, threshold_us: int) -> list[Session]:
    """Split a stream at its long gaps."""
    sessions = [[stream.events[0]]]
    for event, gap_us in zip(stream.events[1:], gaps(stream.events), strict=True):
        if is_long(gap_us, threshold_us):
            sessions.append([])
        sessions[-1].append(event)
    return [Session(events) for events in sessions]


def is_not_returned(last: Session, stream: Stream, threshold_us: int) -> bool:
    """Return whether a stream's last session ends in a stop: the silence after it is long."""
    return is_long(stream.log_end_us - last.stop_us, threshold_us)


def ends_work(completing: Event, work: Event) -> bool:
    """Return whether a completing event ends this work: same task, else same context, else bare."""
    if completing.task is not None and work.task is not None:
        return completing.task == work.task
    if completing.context is not None and work.context is not None:
        return completing.context == work.context
    return completing.task is None and completing.context is None


def is_working(session: Session) -> bool:
    """Return whether a productive event reaches into the 10 minutes before the stop."""
    return any(
        event.productive and event.end_us >= session.stop_us - MIDTASK_WINDOW
        for event in session.events
    )


def is_completed(session: Session) -> bool:
    """Return whether the last productive event is ended by a completing event at or after it."""
    last_work = max(n for n, event in enumerate(session.events) if event.productive)
    work = session.events[last_work]
    return any(event.completing and ends_work(event, work) for event in session.events[last_work:])


def is_mid_task(session: Session) -> bool:
    """Return whether a session stops mid-task, whatever the gap after it holds."""
    return is_working(session) and not is_completed(session)


def knows_work(streams: Iterable[Stream]) -> bool:
    """Return whether any event of the log is productive."""
    return any(event.productive for stream in streams for event in stream.events)


def reason_of(before: Session, back: Session, stream: Stream, *, known: bool) -> str:
    """Say why a return is an interruption, or why not."""
    if not known:
        return "unknown"
    if not is_working(before):
        return "idle"
    if is_completed(before):
        return "completed"
    if any(before.stop_us <= away <= back.start_us for away in stream.away_us):
        return "away_event"
    return "mid_task"


# --- Section 4: measures of one return --------------------------------------------------------


def gap_class(gap_us: int) -> str:
    """Name the class of a gap; a class holds its upper limit."""
    for limit, name in GAP_CLASSES:
        if gap_us <= limit:
            return name
    return "over_72h"


def cap_of(threshold_us: int) -> int:
    """Return the longest time charged for one return."""
    return min(TAU_LIMIT, threshold_us)


def lag_of(back: Session, *, still_at_work: bool, known: bool) -> Lag:
    """Follow a session from its return to the first productive event.

    `still_at_work` says that the session is cut by the end of the log and not by a long silence.
    """
    if not known:
        return Lag(None, None, by_leaving=False, first_productive=None)
    for event in back.events:
        if event.productive:
            lag_us = event.start_us - back.start_us
            return Lag(lag_us, "observed", by_leaving=False, first_productive=event)
        if event.completing:
            return Lag(None, "abandoned", by_leaving=True, first_productive=None)
    ending = "log_end" if still_at_work else "abandoned"
    return Lag(None, ending, by_leaving=False, first_productive=None)


def reorientation(lag: Lag, threshold_us: int, *, eligible: bool) -> int | None:
    """Return Y = min(lag, tau), cap when work was not reached, nothing when not followed up."""
    if not eligible or lag.lag_end is None:
        return None
    return cap_of(threshold_us) if lag.lag_us is None else min(lag.lag_us, cap_of(threshold_us))


def pointed_target(before: Session) -> str | None:
    """Return the element touched last before the gap."""
    touched = [event.target for event in before.events if event.target is not None]
    return touched[-1] if touched else None


def target_return(before: Session, back: Session) -> int | None:
    """Return the time to the first touch of the element pointed at, in the session come back to."""
    pointed = pointed_target(before)
    if pointed is None:
        return None
    touches = [event.start_us for event in back.events if event.target == pointed]
    return touches[0] - back.start_us if touches else None


def detours(before: Session, back: Session, lag: Lag) -> int | None:
    """Count the other elements touched on the way to the first productive event."""
    if lag.first_productive is None:
        return None
    way = back.events[: [event.productive for event in back.events].index(True)]
    touched = {event.target for event in way}
    return len(touched - {None, lag.first_productive.target, pointed_target(before)})


def device_changed(before: Session, back: Session) -> bool | None:
    """Return whether the return came from another device, where both are known."""
    if before.last.device is None or back.first.device is None:
        return None
    return before.last.device != back.first.device


def measure_return(
    stream: Stream, sessions: Sequence[Session], number: int, threshold_us: int, *, known: bool
) -> dict[str, Any]:
    """Measure the return that opens session `number` of a stream."""
    before, back = sessions[number - 1], sessions[number]
    is_last = number == len(sessions) - 1
    stops_again = not is_last or is_not_returned(back, stream, threshold_us)
    reason = reason_of(before, back, stream, known=known)
    lag = lag_of(back, still_at_work=not stops_again, known=known)
    work = lag.first_productive
    eligible = back.start_us + cap_of(threshold_us) <= stream.log_end_us
    gap_us = back.start_us - before.stop_us
    return {
        "user_id": stream.user_id,
        "stream": stream.stream,
        "stop_at_us": before.stop_us,
        "return_at_us": back.start_us,
        "gap_us": gap_us,
        "gap_class": gap_class(gap_us),
        "reason": reason,
        "is_interruption": reason in {"mid_task", "away_event"},
        "stop_event": before.last.event,
        "stop_target": before.last.target,
        "stop_context": before.last.context,
        "return_event": back.first.event,
        "return_target": back.first.target,
        "first_productive_at_us": work.start_us if work else None,
        "first_productive_event": work.event if work else None,
        "first_productive_target": work.target if work else None,
        "lag_us": lag.lag_us,
        "lag_end": lag.lag_end,
        "abandoned_by_leaving": lag.by_leaving,
        "eligible": eligible,
        "reorientation_us": reorientation(lag, threshold_us, eligible=eligible),
        "target_return_us": target_return(before, back),
        "detours": detours(before, back, lag),
        "next_stop_at_us": back.stop_us if stops_again else None,
        "device_changed": device_changed(before, back),
    }


# --- Counts and sums --------------------------------------------------------------------------

USER_SUMS = (
    "sessions",
    "stops",
    "returns",
    "interruptions",
    "eligible",
    "productive",
    "zero",
    "reorientation_sum_us",
    "followed_7d",
    "returned_7d",
)


def follow_up(stream: Stream, sessions: Sequence[Session], threshold_us: int) -> tuple[int, int]:
    """Count the mid-task stops with 7 days of log after them, and those back within 7 days."""
    followed = returned = 0
    for number, session in enumerate(sessions):
        is_last = number == len(sessions) - 1
        if is_last and not is_not_returned(session, stream, threshold_us):
            continue
        if is_mid_task(session) and session.stop_us + FOLLOW_UP <= stream.log_end_us:
            followed += 1
            if not is_last and sessions[number + 1].start_us - session.stop_us <= FOLLOW_UP:
                returned += 1
    return followed, returned


def sum_returns(returns: Sequence[Mapping[str, Any]], cap_us: int) -> dict[str, int]:
    """Sum what the returns of one user or stream say; measures over eligible interruptions."""
    interruptions = [row for row in returns if row["is_interruption"]]
    eligible = [row for row in interruptions if row["eligible"]]
    lags = [row["lag_us"] for row in eligible if row["lag_us"] is not None]
    return {
        "returns": len(returns),
        "interruptions": len(interruptions),
        "eligible": len(eligible),
        "productive": sum(lag <= cap_us for lag in lags),
        "zero": sum(lag == 0 for lag in lags),
        "reorientation_sum_us": sum(row["reorientation_us"] for row in eligible),
    }


def measure(
    rows: Sequence[Row], roles: Roles, threshold_us: int, until_us: int | None = None
) -> Measured:
    """Measure every return of a cleaned log, with the counts and each user's sums."""
    streams = to_streams(rows, roles, until_us)
    known = knows_work(streams)
    returns: list[dict[str, Any]] = []
    users: dict[str, dict[str, int]] = {}
    not_returned = 0
    for stream in streams:
        sessions = to_sessions(stream, threshold_us)
        own = [
            measure_return(stream, sessions, number, threshold_us, known=known)
            for number in range(1, len(sessions))
        ]
        lost = int(is_not_returned(sessions[-1], stream, threshold_us))
        followed, returned = follow_up(stream, sessions, threshold_us)
        sums = sum_returns(own, cap_of(threshold_us)) | {
            "sessions": len(sessions),
            "stops": len(own) + lost,
            "followed_7d": followed,
            "returned_7d": returned,
        }
        user = users.setdefault(stream.user_id, dict.fromkeys(USER_SUMS, 0))
        for name in USER_SUMS:
            user[name] += sums[name]
        returns += own
        not_returned += lost

    def total(name: str) -> int:
        return sum(user[name] for user in users.values())

    counts = {
        "users": len(users),
        "streams": len(streams),
        "sessions": total("sessions"),
        "returns": total("returns"),
        "interruptions": total("interruptions"),
        "not_returned": not_returned,
        "users_interrupted": sum(user["interruptions"] > 0 for user in users.values()),
        "midtask_stops_followed_7d": total("followed_7d"),
        "midtask_stops_returned_7d": total("returned_7d"),
    }
    return Measured(returns, counts, users)
