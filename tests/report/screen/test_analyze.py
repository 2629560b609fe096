"""What only the screen of an analysis has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.results import ALL, changed, full, sensitive, worded

from resume_gap.report.render import terminal
from resume_gap.report.screen import analyze
from resume_gap.report.text import recommendation, threshold
from resume_gap.results.common import Check


def texts(name: str) -> list[str]:
    return [line.text for line in analyze.lines(ALL[name]()) if line.text]


def test_the_next_step_where_there_is_one_replaces_no_report() -> None:
    (line,) = texts("full")
    assert line.startswith("resume-gap plan ")
    assert line.endswith("reports/plan")
    assert [one.text for one in analyze.lines(worded("build")) if one.text] == [line]
    assert texts("one_user") == []
    assert texts("empty") == []


def test_where_the_log_cannot_be_named_again_words_say_what_to_do() -> None:
    piped = replace(full().generated_from.inputs[0], path="-")
    made = replace(full().generated_from, inputs=(piped,))
    (text,) = (one.text for one in analyze.lines(changed(full(), generated_from=made)) if one.text)
    assert text.startswith("`resume-gap plan` with the same log and options, and with `-o ")


@pytest.mark.parametrize(
    "name", ["no_controls", "too_few_controls", "early_controls_differ", "log_is_thinned"]
)
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
