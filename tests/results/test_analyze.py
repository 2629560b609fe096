"""The figures of an analysis that are made of others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.results import full

from resume_gap.results.analyze import TornadoRow
from resume_gap.results.workday import StoppingPlace


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


@pytest.mark.parametrize(("most", "stands_out"), [(5, True), (4, False), (None, False)])
def test_a_place_stands_out_with_a_twentieth(most: int | None, *, stands_out: bool) -> None:
    found = full()
    places = () if most is None else (StoppingPlace(target="a", interruptions=most),)
    counts = replace(found.counts, interruptions=100)
    some = replace(found, counts=counts, workday=replace(found.workday, places=places))
    assert some.place_stands_out is stands_out


def test_swings_have_no_sign() -> None:
    row = TornadoRow(
        name="wrong_cost_seconds",
        low=0,
        high=5,
        saving_at_low_seconds=4.0,
        saving_at_high_seconds=1.5,
    )
    assert row.swing_seconds == 2.5


def test_what_has_nothing_to_point_at_is_the_rest() -> None:
    policy = full().marker.policies[0]
    assert replace(policy, pointed=0.75).nothing_to_point_at == 0.25
    assert replace(policy, pointed=None).nothing_to_point_at is None
