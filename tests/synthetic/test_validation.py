"""Impossible worlds are refused with one line."""

from __future__ import annotations

from typing import Any

import pytest

from resume_gap.synthetic import World


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"users": 0}, "users must be at least 1"),
        ({"base_seconds": -1}, "base_seconds must not be negative"),
        ({"look_share": 1.2}, r"look_share must lie in \[0, 1\], not 1.2"),
        ({"search_sigma": -1.0}, "search_sigma must not be negative"),
        ({"search_median_seconds": 0}, "search_median_seconds must be above 0"),
        ({"step_sigma": float("nan")}, "step_sigma must be a number"),
        ({"forget_seconds": float("inf")}, "forget_seconds must be finite"),
        ({"launch": "ab"}, "launch must be one of none, trial, rollout, switch, not 'ab'"),
        ({"stamps": "day"}, "stamps must be one of exact, second, minute, not 'day'"),
        ({"heartbeats": "x"}, "heartbeats must be one of off, work, open, not 'x'"),
        ({"marker_events": "x"}, "marker_events must be one of none, treatment, both, not 'x'"),
        ({"reorientation": "x"}, "reorientation must be one of search, steady, not 'x'"),
        ({"assigned_by": "x"}, "assigned_by must be one of user, company, not 'x'"),
        ({"roles": ("a",)}, "must have the same length"),
        ({"role_shares": (0.5, 0.3, 0.3)}, "role_shares must sum to 1"),
        ({"time_zone_hours": ()}, "time_zone_hours must not be empty"),
        ({"contexts": 3}, "contexts_per_user must be at most contexts"),
        ({"launch": "switch", "launch_day": 21}, r"launch_day must lie in \[0, 21\)"),
        ({"treatment_share": 0.9, "treatment_skew": 0.2}, "treatment_share"),
        ({"excess_seconds": 4.0}, "excess_seconds needs"),
        ({"cut_days": 0.0}, "cut_days must lie in"),
        ({"short_share": 0.6, "meeting_share": 0.6}, "at most 1"),
        ({"step_max_seconds": 181.0}, "step_max_seconds must be at most 180"),
        ({"workday_start_hour": 9, "workday_end_hour": 9}, "workday_end_hour must be at least"),
        ({"workday_end_hour": 23}, "workday_end_hour must be at least"),
        ({"contexts": 2**16, "elements_per_context": 2**15}, r"must be below 2\^31"),
        ({"pause_minutes": 9.0, "away_again_floor_minutes": 8.0}, "away_again_floor_minutes"),
        ({"launch": "trial", "launch_day": -1}, "launch_day must not be negative"),
        ({"launch": "rollout", "teams": 4, "rollout_steps": 5}, "rollout_steps must be at most"),
        ({"reload_seconds": 1.0}, "reload_seconds and calls_at_any_second need"),
        ({"calls_at_any_second": True}, "reload_seconds and calls_at_any_second need"),
        ({"staged_shares": (0.5, 1.5)}, r"staged_shares must lie in \[0, 1\]"),
        (
            {"launch": "trial", "launch_day": 14, "assignment_days": 8},
            r"launch_day \+ assignment_days must be at most 21",
        ),
        ({"assigned_by": "company"}, "need launch='trial'"),
        ({"new_id_share": 0.1}, "need launch='trial'"),
        ({"cut_days": 22.0}, r"cut_days must lie in \(0, 21\]"),
    ],
)
def test_impossible_worlds_are_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message) as error:
        World(**wrong)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "last",
    [
        {"step_max_seconds": 180.0},
        {"workday_start_hour": 9, "workday_end_hour": 10},
        {"workday_end_hour": 22},
        {"contexts": 2**16, "elements_per_context": 2**15 - 1},
        {"pause_minutes": 9.0, "away_again_floor_minutes": 9.0},
        {"launch": "trial", "launch_day": 0},
        {"launch": "trial", "launch_day": 14, "assignment_days": 7},
        {"launch": "rollout", "teams": 4, "rollout_steps": 4},
        {"short_share": 0.5, "meeting_share": 0.5},
        {"contexts": 8, "contexts_per_user": 8},
        {"cut_days": 21.0},
        {"reorientation": "steady", "reload_seconds": 1.0, "calls_at_any_second": True},
        {"reorientation": "steady", "excess_seconds": 4.0},
        {"launch": "trial", "assigned_by": "company", "new_id_share": 0.1},
    ],
    ids=str,
)
def test_the_last_possible_worlds_are_taken(last: dict[str, Any]) -> None:
    World(**last)
