"""One interruption and the week, as figures."""

from __future__ import annotations

from dataclasses import replace

from factories.results import full


def test_a_day_counts_from_the_stop_and_from_the_return() -> None:
    day = full().workday.day
    assert day is not None
    day = replace(day, stop_seconds=100.0, return_seconds=700.0, work_seconds=742.0)
    assert (day.gap_seconds, day.reorientation_seconds) == (600, 42)
    assert replace(day, work_seconds=None).reorientation_seconds is None


def test_the_busiest_hour_is_the_earliest_of_equals() -> None:
    week = [[0] * 24 for _ in range(7)]
    week[2][15] = week[2][9] = week[4][8] = 3
    week[0][7] = 2
    workday = replace(full().workday, week=tuple(map(tuple, week)))
    assert workday.busiest == (2, 9, 3)
    assert workday.stops == 11
