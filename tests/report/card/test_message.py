"""Three sentences to paste, and where they are from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from resume_gap.report.card.message import message

if TYPE_CHECKING:
    from resume_gap.report.card.content import Card


def test_what_was_found_what_should_happen_and_what_to_be_careful_about(card: Card) -> None:
    assert message(card) == (
        "Getting back to work took 36 s to 61 s longer (at least 95 % confident of 29 s to 67 s). "
        "Recommendation: Run an A/B test. All checks of the data passed.\n"
        "Source: resume-gap analyze, ACME Budget · 90 users · simulated\n"
    )
    careful = replace(card, cautions=("It rains.", "And snows."))
    assert "Caution: It rains (1 more caution in the report).\n" in message(careful)
    assert "Caution: It rains.\n" in message(replace(card, cautions=("It rains.",)))


def test_a_text_of_several_sentences_becomes_one(card: Card) -> None:
    long = replace(
        card,
        headline="It rains. It snows",
        sure="",
        word="Wait. Or go?",
        cautions=("One. Two? Three!",),
    )
    sentences = message(long).splitlines()[0]
    assert sentences == (
        "It rains; It snows. Recommendation: Wait; Or go? Caution: One; Two; Three!"
    )


def test_an_abbreviation_ends_no_sentence(card: Card) -> None:
    text = message(replace(card, cautions=("It adds to the time vs. uninterrupted work. Look.",)))
    assert "Caution: It adds to the time vs. uninterrupted work; Look." in text


def test_without_a_result_the_reason_stands_beside_the_word(card: Card) -> None:
    withheld = replace(
        card,
        command="evaluate",
        headline="The two groups cannot be compared",
        sure="",
        word="Result withheld",
        why="23 people are in both groups. They are left out.",
        caption="",
    )
    found, source = message(withheld).splitlines()
    assert found == (
        "The two groups cannot be compared. Verdict: Result withheld: 23 people are in both groups;"
        " They are left out."
    )
    assert source.startswith("Source: resume-gap evaluate")
    careful = message(replace(withheld, cautions=("It rains.",)))
    assert "left out. Caution: It rains.\n" in careful
    assert "23 people" not in message(replace(withheld, caption="Back at work."))


def test_a_verdict_with_what_is_beside_it_and_no_word_at_all(card: Card) -> None:
    verdict = replace(card, command="evaluate", word="Faster", proviso="do not ship yet")
    assert "Verdict: Faster do not ship yet." in message(verdict)
    assert "Result: Enough users." in message(replace(card, command="plan", word="Enough users"))
    assert "No recommendation." in message(replace(card, word=""))
