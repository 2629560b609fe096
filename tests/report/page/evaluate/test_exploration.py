"""Figures of a trial that are exploration only."""

from __future__ import annotations

from factories.pages import part
from factories.trial_results import better


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
