"""A slow, obvious reference for how rows are read and cleaned: section 1 of the method.

It shares nothing with the program: durations, event ids, batches, clocks, columns, dropped rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from itertools import pairwise
from statistics import median, median_low
from typing import TYPE_CHECKING, NamedTuple

from oracles.log import Roles, Row, to_streams

if TYPE_CHECKING:
    from collections.abc import Sequence

# --- Dropped rows that carry the return ---------------------------------------------------------


class Table(NamedTuple):
    """Rows of one user by whether they begin a return and whether they were dropped."""

    lost_first: int
    first: int
    lost: int
    rows: int


def lost_at_returns(
    used: Sequence[Row], lost: Sequence[Row], roles: Roles, threshold_us: int
) -> dict[str, Table]:
    """Count, for each user with dropped rows, the rows that begin a return if all rows counted."""
    found = {}
    for stream in to_streams(used, roles):
        own = [row["timestamp_us"] for row in lost if row["user_id"] == stream.user_id]
        if not own:
            continue
        items = [(event.start_us, 0, event.end_us) for event in stream.events]
        items += [(at_us, 1, at_us) for at_us in own]
        counts: Counter[int] = Counter()
        reached = None
        for start_us, is_lost, end_us in sorted(items, key=lambda item: item[:2]):
            if reached is not None and start_us - reached > threshold_us:
                counts[is_lost] += 1
            reached = end_us if reached is None else max(reached, end_us)
        found[stream.user_id] = Table(counts[1], counts[0] + counts[1], len(own), len(items))
    return found


def deviations(tables: Sequence[Table]) -> list[Fraction]:
    """Return by user the dropped rows among first rows, less what chance would give.

    Users without a first row, or of whom all or none of the rows were dropped, cannot differ.
    """
    return [
        table.lost_first - Fraction(table.first * table.lost, table.rows)
        for table in tables
        if 0 < table.first < table.rows and 0 < table.lost < table.rows
    ]


# --- Durations: unit and direction --------------------------------------------------------------

UNITS = {"s": 1_000_000, "ms": 1_000, "us": 1, "ns": Fraction(1, 1_000)}
TOUCH_US = 1_000
"""Stamps are seldom finer than this: a touch is no overlap."""


def unit_and_side(rows: Sequence[tuple[str, int, Fraction]]) -> tuple[str, str] | None:
    """Return the unit of durations and whether stamps are starts or ends, or None.

    A row is a user, an instant and a duration as it is written. Of the rows of one instant of a
    user the longest counts.
    """
    longest: dict[tuple[str, int], Fraction] = {}
    for user, at_us, length in rows:
        longest[user, at_us] = max(length, longest.get((user, at_us), Fraction(0)))
    by_user: dict[str, list[tuple[int, Fraction]]] = defaultdict(list)
    for (user, at_us), length in sorted(longest.items()):
        by_user[user].append((at_us, length))
    whole = all(length == int(length) for length in longest.values())
    after = [
        (length, later - at_us)
        for own in by_user.values()
        for (at_us, length), (later, _) in pairwise(own)
    ]
    before = [
        (length, at_us - earlier)
        for own in by_user.values()
        for (earlier, _), (at_us, length) in pairwise(own)
    ]
    starts = [one for one in after if one[0] > 0]
    ends = [one for one in before if one[0] > 0]
    if min(len(starts), len(ends)) < 20:
        return "s", "start"
    typical = median(length for length in longest.values() if length > 0)
    gap = median(gap for _, gap in after)
    larger = None
    for unit, scale in UNITS.items():
        slack = max(TOUCH_US, scale if whole else 0)
        by_start = share(sum(n * scale > gap + slack for n, gap in starts), len(starts))
        by_end = share(sum(n * scale > gap + slack for n, gap in ends), len(ends))
        fewest = min(by_start, by_end)
        clear = larger is None or larger >= Fraction(20, 100)
        if fewest <= Fraction(5, 100) and clear and typical * scale >= gap / 100:
            is_end = by_start > Fraction(1, 100) and by_end <= by_start / 5
            return unit, "end" if is_end else "start"
        larger = fewest
    return None


def share(part: int, whole: int) -> Fraction:
    """Return a share; of nothing it is 0."""
    return Fraction(part, whole) if whole else Fraction(0)


# --- Event ids, repeated rows, batches ----------------------------------------------------------

TIMES = ("timestamp_us", "received_at_us", "end_us")


def are_deliveries(rows: Sequence[Row]) -> bool:
    """Return whether ids that come again name deliveries of one event: nearly all agree."""
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["event_id"] is not None:
            by_id[row["event_id"]].append(row)
    again = [own for own in by_id.values() if len(own) > 1]
    agree = sum(len({_content(row) for row in own}) == 1 for own in again)
    return share(agree, len(again)) >= Fraction(95, 100)


def _content(row: Row) -> tuple[object, ...]:
    """Return everything of a row but its times."""
    return tuple(value for name, value in sorted(row.items()) if name not in TIMES)


def delivered(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without repeated deliveries; of each id the earliest."""
    if not are_deliveries(rows):
        return list(rows)
    earliest: dict[str, int] = {}
    for row in rows:
        name, at_us = row["event_id"], row["timestamp_us"]
        if name is not None:
            earliest[name] = min(at_us, earliest.get(name, at_us))
    kept, seen = [], set()
    for row in rows:
        name = row["event_id"]
        if name is None:
            kept.append(row)
        elif name not in seen and row["timestamp_us"] == earliest[name]:
            seen.add(name)
            kept.append(row)
    return kept


RESOLUTIONS = (86_400, 3_600, 1_800, 900, 600, 300, 60, 30, 20, 15, 10, 5, 2, 1)


def resolution_s(stamps_us: Sequence[int]) -> int:
    """Return to how many seconds all stamps of a stream are rounded; 0: to less than one."""
    for seconds in RESOLUTIONS:
        usual = seconds in (60, 1)
        if all(at_us % (seconds * 1_000_000) == 0 for at_us in stamps_us) and (
            usual or len(set(stamps_us)) >= 10
        ):
            return seconds
    return 0


def in_batches(stamps_us: Sequence[int]) -> int:
    """Count the rows of a stream at instants that hold too many of its rows."""
    least = {0: 5, 1: 20}.get(resolution_s(stamps_us))
    many = Counter(stamps_us)
    return 0 if least is None else sum(n for n in many.values() if n >= least)


def sent_at_once(rows: Sequence[Row], user: str) -> int:
    """Count the rows of a user that were sent with many others: all, where stamps are of sending.

    Coarser stamps than seconds cannot tell.
    """
    own = [(row["timestamp_us"], row["event"] == "edit") for row in rows if row["user_id"] == user]
    stamps = [at_us for at_us, _ in own]
    return len(own) if resolution_s(stamps) <= 1 and is_flushed(own) else in_batches(stamps)


def repeated(rows: Sequence[Row]) -> tuple[int, int]:
    """Count rows that equal another in every column: those dropped, and those kept.

    They are kept in a stream of whole-second or coarser stamps, and in a batch upload.
    """
    dropped = kept = 0
    by_user: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_user[row["user_id"]].append(row)
    for own in by_user.values():
        stamps = [row["timestamp_us"] for row in own]
        many = Counter(stamps)
        fine = resolution_s(stamps) == 0
        for row, n in Counter(tuple(sorted(row.items())) for row in own).items():
            if fine and many[dict(row)["timestamp_us"]] < 5:
                dropped += n - 1
            else:
                kept += n - 1
    return dropped, kept


BURST_US = 1_000_000
SPAN_US = 5_000_000
SILENCE_US = 10_000_000


def is_flushed(rows: Sequence[tuple[int, bool]]) -> bool:
    """Return whether most work of a stream lies in short bursts of work between silences.

    A row is an instant and whether it is work. The stamps are then those of sending.
    """
    bursts: list[list[tuple[int, bool]]] = []
    for row in sorted(rows):
        if bursts and row[0] - bursts[-1][-1][0] <= BURST_US:
            bursts[-1].append(row)
        else:
            bursts.append([row])
    work = sent = 0
    for number, burst in enumerate(bursts):
        n = sum(is_work for _, is_work in burst)
        first, last = burst[0][0], burst[-1][0]
        before = number == 0 or first - bursts[number - 1][-1][0] >= SILENCE_US
        after = number == len(bursts) - 1 or bursts[number + 1][0][0] - last >= SILENCE_US
        work += n
        if n >= 3 and last - first <= SPAN_US and before and after:
            sent += n
    return work >= 20 and 2 * sent > work


# --- Clocks against times of arrival -------------------------------------------------------------

OFF_US = 600 * 1_000_000
BUFFER_US = 5 * 1_000_000
VARIES_US = 500_000


def wrong_clocks(rows: Sequence[Row]) -> tuple[int, int]:
    """Count rows far from the usual delay of their user: wrong ones, and those of a buffer."""
    by_user: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["received_at_us"] is not None:
            by_user[row["user_id"]].append(row)
    wrong = buffered = 0
    for own in by_user.values():
        usual = median_low(delay(row) for row in own)
        late = [row for row in own if delay(row) - usual > OFF_US]
        early = [row for row in own if usual - delay(row) > OFF_US]
        # Rows with the same stamp and arrival say the same once.
        arrivals = sorted({(row["received_at_us"], row["timestamp_us"]) for row in late})
        waited = set()
        for first, second in pairwise(arrivals):
            apart = abs(second[1] - first[1])
            arrived = second[0] - first[0]
            if arrived <= BUFFER_US and apart > arrived + VARIES_US:
                waited |= {first, second}
        n = sum((row["received_at_us"], row["timestamp_us"]) in waited for row in late)
        buffered += n
        wrong += len(late) - n + len(early)
    return wrong, buffered


def delay(row: Row) -> int:
    """Return how long after its stamp a row arrived."""
    late: int = row["received_at_us"] - row["timestamp_us"]
    return late


def core(days: dict[int, int]) -> tuple[int, int]:
    """Return the first and last day of the shortest span that holds 99 % of the rows."""
    total = sum(days.values())
    order = sorted(days)
    spans = [
        (last - first, first, last)
        for first in order
        for last in order
        if first <= last
        and 100 * sum(n for day, n in days.items() if first <= day <= last) >= 99 * total
    ]
    _, first, last = min(spans)
    # The span ends with the first day that makes it hold enough.
    return first, last


def believed(days: dict[int, int]) -> tuple[int, int]:
    """Return the first and last day that stay: a long empty stretch parts the outliers."""
    first, last = core(days)
    inside = sorted(day for day in days if first <= day <= last)
    longest = max([later - day - 1 for day, later in pairwise(inside)], default=0)
    limit = max(30, 3 * longest)
    for day in sorted((day for day in days if day < first), reverse=True):
        if first - day - 1 > limit:
            break
        first = day
    for day in sorted(day for day in days if day > last):
        if day - last - 1 > limit:
            break
        last = day
    return first, last


# --- Which column is which -----------------------------------------------------------------------

ALIASES = {
    "user_id": (
        ("uid", "userid", "distinct_id", "visitor_id", "person_id", "subject_id"),
        ("user", "visitor", "person", "subject"),
        ("username", "user_name"),
    ),
    "event": (("event_name", "action", "name"), ("event_type", "activity")),
}


def plain(name: str) -> str:
    """Return a column's name without case, dashes and blanks."""
    return "".join(letter for letter in name.casefold() if letter not in "_- ")


def column_of(event_column: str, names: Sequence[str]) -> str | list[str] | None:
    """Return the column that is meant, several that may be, or None.

    The exact name wins, then a name alike but for case and dashes, then the aliases by rank. Names
    that differ from the exact one by case only cannot be distinguished where there are two.
    """
    twins = [name for name in names if name.casefold() == event_column]
    if len(twins) > 1:
        return twins
    if event_column in names:
        return event_column
    ranks = [{plain(event_column)}]
    ranks += [set(map(plain, rank)) for rank in ALIASES[event_column]]
    for rank in ranks:
        found = [name for name in names if plain(name) in rank]
        if found:
            return found[0] if len(found) == 1 else found
    return None
