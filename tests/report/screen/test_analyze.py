"""What only the screen of an analysis has."""

from __future__ import annotations

import pytest
from factories.results import ALL, changed, full, sensitive, worded

from resume_gap.report.render import terminal
from resume_gap.report.screen import analyze
from resume_gap.report.text import recommendation, threshold
from resume_gap.results.common import Check


def texts(name: str) -> list[str]:
    return [line.text for line in analyze.lines(ALL[name]()) if line.text]


def test_the_next_step_where_there_is_one_replaces_no_report() -> None:
    plan = "`resume-gap plan -o reports/plan` says how many users and weeks"
    assert texts("full") == [plan]
    assert [line.text for line in analyze.lines(worded("build")) if line.text] == [plan]
    assert texts("one_user") == []
    assert texts("empty") == []


@pytest.mark.parametrize("name", ["no_controls", "too_few_controls", "early_controls_differ"])
def test_why_there_is_no_extra_time(name: str) -> None:
    assert texts(name)[0].startswith("not known: ")


def test_the_screen_cuts_no_decision_no_warning_and_nothing_to_mind() -> None:
    long = Check(
        check="c",
        severity="warn",
        count=1,
        share=None,
        action="",
        message="A warning of many words " * 14 + "ends here.",
    )
    some = changed(sensitive(), data_quality=(long, long))
    text = " ".join(terminal.screen(some, "r").plain.split())
    caution = threshold.caution(some, threshold.holds(some))
    for part in (caution, recommendation.beside_the_hit_rate(some)):
        assert part is not None
        assert " ".join(part.split()) in text
    assert "+2 more cautions in the report" in text
    alone = changed(full(), data_quality=(long, long))
    text = " ".join(terminal.screen(alone, "r").plain.split())
    assert long.message in text
