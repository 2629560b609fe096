"""The first screen as part of `summary.json`: the words of the page."""

from __future__ import annotations

import json

import pytest
from factories.pages import PAGES
from factories.results import ALL, sensitive

from resume_gap.report.page import build
from resume_gap.report.render import jsonfile, shown
from resume_gap.report.text import threshold, vocabulary


@pytest.mark.parametrize("command", PAGES)
def test_it_is_the_page_s(command: str) -> None:
    result = PAGES[command]()
    page = build.page(result)
    summary = json.loads(jsonfile.summary(result))
    first, badge = summary["first_screen"], page.headline.decision
    assert badge is not None
    assert page.headline.figures is not None
    assert summary["headline"] == page.headline.sentence
    assert summary["generated_from"]["subject"] == list(page.subject)
    assert first["badge"]["why"] == badge.reason
    assert (first["badge"]["word"], first["badge"]["tone"]) == (badge.word, badge.tone)
    assert [one["value"] for one in first["figures"]] == [
        fact.value for fact in page.headline.figures.items
    ]
    assert page.headline.picture is not None
    assert first["caption"] == page.headline.picture.caption


def test_cautions_begin_with_the_threshold_and_empty_states_have_no_badge() -> None:
    run = sensitive()
    found = shown.first_screen(run, build.page(run))["cautions"]
    assert found[0] == threshold.caution(run, threshold.holds(run))
    assert len(found) == 1 + len(vocabulary.warnings(run))
    empty = ALL["empty"]()
    first = shown.first_screen(empty, build.page(empty))
    assert (first["badge"], first["figures"], first["caption"]) == (None, [], None)
