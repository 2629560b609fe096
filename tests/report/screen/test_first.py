"""The page's first screen as lines."""

from __future__ import annotations

import dataclasses

from factories.results import ALL, changed, full, sensitive

from resume_gap.report.page import build
from resume_gap.report.screen import first
from resume_gap.report.screen.layout import Line, caution
from resume_gap.report.text import threshold
from resume_gap.results.common import Check, Severity


def warning(message: str, severity: Severity = "warn") -> Check:
    return Check(check="x", severity=severity, count=1, share=None, action="", message=message)


def test_the_subject_the_badge_the_sentence_the_figures_and_why_in_this_order() -> None:
    page = build.page(full())
    head, box = page.headline, page.headline.decision
    assert box is not None
    assert head.figures is not None
    lines = first.headline(page)
    assert lines[0].text == " · ".join(page.subject)
    assert (lines[1].text, lines[1].style) == ("\N{BLACK DIAMOND} Run an A/B test", "bold cyan")
    assert lines[2].text == f"{head.sentence}."
    assert lines[3].text == "At least 95 % confident of this range."
    figures = [line for line in lines if line.name in {fact.value for fact in head.figures.items}]
    assert [line.name for line in figures] == [fact.value for fact in head.figures.items]
    assert figures[2].text.endswith("· 95 % interval [54 %, 62 %]; 19 % by chance alone")
    step = f"{box.next_step[0].upper()}{box.next_step[1:]}."
    assert [line.text for line in lines[-3:]] == ["", step, f"Why not build yet: {box.change}"]
    assert [line.name for line in lines[-3:]] == ["why", "next", ""]
    assert [line.apart for line in lines[-3:]] == [True, False, False]


def test_a_badge_without_a_color_is_bold_all_the_same() -> None:
    lines = first.headline(build.page(ALL["one_user"]()))
    assert (lines[1].text, lines[1].style) == ("\N{WHITE CIRCLE} Not enough data", "bold")


def test_without_a_decision_the_sentence_stands_alone() -> None:
    lines = [line for line in first.headline(build.page(ALL["empty"]())) if line.text]
    assert lines[1].text == "Nobody came back after a gap in this log."
    assert lines[1].apart
    assert all(line.spread for line in lines)


def test_a_decision_without_a_reason_begins_with_what_comes_next() -> None:
    page = build.page(full())
    assert page.headline.decision is not None
    box = dataclasses.replace(page.headline.decision, reason="", next_step="ask again", change="")
    page = dataclasses.replace(page, headline=dataclasses.replace(page.headline, decision=box))
    last = [line for line in first.headline(page) if line.text][-1]
    assert (last.name, last.text) == ("next", "Ask again.")


def test_all_checks_that_passed_take_one_line() -> None:
    clean = changed(full(), data_quality=(warning("a note", "note"),))
    (line,) = first.trust(clean, build.page(clean), ())
    assert line.text == "all checks of the data passed; 1 note in the report"
    clean = changed(full(), data_quality=())
    (line,) = first.trust(clean, build.page(clean), ())
    assert (line.name, line.text) == ("trust", "all checks of the data passed")


def test_cautions_of_the_command_come_first_then_the_threshold_then_the_gravest() -> None:
    run = changed(sensitive(), data_quality=(warning("It rains 40%"), warning("Fire", "error")))
    own = (caution("caution", "Mine.", first=True), Line("next", "go on"))
    lines = first.trust(run, build.page(run), own)
    assert [line.text for line in lines] == [
        "Mine.",
        threshold.caution(run, threshold.holds(run)),
        "Fire.",
        "It rains 40 %.",
    ]
    assert [(line.name, line.style) for line in lines[2:]] == [
        ("error", "red"),
        ("caution", "yellow"),
    ]
    assert [line.apart for line in lines] == [True, False, False, False]
    assert [bool(line.shorter) for line in lines] == [False, False, True, True]
