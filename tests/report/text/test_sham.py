"""What a sham arm shows, in words: every pair and verdict has its own."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from factories import trial_results

from resume_gap.report.text import sham
from resume_gap.results.evaluate import Sham, Verdict


def said(name: str, word: Any, reason: str = "few_units", **figures: Any) -> str:
    """The sentence of one comparison with this verdict."""
    found = trial_results.with_sham()
    assert found.evaluation.sham is not None
    one = next(c for c in found.evaluation.sham.comparisons if c.name == name)
    one = dataclasses.replace(one, verdict=Verdict(word=word, reason=reason, figures=figures))
    arm = dataclasses.replace(found.evaluation.sham, comparisons=(one,))
    (sentence,) = sham.sentences(trial_results.trial(sham=arm))
    return sentence


@pytest.mark.parametrize(
    ("name", "word", "words"),
    [
        ("marker_against_sham", "better", "where the marker points matters"),
        ("marker_against_sham", "worse", "the target rule misleads"),
        ("marker_against_sham", "no_difference_seen", "not shown to matter where the marker"),
        ("sham_against_control", "better", "any marker helps, wherever it points"),
        ("sham_against_control", "worse", "a marker at the wrong place costs time"),
        ("sham_against_control", "no_difference_seen", "not shown to change anything"),
    ],
)
def test_every_verdict_says_what_it_means(name: str, word: str, words: str) -> None:
    assert words in said(name, word)


def test_a_pair_without_a_verdict_says_why() -> None:
    sentence = said("marker_against_sham", "not_enough_data", least=25)
    assert sentence == (
        "Marker against sham: not enough data. Each arm needs 25 of the units that were assigned."
    )


def test_nothing_is_said_without_a_sham_or_a_trial() -> None:
    assert sham.sentences(trial_results.better()) == ()
    withheld = trial_results.trial(sham=Sham(name="random", reason="withheld"))
    assert "(random) is not compared: a check of the trial" in sham.sentences(withheld)[0]
