"""Where pointing contradicts the verdict, it says so beside it."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from factories.trial_results import better, trial

from resume_gap.report.text import estimates, pointing


def read(reading: str | None, **more: Any) -> str | None:
    mechanism = dataclasses.replace(better().evaluation.mechanism, reading=reading, **more)
    return pointing.beside(trial(mechanism=mechanism))


@pytest.mark.parametrize("reading", ["agrees", None])
def test_what_agrees_needs_no_word(reading: str | None) -> None:
    assert read(reading) is None


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        ("not_seen", "were not seen to return to the marked element more often or sooner"),
        ("opposite", "return to the marked element less often or later"),
        ("not_faster", "the marker is followed, and it is not shown to make them faster"),
    ],
)
def test_a_contradiction_has_both_figures(reading: str, words: str) -> None:
    text = read(reading)
    assert text is not None
    assert words in text
    mechanism = better().evaluation.mechanism
    assert mechanism.hits is not None
    assert mechanism.to_target is not None
    often = estimates.in_figures(mechanism.hits, better())
    soon = estimates.in_figures(mechanism.to_target, better())
    assert f"(how often {often}; how soon {soon})" in text


def test_what_is_not_measured_is_left_out() -> None:
    text = read("not_seen", to_target=None)
    assert text is not None
    assert "how often" in text
    assert "how soon" not in text


def test_elsewhere_has_the_difference_between_hits_and_misses() -> None:
    difference = better().evaluation.mechanism.difference
    figure = estimates.figures(difference, "seconds", better())
    text = str(read("elsewhere"))
    assert f"helps less where it was likely a hit than elsewhere ({figure})" in text
