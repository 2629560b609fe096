"""A slow, obvious reference for what a trial is measured by: section 8 of the method.

Who is in the trial, what is history and what is outcome, user by user. Like `oracle.py`, on whose
streams, sessions and returns it stands, it shares nothing with the program and is written to be
checked by eye. All times are integers of microseconds.

An *assignment* is a row of a user, a variant and an instant, each of which may be `None`.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from oracles import log as oracle
from oracles.log import DAY, FOLLOW_UP, MINUTE, SECOND, Roles, Row, Session, Stream

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

AT_THE_RETURN = 5 * SECOND
"""A tracker writes the assignment so much later than the return that made it, at most."""
STEP_CAP = 30 * SECOND
"""A productive event counts until the next event, but no longer than this."""

Return: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Assignment:
    """One row of the assignments."""

    user_id: str | None
    variant: str | None
    at_us: int | None


@dataclass(frozen=True)
class Member:
    """A user of the trial.

    `logged_us` is what the assignments say, `assigned_us` what counts: the return that made it.
    """

    user_id: str
    is_treated: bool
    logged_us: int
    assigned_us: int

    @property
    def is_moved(self) -> bool:
        return self.assigned_us < self.logged_us


@dataclass(frozen=True)
class Assigned:
    """Who is in the trial before anybody is moved, and the counts of those who are not."""

    members: list[Member]
    both_arms: int
    both_first: tuple[int, int]
    other_variants: int
    without_time: int
    outside: int
    first_us: int
    """Earliest instant at which anybody, in the trial or left out of it, was assigned."""


@dataclass(frozen=True)
class Measured:
    """Everything the oracle says about one trial; users and returns in the order of the ids."""

    members: list[Member]
    users: list[dict[str, Any]]
    returns: list[Return]

    @property
    def firsts(self) -> list[Return]:
        """The first exposure of each user who has one: what P1 is the mean of."""
        return [row for row in self.returns if row["exposure"] == 1]

    @property
    def moved(self) -> int:
        return sum(member.is_moved for member in self.members)


# --- Who is in the trial ----------------------------------------------------------------------


def assign(
    rows: Iterable[Assignment],
    log_users: Collection[str],
    *,
    nobody: Collection[str],
    left_out: Collection[str],
    control: str,
    treatment: str,
) -> Assigned:
    """Give each user one arm: that of the only variant the user's readable rows name.

    `log_users` are those of the log. `nobody` are ids that stand for no user, in lower case; a row
    with one of them is lost as one without an id. `left_out` are to be left out, without a count.
    """
    rows = list(rows)
    lost = [row for row in rows if _is_lost(row, nobody)]
    named: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row not in lost and row.user_id not in left_out:
            earlier_us = named[row.user_id].get(row.variant, row.at_us)
            named[row.user_id][row.variant] = min(earlier_us, row.at_us)
    single = {user: next(iter(own.items())) for user, own in named.items() if len(own) == 1}
    members = [
        Member(user, variant == treatment, at_us, at_us)
        for user, (variant, at_us) in sorted(single.items(), key=lambda item: item[0].encode())
        if variant in {control, treatment}
    ]
    return Assigned(
        members=members,
        both_arms=len(named) - len(single),
        both_first=tuple(
            sum(len(own) > 1 and _only_first(own) == arm for own in named.values())
            for arm in (control, treatment)
        ),
        other_variants=len(single) - len(members),
        without_time=len(lost),
        outside=sum(
            not _is_nobody(user, nobody) and user not in left_out and user not in named
            for user in log_users
        ),
        first_us=min(at_us for own in named.values() for at_us in own.values()),
    )


def _is_lost(row: Assignment, nobody: Collection[str]) -> bool:
    """Return whether a row lacks a user, a variant or an instant."""
    return _is_nobody(row.user_id, nobody) or not row.variant or row.at_us is None


def _is_nobody(user_id: str | None, nobody: Collection[str]) -> bool:
    """Return whether an id is missing, blank or stands for no user, in any case."""
    name = (user_id or "").strip().lower()
    return not name or name in nobody


def _only_first(own: Mapping[str, int]) -> str | None:
    """The variant that is named before all others; None where two are at one instant."""
    earliest = min(own.values())
    first = [variant for variant, at_us in own.items() if at_us == earliest]
    return first[0] if len(first) == 1 else None


def at_the_return(member: Member, returns: Iterable[Return]) -> Member:
    """Move an assignment back onto the latest return, interruption or not, that made it."""
    made_by = [
        row["return_at_us"]
        for row in returns
        if member.logged_us - AT_THE_RETURN <= row["return_at_us"] < member.logged_us
    ]
    at_us = max(made_by, default=member.logged_us)
    return Member(member.user_id, member.is_treated, member.logged_us, at_us)


# --- Returns and exposures --------------------------------------------------------------------


def place(member: Member, returns: Iterable[Return]) -> list[Return]:
    """Tell history from outcome, and number what P1 and its like may count.

    An exposure is a followed-up interruption that ends at the assignment or after it.
    """
    placed = []
    exposures = 0
    for row in sorted(
        returns, key=lambda row: (row["return_at_us"], (row["stream"] or "").encode())
    ):
        is_after = row["return_at_us"] >= member.assigned_us
        is_exposure = row["is_interruption"] and row["eligible"] and is_after
        exposures += is_exposure
        placed.append(row | {"is_after": is_after, "exposure": exposures if is_exposure else None})
    return placed


def is_late(member: Member, returns: Iterable[Return], cap_us: int) -> bool:
    """Return whether an assignment falls into re-orientation: after an interruption, within cap."""
    return any(
        row["is_interruption"]
        and row["return_at_us"] < member.assigned_us <= row["return_at_us"] + cap_us
        for row in returns
    )


def primary_cap(placed: Iterable[Return], members: Iterable[Member], longest_us: int) -> int:
    """Return up to how long the first returns of a trial without a prediction count.

    Nine of ten observed lags before the assignments are no longer than it; two minutes with under
    50 of them. Lags whose work began at the assignment or after it are left out.
    """
    assigned = {member.user_id: member.assigned_us for member in members}
    lags = sorted(
        row["lag_us"]
        for row in placed
        if row["is_interruption"]
        and row["lag_us"] is not None
        and row["return_at_us"] + row["lag_us"] < assigned[row["user_id"]]
    )
    if len(lags) < 50:
        return min(2 * MINUTE, longest_us)
    for lag in lags:
        if 10 * sum(other <= lag for other in lags) >= 9 * len(lags):
            return min(max(lag, 1), longest_us)
    raise AssertionError("the longest lag is one")


def charged(row: Return, cap_us: int) -> int:
    """Return what a followed-up return counts up to a cap; the cap where no work was reached."""
    lag_us = row["lag_us"]
    return cap_us if lag_us is None else min(lag_us, cap_us)


def waits_beside(
    placed: Iterable[Return], members: Iterable[Member], cap_us: int
) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """Return by user the mean of what counts at returns that no marker can change.

    At followed-up returns after finished work, from the assignment on; and at all that had counted
    up to the cap when their user was assigned.
    """
    assigned = {member.user_id: member.assigned_us for member in members}
    finished: dict[str, list[int]] = defaultdict(list)
    earlier: dict[str, list[int]] = defaultdict(list)
    for row in placed:
        if not row["eligible"]:
            continue
        user = row["user_id"]
        if row["is_after"] and row["reason"] == "completed":
            finished[user].append(charged(row, cap_us))
        if row["return_at_us"] + cap_us <= assigned[user]:
            earlier[user].append(charged(row, cap_us))

    def means(counted: Mapping[str, Sequence[int]]) -> dict[str, Fraction]:
        return {user: Fraction(sum(own), len(own)) for user, own in counted.items()}

    return means(finished), means(earlier)


def later_work(row: Return, stream: Stream, after_us: int, cap_us: int) -> int | None:
    """Return when work went on later than so long after a return; `None` where it did not.

    Within cap, and before the user left by an event that completes and is no work.
    """
    return_us = row["return_at_us"]
    back = [e for e in stream.events if return_us <= e.start_us <= return_us + cap_us]
    left = [e.start_us for e in back if e.completing and not e.productive]
    for event in back:
        later = event.productive and event.start_us > return_us + after_us
        if later and all(event.start_us <= at_us for at_us in left):
            return event.start_us - return_us
    return None


def last_touched_hit(before: Session, back: Session, lag_us: int | None, cap_us: int) -> bool:
    """Return whether work went on within cap at the element touched last before the gap."""
    if lag_us is None or lag_us > cap_us:
        return False
    work = next(event for event in back.events if event.productive)
    return work.target is not None and work.target == oracle.pointed_target(before)


def returns_of(stream: Stream, threshold_us: int) -> list[Return]:
    """Measure the returns of one stream of a log in which some work is known."""
    sessions = oracle.to_sessions(stream, threshold_us)
    cap_us = oracle.cap_of(threshold_us)
    found = []
    for number in range(1, len(sessions)):
        row = oracle.measure_return(stream, sessions, number, threshold_us, known=True)
        hit = last_touched_hit(sessions[number - 1], sessions[number], row["lag_us"], cap_us)
        found.append(row | {"last_touched_hit": hit})
    return found


# --- Sums of one user -------------------------------------------------------------------------


def followed_up_stops(
    stream: Stream, threshold_us: int, from_us: int, within_us: int = FOLLOW_UP
) -> tuple[list[int], list[int | None]]:
    """Return the mid-task stops from an instant on that have 7 days (or so long) of log after them.

    With each the instant of the return, if there is one.
    """
    sessions = oracle.to_sessions(stream, threshold_us)
    stops, backs = [], []
    for number, session in enumerate(sessions):
        is_last = number == len(sessions) - 1
        if is_last and not oracle.is_not_returned(session, stream, threshold_us):
            continue
        followed = session.stop_us + within_us <= stream.log_end_us
        if oracle.is_mid_task(session) and followed and session.stop_us >= from_us:
            stops.append(session.stop_us)
            backs.append(None if is_last else sessions[number + 1].start_us)
    return stops, backs


def work_of(stream: Stream) -> list[tuple[int, int]]:
    """Return (instant, time that counts as work) of each productive event of a stream.

    Until the stream's next event, at most 30 s; the last event of all counts nothing.
    """
    events = stream.events
    return [
        (event.start_us, min(following.start_us - event.start_us, STEP_CAP))
        for event, following in itertools.pairwise(events)
        if event.productive
    ]


def work_counts_from(member: Member) -> int:
    """Return the instant from which work is outcome and no longer history.

    The assignment; where it was moved onto the return that made it, all that it was moved over
    counts. In a stream of its own nothing can lie in those seconds before the return: a gap
    longer than threshold does.
    """
    return member.logged_us - AT_THE_RETURN if member.is_moved else member.assigned_us


def sum_user(
    member: Member, streams: Sequence[Stream], returns: Sequence[Return], threshold_us: int
) -> dict[str, Any]:
    """Sum one user's history and outcome."""
    cap_us = oracle.cap_of(threshold_us)
    interruptions = [row for row in returns if row["is_interruption"]]
    before = [row for row in interruptions if row["return_at_us"] < member.assigned_us]
    after = [row for row in interruptions if row["return_at_us"] >= member.assigned_us]
    followed_before = [row for row in before if row["eligible"]]
    followed = [row for row in after if row["eligible"]]
    stops: list[int] = []
    backs: list[int | None] = []
    for stream in streams:
        own_stops, own_backs = followed_up_stops(stream, threshold_us, member.assigned_us)
        stops += own_stops
        backs += own_backs
    soon = [followed_up_stops(stream, threshold_us, member.assigned_us, DAY) for stream in streams]
    day_stops = [stop for own, _ in soon for stop in own]
    day_backs = [back for _, own in soon for back in own]
    work = [credit for stream in streams for credit in work_of(stream)]
    from_us = work_counts_from(member)
    return {
        "user_id": member.user_id,
        "is_treated": member.is_treated,
        "assigned_us": member.assigned_us,
        "has_history": any(stream.events[0].start_us < member.assigned_us for stream in streams),
        "is_late": is_late(member, returns, cap_us),
        "interruptions_before": len(before),
        "eligible_before": len(followed_before),
        "reorientation_before_us": sum(row["reorientation_us"] for row in followed_before),
        "productive_before_us": sum(us for at_us, us in work if at_us < from_us),
        "interruptions": len(after),
        "eligible": len(followed),
        "productive": sum(
            row["lag_us"] is not None and row["lag_us"] <= cap_us for row in followed
        ),
        "reorientation_us": sum(row["reorientation_us"] for row in followed),
        "followed_1d": len(day_stops),
        "returned_1d": sum(
            back is not None and back - stop <= DAY
            for stop, back in zip(day_stops, day_backs, strict=True)
        ),
        "followed_7d": len(stops),
        "returned_7d": sum(
            back is not None and back - stop <= FOLLOW_UP
            for stop, back in zip(stops, backs, strict=True)
        ),
        "productive_us": sum(us for at_us, us in work if at_us >= from_us),
    }


def measure(
    rows: Sequence[Row],
    roles: Roles,
    threshold_us: int,
    assigned: Assigned,
    until_us: int | None = None,
) -> Measured:
    """Measure a trial on a cleaned log without the events of marker and assignment."""
    streams: dict[str, list[Stream]] = defaultdict(list)
    for stream in oracle.to_streams(rows, roles, until_us):
        streams[stream.user_id].append(stream)
    members, users, placed = [], [], []
    for logged in assigned.members:
        own = streams[logged.user_id]
        returns = [row for stream in own for row in returns_of(stream, threshold_us)]
        member = at_the_return(logged, returns)
        members.append(member)
        users.append(sum_user(member, own, returns, threshold_us))
        placed += place(member, returns)
    return Measured(members, users, placed)


# --- Events of the arms, and the marker -------------------------------------------------------


def arm_users(rows: Iterable[Row], members: Iterable[Member]) -> dict[str, tuple[int, int]]:
    """Count by event name the users of each arm who have it from their assignment on.

    Over all rows of the log, what is set aside included: control, treatment.
    """
    arm = {member.user_id: member for member in members}
    users: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        member = arm.get(row["user_id"])
        if member is not None and row["timestamp_us"] >= member.assigned_us:
            users[row["event"]].add(member.user_id)
    counts = {}
    for event, own in users.items():
        treated = sum(arm[user].is_treated for user in own)
        counts[event] = (len(own) - treated, treated)
    return counts


def due_at(at_us: int, returns: Iterable[Return], threshold_us: int) -> Return | None:
    """Return the interruption at which a marker was shown, if it was shown at one.

    That is the user's latest return, unless its visit had ended over threshold before. Where two
    streams came back at the one instant, an interruption is taken before another return.
    """
    earlier = [row for row in returns if row["return_at_us"] <= at_us]
    latest_us = max((row["return_at_us"] for row in earlier), default=None)
    for row in earlier:
        ended_us = row["next_stop_at_us"]
        there = ended_us is None or at_us <= ended_us + threshold_us
        if row["return_at_us"] == latest_us and row["is_interruption"] and there:
            return row
    return None


def markers(
    rows: Iterable[Row], shown: Collection[str], measured: Measured, threshold_us: int
) -> dict[bool, tuple[int, int, int]]:
    """Count markers by arm from the assignment on: shown, of those at an interruption.

    And the interruptions of the trial, from the assignment on, at which one was shown.
    """
    of_user: dict[str, list[Return]] = defaultdict(list)
    for back in measured.returns:
        of_user[back["user_id"]].append(back)
    counts: dict[bool, list[int]] = {}
    at_returns: dict[bool, set[tuple[str, int]]] = defaultdict(set)
    arm = {member.user_id: member for member in measured.members}
    for row in rows:
        member = arm.get(row["user_id"])
        at_us = row["timestamp_us"]
        if row["event"] not in shown or member is None or at_us < member.assigned_us:
            continue
        due = due_at(at_us, of_user[member.user_id], threshold_us)
        count = counts.setdefault(member.is_treated, [0, 0])
        count[0] += 1
        count[1] += due is not None
        if due is not None and due["return_at_us"] >= member.assigned_us:
            at_returns[member.is_treated].add((member.user_id, due["return_at_us"]))
    return {arm: (n, at_rule, len(at_returns[arm])) for arm, (n, at_rule) in counts.items()}


def first_visit_markers(
    rows: Iterable[Row], shown: Collection[str], measured: Measured
) -> dict[bool, int]:
    """Count markers by arm from the assignment on that come before their user's first return."""
    first: dict[str, int] = {}
    for back in measured.returns:
        at_us = back["return_at_us"]
        first[back["user_id"]] = min(first.get(back["user_id"], at_us), at_us)
    arm = {member.user_id: member for member in measured.members}
    counts: dict[bool, int] = {}
    for row in rows:
        member = arm.get(row["user_id"])
        at_us = row["timestamp_us"]
        if row["event"] in shown and member is not None and at_us >= member.assigned_us:
            is_first = member.user_id not in first or at_us < first[member.user_id]
            counts[member.is_treated] = counts.get(member.is_treated, 0) + is_first
    return counts


# --- Gaps that the threshold is learned from  ------------------------------------------------


def learned_gaps(
    rows: Sequence[Row], roles: Roles, before_us: int
) -> Mapping[tuple[str, str | None], list[int]]:
    """Return by stream the gaps > 0 that end before an instant."""
    found = {}
    for stream in oracle.to_streams(rows, roles):
        ends_us = [event.start_us for event in stream.events[1:]]
        own = zip(ends_us, oracle.gaps(stream.events), strict=True)
        found[stream.user_id, stream.stream] = [
            gap for at_us, gap in own if gap > 0 and at_us < before_us
        ]
    return found
