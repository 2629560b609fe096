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
        ({"stamps": "day"}, "stamps must be one of"),
        ({"roles": ("a",)}, "must have the same length"),
        ({"role_shares": (0.5, 0.3, 0.3)}, "role_shares must sum to 1"),
        ({"time_zone_hours": ()}, "time_zone_hours must not be empty"),
        ({"contexts": 3}, "contexts_per_user must be at most contexts"),
        ({"launch": "switch", "launch_day": 21}, r"launch_day must lie in \[0, 21\)"),
        ({"treatment_share": 0.9, "treatment_skew": 0.2}, "treatment_share"),
        ({"excess_seconds": 4.0}, "excess_seconds needs"),
        ({"cut_days": 0.0}, "cut_days must lie in"),
        ({"short_share": 0.6, "meeting_share": 0.6}, "at most 1"),
        ({"step_max_seconds": 300.0}, "step_max_seconds must be at most 180"),
    ],
)
def test_impossible_worlds_are_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message) as error:
        World(**wrong)
    assert "\n" not in str(error.value)
