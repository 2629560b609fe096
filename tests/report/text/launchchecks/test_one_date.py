"""What else changed on the day of a launch, as sentences."""

from __future__ import annotations

from factories.launch_results import LONGER_GAPS, check

from resume_gap.report.text import launch_checks


def test_gaps_that_changed_say_how_long_they_were_and_were_to_be() -> None:
    assert (
        "the typical gap before a return after the launch lasts 2 h 4 min, where 1 h 10 min was to"
        " be expected, with gaps counted up to 4 h (p = 0.01, among 71 earlier dates): other"
        in launch_checks.found(LONGER_GAPS)
    )


def test_names_of_few_users_are_counted_only() -> None:
    unnamed = check("changed_events", "some", "failed", events=(), unnamed=3, names=9)
    assert "3 that too few users have to be named" in launch_checks.found(unnamed)
