"""Which half of the day it is in a zone: by Polars for few instants, by its clock for many."""

from functools import cache

import numpy as np
import polars as pl

from resume_gap.arrays import Ints
from resume_gap.compiled import kernel, pays
from resume_gap.units import DAY_US, US

_HALF_US = DAY_US // 2
_FIRST_DAY, _LAST_DAY = 7_304, 24_838
"""Since 1970: the days before 1990 and after 2037, between which all events lie."""


def half_of_day(at_us: Ints, tz: str) -> Ints:
    """0 before noon in that zone, 1 from noon on."""
    if not pays(at_us):
        return (_local(at_us, tz).dt.hour() >= 12).to_numpy().astype(np.int32)
    half = np.empty(len(at_us), dtype=np.int32)
    halves(at_us, *clock(tz), half)
    return half


@cache
def clock(tz: str) -> tuple[Ints, Ints]:
    """How far a zone's clock is ahead of UTC, microseconds both, rising.

    Returns:
        (c) Each instant from which on that changed, the first before all events; and (c) how far
        it was ahead from there on.
    """
    days = np.arange(_FIRST_DAY, _LAST_DAY + 1) * DAY_US
    ahead = _ahead_us(days, tz)
    changed = np.flatnonzero(ahead[1:] != ahead[:-1])
    # The day on which each change came is halved until its second is known.
    before, since = days[changed], days[changed + 1]
    while bool((since - before > US).any()):
        middle = (before + since) // (2 * US) * US
        is_before = _ahead_us(middle, tz) == ahead[changed]
        before, since = np.where(is_before, middle, before), np.where(is_before, since, middle)
    return np.append(days[:1], since), np.append(ahead[:1], ahead[changed + 1])


def _ahead_us(at_us: Ints, tz: str) -> Ints:
    """How far the zone's clock is ahead of UTC at each instant."""
    shown = _local(at_us, tz).dt.replace_time_zone(None).to_physical().to_numpy()
    ahead: Ints = shown - at_us
    return ahead


def _local(at_us: Ints, tz: str) -> pl.Series:
    """The instants on the zone's clock."""
    return pl.Series(at_us, dtype=pl.Int64).cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(tz)


@kernel("iiiJ")
def halves(at_us: Ints, since_us: Ints, ahead_us: Ints, half: Ints) -> None:
    """Write the half of the day of each instant.

    Args:
        at_us: (n) fastest where neighbors are near each other.
        since_us: (c) instants from which on the clock was so far ahead of UTC; they rise, and the
            first one holds for all that is before, too.
        ahead_us: (c)
        half: (n) receives 0 before noon, 1 from noon on.
    """
    now = 0
    for i in range(len(at_us)):
        while now > 0 and at_us[i] < since_us[now]:
            now -= 1
        while now + 1 < len(since_us) and at_us[i] >= since_us[now + 1]:
            now += 1
        half[i] = (at_us[i] + ahead_us[now]) // _HALF_US & 1
