"""Markers before the launch, where none is due, and missing where one is."""

from __future__ import annotations

from typing import Any

import pytest

from resume_gap.comparison.marker_checks import LaunchMarkers, marker_checks, read_markers

GOOD = LaunchMarkers(
    shown=100,
    at_due=97,
    at_control=0,
    shown_before=0,
    users_before=0,
    due_shown=95,
    due_returns=100,
)


def statuses(**more: Any) -> dict[str, tuple[str, str]]:
    found = marker_checks(GOOD._replace(**more), users_before=200)
    return {check.name: (check.code, check.status) for check in found}


def test_a_good_launch_passes() -> None:
    assert statuses() == {
        "early_markers": ("few", "passed"),
        "marker_at_control": ("at_due", "passed"),
        "marker_missing": ("few", "passed"),
    }


@pytest.mark.parametrize(
    ("more", "name", "expected"),
    [
        ({"users_before": 2}, "early_markers", ("few", "passed")),
        ({"users_before": 3}, "early_markers", ("many", "failed")),
        ({"at_control": 5}, "marker_at_control", ("at_due", "passed")),
        ({"at_control": 6}, "marker_at_control", ("elsewhere", "failed")),
        ({"due_shown": 80}, "marker_missing", ("few", "passed")),
        ({"due_shown": 79}, "marker_missing", ("many", "warned")),
    ],
)
def test_beyond_its_limit_a_check_says_so(
    more: dict[str, int], name: str, expected: tuple[str, str]
) -> None:
    assert statuses(**more)[name] == expected


def test_without_an_event_of_the_marker_nothing_is_checked() -> None:
    runner: Any = None  # nothing is asked
    assert read_markers(runner, []) is None
    found = marker_checks(None, users_before=200)
    assert {(check.code, check.status) for check in found} == {("not_logged", "not_checked")}


def test_a_launch_without_a_marker_shown_and_without_a_return_is_no_division_by_0() -> None:
    nothing = LaunchMarkers(0, 0, 0, 0, 0, 0, 0)
    assert {check.status for check in marker_checks(nothing, users_before=0)} == {"passed"}
