"""The loop that sums up each stream, compiled on large logs."""

from typing import Final

from resume_gap.arrays import Bools, Ints
from resume_gap.compiled import kernel
from resume_gap.units import HOUR_US

_DAY_HOURS: Final = 24


@kernel("iiibnnnIIII")
def sum_up_streams(
    starts: Ints,
    at: Ints,
    own_end: Ints,
    productive: Bools,
    cap_us: int,
    long_us: int,
    most_hours: int,
    productive_us: Ints,
    intervals: Ints,
    long_intervals: Ints,
    restless_days: Ints,
) -> None:
    """Write sums of each stream.

    Args:
        starts: (streams + 1) offsets of the streams in the rows.
        at: (rows) instants.
        own_end: (rows) ends of the events themselves.
        productive: (rows) whether they are productive.
        cap_us: The most that counts of a step.
        long_us: Longer intervals are long.
        most_hours: Days with events in more hours are restless.
        productive_us: (streams) steps that begin with a productive event.
        intervals: (streams) events that end later than they begin.
        long_intervals: (streams) long ones among them.
        restless_days: (streams) such days.
    """
    for stream in range(len(starts) - 1):
        first, stop = starts[stream], starts[stream + 1]
        worked, some, long, restless = 0, 0, 0, 0
        until, day, hours = at[first], -1, 0  # the hour's end
        for i in range(first, stop):
            if own_end[i] > at[i]:
                some += 1
                long += own_end[i] - at[i] > long_us
            if at[i] >= until:
                hour = at[i] // HOUR_US
                until = (hour + 1) * HOUR_US
                if hour // _DAY_HOURS != day:
                    day, hours = hour // _DAY_HOURS, 0
                hours += 1
                restless += hours == most_hours + 1
        for i in range(first, stop - 1):
            worked += productive[i] * min(at[i + 1] - at[i], cap_us)
        productive_us[stream], intervals[stream] = worked, some
        long_intervals[stream], restless_days[stream] = long, restless
