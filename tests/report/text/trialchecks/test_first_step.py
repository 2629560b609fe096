"""Work right after a return, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from factories.trust_checks import found, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

STEP = {"seconds": 2.04, "treatment": 0.404, "control": 0.302, "events": ("auto_open", "x")}


def test_who_was_quick_before_is_counted_within_seconds() -> None:
    why = plain("first_step", "quick_before").why({"seconds": 3.0})
    assert why.startswith("Within 3 s of the return, more people with the marker")


@pytest.mark.parametrize(
    ("name", "code", "figures", "says"),
    [
        (
            "first_step",
            "alike",
            STEP,
            (
                "within 2 s of the first return 30.2% of control and 40.4% of treatment were at"
                " work; an event that the feature writes later cannot be distinguished from a fast"
                " user: say which one it writes, if any"
            ),
        ),
        (
            "first_step",
            "written",
            STEP,
            (
                "within 2 s of the first return 40.4% of treatment and 30.2% of control were at "
                "work (p = 0.03), before people can have seen the marker: the feature itself seems "
                "to write work (it begins with auto_open, x)"
            ),
        ),
        (
            "first_step",
            "unclear",
            STEP | {"events": ()},
            (
                "within 2 s of the first return 40.4% of treatment and 30.2% of control were at "
                "work (p = 0.03); if the feature writes such an event itself, leave its "
                "event out"
            ),
        ),
        (
            "first_step",
            "only_at_once",
            STEP | {"events": ("edit",), "estimate": -1.234, "ci_lower": -8.0, "ci_upper": 5.55},
            (
                "within 2 s of the first return 40.4% of treatment and 30.2% of control were at "
                "work (p = 0.03), and with work in these seconds left out the effect is not shown "
                "any more (-1.23 s [-8, 5.55]): people who are back at work go on sooner, so the "
                "feature itself seems to write work; if it does, leave its event out (it begins "
                "with edit); otherwise, more users will show the effect"
            ),
        ),
        (
            "first_step",
            "steps_as_usual",
            STEP
            | {"events": ("edit",), "peoples": ("edit",), "step_treatment": 61.2}
            | {"estimate": -1.0, "ci_lower": -8.0, "ci_upper": 5.5, "step_control": 60.0},
            (
                "within 2 s of the first return 40.4% of treatment and 30.2% of control were at "
                "work (p = 0.03), and with work in this time left out the effect is not shown any "
                "more (-1 s [-8, 5.5]); these people went on as usual (the next work came 61.2 s "
                "after it, in control 60 s after the first), so they may have been back; if the "
                "feature itself writes work, log what it writes under a name of its own (it begins "
                "with edit): edit is also much of the work of control, and cannot be left out"
            ),
        ),
        (
            "first_step",
            "at_one_delay",
            STEP
            | {"events": ("edit",), "estimate": -1.0, "ci_lower": -8.0, "ci_upper": 5.5}
            | {"from_seconds": 14.0, "seconds": 16.0},
            (
                "40.4% of treatment and 30.2% of control began to work 14 to 16 s after the first "
                "return (p = 0.03), and with work in this time left out the effect is not shown "
                "any more (-1 s [-8, 5.5]): people do not all take the same time, so the feature "
                "itself seems to write work; if it does, leave its event out (it begins with edit)"
            ),
        ),
        (
            "first_step",
            "quick_before",
            {**STEP, "before_control": 0.01, "before_treatment": 0.093},
            (
                "within 2 s of the first return 40.4% of treatment and 30.2% of control were at "
                "work (p = 0.03); at the last return before their assignment 9.3% and 1.0% "
                "were, too, so the arms were not alike before, and the feature does not explain "
                "it: who are these users (machines, employees, test accounts)? Leave them out of "
                "both arms"
            ),
        ),
    ],
)
def test_what_a_check_found(name: str, code: str, figures: Mapping[str, Any], says: str) -> None:
    assert found(name, code, 0.034, **figures) == says
