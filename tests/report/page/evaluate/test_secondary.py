"""Measures beside the verdict, on the page."""

from __future__ import annotations

from factories.pages import table
from factories.trial_results import better, trial

from resume_gap.report.page.evaluate.secondary import secondary
from resume_gap.report.text import measures


def test_secondary_measures_stand_in_the_appendix() -> None:
    (section,) = secondary(better())
    assert section.appendix
    rows = table(better(), "Measures beside the verdict").rows
    assert [row[0] for row in rows] == [
        measures.measure(one.estimand) for one in better().evaluation.secondary
    ]


def test_without_them_interruptions_stand_alone() -> None:
    (section,) = secondary(trial(secondary=()))
    assert len(section.blocks) == 1
