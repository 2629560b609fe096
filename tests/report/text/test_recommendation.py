"""The sentence behind every recommendation, for people who know no statistics."""

from __future__ import annotations

import dataclasses
import re
from typing import get_args

import pytest
from factories.results import changed, full, worded

from resume_gap.report.text import recommendation
from resume_gap.results.common import RecommendationReason, Word

NEVER = re.compile(
    r"will save|\bsaves\b|\bcauses\b|because of|lost productivity|\bwasted\b|\bdistracted\b"
    r"|\btheta\b|\btau\b|\beligible\b|\bcensored\b|\bexcess\b|\brungs?\b|\blift\b|_|\bnan\b|\binf\b"
)


@pytest.mark.parametrize("reason", get_args(RecommendationReason))
def test_every_sentence_is_for_people(reason: RecommendationReason) -> None:
    for lift_upper in (0.44, 0.05):
        said = recommendation.because(worded("test", reason, lift_upper=lift_upper))
        assert not NEVER.search(said), said
        assert re.fullmatch(r"[A-Z\d].*\.", said)
        assert not re.search(r"\b(arrow|hangs|told|pause)\b", said)


@pytest.mark.parametrize(
    ("reason", "numbers", "says"),
    [
        (
            "above_the_marks",
            {"middle_case_lower_seconds": 5.34},
            (
                "A marker at the last element worked on hits at least 34 percentage points more "
                "often than chance; under the middle assumptions (50 % noticed, 60 % less search, "
                "2 s per miss) at least 5.3 s could be saved."
            ),
        ),
        (
            "worth_a_test",
            {},
            (
                "A marker at the last element worked on would hit the right element in 58 % of the "
                "interruptions, a random one in 19 %. Only an A/B test can show how much of the "
                "search per interruption (6.1 s) the marker would save."
            ),
        ),
        (
            "known_well_enough",
            {"lift": 0.02},
            (
                "The best rule, at the last element worked on, hits 2.0 percentage points more "
                "often than chance (asked for: 10 points), 12 points more than habit, with 6.1 s "
                "of search"
            ),
        ),
        (
            "below_the_marks",
            {"lift_upper": 0.036},
            (
                "the best, at the last element worked on, hits at most 3.6 percentage points more "
                "often than chance (asked for: 10 points"
            ),
        ),
        (
            "below_the_marks",
            {"search_upper_seconds": 3.2},
            "could shorten at most 3.2 s of search per interruption (asked for: 5 s)",
        ),
        (
            "too_uncertain",
            {"users_needed": 1_200},
            ("give or take 1.0 s (asked for: 5 s). It takes about 1,200 users, not 231."),
        ),
        (
            "too_little",
            {"users": 1, "eligible": 3, "effective_users": 1.9},
            (
                "There is too little to decide on: 1 user (50 are needed), 3 interruptions with "
                "enough "
                "time after them (200 are needed), most of the data comes from about 1 user (20 "
                "are needed)."
            ),
        ),
        ("depends_on_threshold", {}, 'between "Run an A/B test" and "Do not build".'),
        (
            "depends_on_events",
            {},
            'with them it is "Run an A/B test", without them "Do not build"',
        ),
    ],
)
def test_sentences_say_their_figures(
    reason: RecommendationReason, numbers: dict[str, float], says: str
) -> None:
    assert says in recommendation.because(worded("test", reason, **numbers))


def test_without_a_chance_baseline_the_lift_is_said() -> None:
    some = worded("test", "worth_a_test", lift=-0.034)
    (best,) = (p for p in some.marker.policies if p.name == some.marker.best)
    without = changed(some, marker={"policies": (dataclasses.replace(best, chance=None),)})
    assert recommendation.because(without).startswith(
        "A marker at the last element worked on hits 3.4 percentage points less often than chance. "
    )


@pytest.mark.parametrize("reason", ["worth_a_test", "give_ups"])
def test_beside_the_hit_rate_it_is_not_said_again(reason: RecommendationReason) -> None:
    some = worded("test", reason)
    whole, short = recommendation.because(some), recommendation.beside_the_hit_rate(some)
    assert whole.endswith(short)
    assert "58 %" in whole.removesuffix(short)
    assert "58 %" not in short
    other = worded("not_enough_data", "too_little")
    assert recommendation.beside_the_hit_rate(other) == recommendation.because(other)


def test_figures_are_never_finer_than_the_stamps() -> None:
    coarse = changed(worded("test", "worth_a_test"), resolution={"seconds": 60.0})
    assert "search per interruption (under 2 min)" in recommendation.because(coarse)


def test_a_limit_that_is_not_known_is_said_so() -> None:
    some = worded("not_enough_data", "too_uncertain")
    given = some.marker.recommendation
    assert given is not None
    numbers = {k: v for k, v in given.figures.items() if "half_width" not in k}
    wide = changed(
        some,
        marker={
            "recommendation": type(given)(word=given.word, reason=given.reason, figures=numbers)
        },
    )
    assert "give or take an unknown number of points" in recommendation.because(wide)
    assert "give or take an unknown time" in recommendation.because(wide)


@pytest.mark.parametrize("word", get_args(Word))
def test_every_word_is_printed(word: Word) -> None:
    assert recommendation.word(worded(word)) == recommendation.WORD[word]


def test_without_a_recommendation_the_reason_is_given() -> None:
    nothing = changed(full(), marker={"recommendation": None, "reason": "no_elements"})
    assert recommendation.word(nothing) == "No recommendation yet"
    assert recommendation.because(nothing).startswith("No target rule can be judged: ")
