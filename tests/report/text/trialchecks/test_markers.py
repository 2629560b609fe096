"""Where and when markers were shown, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from factories.trust_checks import found

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_LOGGED = "no event of the log is named as showing the marker"


@pytest.mark.parametrize(
    "name", ["early_markers", "marker_in_control", "marker_elsewhere", "marker_missing"]
)
def test_a_marker_that_is_not_logged(name: str) -> None:
    assert found(name, "not_logged") == NOT_LOGGED


def test_markers_elsewhere_are_counted_with_the_first_ones() -> None:
    figures = {"elsewhere": 700, "shown": 5_000, "first_elsewhere": 120, "users": 1_100}
    line = found("marker_elsewhere", "elsewhere", **figures)
    assert "show it after finished work, too" in line
    assert line.startswith(
        "700 of 5,000 markers, and the first one of 120 of 1,100 users, were shown where this log "
        "shows no return from an interruption"
    )


@pytest.mark.parametrize(
    ("name", "code", "figures", "says"),
    [
        (
            "early_markers",
            "few",
            {"users": 2, "treatment": 1_198},
            "2 of 1,198 treated users saw a marker before their assignment",
        ),
        (
            "early_markers",
            "many",
            {"users": 1_020, "treatment": 1_198, "share": 0.851},
            (
                "1,020 of 1,198 treated users (85%) saw a marker before their assignment: are the "
                "times of the assignments right?"
            ),
        ),
        (
            "marker_in_control",
            "treatment_only",
            {"treatment": 5_120},
            "5,120 markers shown in treatment, none in control; they never start or stop the clock",
        ),
        (
            "marker_in_control",
            "control_only",
            {"control": 5_120},
            (
                "5,120 markers shown in control and none in treatment: are the arms named the "
                "wrong way round?"
            ),
        ),
        (
            "marker_in_control",
            "would_be_shown",
            {"control": 5_000, "control_rate": 0.96, "treatment_rate": 0.94},
            (
                "5,000 marker events in control (96% of its interruptions, 94% in treatment): "
                "taken for what would have been shown"
            ),
        ),
        (
            "marker_in_control",
            "also_in_control",
            {"control": 50, "control_rate": 0.02, "treatment_rate": 0.94},
            (
                "50 marker events in control (2% of its interruptions, 94% in treatment): if "
                "control saw it, the effect is understated"
            ),
        ),
        (
            "marker_elsewhere",
            "at_the_rule",
            {"at_rule": 4_900, "shown": 5_000},
            "4,900 of 5,000 markers were shown at a return from an interruption",
        ),
        (
            "marker_missing",
            "few",
            {"missing": 3, "interruptions": 5_003},
            "3 of 5,003 interruptions in treatment have no marker event",
        ),
        (
            "marker_missing",
            "many",
            {"missing": 3_000, "interruptions": 5_003},
            "3,000 of 5,003 interruptions in treatment have no marker shown: the effect is diluted",
        ),
    ],
)
def test_what_a_check_found(name: str, code: str, figures: Mapping[str, Any], says: str) -> None:
    assert found(name, code, 0.034, **figures) == says
