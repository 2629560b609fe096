"""Where a mismatch comes from, in words; every stage and kind of place has its own."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from resume_gap.report.text.mismatch import where
from resume_gap.report.text.numbers import percent
from resume_gap.results.trust import Stage, StageLoss, UnevenPlace


def figures(*uneven: str, places: tuple[UnevenPlace, ...] = (), columns: int = 3) -> dict[str, Any]:
    stages = tuple(
        StageLoss(
            stage=stage,
            control=95,
            treatment=60,
            of_control=100,
            of_treatment=100,
            p=0.00002,
            is_uneven=stage in uneven,
        )
        for stage in get_args(Stage)
    )
    return {"stages": stages, "uneven_stages": uneven, "places": places, "columns": columns}


def place(**more: Any) -> UnevenPlace:
    return UnevenPlace(
        **{
            "kind": "column",
            "column": "platform",
            "value": "android",
            "control": 400,
            "treatment": 100,
            "rest_control": 1_100,
            "rest_treatment": 1_090,
            "p": 1e-9,
            "rest_p": 0.83,
            **more,
        }
    )


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("assignment", "look at how users are assigned"),
        ("logging", f"{percent(0.95)} of control's users and {percent(0.6)} of treatment's have"),
        ("trigger", "came back from an interruption (p = 0.00002): look at which events"),
        ("analysis", "look at when the log of each arm ends"),
    ],
)
def test_every_stage_says_where_to_look(stage: str, words: str) -> None:
    assert words in where(figures(stage))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "platform = android (400 in control to 100 in treatment; the others 1,100 to 1,090"),
        ({"value": None}, "values of platform that few users of an arm have"),
        ({"kind": "day", "value": "2026-03-09"}, "users assigned on 2026-03-09"),
        ({"kind": "day", "value": None}, "users assigned on other days"),
        ({"kind": "activity", "value": "low"}, "the least active third"),
        ({"kind": "activity", "value": "none"}, "users without events before"),
    ],
)
def test_every_place_has_its_words(more: dict[str, Any], words: str) -> None:
    assert words in where(figures("assignment", places=(place(**more),)))


def test_nothing_is_claimed_where_nothing_stands_out() -> None:
    assert "no stage loses one arm's users for certain" in where(figures())
    assert "spread evenly" in where(figures("assignment"))
    assert "columns such as platform" in where(figures("assignment", columns=0))
    assert where({"control": 3}) == ""
