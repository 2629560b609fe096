"""A launch inside of the log, or a line that says why not."""

from __future__ import annotations

import pytest

from resume_gap.comparison.launch import LoggedSpan, asked, inside
from resume_gap.errors import DataError, UsageError
from resume_gap.settings import Settings

SPAN = LoggedSpan(first_us=1_000_000, last_us=9_000_000)


def test_a_run_says_when_the_marker_was_launched() -> None:
    with pytest.raises(UsageError, match="--launch DATE, or --rollout FILE"):
        asked(Settings())
    asked(Settings(launch_us=5))
    asked(Settings(rollout="units.csv"))


@pytest.mark.parametrize(
    ("launch_us", "nothing"),
    [(1_000_000, "before"), (999_999, "before"), (9_000_001, "after"), (10**15, "after")],
)
def test_a_launch_outside_of_the_log_is_refused(launch_us: int, nothing: str) -> None:
    with pytest.raises(DataError, match=f"nothing of it was logged {nothing} the launch") as found:
        inside(launch_us, SPAN)
    assert "\n" not in str(found.value)
    assert "begins 94 days before" in str(found.value)
    assert "1970-01-01T00:00:01Z to 1970-01-01T00:00:09Z" in str(found.value)


@pytest.mark.parametrize("launch_us", [1_000_001, 9_000_000])
def test_a_launch_with_an_event_on_both_sides_is_taken(launch_us: int) -> None:
    inside(launch_us, SPAN)
