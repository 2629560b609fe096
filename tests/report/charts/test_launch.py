"""The launch chart: three lines, each only where it is known, and an upright one at the launch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from factories.charts import SIZES

from resume_gap.report.charts.launch import (
    _BETWEEN,
    CONTROL,
    EXPECTED,
    MEASURED,
    LaunchChart,
    _ticks,
)

if TYPE_CHECKING:
    from resume_gap.report.charts.chart import DrawnSize

CHART = LaunchChart(
    size="page",
    weeks=(
        (-3, 70.0, None, 9.0),
        (-1, 74.0, 76.0, 9.5),
        (0, 52.0, 76.5, None),
        (1, 55.0, 77.0, 9.0),
    ),
)


def words(chart: LaunchChart) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", str(chart.picture()))


@pytest.mark.parametrize("size", SIZES)
def test_every_line_is_named_once_and_so_is_the_launch(size: DrawnSize) -> None:
    found = words(LaunchChart(size=size, weeks=CHART.weeks))
    for name in (MEASURED, EXPECTED, CONTROL, "launch", "weeks from the launch"):
        assert found.count(name) == 1, name


def test_a_control_that_is_nowhere_known_has_no_line() -> None:
    without = LaunchChart(size="page", weeks=tuple((*week[:3], None) for week in CHART.weeks))
    drawn = str(without.picture())
    assert drawn.count('stroke-dasharray="2,3"') <= 1  # that of its key
    assert str(CHART.picture()).count('stroke-dasharray="2,3"') == 2


def test_the_axis_has_the_launch_on_it_and_no_more_ticks_than_there_is_room_for() -> None:
    for first, last in ((-16, 4), (-3, 1), (-300, 20), (-1, 0), (-51, 9)):
        found = _ticks(float(first), float(last), most=8)
        assert 0 in found
        assert len(found) <= 10
        assert first <= found[0]
        assert found[-1] <= last


def test_the_line_goes_from_the_first_week_to_the_last() -> None:
    assert CHART.line == (-3.0, 1.0)


@pytest.mark.parametrize(
    ("top", "expected"),
    [(0.7, ["0.0 s", "0.2 s", "0.4 s", "0.6 s", "0.8 s"]), (2_600.0, ["0 s", "1,000 s"])],
)
def test_seconds_have_the_digits_that_they_need(top: float, expected: list[str]) -> None:
    found = words(LaunchChart(size="page", weeks=((-1, top, None, None), (0, top, None, None))))
    seconds = [one for one in found if one.endswith(" s")]
    assert set(expected) <= set(seconds)
    assert len(set(seconds)) == len(seconds)


def test_the_launch_lies_between_the_weeks_before_it_and_from_it_on() -> None:
    assert -1 < _BETWEEN < 0
