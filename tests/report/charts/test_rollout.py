"""The event study: both sides of the launch are named, and intervals only where there are some."""

from __future__ import annotations

import re

import pytest
from factories.charts import SIZES

from resume_gap.report.charts.rollout import RolloutChart, _ticks

WEEKS = (
    (-2, 1.0, -8.0, 10.0),
    (-1, 2.0, -9.0, 13.0),
    (0, -8.0, -19.0, 3.0),
    (1, -12.0, None, None),
)


@pytest.mark.parametrize("size", SIZES)
def test_both_sides_of_the_launch_are_named(size: str) -> None:
    drawn = str(RolloutChart(size=size, weeks=WEEKS).picture())  # type: ignore[arg-type]
    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    for name in ("before the launch", "with the marker", "weeks from a unit's launch"):
        assert words.count(name) == 1, name


def test_a_side_without_weeks_has_no_name_and_no_mark() -> None:
    drawn = str(RolloutChart(size="page", weeks=WEEKS[2:]).picture())
    assert "before the launch" not in drawn
    assert "var(--c2)" not in drawn


def test_seconds_below_0_have_a_minus_sign() -> None:
    drawn = str(RolloutChart(size="page", weeks=WEEKS).picture())
    assert re.search("\N{MINUS SIGN}[0-9]+ s<", drawn)
    assert not re.search(">-[0-9]", drawn)


def test_ticks_are_whole_weeks_with_the_launch_among_them() -> None:
    for first, last in ((-4, 4), (-30, 90), (0, 3), (-1, 600)):
        found = _ticks(first, last)
        assert 0 in found
        assert len(found) <= 14
        assert first <= found[0] <= found[-1] <= last
