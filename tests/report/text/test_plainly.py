"""No option stands above the appendix of a page, and each stands where it can be used."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import pytest
from factories.pages import plain_spaces, rendered
from factories.results import ALL, changed, full
from factories.trial_results import LAUNCHES, better

from resume_gap.report.text.plainly import plainly

if TYPE_CHECKING:
    from resume_gap.results.evaluate import Evaluated

EVERY = {name: make for name, make in {**ALL, **LAUNCHES}.items() if "hostile" not in name}
EVERY["arms_by_name"] = lambda: changed_trust(better(), named_by="inferred")
APPENDIX = "Appendix, for those who check"


def changed_trust(found: Evaluated, **more: Any) -> Evaluated:
    trust = replace(found.evaluation.trust, **more)
    return replace(found, evaluation=replace(found.evaluation, trust=trust))


def opened(name: str) -> str:
    parts = takewhile(lambda text: APPENDIX not in text, rendered(EVERY[name]()).text)
    return plain_spaces(" ".join(parts))


@pytest.mark.parametrize("name", EVERY)
def test_a_manager_meets_no_option(name: str) -> None:
    shown = opened(name)
    assert shown
    assert "--" not in shown
    assert "`" not in shown


def test_what_is_asked_for_stays_and_the_appendix_says_how() -> None:
    shown, whole = opened("no_productive"), rendered(ALL["no_productive"]()).visible
    assert "Say which events are work; the most frequent event names are" in shown
    assert "Say which events are work with --productive NAME,NAME; the most" in whole
    assert "task end that only marks a step. Every" in opened("no_interruptions")
    assert "see --complete" in rendered(ALL["no_interruptions"]()).visible


def test_the_appendix_says_how_arms_are_named() -> None:
    shown = rendered(EVERY["arms_by_name"]()).visible
    assert "was taken from the names; --control and --treatment say it." in shown


def test_a_page_with_ids_says_so_without_an_option() -> None:
    settings = {**full().generated_from.settings, "show_ids": True}
    shown = rendered(changed(full(), settings=settings)).visible
    assert "shows user ids and names of small groups: be careful who gets it" in shown


def test_other_words_stay_as_they_are() -> None:
    assert plainly("A gap -- or two -- is no option.") == "A gap -- or two -- is no option."
