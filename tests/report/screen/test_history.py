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
    assert found[-1].startswith("Caution: b\\u001b[31m were made from the same files")
    assert lines(line_up([], tool_version="0")) == ("0 runs, and no figure to compare",)
