"""Which sections a page has, in which order."""

from __future__ import annotations

import pytest
from factories.results import full
from factories.trial_results import better, plan, run_parts

from resume_gap.report.page import build
from resume_gap.report.render import terminal
from resume_gap.results.run import Run


def test_the_order_of_the_page() -> None:
    names = [section.name for section in build.page(better()).sections]
    assert names == ["trust", "difference", "where", "more", "predicted", "log", "words", "methods"]
    names = [section.name for section in build.page(plan()).sections]
    assert names == ["assumptions", "weeks", "trust", "words", "methods"]


def test_a_result_that_nobody_knows_has_no_page() -> None:
    run = Run(**run_parts(full(), "other"))
    for render in (build.page, lambda r: terminal.screen(r, None)):
        with pytest.raises(KeyError, match="other"):
            render(run)
