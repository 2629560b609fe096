"""Ticks are round, lie around all values, and no two of them are written alike."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resume_gap.report.charts.axes import (
    decimals,
    number_format,
    rough_step,
    round_ticks,
    step_of,
)

ENDS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ((-155.2, 0.0), (-200.0, -150.0, -100.0, -50.0, 0.0)),
        ((104.0, 131.0), (100.0, 110.0, 120.0, 130.0, 140.0)),
        ((1_400.0, 4_100.0), (1_000.0, 2_000.0, 3_000.0, 4_000.0, 5_000.0)),
        ((0.31, 0.62), (0.3, 0.4, 0.5, 0.6, 0.7)),
        ((0.991, 0.9995), (0.99, 0.992, 0.994, 0.996, 0.998, 1.0)),
        ((-6.7, 2.0), (-8.0, -6.0, -4.0, -2.0, 0.0, 2.0)),
    ],
)
def test_ticks_are_round_numbers(ends: tuple[float, float], expected: tuple[float, ...]) -> None:
    assert round_ticks(*ends, 5).values == expected


@pytest.mark.parametrize("value", [0.0, 60.0, -0.004, 1e5])
def test_one_value_has_room_on_both_sides(value: float) -> None:
    low, high = round_ticks(value, value, 5).ends
    assert low < value < high


@given(ENDS, ENDS)
def test_all_values_lie_between_ticks_that_are_written_apart(one: float, other: float) -> None:
    low, high = sorted((one, other))
    found = round_ticks(low, high, 5)
    assert found.ends[0] <= low + 1e-9
    assert found.ends[1] >= high - 1e-9
    assert 2 <= len(found.values) <= 7
    written = [f"{value:.{decimals(found.step)}f}" for value in found.values]
    assert len(set(written)) == len(written)
    assert [float(text) for text in written] == pytest.approx(list(found.values), abs=1e-9)


def test_a_step_is_in_the_span_no_more_often_than_there_is_room_for() -> None:
    assert [step_of(span, 6) for span in (60.0, 61.0, 0.4, 9_000.0)] == [10.0, 20.0, 0.1, 2_000.0]


def test_a_rough_step_is_that_of_vega() -> None:
    """By d3's own rule: 1, 2 or 5 times a power of ten, whichever comes nearest."""
    found = [rough_step(span, 4) for span in (0.35, 0.0075, 0.0021, 0.18, 1.0)]
    assert found == pytest.approx([0.1, 0.002, 0.0005, 0.05, 0.2])


def test_digits_follow_from_the_step() -> None:
    assert [decimals(step) for step in (200.0, 1.0, 0.5, 0.1, 0.02)] == [0, 0, 1, 1, 2]
    assert number_format(20.0, "number") == ",.0f"
    assert number_format(0.25, "number") == ",.1f"
    assert [number_format(step, "share") for step in (0.05, 0.01, 0.002)] == [".0%", ".0%", ".1%"]


def test_steps_rise_evenly() -> None:
    values = round_ticks(0.1, 0.7, 5).values
    assert {round(b - a, 9) for a, b in pairwise(values)} == {0.2}
