"""The first screen: the word, the size with its interval, and that it is not causal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.launch_results import (
    COMPARED,
    another_change,
    blind,
    early_markers,
    few_dates,
    longer,
    no_control,
    short,
    shorter,
    unchanged,
)

from resume_gap.report.page.compare.headline import headline

if TYPE_CHECKING:
    from resume_gap.results.compare import Compared


@pytest.mark.parametrize(
    ("found", "word", "sentence"),
    [
        (shorter(), "Faster", "Back at work 24 s faster after the launch than expected"),
        (longer(), "Slower", "Back at work 17 s slower after the launch than expected"),
        (unchanged(), "No difference detected", "No change detected with the launch"),
        (
            another_change(),
            "Result withheld",
            "More than the marker changed that day, so no result is shown",
        ),
        (
            early_markers(),
            "Result withheld",
            "The marker was there before the launch, so no result is shown",
        ),
        (
            short(),
            "Not enough data",
            "20 days before the launch are too few to know what was usual",
        ),
        (
            few_dates(),
            "Not enough data",
            "63 days before the launch are too few to tell a change from chance",
        ),
        (
            no_control(),
            "Not enough data",
            "Nothing tells the launch from other changes of that time",
        ),
        (
            blind(),
            "Result withheld",
            "This log cannot show how long people took, so no result is shown",
        ),
    ],
)
def test_the_word_and_the_sentence(found: Compared, word: str, sentence: str) -> None:
    first = headline(found)
    assert first.decision is not None
    assert (first.decision.word, first.sentence) == (word, sentence)


@pytest.mark.parametrize("name", COMPARED)
def test_a_word_about_a_change_says_that_it_is_not_causal(name: str) -> None:
    found = COMPARED[name]()
    first = headline(found)
    assert first.decision is not None
    shown = found.comparison.verdict.word in ("better", "worse", "no_difference_seen")
    assert ("not causal" in first.decision.proviso) == shown
    assert first.decision.next_step
    assert first.decision.tone != "go"  # nothing that was not randomized asks for a launch


def test_the_figures_are_those_of_the_result() -> None:
    figures = headline(shorter()).figures
    assert figures is not None
    assert [(one.value, one.detail) for one in figures.items] == [
        ("54 s", "78 s expected without the launch"),
        ("0 of 71", "p = 0.014"),
        ("22 s faster", "95 % interval: 12 s to 32 s faster"),
        ("7 of 8", "1 warned"),
    ]


def test_without_a_p_there_is_no_rank_and_without_a_figure_only_the_checks() -> None:
    without = headline(few_dates()).figures
    nothing = headline(short()).figures
    assert without is not None
    assert nothing is not None
    assert next(one.label for one in without.items) == "Until work goes on, first 14 days"
    assert not any("Earlier dates" in one.label for one in without.items)
    assert [one.label for one in nothing.items] == ["Checks of what else changed passed"]


def test_a_first_screen_of_a_failed_check_says_how_many_others_failed() -> None:
    decision = headline(another_change()).decision
    assert decision is not None
    assert decision.reason.startswith("Returns at which the marker is never shown changed")
    assert decision.reason.endswith("1 more check failed.")
    assert "edit_cell" in decision.whole_reason
    assert decision.next_step == "find out what else was released then; then compare again"
