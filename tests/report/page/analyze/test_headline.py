"""The head of the page before launch: the finding, the tiles, the recommendation."""

from __future__ import annotations

import re

import pytest
from factories.pages import rendered
from factories.results import ALL, changed, full, worded

from resume_gap.report.page import build
from resume_gap.report.page.analyze.headline import headline
from resume_gap.report.render import html, terminal
from resume_gap.report.text import numbers

WORDS = {
    "build": "Build behind an A/B test",
    "test": "Run an A/B test",
    "do_not_build": "Do not build",
    "not_enough_data": "Not enough data",
    "cannot_be_measured": "Cannot be measured",
}
TONES = {"build": "go", "test": "try", "do_not_build": "stop"} | dict.fromkeys(
    ("not_enough_data", "cannot_be_measured"), "open"
)


@pytest.mark.parametrize("word", WORDS)
def test_the_word_stands_in_the_headline_and_on_the_screen(word: str) -> None:
    analysis = worded(word)
    text = html.render(build.page(analysis)).decode()
    badge = re.search(r'<p class="decision (\w+)"><strong><span.*?>(.)</span> (.*?)</strong>', text)
    assert badge is not None
    assert (badge[1], badge[3]) == (TONES[word], WORDS[word])
    signs = {"go": "\N{CHECK MARK}", "try": "\N{BLACK DIAMOND}", "stop": "\N{MULTIPLICATION X}"}
    assert badge[2] == signs.get(TONES[word], "\N{WHITE CIRCLE}")
    screen_text = " ".join(terminal.screen(analysis, "r").plain.split())
    assert f"{badge[2]} {WORDS[word]} " in screen_text


def test_what_the_headline_says() -> None:
    screen_text = rendered(full()).visible
    for part in (
        "Work stops in mid-task 22 a week per active person; ",
        "took 20 s to 49 s longer than the same work uninterrupted How sure: at least 95 % ",
        "confident of this range. Next: show a random half",
        "it would save. Why not build yet: with middle assumptions (50 % noticed, 60 % less",
        "it would save 4.4 s per interruption, perhaps only 3.5 s (goal: 5 s).",
        "Hit rate of a marker at the last element worked on 58 % 95 % interval [54 %, 62 %]",
        "19 % by chance alone",
        "Most that could be saved 2.6 minutes of searching per person and week; more if it also",
        " keeps people who leave",
        "Resume marker: an arrow to where people left off.",
    ):
        assert part in screen_text


def test_all_returns_are_called_returns() -> None:
    every = changed(full(), settings={**full().generated_from.settings, "all_returns": True})
    figures = headline(every).figures
    assert figures is not None
    assert (figures.items[0].label, figures.items[0].value) == ("Returns after a gap", "22 a week")


@pytest.mark.parametrize(
    "name", ["no_controls", "too_few_controls", "early_controls_differ", "log_is_thinned"]
)
def test_without_the_comparison_the_headline_is_about_re_orientation(name: str) -> None:
    analysis = ALL[name]()
    head = headline(analysis)
    assert "took 73 s on average" in head.sentence
    assert head.sure == "95 % confident of 65 s to 80 s"
    screen_text = rendered(analysis).visible
    assert "The extra time is not" in screen_text
    assert "extra time not known" in " ".join(terminal.screen(analysis, "r").plain.split())


def test_a_difference_that_may_be_none_is_not_called_longer() -> None:
    assert "did not take clearly longer" in headline(ALL["less"]()).sentence
    ends = {"lower": -8.0, "upper": -6.0, "ci_lower": -12.0, "ci_upper": -4.0}
    head = headline(changed(full(), excess={"word": "includes_zero", **ends}))
    below = head.sentence
    minus = numbers.MINUS
    assert f"took less time than the same work uninterrupted: the difference is {minus}12 s to" in (
        below
    )
    assert below.endswith(f"{minus}4.0 s")
    assert head.sure == "at least 95 % confident of this range"


def test_comparisons_that_disagree_claim_nothing() -> None:
    analysis = ALL["depends_on_matching"]()
    screen_text = headline(analysis).sentence
    assert "may have taken longer" in screen_text
    range_of_all = f"comparisons disagree: {numbers.MINUS}5.0 s to 49 s"
    assert range_of_all in screen_text
    screen = " ".join(terminal.screen(analysis, "r").plain.split())
    assert range_of_all in screen
    assert "They do not agree" in rendered(analysis).visible


def test_nothing_productive_says_what_to_do() -> None:
    shown_text = rendered(ALL["no_productive"]()).visible
    assert "Nothing productive can be seen" in shown_text
    assert "--productive" in shown_text
    assert "view_page (510,000)" in shown_text
    assert "Coming back" not in shown_text


def test_few_people_stand_first_and_no_marker_in_the_headline() -> None:
    few = changed(full(), counts={"users_interrupted": 3}, reorientation={"eligible": 4})
    head = headline(few)
    assert head.sentence.startswith("In 4 interruptions of 3 people: getting back to work took")
    assert "pointed right" not in head.more


def test_tiles_multiply() -> None:
    shown = rendered(changed(full(), opportunity={"search_upper_seconds": 21.72})).visible
    assert "Upper bound per interruption 21.7 s" in shown
    assert "interrupted 21.6 times a week" in shown


def test_of_few_people_an_interruption_is_mentioned_once() -> None:
    few = changed(
        full(),
        counts={"users_interrupted": 3},
        reorientation={"eligible": 4},
        excess={"lower": None},
    )
    assert headline(few).sentence == (
        "In 4 interruptions of 3 people: getting back to work took 73 s on average"
    )


def test_where_people_are_there_already_nothing_is_left_to_save() -> None:
    nothing = {"search_upper_seconds": 0.0, "minutes_per_user_week": 0.0}
    shown = rendered(changed(full(), opportunity=nothing)).visible
    assert (
        "Most that could be saved nothing where it hits, people are already there; more if" in shown
    )
    assert "Nothing is left for a marker to save: where it hits, people are already there" in shown
    assert "at most 0.0 s" not in shown
    assert "0.0 minutes" not in shown
