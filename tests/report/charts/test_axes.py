"""Where values lie in a drawing, and the round steps of axes."""

from __future__ import annotations

import pytest

from resume_gap.report.charts import axes
from resume_gap.report.charts.axes import Plot, Scale


def test_the_ends_of_both_axes_are_the_corners_of_the_plot() -> None:
    plot = Plot(
        "page",
        Scale("time", 1, 100, [(10, "10 s")], log=True),
        Scale("share", 0, 0.5, [(0.5, "50 %")]),
        height=170,
        above=30,
    )
    assert plot.points([(1, 0), (10, 0.25), (100, 0.5)]) == [
        (plot.left, plot.bottom),
        pytest.approx(((plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2)),
        (plot.right, plot.top),
    ]
    assert plot.top > 30
    drawn = plot.drawn([])
    assert [words in drawn for words in ("time", "share", "10 s", "50 %")] == [True] * 4


def test_words_never_leave_the_drawing() -> None:
    scale = Scale("", 0, 1, ())
    plot = Plot("telephone", scale, scale, height=100)
    assert 'x="28.0"' in plot.words(0, 5, "12345678")
    assert 'x="362.0"' in plot.words(390, 5, "12345678")
    assert 'x="200.0"' in plot.words(200, 5, "12345678")


@pytest.mark.parametrize(
    ("last", "ticks"),
    [
        (8.0, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        (9.0, [0, 2, 4, 6, 8]),
        (900.0, [0, 120, 240, 360, 480, 600, 720, 840]),
        (100_000.0, [0, 100_000]),
    ],
)
def test_times_are_round_and_few(last: float, ticks: list[float]) -> None:
    assert [value for value, _ in axes.time_ticks(last)] == ticks


def test_times_are_written_in_minutes_from_two_on() -> None:
    assert axes.time_ticks(300.0, most=5)[1:4] == [(60, "60 s"), (120, "2 min"), (180, "3 min")]


@pytest.mark.parametrize(
    ("last", "most", "ticks"),
    [
        (1.0, 5, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0.0213, 4, [0, 0.01, 0.02]),
        (23.0, 5, [0, 5, 10, 15, 20]),
        (4_000.0, 5, [0, 1_000, 2_000, 3_000, 4_000]),
    ],
)
def test_values_are_round_and_few(last: float, most: int, ticks: list[float]) -> None:
    assert axes.round_ticks(last, most) == ticks
    assert axes.percent_ticks(last, most)[-1] == (ticks[-1], f"{ticks[-1] * 100:g} %")
