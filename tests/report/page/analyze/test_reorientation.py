"""How long people take to get back to work, on the page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from factories.pages import blocks, figure, rendered
from factories.results import ALL, changed, coarse, full

from resume_gap.report.page import build
from resume_gap.report.page.analyze.reorientation import _ends
from resume_gap.report.page.model import Figure, Table
from resume_gap.report.text.numbers import exact, percent
from resume_gap.results.reorientation import LagEnds


def test_curves_stand_in_their_table() -> None:
    found = figure("analyze", "curve")
    chart: Any = found.chart
    rows = {row[0]: row[1:] for row in found.table.rows}
    for (t, share), (_, other) in zip(chart.points, chart.other, strict=True):
        assert rows[exact(t)] == (percent(share), percent(other))
    assert chart.end_label == f"after an interruption {percent(chart.points[-1][1])}"
    assert chart.other_label == f"uninterrupted {percent(chart.other[-1][1])}"


def test_where_the_extra_time_is_withheld_no_uninterrupted_work_is_drawn() -> None:
    found: Any = next(b for b in blocks(ALL["too_few_controls"]()) if isinstance(b, Figure))
    assert found.chart.other == ()
    assert "Uninterrupted" not in found.caption
    assert found.table.columns == ("time after the return", "share")


def test_the_pace_stands_in_its_table() -> None:
    found = figure("analyze", "pace")
    chart: Any = found.chart
    assert [(int(r[0]), float(r[1])) for r in found.table.rows] == [
        (step, pytest.approx(pace, abs=0.006)) for step, pace in chart.steps
    ]


def test_nothing_finer_than_twice_the_resolution_is_printed() -> None:
    page = build.page(coarse())
    back = next(s for s in page.sections if s.name == "back")
    words = str(back)
    seconds = [int(n) for n in re.findall(r"(?<![\d.])(\d+) s\b", words) if n != "0"]
    assert not seconds
    minutes = {int(n) for n in re.findall(r"(\d+) min", words)} - {15}
    assert all(n % 2 == 0 or n == 5 for n in minutes)  # 5 min is a point of the curve


def test_where_everybody_got_there_the_mean_has_one_part() -> None:
    shown = rendered(full()).visible
    assert "Two parts." in shown
    all_reached = {"productive_share": 1.0, "not_reached_seconds": 0.0}
    shown = rendered(changed(full(), reorientation=all_reached)).visible
    assert "Two parts." not in shown
    assert "come from the 0 %" not in shown


def test_how_interruptions_went_on_is_counted() -> None:
    def shown(ends: LagEnds) -> list[str]:
        (said,) = _ends(changed(full(), reorientation={"ends": ends}))
        return [n for _, n in said.rows] if isinstance(said, Table) else str(said).split()

    assert "Nothing productive can be seen" in " ".join(shown(LagEnds()))
    all_reached = LagEnds(observed=5, abandoned=0, abandoned_by_leaving=0, log_end=0)
    assert "After every interruption" in " ".join(shown(all_reached))
    assert shown(LagEnds(observed=5, abandoned=0, log_end=3)) == ["5", "0", "0", "3"]
    each = LagEnds(observed=5, abandoned=6, abandoned_by_leaving=2, log_end=0)
    assert shown(each) == ["5", "6", "2", "0"]
