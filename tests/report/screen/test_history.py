"""The terminal's lines of a history."""

from factories.summaries import summary

from resume_gap.report.screen.history import lines
from resume_gap.trends.line_up import line_up
from resume_gap.trends.reports import read_report


def test_trends_and_cautions_have_a_line_each_and_escapes_are_shown() -> None:
    reports = [read_report("a", summary(1), None), read_report("b\x1b[31m", summary(1), None)]
    found = lines(line_up(reports, tool_version="0"))
    assert len(found) == 6
    assert found[0].startswith("Re-orientation time did not change")
    assert found[-1].startswith("Caution: b\\u001b[31m was made from the same files")
    assert lines(line_up([], tool_version="0")) == ("0 runs, and no figure to compare",)


def test_runs_that_do_not_know_a_figure_are_said_below_its_line() -> None:
    void = {"reason": "early_controls_differ", "from_event": {"estimate": -144.0}}
    reports = [read_report("a", summary(1), None), read_report("b", summary(8, excess=void), None)]
    found = lines(line_up(reports, tool_version="0"))
    place = found.index("Extra time vs. uninterrupted work: 40 s [35 s, 45 s]")
    assert found[place + 1] == (
        "  Not known in 1 of 2 runs: work soon after a gap differs from later work anyway."
    )
    none = lines(line_up(reports[1:], tool_version="0"))
    place = none.index("Extra time vs. uninterrupted work is not known")
    assert none[place + 1] == "  Not known: work soon after a gap differs from later work anyway."
