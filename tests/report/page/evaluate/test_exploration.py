"""Figures of a trial that are exploration only."""

from __future__ import annotations

from dataclasses import replace

from factories.pages import part, plain_spaces
from factories.trial_results import better

from resume_gap.report.page.evaluate.exploration import _bounds
from resume_gap.report.page.model import Paragraph


def test_parts_that_are_exploration_say_so() -> None:
    for name in ("novelty", "more"):
        assert "Exploration only" in part(better(), name)
    more = part(better(), "more")
    assert "Who comes back may differ between the arms" in more
    assert "between 3.0 s and 9.1 s faster" in more
    assert "between 0.8 s and 11 s faster (95 % interval)" in more
    assert "Some people may come back only where there is a marker" in more
    assert "1.1 % of those of treatment have no counterpart" in more
    assert "corrected for how many groups" in more


def test_bounds_on_both_sides_of_0_keep_their_order() -> None:
    found = better()
    bounds = replace(
        found.evaluation.lee_bounds, lower=-5.0, upper=2.0, ci_lower=-9.0, ci_upper=6.0
    )
    said = _bounds(replace(found, evaluation=replace(found.evaluation, lee_bounds=bounds)))[-1]
    assert isinstance(said, Paragraph)
    assert "lies between 5.0 s faster and 2.0 s slower." in plain_spaces(said.text)
    assert "between 9.0 s faster and 6.0 s slower (95 % interval)" in plain_spaces(said.text)
