"""The order of the page before launch."""

from __future__ import annotations

from factories.results import full

from resume_gap.report.page import build
from resume_gap.report.render import html


def test_the_order_of_the_page() -> None:
    page = build.page(full())
    story = [section.name for section in page.story]
    assert story == [
        "day",
        "places",
        "back",
        "first-paths",
        "target-rule",
        "upper-bound",
        "groups",
    ]
    assert [section.name for section in page.appendix] == [
        "measured",
        "day-more",
        "back-more",
        "rules-more",
        "bounds-more",
        "trust",
        "words",
        "methods",
    ]
    text = html.render(page).decode()
    order = [text.index(f'id="{name}"') for name in (*story, *(s.name for s in page.appendix))]
    assert order == sorted(order)
