"""One word for a change: it takes a p that is small enough and an interval beside 0."""

from __future__ import annotations

from typing import Any

import pytest

from resume_gap.comparison.verdict import verdict_of
from resume_gap.results.compare import HorizonEffect


def effect(**more: Any) -> HorizonEffect:
    known = {
        "horizon_days": 14,
        "estimate": -8.0,
        "ci_lower": -12.0,
        "ci_upper": -4.0,
        "p": 0.05,
        "placebos": 71,
        "least_p": 1 / 72,
    }
    return HorizonEffect(**(known | more))


@pytest.mark.parametrize(
    ("more", "word", "reason"),
    [
        ({}, "better", "shorter_after"),
        ({"estimate": 8.0, "ci_lower": 4.0, "ci_upper": 12.0}, "worse", "longer_after"),
        ({"p": 0.0501}, "no_difference_seen", "as_without_launch"),
        ({"ci_upper": 0.0}, "no_difference_seen", "as_without_launch"),
        ({"p": None, "reason": "no_control"}, "not_enough_data", "no_control"),
        ({"p": None}, "not_enough_data", "few_placebos"),
        (
            {"estimate": None, "p": None, "reason": "short_history"},
            "not_enough_data",
            "short_history",
        ),
    ],
)
def test_the_word_follows_from_p_and_interval(more: dict[str, Any], word: str, reason: str) -> None:
    found = verdict_of(effect(**more))
    assert (found.word, found.reason) == (word, reason)
    assert None not in found.figures.values()


def test_as_many_earlier_dates_are_as_large_as_p_says() -> None:
    assert effect(p=1 / 72).as_large == 0
    assert effect(p=4 / 72).as_large == 3
    assert effect(p=None).as_large is None


def test_what_is_saved_is_the_estimate_the_other_way_round() -> None:
    saved = effect().saved
    assert (saved.estimate, saved.ci_lower, saved.ci_upper) == (8.0, 4.0, 12.0)
    assert effect(estimate=None, ci_lower=None, ci_upper=None).saved.estimate is None
