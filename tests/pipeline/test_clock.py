"""Which outermost rows of a log are set aside: those of a wrong clock, not of a sparse log."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from resume_gap.constants import MAX_BAD_TIMES
from resume_gap.errors import DataError
from resume_gap.pipeline import clock
from resume_gap.pipeline.clock import (
    check_far,
    days_in_range,
    refuse_bad_times,
    spans,
    without_outliers,
)
from resume_gap.pipeline.queries import Runner
from resume_gap.settings import Settings
from resume_gap.sources.times import CLOCK_BEFORE_US, CLOCK_FROM_US
from resume_gap.units import DAY_US

if TYPE_CHECKING:
    from resume_gap.results.common import Check

Days = dict[int, int]


def reference(rows: Days) -> tuple[int, int]:
    """First and last day that stay, by trying every span of days."""
    days = sorted(rows)
    total = sum(rows.values())
    spans = [
        (last - first, first, last)
        for first in days
        for last in days
        if first <= last
        and 100 * sum(rows[day] for day in days if first <= day <= last) >= 99 * total
    ]
    _, first, last = min(spans)

    def empty(one: int, other: int) -> int:
        return other - one - 1

    inside = [day for day in days if first <= day <= last]
    longest = max((empty(a, b) for a, b in itertools.pairwise(inside)), default=0)
    limit = max(30, 3 * longest)
    for day in sorted((day for day in days if day < first), reverse=True):
        if empty(day, first) > limit:
            break
        first = day
    for day in (day for day in days if day > last):
        if empty(last, day) > limit:
            break
        last = day
    return first, last


def found(rows: Days) -> tuple[int, int]:
    day = np.array(sorted(rows))
    first, last = without_outliers(day, np.array([rows[one] for one in sorted(rows)]))
    return int(day[first]), int(day[last])


BUSY = dict.fromkeys(range(100), 100)


@pytest.mark.parametrize(
    ("rows", "stay"),
    [
        (BUSY, (0, 99)),
        (BUSY | {130: 1}, (0, 130)),
        (BUSY | {131: 1}, (0, 99)),
        (BUSY | {-31: 1, -32: 1}, (-32, 99)),
        (BUSY | {-32: 1}, (0, 99)),
        (BUSY | {120: 1, 160: 1}, (0, 120)),
        # A sparse log has long empty stretches of its own.
        (dict.fromkeys(range(0, 400, 40), 100) | {478: 5}, (0, 478)),
        (dict.fromkeys(range(0, 400, 40), 100) | {479: 5}, (0, 360)),
        # Over one percent of the rows is never far from the core: it is part of it.
        (BUSY | {400: 150}, (0, 400)),
        ({5: 1}, (5, 5)),
    ],
)
def test_what_stays(rows: Days, stay: tuple[int, int]) -> None:
    assert reference(rows) == stay
    assert found(rows) == stay


def test_random_logs_agree_with_the_reference() -> None:
    random = np.random.default_rng(11)
    for _ in range(300):
        gaps = random.choice([1, 2, 10, 31, 32, 33, 95, 130], size=random.integers(1, 12))
        rows = {int(day): int(random.choice([1, 2, 50, 400])) for day in np.cumsum(gaps)}
        assert found(rows) == reference(rows)


def test_an_input_spans_its_times_that_are_in_range() -> None:
    low, high = CLOCK_FROM_US, CLOCK_BEFORE_US
    days = pl.DataFrame(
        {
            "input_no": [1, 1, 1, 0, 2, 2],
            "n": [5, 6, 7, 8, 1, 2],
            "first_us": [low - 1, low, low + 9, high - 9, high - 1, low - 5],
            "last_us": [low + 1, low + 3, low + 12, high - 1, high, low - 4],
        }
    )
    assert spans(days).rows() == [
        (0, 8, high - 9, high - 1),
        (1, 18, low, low + 12),
        (2, 3, None, None),
    ]


def test_days_with_rows_that_are_in_range() -> None:
    first, last = CLOCK_FROM_US // DAY_US, CLOCK_BEFORE_US // DAY_US - 1
    days = [last, first - 1, None, first, last, last + 1, 20_000]
    assert days_in_range(pl.DataFrame({"day": days})) == [first, 20_000, last]


END, ARRIVAL = "end_out_of_range", "received_at_out_of_range"


def test_ends_and_arrivals_out_of_range_are_counted() -> None:
    """Beside a time in range; a log with neither is not read again."""
    rows = [(CLOCK_FROM_US, True, False)] * 3 + [(CLOCK_BEFORE_US - 1, False, False)] * 37
    rows += [(CLOCK_FROM_US - 1, True, True), (CLOCK_BEFORE_US, True, True)]
    with duckdb.connect() as con:
        runner = Runner(con)
        runner.let(clock_from_us=CLOCK_FROM_US, clock_before_us=CLOCK_BEFORE_US)
        for arrivals, expected in ((0, [END]), (1, [END, ARRIVAL])):
            far = pa.table(
                {
                    "at_us": [at for at, *_ in rows],
                    "end_far": [end for _, end, _ in rows],
                    "received_at_far": [arrival or arrivals > 0 for *_, arrival in rows],
                }
            )
            runner.store("log", far)
            found = check_far(runner, far.column_names, 40)
            assert [check.check for check in found] == expected
            assert [check.count for check in found] == [3, 40][: len(expected)]
            assert (found[0].severity, found[0].share) == ("warn", 3 / 40)
        runner.remove("log")
        assert check_far(runner, ["at_us"], 40) == []


def test_a_log_most_of_whose_times_cannot_be_read_is_refused() -> None:
    limit = round(1_000 * MAX_BAD_TIMES.value)
    days = pl.DataFrame(
        {"at_given": [True, True, False], "day": [None, 5, None], "n": [limit, 1_000, 1_000]}
    )
    refuse_bad_times(days, 1_000)
    with pytest.raises(DataError, match=f"{limit:,} of {1_000 - 1:,} rows"):
        refuse_bad_times(days, 1_000 - 1)


class Kept:
    """A runner that keeps the variables it is given."""

    def __init__(self) -> None:
        self.variables: dict[str, int] = {}

    def let(self, **variables: int) -> None:
        self.variables |= variables


def bounds(
    days: list[tuple[int, int]], tz: str = "UTC", **options: int
) -> tuple[tuple[int, int], list[Check]]:
    """First and last day that is used, of (day, rows), and what is said."""
    rows = {
        "day": [day for day, _ in days],
        "n": [n for _, n in days],
        "first_us": [day * DAY_US for day, _ in days],
        "last_us": [(day + 1) * DAY_US - 1 for day, _ in days],
    }
    kept: Any = Kept()
    checks: list[Check] = []
    clock.bound_clock(kept, Settings(tz=tz, **options), pl.DataFrame(rows), checks)
    earliest, latest = kept.variables["earliest_us"], kept.variables["latest_us"]
    if not options:  # whole days are used
        assert (earliest % DAY_US, latest % DAY_US) == (0, DAY_US - 1)
    else:
        assert earliest in (options.get("since_us"), earliest // DAY_US * DAY_US)
        assert latest in (options.get("until_us"), (latest // DAY_US + 1) * DAY_US - 1)
    return (earliest // DAY_US, latest // DAY_US), checks


def test_rows_far_from_the_others_are_set_aside_and_counted() -> None:
    usual = [(20_000 + n, 100) for n in range(30)]
    assert bounds(usual) == ((20_000, 20_029), [])
    far = [(19_000, 2), *usual, (21_000, 3)]
    inside, (check,) = bounds(far)
    assert inside == (20_000, 20_029)
    assert (check.check, check.count, check.share) == ("clock_outliers", 5, 5 / 3_005)
    # A bound that was given decides on its side.
    inside, (check,) = bounds(far, since_us=18_000 * DAY_US)
    assert (inside, check.count) == ((19_000, 20_029), 3)
    inside, (check,) = bounds(far, until_us=22_000 * DAY_US)
    assert (inside, check.count) == ((20_000, 21_000), 2)
    given = {"since_us": 20_005 * DAY_US, "until_us": 20_009 * DAY_US + 7}
    assert bounds(far, **given) == ((20_005, 20_009), [])


@pytest.mark.parametrize(
    ("more", "options", "all_in_range"),
    [
        ([], {}, True),
        ([], {"since_us": 20_000 * DAY_US + 5, "until_us": 20_029 * DAY_US + 9}, True),
        ([], {"since_us": 20_000 * DAY_US + 6}, False),
        ([], {"until_us": 20_029 * DAY_US + 8}, False),
        ([(21_000, 3)], {}, False),
        ([(0, 3)], {}, False),
        ([(None, 3)], {}, False),
    ],
)
def test_rows_are_asked_for_their_times_unless_all_are_in_range(
    more: list[tuple[int | None, int]], options: dict[str, int], *, all_in_range: bool
) -> None:
    """The first row comes 5 microseconds after midnight, the last one 9."""
    days = [*((20_000 + n, 100) for n in range(30)), *more]
    rows = {
        "day": [day for day, _ in days],
        "n": [n for _, n in days],
        "first_us": [None if day is None else day * DAY_US + 5 for day, _ in days],
        "last_us": [None if day is None else day * DAY_US + 9 for day, _ in days],
    }
    kept: Any = Kept()
    clock.bound_clock(kept, Settings(**options), pl.DataFrame(rows), [])
    assert kept.variables["all_in_range"] is all_in_range


def test_one_row_is_spoken_of_as_one() -> None:
    usual = [(20_000 + n, 100) for n in range(30)]
    _, (check,) = bounds([(19_000, 1), *usual])
    assert check.message.startswith("1 row lies over 30 empty days from 99% of the log")
    _, (check,) = bounds([(19_000, 2), *usual])
    assert check.message.startswith("2 rows lie over")


def test_clocks_before_1990_are_no_outliers_of_the_log() -> None:
    usual = [(20_000 + n, 100) for n in range(30)]
    inside, (check,) = bounds([(0, 7), *usual])
    assert inside == (20_000, 20_029)
    assert (check.check, check.count, check.share) == ("clock_out_of_range", 7, 7 / 3_007)
    inside, (check,) = bounds([(0, 7), (1, 2), *usual, (30_000, 1)])
    assert (inside, check.count, check.share) == ((20_000, 20_029), 10, 10 / 3_010)
    with pytest.raises(DataError, match="all 9 times are before"):
        bounds([(0, 7), (1, 2)])
    with pytest.raises(DataError, match="all 7 times are before 1990 or after 2037"):
        bounds([(0, 7)])
    with pytest.raises(DataError, match="no row has a time; name its column"):
        bounds([])


@pytest.mark.parametrize(
    ("tz", "first", "last"),
    [
        ("UTC", "2024-10-04", "2024-10-06"),
        ("Asia/Tokyo", "2024-10-04", "2024-10-07"),
        ("America/New_York", "2024-10-03", "2024-10-06"),
    ],
)
def test_a_range_without_a_row_is_refused_with_the_days_of_the_log(
    tz: str, first: str, last: str
) -> None:
    line = f"no row has a time inside the range; the log spans {first} to {last}; look at --since"
    with pytest.raises(DataError, match=line):
        bounds([(0, 7), (20_000, 1), (20_002, 1)], since_us=20_003 * DAY_US, tz=tz)
