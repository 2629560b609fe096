"""Local times that cannot be right, or that can mean two instants.

A time without a zone in an hour that was skipped when clocks were changed proves that it was not
written in that zone; one in an hour that came twice can mean either. Where no time of many is after
12:59, the afternoon may be written like the morning.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from operator import add
from typing import Final
from zoneinfo import ZoneInfo

import duckdb

from resume_gap.constants import HALF_DAY_LEAST, HALF_DAY_ROWS
from resume_gap.results.common import Check
from resume_gap.sources.groups import Group
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.tables import Column
from resume_gap.sources.times import readings
from resume_gap.sqltext import quote_text
from resume_gap.units import DAY_US, EPOCH, US

_DAY_SECONDS: Final = DAY_US // US


@dataclass(frozen=True, slots=True)
class ClockChange:
    """An instant at which a zone changes its offset from UTC.

    Attributes:
        at_us: The instant.
        before_us: The offset until then.
        after_us: The offset from then on.
    """

    at_us: int
    before_us: int
    after_us: int

    @property
    def is_skip(self) -> bool:
        """Whether local times are skipped; else they come twice."""
        return self.after_us > self.before_us

    @property
    def local_us(self) -> tuple[int, int]:
        """The first of the local times in question, and the first after them, as if in UTC."""
        low, high = sorted((self.before_us, self.after_us))
        return self.at_us + low, self.at_us + high

    @property
    def instants_us(self) -> tuple[int, int]:
        """Wherever the local times in question may be laid to."""
        size = abs(self.after_us - self.before_us)
        return self.at_us - size, self.at_us + size


def clock_changes(tz: str, days: Iterable[int]) -> tuple[ClockChange, ...]:
    """The changes of a zone on some days and those beside them, in order.

    Args:
        tz: The zone.
        days: Days since 1970, in UTC.
    """
    zone = ZoneInfo(tz)
    near = sorted({day + beside for day in days for beside in (-1, 0, 1)})
    found = (_change_within(zone, day * _DAY_SECONDS, (day + 1) * _DAY_SECONDS) for day in near)
    return tuple(one for one in found if one is not None)


def _change_within(zone: ZoneInfo, first: int, last: int) -> ClockChange | None:
    """The change after the first of two instants and up to the last; None where there is none."""
    before, after = _offset(zone, first), _offset(zone, last)
    if before == after:
        return None
    while last - first > 1:
        middle = (first + last) // 2
        if _offset(zone, middle) == before:
            first = middle
        else:
            last = middle
    return ClockChange(last * US, before * US, after * US)


def _offset(zone: ZoneInfo, second: int) -> int:
    """Seconds by which a zone is ahead of UTC at an instant."""
    offset = (EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
    return 0 if offset is None else round(offset.total_seconds())


@dataclass(frozen=True, slots=True)
class LocalTimes:
    """Times of a log that carry no zone.

    Attributes:
        groups: All inputs.
        column: The name of their column.
        tz: The zone in which they are read.
        pattern: How they are written; None: in one of the usual forms.
    """

    groups: Sequence[Group]
    column: str
    tz: str
    pattern: str | None

    def checks(
        self, con: duckdb.DuckDBPyConnection, changes: Sequence[ClockChange]
    ) -> tuple[Check, ...]:
        """A warning for rows at local times that were skipped, a note for those that came twice.

        Args:
            con: Reads the inputs.
            changes: Those of the zone near the times of the log.

        Raises:
            InputError: An input cannot be read.
        """
        counts = self.count(con, changes)
        checks: list[Check] = []
        for is_skip, write in ((True, self._skipped), (False, self._doubled)):
            some = {one: n for one, n in counts.items() if one.is_skip is is_skip}
            if some:
                checks.append(write(sum(some.values()), _when(some)))
        return tuple(checks)

    def count(
        self, con: duckdb.DuckDBPyConnection, changes: Sequence[ClockChange]
    ) -> Mapping[ClockChange, int]:
        """Rows at the local times of each change; those without any are left out."""
        found: Counter[ClockChange] = Counter()
        for group in self.groups:
            column = group.column(self.column, con)
            query = None if column is None else self._query(group, column, changes)
            if query is not None:
                with one_line_errors(group.label):
                    counts = con.execute(query).fetchone() or ()
                found.update(dict(zip(changes, map(int, counts), strict=True)))
        return {one: found[one] for one in changes if found[one]}

    def half_day_checks(self, con: duckdb.DuckDBPyConnection) -> tuple[Check, ...]:
        """A warning where the afternoon seems to be written like the morning.

        Args:
            con: Reads the inputs.

        Raises:
            InputError: An input cannot be read.
        """
        early, late, others = 0, 0, 0
        for group in self.groups:
            column = group.column(self.column, con)
            read = None if column is None else column.readings(self.tz, self.pattern)
            if read is None or read.clock is None:
                continue
            local = f"timezone({quote_text(self.tz)}, make_timestamptz({read.clock}))"
            with one_line_errors(group.label):
                counts = con.execute(
                    "select count(*) filter (where h between 1 and 6), count(*) filter (where h"
                    " between 7 and 12), count(*) filter (where h = 0 or h > 12)"
                    f" from (select hour({local}) as h from {group.relation})"
                ).fetchone()
            early, late, others = map(add, (early, late, others), counts or (0, 0, 0))
        rows = early + late
        least = HALF_DAY_LEAST.value * rows
        if others or rows < HALF_DAY_ROWS.value or min(early, late) < least:
            return ()
        return (
            Check(
                check="half_day_times",
                severity="warn",
                count=rows,
                share=None,
                action="check one afternoon; export times of 24 hours, or with AM and PM",
                message="no time is before 1:00 or after 12:59: the afternoon may be written like"
                " the morning, without AM and PM",
            ),
        )

    def _query(self, group: Group, column: Column, changes: Sequence[ClockChange]) -> str | None:
        """One row: of each change the rows of a group; None where all its times have a zone."""
        read = column.readings(self.tz, self.pattern)
        local = readings(column.sql, column.kind, "UTC", self.pattern)
        if read is None or read.naive in (None, "false") or local is None or local.clock is None:
            return None
        near = "true"
        if column.times is not None:
            # Instants are worked out already; of the text only what lies near is read again.
            near = " or ".join(_within(str(read.clock), *one.instants_us) for one in changes)
        # Tests of text in a `where` instead would read the text once more for each.
        counts = ", ".join(
            f"count(*) filter (where is_naive and {_within('local_us', *one.local_us)})"
            for one in changes
        )
        return (
            f"select {counts} from (select {local.clock} as local_us, {read.naive} as is_naive"
            f" from {group.relation} where {near})"
        )

    def _skipped(self, count: int, when: str) -> Check:
        names = (self.tz, when)
        return Check(
            check="local_times_skipped", severity="warn", count=count, share=None, names=names
        )

    def _doubled(self, count: int, when: str) -> Check:
        names = (self.tz, when)
        return Check(
            check="local_times_doubled", severity="note", count=count, share=None, names=names
        )


def _within(sql: str, first: int, end: int) -> str:
    return f"{sql} >= {first} and {sql} < {end}"


def _when(changes: Iterable[ClockChange]) -> str:
    """The local times of the first of some changes, and how many more there are."""
    first, *more = changes
    begin, end = (EPOCH + timedelta(microseconds=us) for us in first.local_us)
    until = f"{end:%H:%M}" if begin.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    rest = f", and at {len(more)} more change{'s' if len(more) > 1 else ''} of the clock"
    return f"from {begin:%Y-%m-%d %H:%M} to {until}{rest if more else ''}"
