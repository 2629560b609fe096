"""Sentences of pages and screens before launch: no promise, no symbol, no "1 users"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest
from factories.before_launch import day
from factories.pages import METHODS_ONLY, NEVER, plain_spaces, rendered
from factories.results import ALL, changed, full, worded

from resume_gap.report.render import terminal
from resume_gap.results.common import RecommendationReason

if TYPE_CHECKING:
    from resume_gap.results.analyze import Analysis


WORDS = {
    "build": "Build behind an A/B test",
    "test": "Run an A/B test",
    "do_not_build": "Do not build",
    "not_enough_data": "Not enough data",
    "cannot_be_measured": "Cannot be measured",
}
DECIDED = tuple(get_args(RecommendationReason))
LONG = "an_element_with_a_very_long_name_" * 20


def long_names() -> Analysis:
    return changed(
        full(),
        day={
            "person": LONG,
            "pointed": LONG,
            "place": LONG,
            "events": tuple((t, LONG, LONG, w) for t, _, _, w in day().events),
        },
        roles={"productive": (LONG,) * 30, "completing": (LONG,)},
        columns=dict.fromkeys(full().columns, LONG),
    )


EVERY = {
    **ALL,
    "long_names": long_names,
    **{f"word-{word}": (lambda w=word: worded(w)) for word in WORDS},
    **{reason: (lambda r=reason: worded("not_enough_data", r)) for reason in DECIDED},
}


@pytest.fixture(params=EVERY, ids=str)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    return EVERY[request.param]()


def said(patterns: tuple[str, ...], text: str) -> list[str]:
    """What matches a pattern, with what stands around it."""
    found = re.finditer("|".join(patterns), text, re.IGNORECASE)
    return [text[max(0, one.start() - 60) : one.end() + 60] for one in found]


def test_no_sentence_promises_or_speaks_in_symbols(analysis: Analysis) -> None:
    page = rendered(analysis)
    screen = terminal.screen(analysis, "reports/x/report.html").plain
    outside = " ".join((*page.before_methods, screen))
    assert said((*NEVER, *METHODS_ONLY), plain_spaces(outside)) == []
    assert said(NEVER, page.visible) == []


def test_one_of_a_kind_is_singular(analysis: Analysis) -> None:
    text = rendered(analysis).visible + " " + terminal.screen(analysis, "r").plain
    wrong = re.search(
        r"(?<![\d.,:+=])1 (users|interruptions|returns|rows|events|times|stops)\b", text
    )
    assert not wrong


def test_the_screen_stays_a_screen(analysis: Analysis) -> None:
    lines = terminal.screen(analysis, "reports/x/report.html").plain.split("\n")
    assert len(lines) <= terminal.HEIGHT
    assert max(map(len, lines)) <= terminal.WIDTH
