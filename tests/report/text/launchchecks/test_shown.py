"""Markers before the launch and at which returns, as sentences."""

from __future__ import annotations

import pytest
from factories.launch_results import EARLY, ELSEWHERE, check

from resume_gap.report.text import launch_checks, launch_remedies


@pytest.mark.parametrize("name", ["early_markers", "marker_at_control", "marker_missing"])
def test_a_marker_that_is_not_logged_asks_for_its_name(name: str) -> None:
    unnamed = check(name, "not_logged", "not_checked")
    assert launch_checks.found(unnamed) == "no event of the log is named as showing the marker"
    assert launch_remedies.option(unnamed).startswith("--marker shown=NAME says")


def test_markers_before_the_launch_are_counted_by_users() -> None:
    assert launch_checks.found(EARLY).startswith("61 of 240 users saw a marker before the launch:")
    plain = launch_checks.plain(EARLY)
    assert plain is not None
    assert plain.why(EARLY.figures) == "61 of 240 people saw one before that date."


def test_markers_at_other_returns_ask_for_the_threshold_of_the_product() -> None:
    assert launch_remedies.option(ELSEWHERE).startswith("--gap and --productive set")
