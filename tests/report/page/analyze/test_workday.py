"""When work is interrupted, and where, on the page."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from factories.pages import blocks, figure, number, rendered, table
from factories.results import changed, full

from resume_gap.constants import NAMED_USERS
from resume_gap.report.page.model import Figure
from resume_gap.report.text.numbers import exact

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def test_the_share_beyond_the_threshold_is_that_of_longer_gaps() -> None:
    histogram, limit = full().gap_histogram, full().threshold.seconds
    total = math.fsum(weight for _, weight in histogram)
    longer = math.fsum(weight for edge, weight in histogram if edge >= limit) / total
    caption = figure("analyze", "gaps").caption
    said = re.search(r"threshold of (.*?) leaves ([\d.]+) % of the gaps beyond it", caption)
    assert said is not None
    assert said[1] == exact(limit)
    assert float(said[2]) / 100 == pytest.approx(longer, abs=0.01)
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
    assert "15 stops. The framed field is Tuesday from 09:00 with 12." in found.caption
    chart: Any = found.chart
    assert chart.counts == some.workday.week


def test_places_stand_with_their_share_of_the_interruptions() -> None:
    some = changed(full(), counts={"interruptions": 1_000})
    found = table(some, "The elements last touched")
    assert f"with {NAMED_USERS.value:.0f} users or more" in found.caption
    assert [row[1:] for row in found.rows] == [("311", "31 %"), ("208", "21 %"), ("98", "9.8 %")]


def test_a_place_that_stands_out_is_listed() -> None:
    assert "No place stands out" in rendered(full()).visible
    known = rendered(changed(full(), counts={"interruptions": 1_000})).visible
    assert "No place stands out" not in known
    assert "sheet/budget!B4" in known


def test_places_lose_their_queries() -> None:
    shown_text = rendered(changed(full(), counts={"interruptions": 1_000})).visible
    assert "https://app.example.com/doc/7" in shown_text
    assert "token" not in shown_text.split("Methods")[0]
    assert "abc#p" not in shown_text
