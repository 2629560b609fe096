"""How a stretch of work ends: what strikes, when, and for how long."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from resume_gap.synthetic.names import (
    AWAY_AGAIN,
    CALL,
    LUNCH,
    MEETING,
    NIGHT,
    SHORT,
)
from resume_gap.synthetic.people import DAY_US, HOUR_US, MINUTE_US, Flags, Floats, Int64s, People
from resume_gap.synthetic.world import World

_LUNCH_HOURS: Final = (11.75, 14.0)
_LEAST_MINUTES: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaks:
    """The breaks that end one stretch each; arrays of shape (n,)."""

    cause: Int64s
    """Position in `names.CAUSES`."""
    night: Flags
    """The next stretch is on another day."""
    mid_task: Flags
    gave_up: Flags
    length_us: Int64s
    """Time away; meaningless for nights, which end with the next working day."""


def take_breaks(
    world: World,
    people: People,
    *,
    user: Int64s,
    end_us: Int64s,
    day_end_us: Int64s,
    gave_up: Flags,
    lunched: Flags,
    rng: np.random.Generator,
) -> Breaks:
    """Draw the breaks.

    Args:
        world: the parameters.
        people: everybody.
        user: positions in `people`.
        end_us: the last event of each stretch.
        day_end_us: the end of each working day.
        gave_up: whether the stretch never reached work.
        lunched: whether lunch is over on that day.
        rng: the source of luck.
    """
    n = len(user)
    hour = ((end_us + people.zone_us[user]) % DAY_US) / HOUR_US
    cause = _causes(world, n, rng)
    cause[(hour >= _LUNCH_HOURS[0]) & (hour < _LUNCH_HOURS[1]) & ~lunched] = LUNCH
    cause[gave_up] = AWAY_AGAIN
    length_us = np.rint(_minutes(world, cause, rng) * MINUTE_US).astype(np.int64)
    goes_home = rng.random(n) * world.stretches_per_day_mean * people.activity[user] < 1
    night = goes_home | (end_us + length_us >= day_end_us)
    cause[night & ~gave_up] = NIGHT
    share = np.where(night, world.night_mid_task_share, world.mid_task_share)
    return Breaks(
        cause=cause,
        night=night,
        mid_task=(rng.random(n) < share) & ~gave_up,
        gave_up=gave_up,
        length_us=length_us,
    )


def _causes(world: World, n: int, rng: np.random.Generator) -> Int64s:
    luck = rng.random(n)
    cause = np.full(n, CALL, dtype=np.int64)
    cause[luck < world.short_share + world.meeting_share] = MEETING
    cause[luck < world.short_share] = SHORT
    return cause


def _minutes(world: World, cause: Int64s, rng: np.random.Generator) -> Floats:
    median = np.zeros(6)
    median[CALL] = world.call_median_minutes
    median[MEETING] = world.meeting_median_minutes
    median[LUNCH] = world.lunch_median_minutes
    median[SHORT] = world.short_median_minutes
    median[AWAY_AGAIN] = world.away_again_median_minutes
    floor = np.full(6, max(world.break_floor_minutes, _LEAST_MINUTES))
    floor[SHORT] = _LEAST_MINUTES
    floor[AWAY_AGAIN] = max(world.away_again_floor_minutes, _LEAST_MINUTES)
    n = len(cause)
    minutes = median[cause] * np.exp(world.break_sigma * rng.standard_normal(n))
    # Spread above the floor: a pile of breaks on one length would be a peak.
    low = minutes < floor[cause]
    minutes[low] = floor[cause][low] * (1 + 0.2 * rng.random(np.count_nonzero(low)))
    return np.asarray(minutes, dtype=np.float64)
