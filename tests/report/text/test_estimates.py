"""Differences and their intervals in words."""

from __future__ import annotations

import pytest
from factories.results import full
from factories.trial_results import effect

from resume_gap.report.text import estimates
from resume_gap.report.text.numbers import MINUS


@pytest.mark.parametrize(
    ("at", "half", "words", "figures"),
    [
        (-8.1, 3.9, "8.1 s faster [4.2 s, 12 s]", "-8.1 s [-12 s, -4.2 s]"),
        (6.3, 4.2, "6.3 s slower [2.1 s, 10 s]", "6.3 s [2.1 s, 10 s]"),
        (-0.6, 2.4, "0.6 s faster, between 3.0 s faster and 1.8 s slower",
         "-0.6 s [-3.0 s, 1.8 s]"),
        (-0.01, 2.0, "under 0.1 s faster, between 2.0 s faster and 2.0 s slower",
         "0.0 s [-2.0 s, 2.0 s]"),
        (0.0, 2.0, "0.0 s of difference, between 2.0 s faster and 2.0 s slower",
         "0.0 s [-2.0 s, 2.0 s]"),
        (-8.1, None, "8.1 s faster", "-8.1 s"),
        (-130.0, 20.0, "2 min 10 s faster [1 min 50 s, 2 min 30 s]",
         "-2 min 10 s [-2 min 30 s, -1 min 50 s]"),
    ],
)  # fmt: skip
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
    assert estimates.relative_in_words(effect("x", -1.0, 2.0, control=10.0)) == (
        "10 % less, between 30 % less and 10 % more"
    )
    assert estimates.share(-0.0001) == "0.0 %"
