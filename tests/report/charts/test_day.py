"""An interrupted day, as it is drawn."""

from __future__ import annotations

import re
from itertools import pairwise

from resume_gap.report.charts import svg
from resume_gap.report.charts.day import DayChart, DayMark


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
