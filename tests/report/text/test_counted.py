"""What an analysis counts, in words."""

from __future__ import annotations

from factories.pages import rendered
from factories.results import changed, full

from resume_gap.report.text import counted

EVERY = changed(full(), settings={**full().generated_from.settings, "all_returns": True})


def test_with_all_returns_they_are_called_returns() -> None:
    assert (counted.one(full()), counted.several(full())) == ("interruption", "interruptions")
    assert (counted.one(EVERY), counted.several(EVERY)) == ("return", "returns")
    assert counted.after(full()) == "after an interruption"
    assert counted.after(EVERY) == "after a gap"


def test_headings_and_captions_of_such_a_page_count_returns() -> None:
    shown = rendered(EVERY).visible
    assert "231 of 260 users came back after a gap, 8,412 times in all" in shown
    assert "of the gaps before a return last" in shown
    assert "extra time: 20 s to 49 s per return" in shown or "per return" in shown
    assert "of the interruptions" not in shown.partition("Appendix, for those who check")[0]
