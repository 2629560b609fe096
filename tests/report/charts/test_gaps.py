"""The gaps and the hours of the week, as they are drawn."""

from __future__ import annotations

import re

import pytest

from resume_gap.report.charts import svg as charts
from resume_gap.report.charts.gaps import GapsChart, WeekChart

Drawn = "Callable[[Any], list[dict[str, Any]]]"


def counts(day: int, hour: int, n: int = 7) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(n if (d, h) == (day, hour) else 0 for h in range(24)) for d in range(7))


def test_every_field_of_the_week_has_its_day_hour_and_count(layers: Drawn) -> None:
    field, ring = layers(WeekChart(counts=counts(2, 14)))
    assert len(field["rows"]) == 7 * 24
    assert [row for row in field["rows"] if row["n"]] == [{"day": 2, "hour": 14, "n": 7}]
    assert ring["rows"] == [{"day": 2, "hour": 14, "n": 7}]


def test_the_week_begins_on_monday(layers: Drawn) -> None:
    label = layers(WeekChart(counts=counts(0, 0)))[0]["encoding"]["y"]["axis"]["labelExpr"]
    assert label == "['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][datum.value]"


def test_gaps_are_parted_at_the_threshold(layers: Drawn) -> None:
    chart = GapsChart(
        bins=((1.0, 2.0, 0.5), (2.0, 4.0, 0.3), (4.0, 8.0, 0.2)),
        threshold_seconds=3.0,
        threshold_label="threshold 3 s",
    )
    shorter, longer, rule, *words = layers(chart)
    assert [(row["seconds"], row["share"]) for row in shorter["rows"]] == [
        (1.0, 0.5),
        (2.0, 0.3),
        (3.0, 0.3),
    ]
    assert [(row["seconds"], row["share"]) for row in longer["rows"]] == [
        (3.0, 0.3),
        (4.0, 0.2),
        (8.0, 0.2),
    ]
    assert rule["rows"] == [{"seconds": 3.0}]
    beside = {word["mark"]["text"]: word["mark"]["align"] for word in words}
    assert beside == {"threshold 3 s": "left", "longer gaps end a session": "left"}


def test_rare_long_gaps_have_a_scale_of_their_own(layers: Drawn) -> None:
    chart = GapsChart(
        bins=((1.0, 2.0, 0.99), (4.0, 8.0, 0.01)), threshold_seconds=3.0, threshold_label="3 s"
    )
    _, longer, _, *words = layers(chart)
    assert longer["rows"][0]["share"] == 0.5
    # Three of 220 / 16 lines are left to the words.
    top = longer["encoding"]["y"]["scale"]["domain"][1]
    assert top == pytest.approx(0.99 / (1 - 3 * 16 / 220))
    axis = longer["encoding"]["y"]["axis"]
    label = "datum.value <= 0.99 ? format(datum.value / 50, '.3~p') : ''"
    assert (axis["orient"], axis["labelExpr"]) == ("right", label)
    assert [word["mark"]["y"] for word in words] == [0, 16, 32]
    texts = [word["mark"]["text"] for word in words]
    assert texts == ["3 s", "longer gaps: scale", "on the right"]


def test_the_scale_of_rare_long_gaps_is_drawn_on_the_right() -> None:
    chart = GapsChart(
        bins=((1.0, 2.0, 0.99), (4.0, 8.0, 0.01)), threshold_seconds=3.0, threshold_label="3 s"
    )
    # What is 50 % on the left axis is 1 % on the right one.
    for drawn in (">50.0%<", ">1%<", ">share, longer gaps<"):
        assert drawn in charts.svg(chart)


def test_where_the_threshold_is_far_right_its_words_stand_left_of_it(layers: Drawn) -> None:
    bins = tuple((2.0**n, 2.0 ** (n + 1), 0.1) for n in range(10))
    chart = GapsChart(bins=bins, threshold_seconds=900.0, threshold_label="threshold 900 s")
    assert {word["mark"]["align"] for word in layers(chart)[-2:]} == {"right"}


def test_a_threshold_outside_of_the_gaps_is_drawn() -> None:
    for threshold in (0.5, 100.0):
        chart = GapsChart(
            bins=((1.0, 2.0, 1.0),),
            threshold_seconds=threshold,
            threshold_label="inactivity threshold",
        )
        assert "inactivity threshold" in charts.svg(chart)


@pytest.mark.parametrize("share", [0.2, 0.04, 0.006, 0.0007])
def test_shares_are_written_apart(share: float) -> None:
    """Also where every bin holds few of the gaps, and where longer ones have a scale of their own.

    On the right the digits are those of the left divided by how much larger it is drawn.
    """
    bins = ((1.0, 2.0, share), (2.0, 3.0, share / 2), (4.0, 8.0, share / 75))
    chart = GapsChart(bins=bins, threshold_seconds=3.0, threshold_label="3 s")
    found = re.findall(r"<text[^>]*>([\d.]+%)</text>", chart.picture())
    half = found.index("0%") if "0%" in found else len(found)
    left, right = found[:half], found[half:]
    assert len(left) == len(set(left)) > 2
    assert len(right) == len(set(right)) > 2
