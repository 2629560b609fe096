"""The content of a page as data."""

from __future__ import annotations

import dataclasses

import pytest

from resume_gap.report.page.model import DecisionBox, Headline, Note, Page, Section


@pytest.mark.parametrize(
    ("severity", "word"), [("error", "Error"), ("warn", "Caution"), ("note", "Note")]
)
def test_a_box_says_what_it_is(severity: str, word: str) -> None:
    assert Note(severity=severity, text="x").word == word  # type: ignore[arg-type]
    assert Note(severity=severity, text="x", head="Mind").word == "Mind"  # type: ignore[arg-type]


def test_every_tone_has_a_sign_of_its_own() -> None:
    tones = ("go", "try", "stop", "same", "open", "wait", "caution")
    boxes = [DecisionBox(word="w", proviso="", reason="", tone=tone) for tone in tones]
    assert len({box.sign for box in boxes}) == len(tones)
    assert boxes[0].sign == "\N{CHECK MARK}"
    assert boxes[2].sign == "\N{MULTIPLICATION X}"


def test_what_would_change_the_word_has_its_lead_in_front() -> None:
    box = DecisionBox(word="w", proviso="", reason="", change="with more users.", change_lead="Or")
    assert box.led_change == "Or: with more users."
    assert dataclasses.replace(box, change_lead="").led_change == "with more users."
    assert dataclasses.replace(box, change="").led_change == ""


def test_the_story_is_open_and_the_appendix_is_not() -> None:
    first = Section(name="a", title="A")
    behind = Section(name="b", title="B", appendix=True)
    page = Page(
        title="t",
        subject=(),
        about="",
        first=(),
        headline=Headline(sentence="s", details=()),
        trust=None,
        sections=(first, behind, first),
        footer="",
    )
    assert page.story == (first, first)
    assert page.appendix == (behind,)


def test_the_window_has_the_log_and_the_badge_before_the_kind_of_page() -> None:
    decided = DecisionBox(word="Faster", proviso="before/after, not causal", reason="")
    page = Page(
        title="t",
        subject=("a.csv", "3 users"),
        about="",
        first=(),
        headline=Headline(sentence="s", details=(), decision=decided),
        trust=None,
        sections=(),
        footer="f",
    )
    assert page.window == "a.csv · Faster before/after, not causal · t".replace(
        "·", "\N{MIDDLE DOT}"
    )
