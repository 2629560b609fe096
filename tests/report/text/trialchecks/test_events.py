"""Events of one arm and returns without a marker, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from factories.trust_checks import found, plain

from resume_gap.results.trust import OneArmEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

EVENTS = tuple(
    OneArmEvent(event=name, users=users, arm=arm)  # type: ignore[arg-type]
    for name, users, arm in (
        ("marker_shown", 1_204, "treatment"),
        ("survey", 90, "control"),
        ("hint", 40, "treatment"),
        ("beta", 31, "treatment"),
    )
)
OTHERS = {"control": 30.2, "treatment": 37.7, "estimate": 7.5}


def test_events_of_one_arm_are_listed_up_to_three() -> None:
    assert found("one_arm_events", "some", events=EVENTS, unnamed=2) == (
        "events that occur in one arm only: marker_shown (1,204 users, treatment), survey (90 "
        "users, control), hint (40 users, treatment) and 3 more; say which of them the "
        "marker itself writes, and leave out the others"
    )
    assert found("one_arm_events", "rare", events=EVENTS[:1], unnamed=0) == (
        "events that occur in one arm only: marker_shown (1,204 users, treatment): too few users "
        "to matter"
    )


def test_events_of_one_arm_that_may_not_be_named_are_counted() -> None:
    assert found("one_arm_events", "some", events=(), unnamed=1_002) == (
        "events that occur in one arm only: 1,002 that too few users have to be named; say which "
        "of them the marker itself writes, and leave out the others"
    )


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("one_arm_events", "none", "no event that counts occurs in one arm only"),
        ("marker_in_control", "sham", "the other arm is the sham, which shows markers, too"),
        ("never_triggered", "too_few", "too few users were never interrupted to compare them"),
    ],
)
def test_a_check_without_figures(name: str, code: str, says: str) -> None:
    assert found(name, code) == says


@pytest.mark.parametrize(("seconds", "side"), [(7.5, "7.5 s later"), (-6.0, "6 s earlier")])
def test_the_side_of_the_difference_is_named(seconds: float, side: str) -> None:
    why = plain("other_returns", "differ").why({"estimate": seconds})
    assert f"work starts {side} in the group with the marker" in why


@pytest.mark.parametrize(
    ("name", "code", "figures", "says"),
    [
        (
            "never_triggered",
            "differ",
            {},
            (
                "users who never came back from an interruption differ between the arms (p = "
                "0.03), although the marker was never due for them"
            ),
        ),
        (
            "never_triggered",
            "alike",
            {},
            (
                "users who never came back from an interruption do not differ between the arms "
                "(p = 0.034)"
            ),
        ),
        (
            "fewer_interruptions",
            "fewer",
            {"relative": -0.071, "ci_lower": -0.112, "ci_upper": -0.03},
            (
                "treatment has 7.1 % fewer interruptions per user (95 % CI 3.0 % to 11 %); a marker"
                " that helps makes them more, so that visits may be missing from its log, or its "
                "users stay away (where the slow ones do, the rest looks faster) or are "
                "interrupted differently (then other interruptions are compared)"
            ),
        ),
        (
            "fewer_interruptions",
            "fewer",
            {"relative": -0.071},
            (
                "treatment has 7.1 % fewer interruptions per user; a marker"
                " that helps makes them more, so that visits may be missing from its log, or its "
                "users stay away (where the slow ones do, the rest looks faster) or are "
                "interrupted differently (then other interruptions are compared)"
            ),
        ),
        (
            "fewer_interruptions",
            "as_many",
            {"control": 3.4, "treatment": 3.52},
            "3.52 per user of treatment, 3.4 per user of control",
        ),
        ("fewer_interruptions", "too_few", {}, "too little is known of either arm"),
    ],
)
def test_what_a_check_found(name: str, code: str, figures: Mapping[str, Any], says: str) -> None:
    assert found(name, code, 0.034, **figures) == says


@pytest.mark.parametrize(
    ("name", "code", "figures", "says"),
    [
        (
            "other_returns",
            "differ",
            OTHERS,
            (
                "work starts 7.5 s later in treatment also at returns after finished work, where "
                "there is nothing to resume (p = 0.0002), so something else than the marker makes"
                " the arms differ: check whether both groups' clients log the same events at the "
                "same moments; where the marker is shown at these returns, too, they are to be "
                "counted"
            ),
        ),
        (
            "other_returns",
            "unclear",
            {**OTHERS, "estimate": -6.0},
            (
                "work starts 6 s earlier in treatment also at returns after finished work, where "
                "there is nothing to resume (p = 0.0002), so a part of the difference at first "
                "returns may not be the marker's: check whether both groups' clients log the same"
                " events at the same moments"
            ),
        ),
        (
            "other_returns",
            "alike",
            OTHERS,
            (
                "at returns after finished work, work starts after 37.7 s in treatment and 30.2 s"
                " in control (p = 0.0002)"
            ),
        ),
        (
            "other_returns",
            "too_few",
            {},
            "too few users came back after finished work to compare these returns",
        ),
        (
            "other_returns",
            "marker_shown",
            {"markers": 1_200, "returns": 300},
            (
                "1,200 markers were shown at no return from an interruption, so the 300 returns "
                "of treatment after finished work may differ by them"
            ),
        ),
    ],
)
def test_what_a_check_of_other_returns_found(
    name: str, code: str, figures: Mapping[str, Any], says: str
) -> None:
    assert found(name, code, 0.0002, **figures) == says
