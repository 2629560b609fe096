"""The screen of a command that has none of its own."""

from __future__ import annotations

from factories.trial_results import better, plan

from resume_gap.report.page import build
from resume_gap.report.screen.headline import lines
from resume_gap.report.screen.layout import read


def test_it_says_what_was_read_and_the_headline() -> None:
    for found in (better(), plan()):
        headline = build.page(found).headline
        assert headline.decision is not None
        *first, result, decision = lines(found)
        assert tuple(first) == read(found)
        assert (result.name, result.text) == ("result", headline.sentence)
        assert decision.text.startswith(f"{headline.decision.word} ")
