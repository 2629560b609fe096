"""The gaps and the hours of the week, as they are drawn."""

from __future__ import annotations

import re

import pytest
from factories.drawings import areas, lines, rules, words

from resume_gap.report.charts import marks
from resume_gap.report.charts.gaps import GapsChart, WeekChart


def counts(day: int, hour: int, n: int = 7) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(n if (d, h) == (day, hour) else 0 for h in range(24)) for d in range(7))


def test_every_field_of_the_week_has_its_day_hour_and_count() -> None:
    empty, full = areas(WeekChart(counts=counts(2, 14)), marks.BLUE)
    assert len(empty) == 7 * 24 - 1
    names = words(WeekChart(counts=counts(2, 14)))
    (field,) = full
    assert field[1] < names["Wed"].y < field[1] + 25
    assert names["12:00"].x < field[0] + 10 < names["15:00"].x
    ring = re.search(r'<rect x="([\d.]+)" y="([\d.]+)"', WeekChart(counts=counts(2, 14)).picture())
    assert ring is not None
    assert (float(ring[1]), float(ring[2])) == field


def test_the_week_begins_on_monday() -> None:
    names = words(WeekChart(counts=counts(0, 0)))
    assert [name for name in names if len(name) == 3] == [
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
    ]
    assert names["Mon"].y < names["Tue"].y


def test_gaps_are_parted_at_the_threshold() -> None:
    chart = GapsChart(
        bins=((1.0, 2.0, 0.5), (2.0, 4.0, 0.3), (4.0, 8.0, 0.2)),
        threshold_seconds=3.0,
        threshold_label="threshold 3 s",
    )
    (shorter,), (longer,) = lines(chart, marks.BLUE), lines(chart, marks.VERMILION)
    ((top, bottom),) = rules(chart)
    assert shorter[-1] == longer[0]
    assert top[0] == bottom[0] == pytest.approx(longer[0][0], abs=0.11)
    heights = [round((bottom[1] - y) / (bottom[1] - shorter[0][1]), 2) for _, y in shorter + longer]
    assert heights == [1, 1, 0.6, 0.6, 0.6, 0.6, 0.4, 0.4]
    assert [len(areas(chart, colour)) for colour in (marks.BLUE, marks.VERMILION)] == [1, 1]


def test_words_stand_above_whatever_is_drawn() -> None:
    chart = GapsChart(
        bins=((1.0, 2.0, 0.5), (2.0, 4.0, 0.3), (4.0, 8.0, 0.2)),
        threshold_seconds=1.5,
        threshold_label="threshold 1.5 s",
        size="telephone",
    )
    highest = min(y for _, y in lines(chart, marks.BLUE)[0])
    beside = [words(chart)[name] for name in ("threshold 1.5 s", "longer gaps end a session")]
    assert all(one.y < highest for one in beside)
    assert [one.anchor for one in beside] == ["start", "start"]


def test_rare_long_gaps_are_enlarged_and_it_is_said() -> None:
    chart = GapsChart(
        bins=((1.0, 2.0, 0.99), (4.0, 8.0, 0.01)), threshold_seconds=3.0, threshold_label="3 s"
    )
    (shorter,), (longer,) = lines(chart, marks.BLUE), lines(chart, marks.VERMILION)
    bottom = rules(chart)[0][1][1]
    share = (bottom - longer[0][1]) / (bottom - shorter[0][1])
    assert share == pytest.approx(0.5 / 0.99, abs=0.01)
    assert {"3 s", "longer gaps, 50 times", "as high as they are"} <= set(words(chart))


def test_where_the_threshold_is_far_right_its_words_stand_left_of_it() -> None:
    bins = tuple((2.0**n, 2.0 ** (n + 1), 0.1) for n in range(10))
    chart = GapsChart(bins=bins, threshold_seconds=900.0, threshold_label="threshold 900 s")
    assert words(chart)["threshold 900 s"].anchor == "end"


@pytest.mark.parametrize("limit", [0.5, 100.0])
def test_a_limit_outside_of_the_gaps_is_drawn(limit: float) -> None:
    chart = GapsChart(
        bins=((1.0, 2.0, 1.0),), threshold_seconds=limit, threshold_label="inactivity threshold"
    )
    assert "inactivity threshold" in words(chart)
    ((top, _),) = rules(chart)
    assert 0 < top[0] < 560
