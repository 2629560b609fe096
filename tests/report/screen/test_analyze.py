"""The screen of an analysis."""

from __future__ import annotations

from factories.results import changed, full, sensitive

from resume_gap.report.render import terminal
from resume_gap.report.text import recommendation, threshold
from resume_gap.results.common import Check


def test_what_the_screen_says_of_the_marker() -> None:
    screen_text = " ".join(terminal.screen(full(), "r").plain.split())
    for part in (
        "extra time 28 s to 41 s [20 s, 49 s] vs. uninterrupted work",
        (
            "target rule last element worked on: hit rate 58 % [54 %, 62 %], lift over chance 39 "
            "points [34, 44]"
        ),
        "upper bound at most 2.6 minutes per person and week (7.3 s per interruption)",
        "recommendation Run an A/B test. A marker at the last element worked on",
    ):
        assert part in screen_text


def test_the_screen_cuts_no_decision_no_warning_and_nothing_to_mind() -> None:
    long = Check(
        check="c",
        severity="warn",
        count=1,
        share=None,
        action="",
        message="A warning of many words " * 9 + "ends here.",
    )
    some = changed(sensitive(), data_quality=(long, long))
    text = " ".join(terminal.screen(some, "r").plain.split())
    for part in (threshold.sensitive(some), recommendation.because(some), long.message):
        assert part is not None
        assert " ".join(part.split()) in text
    assert "+1 more warning in the report" in text
    assert len(terminal.screen(some, "r").plain.split("\n")) <= terminal.HEIGHT
