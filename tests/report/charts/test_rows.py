"""Named rows over one axis, as they are drawn: where everything stands."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from resume_gap.report.charts import svg
from resume_gap.report.charts.rows import Row, RowsChart

CHART = RowsChart(
    size="page",
    unit="seconds",
    title="difference",
    sides=("faster", "slower"),
    rows=(
        Row(name="as measured", value=-8.0, lower=-12.0, upper=-4.0, label="8 s faster"),
        Row(name="adjusted", value=4.0, label="4 s slower", second=True, limit=2.0, other=-1.0),
    ),
)


def texts(drawn: str) -> dict[str, tuple[float, float, str]]:
    """Words to where they stand: x, y, and which end is there."""
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)"[^>]*>([^<]*)<', drawn)
    return {words: (float(x), float(y), anchor) for x, y, anchor, words in found}


def test_faster_is_left_of_0_and_slower_right_of_it() -> None:
    drawn = svg.svg(CHART)
    words = texts(drawn)
    zero = words["0 s"][0]
    faster, slower = words["\N{LEFTWARDS ARROW} faster"], words["slower \N{RIGHTWARDS ARROW}"]
    assert (faster[0] < zero, faster[2]) == (True, "end")
    assert (slower[0] > zero, slower[2]) == (True, "start")
    (dot,) = (float(x) for x in re.findall(r'<circle cx="([\d.]+)"', drawn))
    assert dot < zero


def test_names_stand_left_of_the_plot_and_values_right_of_it() -> None:
    words = texts(svg.svg(CHART))
    assert words["as measured"][2] == "end"
    assert words["8 s faster"] == (960.0, words["as measured"][1], "end")
    assert words["as measured"][0] < words["0 s"][0]


def test_a_telephone_gets_names_above_the_rows() -> None:
    small = CHART.small
    assert small is not None
    words = texts(svg.svg(small))
    assert words["as measured"][::2] == (10.0, "start")
    assert words["8 s faster"][0] == 380.0
    # The line at 0 passes behind names and values.
    rows = re.findall(
        r"<text [^>]*>(?:as measured|adjusted|8 s faster|4 s slower)<", svg.svg(small)
    )
    assert len(rows) == 4
    assert all('paint-order="stroke"' in row for row in rows)


@pytest.mark.parametrize(
    ("unit", "ends", "expected"),
    [
        ("seconds", (0.0, 60.0), ["0 s", "20 s", "40 s", "60 s"]),
        ("seconds", (0.0, 220.0), ["0 s", "60 s", "2 min", "3 min"]),
        ("seconds", (0.0, 150.0), ["0 s", "30 s", "60 s", "90 s", "2 min", "2.5 min"]),
        ("seconds", (0.0, 900.0), ["0 s", "5 min", "10 min", "15 min"]),
        ("seconds", (0.0, 90_000.0), ["0 s", "8 h", "16 h", "24 h"]),
        ("count", (0.0, 9_000.0), ["0", "2,000", "4,000", "6,000"]),
        ("count", (0.0, 2.0), ["0", "0.5", "1", "1.5", "2"]),
        ("share", (0.0, 0.009), ["0 %", "0.2 %", "0.4 %", "0.6 %", "0.8 %"]),
        ("change", (-0.1, 0.1), ["\N{MINUS SIGN}10", "\N{MINUS SIGN}5", "0", "5", "10"]),
        ("share", (0.0, 0.4), ["0 %", "10 %", "20 %", "30 %", "40 %"]),
        ("points", (-0.1, 0.1), ["\N{MINUS SIGN}10", "\N{MINUS SIGN}5", "0", "5", "10"]),
        ("seconds", (0.0, 0.0), ["0 s", "0.2 s", "0.4 s", "0.6 s", "0.8 s", "1 s"]),
    ],
)
def test_ticks_are_round(unit: str, ends: tuple[float, float], expected: list[str]) -> None:
    chart = replace(
        CHART,
        unit=unit,
        sides=None,
        rows=(Row(name="a", value=ends[0], lower=ends[0], upper=ends[1]),),
    )
    words = texts(svg.svg(chart))
    shown = [w for w in words if re.fullmatch(r"\N{MINUS SIGN}?[\d.,]+( \S+)?", w)]
    if unit == "seconds" and ends[1] == 0:
        assert len(shown) > 2
        return
    assert shown[: len(expected)] == expected
    at = [words[word][0] for word in shown]
    assert all(b - a > 40 for a, b in pairwise(at))


def test_marks_of_a_comparison_have_a_key() -> None:
    chart = replace(CHART, value_label="this rule", limit_label="chance", other_label="habit")
    assert {"this rule", "chance", "habit"} <= texts(svg.svg(chart)).keys()
    assert "habit" not in texts(svg.svg(CHART))


def test_names_from_the_data_are_text() -> None:
    name = "</text><script>x</script>"
    drawn = svg.svg(replace(CHART, rows=(Row(name=name, value=1.0, label="1"),)))
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_bars_begin_at_0() -> None:
    chart = replace(CHART, bars=True, sides=None, rows=(Row(name="a", value=30.0, label="30 s"),))
    drawn = svg.svg(chart)
    (left,) = (float(x) for x in re.findall(r'<rect x="([\d.]+)"', drawn))
    assert left == texts(drawn)["0 s"][0]


def test_the_words_of_a_row_hold_its_interval_and_what_it_is_compared_with() -> None:
    chart = replace(CHART, limit_label="margin")
    (first, second) = chart.boxes()
    assert first[2] == "as measured: 8 s faster; from \N{MINUS SIGN}12 s to \N{MINUS SIGN}4 s"
    assert second[2] == "adjusted: 4 s slower; margin 2 s"
    assert first[1] == second[0]


def test_long_times_in_words_have_no_fractions_of_minutes() -> None:
    row = Row(name="a", value=1_300.0, lower=-130.0, upper=9_100.0)
    assert replace(CHART, rows=(row,)).boxes()[0][2] == (
        "a: 21 min 40 s; from \N{MINUS SIGN}2 min 10 s to 2 h 32 min"
    )


def test_a_bold_name_gets_more_room() -> None:
    """Bold letters are wider; the longest name must not reach out of the picture."""
    plain, *rest = CHART.rows
    bold = replace(CHART, rows=(replace(plain, name="2 min (primary)", strong=True), *rest))
    thin = replace(CHART, rows=(replace(plain, name="2 min (primary)", strong=False), *rest))
    rooms = [texts(svg.svg(one))["2 min (primary)"][0] for one in (bold, thin)]
    assert rooms[0] > rooms[1]
    assert rooms[0] >= 15 * 8.5
