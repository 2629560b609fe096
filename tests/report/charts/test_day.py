"""An interrupted day, as it is drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from resume_gap.report.charts import svg
from resume_gap.report.charts.day import DayChart, DayMark

if TYPE_CHECKING:
    from resume_gap.report.charts.chart import DrawnSize


def test_ticks_of_a_day_have_room() -> None:
    for hours in range(1, 25):
        ends = (28_800.0, 28_800.0 + 3_600 * hours - 60)
        marks = tuple(DayMark(seconds=t, lane=0, productive=True, clock="") for t in ends)
        drawn = svg.svg(
            DayChart(
                marks=marks,
                stop_seconds=ends[0] + 60,
                return_seconds=ends[1] - 60,
                gap_label="away",
                lanes=("a",),
                before=marks[:1],
                after=marks[1:],
                skipped=0,
                pointed_lane=0,
                place_lane=0,
                work_index=0,
            )
        )
        ticks = re.findall(r'<text x="([\d.]+)" y="79.0"', drawn)
        at = [float(x) for x in ticks]
        assert len(at) > 1
        assert all(b - a > 60 for a, b in pairwise(at)), (hours, at)


def mark(clock: str = "", *, lane: int | None = 0) -> DayMark:
    return DayMark(seconds=0.0, lane=lane, productive=True, clock=clock)


def drawn(*after: DayMark, skipped: int, work: int, size: DrawnSize = "column") -> str:
    return str(
        svg.svg(
            DayChart(
                size=size,
                marks=(mark(),),
                stop_seconds=0.0,
                return_seconds=3_600.0,
                gap_label="away",
                lanes=("a",),
                before=(mark(),),
                after=after,
                skipped=skipped,
                pointed_lane=None,
                place_lane=None,
                work_index=work,
            )
        )
    )


def test_events_left_out_stand_before_the_last() -> None:
    """Of the five spots, one before the gap and four after it, the last but one is theirs."""
    text = drawn(mark(), mark(), mark(), skipped=4, work=2)
    left = 190 + (558 - 190 - 96) / 5  # the room for names, then the events and the gap
    right = left + 96
    spots = [right + (558 - right) * (i + 0.5) / 4 for i in range(4)]
    (more,) = re.findall(r'<text x="([\d.]+)"[^>]*>\+4</text>', text)
    assert float(more) == pytest.approx(spots[2], abs=0.06)
    rings = re.findall(r'<circle cx="([\d.]+)" cy="[\d.]+" r="10"', text)
    assert float(rings[0]) == pytest.approx(spots[3], abs=0.06)
    dots = [float(x) + 4.5 for x in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="9"', text)]
    assert dots[1:4] == pytest.approx([spots[0], spots[1], spots[3]], abs=0.06)


def test_without_events_left_out_every_spot_is_an_event() -> None:
    text = drawn(mark(), mark(), skipped=0, work=1)
    left = 190 + (558 - 190 - 96) / 3
    right = left + 96
    rings = re.findall(r'<circle cx="([\d.]+)" cy="[\d.]+" r="10"', text)
    assert float(rings[0]) == pytest.approx(right + (558 - right) * 0.75, abs=0.06)
    assert "no element, or another" not in text
    assert "no element, or another" in drawn(mark(lane=None), skipped=0, work=0)
    narrow = drawn(mark(lane=None), skipped=0, work=0, size="telephone")
    assert ">elsewhere</text>" in narrow
    assert "\N{HORIZONTAL ELLIPSIS}" not in narrow


def test_a_long_name_is_cut_where_the_events_begin() -> None:
    """The room for names is 190 wide, of which 2 stay free: 26 letters of 7.2."""
    chart = DayChart(
        marks=(mark(),),
        stop_seconds=0.0,
        return_seconds=3_600.0,
        gap_label="away",
        lanes=("a" * 26, "b" * 27),
        before=(mark(),),
        after=(mark(),),
        skipped=0,
        pointed_lane=None,
        place_lane=None,
        work_index=None,
    )
    text = str(svg.svg(chart))
    assert f">{'a' * 26}</text>" in text
    assert f">{'b' * 25}\N{HORIZONTAL ELLIPSIS}</text>" in text


def test_a_gap_of_moments_is_drawn_two_wide() -> None:
    chart = DayChart(
        marks=(mark(), replace(mark(), seconds=30_000.0)),
        stop_seconds=15_000.0,
        return_seconds=15_001.0,
        gap_label="away",
        lanes=("a",),
        before=(mark(),),
        after=(mark(),),
        skipped=0,
        pointed_lane=None,
        place_lane=None,
        work_index=None,
    )
    assert re.search(r'<rect x="[\d.]+" y="[\d.]+" width="2.0" height="32.0"', str(svg.svg(chart)))
