"""A slow, obvious reference for what makes a log measurable: sections 1 and 6 of the method.

It builds on `oracles.log` and shares nothing with the program.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Any

from oracles.log import (
    SECOND,
    Event,
    Key,
    Roles,
    Row,
    Session,
    cap_of,
    gaps,
    measure,
    to_sessions,
    to_streams,
)
from oracles.replay import replay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEAST = 50
FIRST_EVENTS = Fraction(80, 100)
RESOLUTIONS = 4
BATCHES = Fraction(1, 5)
WORK = Fraction(2, 100)
NOT_UNDERSTOOD = Fraction(1, 2)
RECURRING = Fraction(5, 100)
TOUCHED_AGAIN = Fraction(20, 100)
OF_ONE_EVENT = Fraction(1, 100)
HITS = 5
LOST = Fraction(1, 10)
AT_ONCE = Fraction(1, 2)
OTHERS = Fraction(1, 20)
FEWEST_EVENTS = 3
FULL_EVENTS = 5
LARGER = Fraction(2, 100)
FULL = Fraction(1, 5)
TIMES_ONE_LESS = 3
TIMES_AT_ENDS = 2


def reason(  # noqa: PLR0911 - one return a rule, in their order
    rows: Sequence[Row],
    roles: Roles,
    threshold_us: int,
    until_us: int | None = None,
    *,
    resolution_s: int = 0,
    batches: frozenset[tuple[str, int]] = frozenset(),
    not_understood: frozenset[str] | None = None,
    lost: Fraction = Fraction(0),
    by_column: bool = False,
    queued: Fraction = Fraction(0),
    sent_every_s: int = 0,
) -> str | None:
    """Say why a log cannot show re-orientation, or None.

    `batches` are users and instants of batch uploads. `not_understood` are the names that say
    nothing; None means that the roles were configured. `lost` is the share of the returns, beyond
    chance, that begin in rows that are not there, `queued` that of those that begin with work that
    waited in a queue, `sent_every_s` the period of a timer that sends work.
    """
    found = measure(rows, roles, threshold_us, until_us)
    judged = [row for row in found.returns if row["is_interruption"] and row["eligible"]]
    if len(judged) < LEAST:
        return None
    if lost > LOST:
        return "starts_lost"
    lags = [row["lag_us"] for row in judged if row["lag_us"] is not None]
    later = [lag for lag in lags if 0 < lag <= cap_of(threshold_us)]
    coarse = later and RESOLUTIONS * max(resolution_s, sent_every_s) * SECOND > median(later)
    if by_column or (not coarse and turns_share(rows, roles, until_us) > AT_ONCE):
        return "several_people"
    in_batch = [row for row in judged if (row["user_id"], row["return_at_us"]) in batches]
    at_once = [row for row in judged if row["lag_us"] == 0 and row not in in_batch]
    if share(len(at_once), len(judged)) > FIRST_EVENTS:
        return "first_event_is_work"
    if coarse:
        return "too_coarse"
    if max(share(len(in_batch), len(judged)), queued) > BATCHES:
        return "order_unknown"
    return reason_of_events(rows, roles, threshold_us, until_us, not_understood)


def reason_of_events(
    rows: Sequence[Row],
    roles: Roles,
    threshold_us: int,
    until_us: int | None,
    not_understood: frozenset[str] | None,
) -> str | None:
    """Say which events are missing, or None."""
    working, beside, events, others = work_beside_others(rows, roles, threshold_us, until_us)
    apart = share(beside, working) < RECURRING and share(others, events) >= OTHERS
    if working >= LEAST and apart:
        return "work_apart"
    if cut_at(rows, roles, threshold_us, until_us):
        return "sessions_cut"
    sizes = session_sizes(rows, roles, threshold_us, until_us)
    if median(sizes.elements()) < FEWEST_EVENTS:
        return "too_sparse"
    if not_understood is not None and is_thin(rows, roles, not_understood):
        return "roles_too_thin"
    return None


def share(part: int, whole: int) -> Fraction:
    """Return a share; of nothing it is 0."""
    return Fraction(part, whole) if whole else Fraction(0)


def cut_at(
    rows: Sequence[Row], roles: Roles, threshold_us: int, until_us: int | None = None
) -> int | None:
    """Return the number of events at which sessions are cut; None where they are not."""
    sessions = [
        [event.event for event in session.events]
        for stream in to_streams(rows, roles, until_us)
        for session in to_sessions(stream, threshold_us)
    ]
    size = next(
        n for n in itertools.count() if sum(len(s) > n for s in sessions) <= LARGER * len(sessions)
    )
    full = [session for session in sessions if len(session) == size]
    one_less = sum(len(session) == size - 1 for session in sessions)
    if size < FULL_EVENTS or len(full) < LEAST or len(full) < FULL * len(sessions):
        return None
    if len(full) < TIMES_ONE_LESS * one_less:
        return None
    at_ends = Counter(session[-1] for session in full)
    anywhere = Counter(name for session in full for name in session)
    for name, n in at_ends.items():
        if n == max(at_ends.values()) and n * size > TIMES_AT_ENDS * anywhere[name]:
            return None
    return size


def is_thin(rows: Sequence[Row], roles: Roles, not_understood: frozenset[str]) -> bool:
    """Return whether suggested work is too rare, or names that say nothing hold over half."""
    events = [row["event"] for row in rows if row["event"] not in roles.away]
    work = sum(event in roles.productive for event in events)
    unknown = sum(event in not_understood for event in events)
    return share(work, len(events)) < WORK or share(unknown, len(events)) > NOT_UNDERSTOOD


def elements(session: Session) -> list[str]:
    """Return the element of every event that has one."""
    return [event.target for event in session.events if event.target is not None]


def recurrence(
    rows: Sequence[Row], roles: Roles, threshold_us: int, until_us: int | None = None
) -> tuple[int, int, int, int]:
    """Count pairs of a session and an element touched in it.

    Those touched in a later session of the stream; those of sessions that have a later one; those
    touched twice or more in the session; all.
    """
    again = earlier = within = pairs = 0
    for stream in to_streams(rows, roles, until_us):
        sessions = to_sessions(stream, threshold_us)
        for number, session in enumerate(sessions):
            later = {name for after in sessions[number + 1 :] for name in elements(after)}
            for name in set(elements(session)):
                pairs += 1
                within += elements(session).count(name) > 1
                if number < len(sessions) - 1:
                    earlier += 1
                    again += name in later
    return again, earlier, within, pairs


def elements_do_not_recur(
    rows: Sequence[Row], roles: Roles, threshold_us: int, until_us: int | None = None
) -> bool:
    """Return whether elements live for one session."""
    returns = measure(rows, roles, threshold_us, until_us).returns
    judged = [row["is_interruption"] and row["eligible"] for row in returns]
    replayed: Sequence[Mapping[str, Any]] = replay(rows, roles, threshold_us, until_us)
    hits = [
        back["last_touched"]["hit"] for back, counts in zip(replayed, judged, strict=True) if counts
    ]
    if len(hits) < LEAST or sum(hits) >= HITS:
        return False
    again, earlier, within, pairs = recurrence(rows, roles, threshold_us, until_us)
    if not earlier or share(again, earlier) >= RECURRING:
        return False
    own_ids = share(again, earlier) < OF_ONE_EVENT and share(within, pairs) < OF_ONE_EVENT
    return share(within, pairs) >= TOUCHED_AGAIN or own_ids


# --- Section 6: a fixed order of elements -------------------------------------------------------


def continued(
    rows: Sequence[Row], roles: Roles, threshold_us: int, until_us: int | None = None
) -> tuple[list[tuple[int, int]], Fraction]:
    """Count per stream how often work went on in a later session, and how often as usual.

    Streams count from 1 on, in order; those with odd and with even numbers learn from each other.
    The second figure is the share that is expected where last and next do not depend on each other.
    """
    followed: dict[int, defaultdict[str, Counter[str]]] = {
        half: defaultdict(Counter) for half in (0, 1)
    }
    apart: dict[int, list[tuple[str, str]]] = {}
    for number, stream in enumerate(to_streams(rows, roles, until_us), start=1):
        apart[number] = []
        work = [
            (place, event.target)
            for place, session in enumerate(to_sessions(stream, threshold_us))
            for event in session.events
            if event.productive and event.target is not None
        ]
        for (one, last), (other, following) in itertools.pairwise(work):
            if one != other:
                apart[number].append((last, following))
            elif last != following:
                followed[number % 2][last][following] += 1
    judged = [
        (number, usual(followed[1 - number % 2][last]), following)
        for number, pairs in apart.items()
        for last, following in pairs
    ]
    counts = [
        (len(pairs), sum(who == number and one == other for who, one, other in judged))
        for number, pairs in apart.items()
        if pairs
    ]
    ones, others = Counter(one for _, one, _ in judged), Counter(other for *_, other in judged)
    del ones[None]
    return counts, share(sum(n * others[name] for name, n in ones.items()), len(judged) ** 2)


def new_work(
    rows: Sequence[Row], roles: Roles, threshold_us: int, until_us: int | None = None
) -> tuple[int, int, int, int]:
    """Count work that goes on at elements not worked on before.

    After a gap such and all; within sessions such and all that changes the element.
    """
    counts = [0, 0, 0, 0]
    for stream in to_streams(rows, roles, until_us):
        seen: list[str] = []
        last_place = -1
        for place, session in enumerate(to_sessions(stream, threshold_us)):
            for event in session.events:
                if not event.productive or event.target is None:
                    continue
                if seen and (place != last_place or seen[-1] != event.target):
                    kind = 0 if place != last_place else 2
                    counts[kind] += event.target not in seen
                    counts[kind + 1] += 1
                seen.append(event.target)
                last_place = place
    after, all_after, within, all_within = counts
    return after, all_after, within, all_within


def usual(following: Counter[str]) -> str | None:
    """Return the most common element; none where two are as common."""
    first, second = [*following.most_common(2), (None, 0), (None, 0)][:2]
    return None if first[1] == second[1] else first[0]


# --- Section 2, item 8: a valley between two kinds of work --------------------------------------

REACH = 4


def gaps_after(rows: Sequence[Row], roles: Roles, threshold_us: int) -> Counter[str]:
    """Count the gaps between the threshold and four times of it by the event before them."""
    found: Counter[str] = Counter()
    for stream in to_streams(rows, roles):
        for before, gap_us in zip(stream.events, gaps(stream.events), strict=False):
            if threshold_us < gap_us <= REACH * threshold_us:
                found[before.event] += 1
    return found


# --- Section 1: idle events by position, and events that fill gaps ------------------------------

SESSION_EVENTS = 4


def at_edges(
    rows: Sequence[Row], roles: Roles, threshold_us: int
) -> tuple[Counter[str], Counter[str], dict[str, set[Key]]]:
    """Count events in sessions of 4 and more, those at a long gap, and the streams that have them.

    At a long gap are the last event before one and the first after one.
    """
    seen: Counter[str] = Counter()
    edge: Counter[str] = Counter()
    streams: dict[str, set[Key]] = defaultdict(set)
    for stream in to_streams(rows, roles):
        sessions = to_sessions(stream, threshold_us)
        for number, session in enumerate(sessions):
            if len(session.events) < SESSION_EVENTS:
                continue
            for place, event in enumerate(session.events):
                follows = place == 0 and number > 0
                precedes = place == len(session.events) - 1 and number < len(sessions) - 1
                seen[event.event] += 1
                edge[event.event] += follows or precedes
                streams[event.event].add((stream.user_id, stream.stream))
    return seen, edge, streams


def returns_without(rows: Sequence[Row], roles: Roles, threshold_us: int, name: str) -> int:
    """Count the long gaps of each stream when all events of a name are left out.

    Long gaps in which a stream begins or ends with such events are gone.
    """
    total = 0
    for stream in to_streams(rows, roles):
        kept = [event for event in stream.events if event.event != name]
        if kept:
            total += sum(gap_us > threshold_us for gap_us in gaps(kept))
    return total


def long_gaps(rows: Sequence[Row], roles: Roles, threshold_us: int) -> int:
    """Count the long gaps."""
    return sum(
        gap_us > threshold_us
        for stream in to_streams(rows, roles)
        for gap_us in gaps(stream.events)
    )


def long_gaps_of_people(rows: Sequence[Row], roles: Roles, threshold_us: int, agent: str) -> int:
    """Count the long gaps, an agent's events among the others, of streams that have others."""
    return sum(
        gap_us > threshold_us
        for stream in to_streams(rows, roles)
        if any(event.event != agent for event in stream.events)
        for gap_us in gaps(stream.events)
    )


# --- Section 1: sessions that stand apart, starts that stay silent, days without elements --------


def session_sizes(
    rows: Sequence[Row], roles: Roles, threshold_us: int, until_us: int | None = None
) -> Counter[int]:
    """Count the sessions of each number of events."""
    return Counter(
        len(session.events)
        for stream in to_streams(rows, roles, until_us)
        for session in to_sessions(stream, threshold_us)
    )


def first_silences(rows: Sequence[Row], roles: Roles, threshold_us: int) -> list[int]:
    """Return how long nothing follows the first event of each return; nothing of lone events."""
    return sorted(
        gaps(session.events)[0]
        for stream in to_streams(rows, roles)
        for session in to_sessions(stream, threshold_us)[1:]
        if len(session.events) > 1
    )


def elements_by_day(rows: Sequence[Row], roles: Roles) -> dict[int, tuple[int, int]]:
    """Return by day (UTC) the events and those that have an element."""
    found: dict[int, tuple[int, int]] = {}
    for stream in to_streams(rows, roles):
        for event in stream.events:
            day = event.start_us // (86_400 * SECOND)
            events, known = found.get(day, (0, 0))
            found[day] = (events + 1, known + (event.target is not None))
    return found


def work_beside_others(
    rows: Sequence[Row], roles: Roles, threshold_us: int, until_us: int | None = None
) -> tuple[int, int, int, int]:
    """Count sessions with work, those of them with other events, events, and other events."""
    working = beside = events = others = 0
    for stream in to_streams(rows, roles, until_us):
        for session in to_sessions(stream, threshold_us):
            work = [event.event in roles.productive for event in session.events]
            working += any(work)
            beside += any(work) and not all(work)
            events += len(work)
            others += work.count(False)
    return working, beside, events, others


# --- Section 1: work that only answers other events --------------------------------------------


def followers(rows: Sequence[Row], roles: Roles) -> dict[str, tuple[int, int, int]]:
    """Count by name all work, that within a second after another name, that after no work."""
    found: dict[str, tuple[int, int, int]] = {}
    for stream in to_streams(rows, roles):
        for before, event in zip([None, *stream.events], stream.events, strict=False):
            if event.event not in roles.productive:
                continue
            follows = (
                before is not None
                and before.event != event.event
                and event.start_us - before.start_us <= SECOND
            )
            others = follows and before is not None and before.event not in roles.productive
            work, follow, after = found.get(event.event, (0, 0, 0))
            found[event.event] = (work + 1, follow + follows, after + others)
    return found


# --- Section 1: several people under one id ------------------------------------------------------

TURNS_LEAST = 20
ACROSS_LEAST = 5
ELEMENTS = 1_000
PART = 2_000
PARTS = 50


def turns(
    rows: Sequence[Row], roles: Roles, until_us: int | None = None
) -> list[tuple[int, int, int]]:
    """Count for each stream the work that comes back to an element, so across, and all work.

    It comes back when one of the five acts of work before it was on its element, at most 30 s ago,
    and the last one was on another. It does so across groups when one of the acts since the newest
    of them was on an element of another group, and the groups are apart. A stream of very many
    elements is looked at in parts, of which some stand for the others.
    """
    found = []
    for stream in to_streams(rows, roles, until_us):
        work = [
            event
            for event in stream.events
            if event.event in roles.productive and event.target is not None
        ]
        parts = [work]
        if len({event.target for event in work}) > ELEMENTS:
            parts = [work[begin : begin + PART] for begin in range(0, len(work), PART)]
            if len(parts) > PARTS:
                parts = [parts[number * len(parts) // PARTS] for number in range(PARTS)]
        group = {
            id(event): (number, of.get(event.target))
            for number, part in enumerate(parts)
            for of in [groups_apart(part)]
            for event in part
        }
        looked_at = sum(map(len, parts))
        back = across = 0
        for place, event in enumerate(work):
            if not place or work[place - 1].target == event.target:
                continue
            newest = [
                other
                for other in range(max(0, place - 5), place)
                if work[other].target == event.target
                and event.start_us - work[other].start_us <= 30 * SECOND
            ]
            if newest:
                back += 1
                part, mine = group.get(id(event), (None, None))
                between = [group.get(id(one), (None, None)) for one in work[newest[-1] + 1 : place]]
                across += any(of == part is not None and one != mine for of, one in between)
        found.append((back, across * len(work) // max(1, looked_at), len(work)))
    return found


def groups_apart(work: Sequence[Event]) -> dict[str | None, int]:
    """Return the group of each element of one stream; nothing where they are not apart.

    Changes from one element to another without a silence of over two minutes link the two. Groups
    are joined, the pair first that raises the modularity most, until none raises it. They are
    apart when at most 65 % of the changes between groups are there that chance would make.
    """
    links: Counter[tuple[int, int]] = Counter()
    seen = list(dict.fromkeys(event.target for event in work))
    for before, event in itertools.pairwise(work):
        if before.target != event.target and event.start_us - before.start_us <= 120 * SECOND:
            one, other = sorted((seen.index(before.target), seen.index(event.target)))
            links[one, other] += 1
    group = list(range(len(seen)))
    all_links = sum(links.values())
    while links:
        between: Counter[tuple[int, int]] = Counter()
        ends: Counter[int] = Counter()
        for (one, other), number in links.items():
            ends[group[one]] += number
            ends[group[other]] += number
            if group[one] != group[other]:
                first, second = sorted((group[one], group[other]))
                between[first, second] += number
        gains = {
            pair: Fraction(number, all_links)
            - Fraction(ends[pair[0]] * ends[pair[1]], 2 * all_links**2)
            for pair, number in between.items()
        }
        best = min(gains, key=lambda pair: (-gains[pair], pair), default=None)
        if best is None or gains[best] <= 0:
            by_chance = 1 - sum(Fraction(n, 2 * all_links) ** 2 for n in ends.values())
            apart = Fraction(sum(between.values()), all_links) <= Fraction(65, 100) * by_chance
            return dict(zip(seen, group, strict=True)) if apart else {}
        group = [best[0] if one == best[1] else one for one in group]
    return {}


def turns_share(rows: Sequence[Row], roles: Roles, until_us: int | None = None) -> Fraction:
    """Return the share of the work in streams of which over a fifth comes back, or 2 % across."""
    counts = turns(rows, roles, until_us)
    several = sum(
        n
        for back, across, n in counts
        if n >= TURNS_LEAST and (5 * back > n or (across >= ACROSS_LEAST and 50 * across > n))
    )
    return share(several, sum(n for _, _, n in counts))
