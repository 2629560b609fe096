"""When work is interrupted, and where, on the page."""

from __future__ import annotations

import dataclasses
import math
import re
from typing import Any

import pytest
from factories.pages import blocks, figure, number, part
from factories.results import ALL, changed, full, no_interruptions

from resume_gap.report.page.analyze import workday
from resume_gap.report.page.model import Facts, Figure
from resume_gap.report.text.numbers import DASH

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def test_the_share_beyond_the_threshold_is_that_of_longer_gaps() -> None:
    histogram, limit = full().gap_histogram, full().threshold.seconds
    total = math.fsum(weight for _, weight in histogram)
    longer = math.fsum(weight for edge, weight in histogram if edge >= limit) / total
    caption = figure("analyze", "gaps").caption
    said = re.search(r"([\d.]+) % are longer than the inactivity threshold", caption)
    assert said is not None
    assert float(said[1]) / 100 == pytest.approx(longer, abs=0.01)
    assert longer < 0.2


def test_gaps_by_length_add_up_the_bins_that_are_drawn() -> None:
    found = figure("analyze", "gaps")
    chart: Any = found.chart
    shares = [number(row[1]) for row in found.table.rows]
    assert math.fsum(shares) == pytest.approx(100, abs=1)
    assert math.fsum(share for *_, share in chart.bins) == pytest.approx(1, abs=0.01)
    row = next(row for row in found.table.rows if row[0] == "16 s to 32 s")
    drawn = math.fsum(share for low, _, share in chart.bins if 15.99 < low < 31.99)
    assert number(row[1]) == pytest.approx(100 * drawn, abs=0.6)


def test_the_week_has_its_days_and_hours_in_their_places() -> None:
    counts = [[0] * 24 for _ in range(7)]
    counts[1][9], counts[6][23] = 12, 3
    some = changed(full(), week=tuple(map(tuple, counts)))
    (found,) = (b for b in blocks(some) if isinstance(b, Figure) and b.name == "week")
    assert found.table.columns == ("hour", *DAYS)
    rows = {row[0]: dict(zip(DAYS, row[1:], strict=True)) for row in found.table.rows}
    assert rows["09:00"] == {**dict.fromkeys(DAYS, "0"), "Tue": "12"}
    assert rows["23:00"] == {**dict.fromkeys(DAYS, "0"), "Sun": "3"}
    assert "15 stops. The framed field is Tuesday from 09:00 with 12, 80 % of all." in found.caption
    chart: Any = found.chart
    assert chart.counts == some.workday.week


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("full", "of the interruptions last"),
        ("no_productive", "9,120 returns came after a gap"),
        ("no_interruptions", "No return followed a stop in mid-task"),
        ("empty", "Nobody came back after a gap"),
    ],
)
def test_the_finding_is_the_most_frequent_length(name: str, says: str) -> None:
    found = workday.interrupted_day(ALL[name]())
    assert says in found.title
    assert found.short == "How long work stops"


def test_what_counts_as_an_interruption_is_said() -> None:
    assert "9,120 returns came after a gap of more than 30 min" in part(full(), "day")
    assert "count as interruptions, of 231 of 260 users" in part(full(), "day")


def test_with_all_returns_nothing_is_said_of_a_stop_in_mid_task() -> None:
    settings = {**full().generated_from.settings, "all_returns": True}
    made = dataclasses.replace(full().generated_from, settings=settings)
    every = changed(
        full(),
        generated_from=made,
        counts={"returns": 120, "interruptions": 120, "users_interrupted": 9, "users": 10},
    )
    shown = part(every, "day")
    assert ("All 120, of 9 of 10 users, are counted here, wherever work had stopped.") in shown
    assert "followed a stop in mid-task" not in shown
    one = changed(every, counts={"returns": 1, "interruptions": 1, "users_interrupted": 1})
    assert "It, of 1 of 10 users, is counted here" in part(one, "day")


def test_where_no_stop_was_in_mid_task_the_return_rate_says_so() -> None:
    nothing = no_interruptions()
    alone = changed(nothing, counts={"not_returned": 0})
    assert "No stop was in mid-task." in part(alone, "day-more")
    assert "no stop in mid-task has 7 days of log after it" in part(nothing, "day-more")


def test_without_an_event_that_counts_as_work_interruptions_are_unknown() -> None:
    (facts,) = (b for b in workday.in_detail(ALL["no_productive"]()).blocks if isinstance(b, Facts))
    shown = facts.items[1]
    assert (shown.value, shown.detail) == (DASH, "not known: no event counts as work")
