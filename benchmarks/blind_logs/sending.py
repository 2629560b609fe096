"""Troubles of sending: events bear the time at which a client sent them."""

from __future__ import annotations

from random import Random
from typing import Final

from benchmarks.blind_logs.office import MINUTE, SECOND, Rows, office
from benchmarks.blind_logs.trouble import BLIND, NOT_WRONG, Trouble, visits

MILLISECOND: Final = SECOND // 1000


def unsent_visits() -> Rows:
    """Two visits in five have no network: their events are sent as the next visit begins."""
    random = Random(41)  # noqa: S311 - a test log is no secret
    rows: Rows = []
    by_user: dict[str, list[Rows]] = {}
    for own in visits(office()):
        by_user.setdefault(own[0]["user_id"], []).append(own)
    for those in by_user.values():
        held: Rows = []
        for own in sorted(those, key=lambda one: int(one[0]["timestamp"])):
            at = own[0]["timestamp"] - 40 * MILLISECOND * len(held)
            for row in held:
                rows.append({**row, "timestamp": at})
                at += random.randint(1, 40) * MILLISECOND
            held = own if random.random() < 0.4 else []
            rows += [] if held else own
    return rows


def unsent_starts() -> Rows:
    """In half of the visits the first minute is sent, and stamped, when the network is there."""
    random = Random(42)  # noqa: S311 - a test log is no secret
    rows: Rows = []
    for own in visits(office()):
        if random.random() < 0.5:
            rows += own
            continue
        last = own[0]["timestamp"] + MINUTE
        for row in own:
            last = max(row["timestamp"], last + random.randint(1, 60) * MILLISECOND)
            rows.append({**row, "timestamp": last})
    return rows


def _timed(period_us: int) -> Rows:
    """Each client sends and stamps its events on a timer of its own."""
    random = Random(43)  # noqa: S311 - a test log is no secret
    rows: Rows = []
    for own in visits(office()):
        begin, last = own[0]["timestamp"] - random.randrange(period_us), 0
        for row in own:
            sent = begin + ((row["timestamp"] - begin) // period_us + 1) * period_us
            last = max(last + random.randint(1, 50) * MILLISECOND, sent)
            rows.append({**row, "timestamp": last})
    return rows


def every_five_seconds() -> Rows:
    """A client sends its events every five seconds, and stamps them then."""
    return _timed(5 * SECOND)


def every_two_seconds() -> Rows:
    """A client sends its events every two seconds, and stamps them then: fine enough."""
    return _timed(2 * SECOND)


def after_a_quiet_moment() -> Rows:
    """A client sends its events when nothing has happened for five seconds."""
    random = Random(44)  # noqa: S311 - a test log is no secret
    rows: Rows = []
    for own in visits(office()):
        held: Rows = []
        for row, after in zip(own, [*own[1:], None], strict=True):
            held.append(row)
            if after is None or after["timestamp"] - row["timestamp"] > 5 * SECOND:
                at = row["timestamp"] + 5 * SECOND
                for one in held:
                    at += random.randint(1, 50) * MILLISECOND
                    rows.append({**one, "timestamp": at})
                held = []
    return rows


SENDING: Final = (
    Trouble(
        name="Visits without network",
        rows=unsent_visits,
        words=BLIND,
        reason="order_unknown",
        check="late_sending",
    ),
    Trouble(
        name="Starts without network",
        rows=unsent_starts,
        words=BLIND,
        reason="order_unknown",
        check="late_sending",
    ),
    Trouble(
        name="Sent every five seconds",
        rows=every_five_seconds,
        words=BLIND,
        reason="too_coarse",
        check="sent_on_timer",
    ),
    Trouble(name="Sent every two seconds", rows=every_two_seconds),
    Trouble(name="Sent after a quiet moment", rows=after_a_quiet_moment, words=NOT_WRONG),
)
