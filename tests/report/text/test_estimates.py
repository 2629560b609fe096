"""Differences and their intervals in words."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from factories.results import changed, full
from factories.trial_parts import effect

from resume_gap.report.text import estimates
from resume_gap.report.text.numbers import MINUS
from resume_gap.results.common import Estimate

if TYPE_CHECKING:
    from resume_gap.results.effect import Effect


@pytest.mark.parametrize(
    ("at", "half", "words", "figures"),
    [
        (-8.1, 3.9, "8.1 s faster [4.2 s, 12 s]", "-8.1 s [-12 s, -4.2 s]"),
        (6.3, 4.2, "6.3 s slower [2.1 s, 10 s]", "6.3 s [2.1 s, 10 s]"),
        (
            -0.6,
            2.4,
            "0.6 s faster, between 3.0 s faster and 1.8 s slower",
            "-0.6 s [-3.0 s, 1.8 s]",
        ),
        (
            -0.01,
            2.0,
            "under 0.1 s faster, between 2.0 s faster and 2.0 s slower",
            "0.0 s [-2.0 s, 2.0 s]",
        ),
        (
            0.0,
            2.0,
            "0.0 s of difference, between 2.0 s faster and 2.0 s slower",
            "0.0 s [-2.0 s, 2.0 s]",
        ),
        (-8.1, None, "8.1 s faster", "-8.1 s"),
        (
            -130.0,
            20.0,
            "2 min 10 s faster [1 min 50 s, 2 min 30 s]",
            "-2 min 10 s [-2 min 30 s, -1 min 50 s]",
        ),
    ],
)
def test_differences_in_words(at: float, half: float | None, words: str, figures: str) -> None:
    found = effect("first_return", at, half)
    assert estimates.in_words(found, full()) == words
    assert estimates.in_figures(found, full()) == figures.replace("-", MINUS)


def test_differences_of_other_units() -> None:
    share = effect("productive_share", 0.015, 0.011, unit="share", control=0.92)
    assert estimates.in_figures(share, full()) == "1.5 points [0.4, 2.6]"
    assert estimates.levels(share, full()) == ("92 %", "94 %")
    minutes = effect("productive_minutes", -3.0, 11.0, unit="minutes", control=212.0)
    assert estimates.in_figures(minutes, full()) == f"{MINUS}3.0 minutes [{MINUS}14, 8.0]"
    assert estimates.levels(minutes, full()) == ("212 minutes", "209 minutes")
    long = effect("first_return", -44.0, 20.0, control=134.0)
    assert estimates.levels(long, full()) == ("2 min 14 s", "1 min 30 s")
    around = effect("x", -1.0, 2.0, control=10.0)
    assert estimates.relative_size(around) == "10 % less"
    assert estimates.relative_between(around) == "30 % less and 10 % more"
    assert estimates.share(-0.0001) == "0.0 %"


BOTH = Estimate(estimate=-8.1, ci_lower=-12.0, ci_upper=-4.2)
AROUND = Estimate(estimate=-0.6, ci_lower=-3.0, ci_upper=1.8)
ALONE = Estimate(estimate=6.0)


def test_between_names_the_nearer_end_first() -> None:
    assert estimates.between(BOTH, "seconds", full()) == "4.2 s and 12 s faster"
    assert estimates.between(AROUND, "seconds", full()) == "3.0 s faster and 1.8 s slower"
    above = Estimate(estimate=6.3, ci_lower=2.1, ci_upper=10.0)
    assert estimates.between(above, "minutes", full()) == "2.1 minutes and 10 minutes more"
    assert estimates.between(ALONE, "seconds", full()) is None


def test_span_goes_from_end_to_end() -> None:
    assert estimates.span(AROUND, "seconds", full()) == "3.0 s faster to 1.8 s slower"
    assert estimates.span(BOTH, "count", full()) == "12.0 fewer to 4.20 fewer"
    assert estimates.span(ALONE, "seconds", full()) is None


def test_an_interval_in_words() -> None:
    some = effect("x", -8.1, 3.9)
    assert estimates.interval_in_words(some, full()) == (
        "95 % interval: between 4.2 s and 12 s faster"
    )
    bare = dataclasses.replace(some, ci_lower=None)
    assert estimates.interval_in_words(bare, full()) == "without an interval"


def test_sizes_have_no_interval() -> None:
    assert estimates.size_in_words(effect("x", -130.0, 20.0), full()) == "2 min 10 s faster"
    assert estimates.size_in_words(effect("x", 0.02, 0.01, unit="share"), full()) == (
        "2.0 points higher"
    )
    gone = dataclasses.replace(effect("x", -1.0, 2.0), estimate=None)
    assert estimates.size_in_words(gone, full()) is None
    assert estimates.in_words(gone, full()) is None
    assert estimates.in_figures(gone, full()) == "\N{EN DASH}"


def test_the_longest_of_times_leaves_other_measures_out() -> None:
    rows = [
        effect("a", -26.0, 4.0, control=122.0),
        effect("b", 9.0, 50.0, control=100.0),
        effect("c", 900.0, 1.0, unit="count", control=9_000.0),
    ]
    assert estimates.longest(rows) == (122.0, 59.0)
    assert estimates.longest([]) == (0.0, 0.0)


def test_relative_changes_in_words_and_figures() -> None:
    less = effect("x", -1.4, 0.6, control=10.0)
    assert estimates.relative_between(less) == "8.0 % and 20 % less"
    assert estimates.relative_size(less) == "14 % less"
    assert estimates.relative_in_figures(less) == "-14 % [-20 %, -8.0 %]".replace("-", MINUS)
    bare = dataclasses.replace(less, relative_ci_lower=None)
    assert estimates.relative_size(bare) == "14 % less"
    assert estimates.relative_between(bare) is None
    assert estimates.relative_in_figures(bare) == f"{MINUS}14 %"
    touching = dataclasses.replace(less, relative_ci_upper=0.0)
    assert estimates.relative_between(touching) == "20 % less and 0.0 % more"
    none = dataclasses.replace(less, relative=None)
    assert estimates.relative_size(none) is None
    assert estimates.relative_in_figures(none) == "\N{EN DASH}"


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (None, "\N{EN DASH}"),
        (0.00099, "under 0.001"),
        (0.001, "0.001"),
        (0.0994, "0.099"),
        (0.1, "0.10"),
        (0.734, "0.73"),
    ],
)
def test_p_values(p: float | None, text: str) -> None:
    assert estimates.chance(p) == text


def test_an_interval_that_touches_0_includes_it() -> None:
    assert estimates.includes_zero(BOTH) is False
    assert estimates.includes_zero(AROUND) is True
    assert estimates.includes_zero(Estimate(estimate=2.0, ci_lower=0.0, ci_upper=4.0)) is True
    assert estimates.includes_zero(Estimate(estimate=-2.0, ci_lower=-4.0, ci_upper=0.0)) is True
    assert estimates.includes_zero(ALONE) is None


def test_counts_and_minutes_have_their_digits() -> None:
    some = effect("x", 0.051, 0.03, unit="count", control=6.42)
    assert estimates.levels(some, full()) == ("6.42", "6.47")
    assert estimates.in_figures(some, full()) == "0.05 [0.02, 0.08]"
    many = effect("x", 900.0, None, unit="count", control=1_100.0)
    assert estimates.levels(many, full()) == ("1,100.0", "2,000.0")
    unknown = dataclasses.replace(some, control=None)
    assert estimates.levels(unknown, full())[0] == "\N{EN DASH}"


def test_coarse_stamps_move_the_ends_of_times_outwards() -> None:
    coarse = changed(full(), resolution={"seconds": 1.0})
    assert estimates.worded(
        Estimate(estimate=-25.0, ci_lower=-31.0, ci_upper=-5.0), "seconds", coarse
    ) == ("24 s faster [4 s, 32 s]")


def test_rows_of_a_table_are_as_fine_as_the_finest_of_them_needs() -> None:
    def of(control: float, treatment: float, difference: float) -> Effect:
        made = effect("first_return", difference, 16.0)
        return dataclasses.replace(made, control=control, treatment=treatment)

    needs, other, run = of(90.4, 65.6, -24.8), of(89.9, 66.1, -23.8), full()
    assert estimates.levels_together([needs, other], run) == [
        ("90.4 s", "65.6 s"),
        ("89.9 s", "66.1 s"),
    ]
    assert estimates.levels_together([other], run) == [("90 s", "66 s")]
    assert estimates.levels_together([needs, of(134.0, 90.0, -44.0)], run) == [
        ("1 min 30 s", "1 min 6 s"),
        ("2 min 14 s", "1 min 30 s"),
    ]
