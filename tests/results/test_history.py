"""Figures of a history that are made of its entries."""

from factories.summaries import SEAL, launch, summary

from resume_gap.results.common import plain
from resume_gap.trends.line_up import line_up
from resume_gap.trends.reports import read_report


def test_predicted_figures_are_counted_where_there_is_an_outcome() -> None:
    reports = [read_report("a", summary(), SEAL), read_report("b", launch(), None)]
    found = line_up(reports, tool_version="0")
    assert (found.predictions_judged, found.predictions_agreeing) == (3, 1)
    assert plain(found)["predictions_judged"] == 3
