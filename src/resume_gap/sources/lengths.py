"""What a column of durations means: its unit, and whether stamps are starts or ends.

Section 1 of the method. An interval event seldom reaches beyond the next event of its user, so the
unit and the direction are those under which few do, while many would in the next larger unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import duckdb

from resume_gap.constants import (
    LENGTH_DIRECTION_SHARE,
    LENGTH_EVENTS,
    LENGTH_LEAST,
    LENGTH_OVERLAP,
    LENGTH_OVERLAP_LARGER,
    LENGTH_ROWS,
)
from resume_gap.results.common import Check
from resume_gap.settings import Settings
from resume_gap.sources.columns import Taken, shown
from resume_gap.sources.findings import UNIT_WORDS
from resume_gap.sources.groups import Group
from resume_gap.sources.sandbox import one_line_errors
from resume_gap.sources.times import CLOCK_BEFORE_US, CLOCK_FROM_US, UNITS, TimeUnit, instant
from resume_gap.sources.values import as_text, real_of

TimeIs = Literal["start", "end"]
_US_OF: Final[Mapping[TimeUnit, float]] = {"s": 1e6, "ms": 1e3, "us": 1, "ns": 1e-3}
_STAMPED_TO_US: Final = 1_000
"""Stamps of logs are seldom finer; a touch is no overlap."""


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Shares of the interval events that reach into a neighbor if read in one unit.

    Attributes:
        start: Into the next event, stamped at the start.
        end: Into the one before, stamped at the end.
    """

    start: float
    end: float

    @property
    def fewest(self) -> float:
        """In the better of the two directions."""
        return min(self.start, self.end)

    @property
    def direction(self) -> TimeIs:
        """The end where it explains nearly all overlaps that the start leaves."""
        is_end = (
            self.start > LENGTH_OVERLAP.value * LENGTH_DIRECTION_SHARE.value
            and self.end <= LENGTH_DIRECTION_SHARE.value * self.start
        )
        return "end" if is_end else "start"


@dataclass(frozen=True, slots=True)
class Lengths:
    """How durations are read.

    Attributes:
        unit: Their unit.
        time_is: What the stamp beside them is.
        inferred: Whether their overlaps decided any of the two.
        overlaps: By unit, where they were counted.
    """

    unit: TimeUnit
    time_is: TimeIs
    inferred: bool = False
    overlaps: Mapping[TimeUnit, Overlaps] | None = None


SECONDS: Final = Lengths("s", "start")
"""What holds where nothing says otherwise."""


def lengths_of(
    con: duckdb.DuckDBPyConnection,
    groups: Sequence[Group],
    taken: dict[str, Taken],
    settings: Settings,
    unit: TimeUnit,
) -> tuple[Lengths, tuple[Check, ...]]:
    """How the durations of a log are read, and what to say of it.

    Args:
        con: Reads the inputs.
        groups: All inputs.
        taken: Event columns to the files' columns; loses a `duration` that fits no unit.
        settings: The options that decide.
        unit: Of numeric times.
    """
    duration = taken.get("duration")
    if duration is None:
        return SECONDS, ()
    columns = {name: one.column for name, one in taken.items()}
    lengths = infer(con, groups, columns, settings, unit)
    name = shown([duration.column])
    if lengths is None:
        del taken["duration"]
        return SECONDS, (
            Check(
                check="duration_left_out",
                severity="warn",
                count=1,
                share=None,
                names=(name,),
            ),
        )
    return lengths, (
        Check(
            check="duration_unit",
            severity="note",
            count=1,
            share=None,
            figures={"inferred": int(lengths.inferred)},
            names=(name, UNIT_WORDS[lengths.unit], lengths.time_is),
        ),
    )


def infer(
    con: duckdb.DuckDBPyConnection,
    groups: Sequence[Group],
    taken: Mapping[str, str],
    settings: Settings,
    unit: TimeUnit,
) -> Lengths | None:
    """How the durations of a log are read; None where no unit fits.

    Args:
        con: Reads the inputs.
        groups: All inputs.
        taken: Event column to the files' column; `duration` is there.
        settings: The options that decide.
        unit: Of numeric times.
    """
    given_unit: TimeUnit | None = settings.duration_unit  # type: ignore[assignment]
    given_side: TimeIs | None = settings.time_is  # type: ignore[assignment]
    if given_unit is not None and given_side is not None:
        return Lengths(given_unit, given_side)
    measured = _measured(con, groups, taken, settings, unit)
    if measured is None:
        return Lengths(given_unit or "s", given_side or "start")
    overlaps, least = measured
    found = given_unit or _unit(overlaps, least)
    if found is None:
        return None
    return Lengths(found, given_side or overlaps[found].direction, inferred=True, overlaps=overlaps)


def _unit(overlaps: Mapping[TimeUnit, Overlaps], least: Mapping[TimeUnit, bool]) -> TimeUnit | None:
    """The largest unit that fits."""
    larger: Overlaps | None = None
    for unit in UNITS:
        own = overlaps[unit]
        clear = larger is None or larger.fewest >= LENGTH_OVERLAP_LARGER.value
        if own.fewest <= LENGTH_OVERLAP.value and clear and least[unit]:
            return unit
        larger = own
    return None


def _measured(
    con: duckdb.DuckDBPyConnection,
    groups: Sequence[Group],
    taken: Mapping[str, str],
    settings: Settings,
    unit: TimeUnit,
) -> tuple[dict[TimeUnit, Overlaps], dict[TimeUnit, bool]] | None:
    """Overlaps by unit, and whether a unit's lengths count beside the gaps; None: too few."""
    parts = [_rows(con, group, taken, settings, unit) for group in groups]
    rows = " union all ".join(part for part in parts if part is not None)
    if not rows:
        return None
    share = max(1, sum(t.rows for g in groups for t in g.tables) // int(LENGTH_ROWS.value))
    counts = ", ".join(
        f"count(*) filter (where length * {scale} > {side}_us"
        f" + greatest({_STAMPED_TO_US}, case when whole then {scale} else 0 end))"
        for scale in _US_OF.values()
        for side in ("after", "before")
    )
    sql = f"""
        with instants as (
            select who, at_us, max(length) as length
            from ({rows})
            where at_us >= {CLOCK_FROM_US} and at_us < {CLOCK_BEFORE_US}
            and hash(who) % {share} = 0
            group by who, at_us
        ), beside as (
            select
                length,
                lead(at_us) over one - at_us as after_us,
                at_us - lag(at_us) over one as before_us,
                bool_and(length = trunc(length)) over () as whole
            from instants
            window one as (partition by who order by at_us)
        )
        select
            count(*) filter (where length > 0 and after_us is not null),
            count(*) filter (where length > 0 and before_us is not null),
            median(length) filter (where length > 0), median(after_us),
            {counts}
        from beside
    """
    with one_line_errors(groups[0].label):
        (row,) = con.execute(sql).fetchall()
    after, before, length, gap, *found = row
    if min(after, before) < LENGTH_EVENTS.value:
        return None
    pairs = zip(UNITS, found[::2], found[1::2], strict=True)
    overlaps = {one: Overlaps(start / after, end / before) for one, start, end in pairs}
    least = {one: length * scale >= LENGTH_LEAST.value * gap for one, scale in _US_OF.items()}
    return overlaps, least


def _rows(
    con: duckdb.DuckDBPyConnection,
    group: Group,
    taken: Mapping[str, str],
    settings: Settings,
    unit: TimeUnit,
) -> str | None:
    """User, instant and length of the rows of a group."""
    user, time, duration = (
        group.column(taken[name], con) for name in ("user_id", "timestamp", "duration")
    )
    if user is None or time is None or duration is None:
        return None
    read = time.readings(settings.tz, settings.time_format)
    length = real_of(duration.sql, duration.kind)
    if read is None or length is None:
        return None
    return (
        f"select {as_text(user.sql, user.kind)} as who, {instant(read, unit)} as at_us,"
        f" {length} as length from {group.relation}"
    )
