"""The words and methods of the page: numbers come from the constants."""

from __future__ import annotations

from factories.launch_results import shorter, with_prediction
from factories.pages import part

from resume_gap.report.page.compare.methods import compared_methods, compared_words


def test_the_methods_say_how_it_was_judged_with_its_numbers() -> None:
    text = part(shorter(), "methods")
    for said in (
        "mean difference over 14 days",
        "has 28 days before it",
        "under 53 such dates",
        "the last 84 days",
        "withholds the result up to 5 % and warns up to 10 %",
        "had done so",
    ):
        assert said in text, said
    assert "in the prediction file" in part(with_prediction(), "methods")
    assert compared_methods(shorter()).appendix


def test_every_term_of_the_first_screen_is_explained() -> None:
    section = compared_words(shorter())
    text = str(section)
    for term in (
        "Before/after, not causal",
        "Expected without the launch",
        "Earlier dates",
        "Least p",
    ):
        assert term in text
