"""One interruption of one person, to be drawn: it carries the idea better than any chart."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.steps import Steps
from resume_gap.results.workday import Day
from resume_gap.sources.role_bits import PRODUCTIVE
from resume_gap.units import DAY_US, EPOCH, HOUR_US, US

_EVENTS = (8, 120)
"""Fewer events of a day tell nothing, more cannot be drawn."""
UNNAMED_EVENT = "an event of few users"
"""What stands for an event name that would name a small group."""
_LONGEST_GAP_US = 6 * HOUR_US


def choose_day(
    candidates: pl.DataFrame,
    sample: Sequence[Steps],
    contents: Contents,
    *,
    tz: str,
    event_names: Sequence[str],
    element_names: Mapping[int, str] | None,
    called: Callable[[int], str] | None,
    hit: bool = True,
) -> Day | None:
    """The interruption with the most usual wait among those that can be drawn well.

    Args:
        candidates: Eligible interruptions after which work was reached: stream_no, user_no,
            stop_us, return_us, lag_us, pointed_no and place_no (elements, 0 for none), is_hit and
            is_miss.
        sample: Whole streams of the sampled users.
        contents: Meaning of the contents.
        tz: Zone of the day.
        event_names: (event_no - 1) names of the events.
        element_names: Names of elements; None: letters stand for them.
        called: What a user is called, by user_no; None: neither the user nor the date is named.
        hit: Whether the marker is to be right; otherwise it points at an element and is wrong.
    """
    zone = ZoneInfo(tz)
    where = {int(no): (one, k) for one in sample for k, no in enumerate(one.stream_no)}
    rows = candidates.filter(
        pl.col("stream_no").is_in(list(where)),
        pl.col("is_hit" if hit else "is_miss"),
        pl.col("lag_us") > 0,
        pl.col("return_us") - pl.col("stop_us") <= _LONGEST_GAP_US,
    )
    if rows.is_empty():
        return None
    usual = float(np.median(rows["lag_us"].to_numpy()))
    rows = rows.with_columns(apart=(pl.col("lag_us") - usual).abs()).sort("apart", "return_us")
    for row in rows.head(200).iter_rows(named=True):
        steps, k = where[row["stream_no"]]
        midnight, next_midnight = _midnights(row["return_us"], zone)
        if next_midnight - midnight != DAY_US:
            continue  # the clocks change: times since midnight are not those on the clock
        if row["stop_us"] < midnight or row["return_us"] + row["lag_us"] >= next_midnight:
            continue
        own = slice(int(steps.starts[k]), int(steps.starts[k + 1]))
        at = steps.at[own]
        today = np.flatnonzero((at >= midnight) & (at < next_midnight))
        if not _EVENTS[0] <= len(today) <= _EVENTS[1]:
            continue
        content = steps.content[own][today]
        element = contents.element(content)
        known = _names(element, element_names)
        productive = (contents.roles(content) & PRODUCTIVE) != 0

        def seconds(us: int, since: int = midnight) -> float:
            return (us - since) / US

        return Day(
            person=called and called(row["user_no"]),
            date=called and datetime.fromtimestamp(midnight // US, zone).date().isoformat(),
            events=tuple(
                (seconds(int(t)), event_names[int(e) - 1], known.get(int(x)), bool(p))
                for t, e, x, p in zip(
                    at[today], contents.event(content), element, productive, strict=True
                )
            ),
            stop_seconds=seconds(row["stop_us"]),
            return_seconds=seconds(row["return_us"]),
            work_seconds=seconds(row["return_us"] + row["lag_us"]),
            pointed=known.get(row["pointed_no"]),
            place=known.get(row["place_no"]),
            hit=row["is_hit"],
        )
    return None


def _midnights(at_us: int, zone: ZoneInfo) -> tuple[int, int]:
    """Where the local day begins and where it ends, microseconds UTC."""
    local = (EPOCH + timedelta(microseconds=at_us)).astimezone(zone)
    begin = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    first, second = (
        round((midnight.astimezone(UTC) - EPOCH).total_seconds()) * US
        for midnight in (begin, begin + timedelta(days=1))
    )
    return first, second


def _names(element: np.ndarray, names: Mapping[int, str] | None) -> dict[int, str]:
    """What the day's elements are called: letters in order of appearance, unless names may show."""
    order = list(dict.fromkeys(int(e) for e in element if e))
    if names is not None:
        return {e: names[e] for e in order}
    return {e: f"element {_letters(n)}" for n, e in enumerate(order)}


def _letters(number: int) -> str:
    more, last = divmod(number, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)
