"""Troubles of clocks, buffers and deliveries: the stamps are not what happened when."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final

from benchmarks.blind_logs.office import DAY, HOUR, MINUTE, SECOND, Rows, office
from benchmarks.blind_logs.trouble import BLIND, NOT_WRONG, Trouble, visits

if TYPE_CHECKING:
    from collections.abc import Callable

MILLISECOND: Final = SECOND // 1000


def _flushed(sent_at: Callable[[int, int], int]) -> Rows:
    """The office with stamps of the moment of sending, a few hundred milliseconds apart.

    Args:
        sent_at: The moment of sending, of an instant and the start of its visit.
    """
    random = Random(11)  # noqa: S311 - a test log is no secret
    rows: Rows = []
    for own in visits(office()):
        last = 0
        for row in own:
            sent = sent_at(row["timestamp"], own[0]["timestamp"])
            last = max(last + random.randint(1, 250) * MILLISECOND, sent)
            rows.append({**row, "timestamp": last})
    return rows


def flushes_on_the_minute() -> Rows:
    """The client buffers events, sends them on every minute, and stamps them while it sends."""
    return _flushed(lambda at, _: (at // MINUTE + 1) * MINUTE)


def flushes_by_visit() -> Rows:
    """The client sends its buffer every 45 seconds of a visit, and stamps events then."""
    period = 45 * SECOND
    return _flushed(lambda at, start: start + ((at - start) // period + 1) * period)


def flushes_by_size() -> Rows:
    """The client sends its buffer when it holds ten events, and stamps events then."""
    random = Random(12)  # noqa: S311 - a test log is no secret
    rows: Rows = []
    for own in visits(office()):
        for begin in range(0, len(own), 10):
            some = own[begin : begin + 10]
            at = some[-1]["timestamp"]
            for row in some:
                at += random.randint(1, 120) * MILLISECOND
                rows.append({**row, "timestamp": at})
    return rows


def days_off() -> Rows:
    """Two rows in a hundred are stamped a day early or late."""
    random = Random(13)  # noqa: S311 - a test log is no secret
    return [
        {**row, "timestamp": row["timestamp"] + random.choice((-DAY, DAY))}
        if random.random() < 0.02
        else row
        for row in office()
    ]


def days_off_in_sessions() -> Rows:
    """Two rows in a hundred are stamped a day early or late, and sessions have an id."""
    return [{**row, "session_id": f"{row['user_id']}-{row['visit']}"} for row in days_off()]


def server_in_local_time() -> Rows:
    """Edits come from a server that writes local time, an hour ahead of the views."""
    return [
        {**row, "timestamp": row["timestamp"] + HOUR * (row["event"] == "edit")} for row in office()
    ]


def shifted_half() -> Rows:
    """After a move of the servers all stamps are two hours ahead."""
    half = office()[0]["timestamp"] + 2 * DAY
    return [
        {**row, "timestamp": row["timestamp"] + 2 * HOUR * (row["timestamp"] > half)}
        for row in office()
    ]


def imported_history() -> Rows:
    """What half of the people did in the first two days was imported later, with one stamp."""
    rows = office()
    until = min(row["timestamp"] for row in rows) + 3 * DAY // 2

    def is_old(row: dict[str, Any]) -> bool:
        return int(row["user_id"][1:]) % 2 == 0 and row["timestamp"] < until

    return [{**row, "timestamp": until} if is_old(row) else row for row in rows]


def delivered_again() -> Rows:
    """One row in ten is delivered again after 40 minutes, with a new id and a new stamp."""
    random = Random(14)  # noqa: S311 - a test log is no secret
    rows = office()
    again = [
        {**row, "timestamp": row["timestamp"] + 40 * MINUTE + random.randrange(SECOND)}
        for row in rows
        if random.random() < 0.1
    ]
    return [{**row, "event_id": f"e{n}"} for n, row in enumerate(rows + again)]


def sampled() -> Rows:
    """One event in ten is kept."""
    random = Random(15)  # noqa: S311 - a test log is no secret
    return [row for row in office() if random.random() < 0.1]


def queued() -> Rows:
    """A queue stamps each event when its turn comes, up to three minutes later."""
    random = Random(16)  # noqa: S311 - a test log is no secret
    return [
        {**row, "timestamp": row["timestamp"] + random.randrange(3 * MINUTE)} for row in office()
    ]


def first_minute_lost() -> Rows:
    """The tracker starts late: the first half minute of every visit is lost."""
    return [
        row
        for own in visits(office())
        for row in own
        if row["timestamp"] >= own[0]["timestamp"] + 30 * SECOND
    ]


TIMING: Final = (
    Trouble(name="Buffers sent on the minute", rows=flushes_on_the_minute, words=BLIND),
    Trouble(name="Buffers sent by the visit's clock", rows=flushes_by_visit, words=BLIND),
    Trouble(name="Buffers sent when they are full", rows=flushes_by_size, words=BLIND),
    Trouble(name="Rows a day off", rows=days_off, words=NOT_WRONG, check="lone_rows"),
    Trouble(
        name="Rows a day off, with session ids",
        rows=days_off_in_sessions,
        words=NOT_WRONG,
        check="lone_rows",
    ),
    Trouble(name="A server in local time", rows=server_in_local_time, words=BLIND),
    Trouble(name="Clocks that move once", rows=shifted_half),
    Trouble(name="An imported history", rows=imported_history, words=NOT_WRONG),
    Trouble(name="Second deliveries under a new id", rows=delivered_again, words=NOT_WRONG),
    Trouble(name="One event in ten", rows=sampled, words=NOT_WRONG),
    Trouble(name="A queue that stamps", rows=queued, words=NOT_WRONG),
    Trouble(name="A tracker that starts late", rows=first_minute_lost, words=NOT_WRONG),
)
