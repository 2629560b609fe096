"""Whether events came, went or jumped with the launch: then the clock sees something else."""

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from resume_gap.comparison.series import LaunchedReturns
from resume_gap.constants import CHANGED_ROWS, COMPARED_DAYS
from resume_gap.pipeline.queries import Runner
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.trust import ChangedEvent, TrustCheck, TrustStatus
from resume_gap.sources.role_bits import AWAY, COMPLETING, OUTSIDE, PRODUCTIVE
from resume_gap.stats.what_changed import rate_changes

_WORKING = PRODUCTIVE | COMPLETING | AWAY


class EventDays(NamedTuple):
    """Events around a launch.

    Attributes:
        names: Event names, those left out that are set aside or the marker's own.
        counts: (names, days) rows.
        active: (days) active users.
    """

    names: tuple[str, ...]
    counts: NDArray[np.int64]
    active: NDArray[np.int64]


def read_event_days(runner: Runner, returns: LaunchedReturns, kinds: pl.DataFrame) -> EventDays:
    """Events by name and day.

    Args:
        runner: Holds `log`, `streams` and `sessions`, and knows the launch.
        returns: The days.
        kinds: One row per kind: event, roles.
    """
    outside = kinds.filter((pl.col("roles") & OUTSIDE) != 0)["event"]
    rows = runner.read("85_event_days").pl().filter(~pl.col("event").is_in(outside.implode()))
    rows = _within(rows, returns)
    names = tuple(rows["event"].unique().sort())
    place = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), returns.days), dtype=np.int64)
    number = rows["event"].replace_strict(place, return_dtype=pl.Int64).to_numpy()
    counts[number, rows["day"].to_numpy() - returns.first_day] = rows["n"].to_numpy()
    users = _within(runner.read("86_active_users").pl(), returns)
    active = np.zeros(returns.days, dtype=np.int64)
    active[users["day"].to_numpy() - returns.first_day] = users["users"].to_numpy()
    return EventDays(names, counts, active)


def changed_events(
    days: EventDays, returns: LaunchedReturns, kinds: pl.DataFrame, shown: EventNames, zone: str
) -> TrustCheck:
    """Names that appear, vanish or jump at the launch.

    Those that count as work, or that are more than a hundredth of the events, forbid a verdict.

    Args:
        days: Events around the launch.
        returns: The days.
        kinds: One row per kind: event, roles.
        shown: Which names may be shown.
        zone: Time zone whose weekdays count.
    """
    horizon = min(int(COMPARED_DAYS.value), returns.days - returns.launch)
    found = rate_changes(days.counts, days.active, returns.weekday(zone), returns.launch, horizon)
    changed = [
        (name, one) for name, one in zip(days.names, found, strict=True) if one.change != "steady"
    ]
    working = set(kinds.filter((pl.col("roles") & _WORKING) != 0)["event"])
    rows = sum(one.rows for one in found)
    matters = any(name in working or one.rows >= CHANGED_ROWS.value * rows for name, one in changed)
    changed.sort(key=lambda pair: (-pair[1].rows, pair[0]))
    named = tuple(
        ChangedEvent(event=name, change=one.change, before=one.before, after=one.after)
        for name, one in changed
        if one.change != "steady" and shown.may_show(name)
    )
    status: TrustStatus = "failed" if matters else "passed"
    return TrustCheck(
        name="changed_events",
        code=("some" if matters else "rare") if changed else "none",
        status=status,
        figures={"events": named, "unnamed": len(changed) - len(named), "names": len(found)},
    )


def _within(rows: pl.DataFrame, returns: LaunchedReturns) -> pl.DataFrame:
    """Rows of the days that are compared."""
    return rows.filter(pl.col("day").is_between(returns.first_day, returns.last_day))
